import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/** Moments of an SMTP dialogue at which the program may be killed. */
export const MAIL_PHASES = ['connected', 'sender', 'recipient', 'data', 'final dot', 'answered'] as const;
export type MailPhase = (typeof MAIL_PHASES)[number];

export interface MailWitness {
  readonly port: number;
  /** Every recipient of every mail that was taken, in order: what the world outside got. */
  readonly received: string[];
  /** Told of each moment while the server waits; `false` after the final dot: the mail is dropped and not answered. */
  onPhase: (phase: MailPhase) => boolean;
  close(): Promise<void>;
}

/**
 * A mail server on loopback that keeps its own record. A mail counts as taken when its final dot is in, before the
 * answer: that is when a real server has it on its disk.
 */
export async function startMailWitness(): Promise<MailWitness> {
  const received: string[] = [];
  const witness: MailWitness = {
    port: 0,
    received,
    onPhase: () => true,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
  const recipientOf = (session: SMTPServerSession) => session.envelope.rcptTo[0]?.address ?? '';
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onConnect: (_session, done) => {
      witness.onPhase('connected');
      done();
    },
    onMailFrom: (_address, _session, done) => {
      witness.onPhase('sender');
      done();
    },
    onRcptTo: (_address, _session, done) => {
      witness.onPhase('recipient');
      done();
    },
    onData(stream, session, done) {
      witness.onPhase('data');
      // A cut connection ends the stream without its end: nothing is taken then.
      stream.resume();
      stream.once('end', () => {
        const address = recipientOf(session);
        if (!witness.onPhase('final dot')) return done(new Error('dropped'));
        received.push(address);
        done();
        setImmediate(() => witness.onPhase('answered'));
      });
    },
  });
  // Connections of a program that was killed end as they like.
  server.on('error', () => undefined);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  // A TCP server that listens has an AddressInfo, not a pipe name.
  const { port } = server.server.address() as AddressInfo;
  return Object.assign(witness, { port });
}
