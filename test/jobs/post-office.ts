// A transport that answers as a test tells it, and remembers what it was given.

import type { MailTransport, Parcel } from '../../mail/transport.ts';
import type { SendResult } from '../../model/delivery.ts';

export interface Office {
  readonly transport: MailTransport;
  readonly sent: Parcel[];
  /** Addresses in the order they were mailed. */
  to(): string[];
}

export const SENT: SendResult = { outcome: 'sent', detail: '250 OK' };

/** A transport that claims each mail and answers as told. */
export function office(answer: (parcel: Parcel) => SendResult | Promise<SendResult> = () => SENT): Office {
  const sent: Parcel[] = [];
  return {
    sent,
    to: () => sent.map(({ envelope }) => envelope.to),
    transport: {
      name: 'office',
      async send(parcel, claim) {
        if (!(await claim())) return { outcome: 'taken' };
        sent.push(parcel);
        return answer(parcel);
      },
      close: async () => undefined,
    },
  };
}

export function readers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `r${String(index).padStart(2, '0')}@reader.example`);
}

export const textOf = ({ bytes }: Parcel) => Buffer.from(bytes).toString('latin1');
