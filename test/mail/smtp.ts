import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** What the server outside saw: the only witness that counts. */
export interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly bytes: Buffer;
}

export interface SmtpWitness {
  readonly url: string;
  readonly port: number;
  readonly received: Received[];
}

/** An SMTP server on loopback for the time of `work`, without encryption and login unless `options` say otherwise. */
export async function withSmtpServer(
  options: SMTPServerOptions,
  work: (witness: SmtpWitness) => Promise<void>,
): Promise<void> {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    // Else each connection waits for the name of 127.0.0.1.
    disableReverseLookup: true,
    onData(stream, { envelope }, done) {
      buffer(stream).then((bytes) => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        received.push({ from, to: envelope.rcptTo.map(({ address }) => address), bytes });
        done();
      }, done);
    },
    ...options,
  });
  server.on('error', () => undefined); // a client that goes away is part of the tests
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.server.address() as AddressInfo;
  try {
    await work({ url: `smtp://127.0.0.1:${port}`, port, received });
  } finally {
    await new Promise<void>((done) => server.close(() => done()));
  }
}
