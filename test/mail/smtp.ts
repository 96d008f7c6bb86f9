import type { AddressInfo, Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';

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
  /** The first mail, whenever it comes. */
  readonly first: Promise<Received>;
  /** Breaks the connection of a session off. */
  drop(session: SMTPServerSession): void;
  /** Reads a mail to its end. */
  read(stream: Readable, session: SMTPServerSession): Promise<Received>;
}

/** The witness before it listens. */
export type Inner = Omit<SmtpWitness, 'url' | 'port'>;

export interface SmtpServerOptions {
  /** Options of smtp-server; they may use the witness. */
  readonly options?: (witness: Inner) => SMTPServerOptions;
  /** Breaks a connection off when its client says this. */
  readonly dropAt?: RegExp;
}

/** An SMTP server on loopback for the time of `work`, without encryption and login unless the options say otherwise. */
export async function withSmtpServer(
  { options, dropAt }: SmtpServerOptions,
  work: (witness: SmtpWitness) => Promise<void>,
): Promise<void> {
  const sockets = new Map<number | undefined, Socket>();
  const first = Promise.withResolvers<Received>();
  const witness: Inner = {
    received: [],
    first: first.promise,
    drop: ({ remotePort }) => sockets.get(remotePort)?.destroy(),
    async read(stream, { envelope }) {
      const bytes = await buffer(stream);
      const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
      return { from, to: envelope.rcptTo.map(({ address }) => address), bytes };
    },
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    // Else each connection waits for the name of 127.0.0.1.
    disableReverseLookup: true,
    closeTimeout: 10,
    onData(stream, session, done) {
      witness.read(stream, session).then((mail) => {
        witness.received.push(mail);
        first.resolve(mail);
        done();
      }, done);
    },
    ...options?.(witness),
  });
  server.on('error', () => undefined); // a client that goes away is part of the tests
  server.server.on('connection', (socket: Socket) => {
    sockets.set(socket.remotePort, socket);
    socket.on('error', () => undefined);
    // Before the server hears of it: an answer on its way would be another fault.
    socket.prependListener('data', (chunk: Buffer) => {
      if (dropAt?.test(chunk.toString('latin1'))) socket.destroy();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.server.address() as AddressInfo;
  try {
    await work({ ...witness, port, url: `smtp://127.0.0.1:${port}` });
  } finally {
    await new Promise<void>((done) => server.close(() => done()));
  }
}
