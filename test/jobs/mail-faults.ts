// What an SMTP server may do to a mail, and what must become of the mail.

import type { SMTPServerOptions, SMTPServerSession } from 'smtp-server';
import type { DeliveryState } from '../../model/delivery.ts';
import type { Inner } from '../mail/smtp.ts';

/** A server while it has the fault. */
export interface FaultyServer extends Inner {
  readonly seed: number;
  /** Whether this recipient is one that the fault is about. */
  hits(address: string): boolean;
}

export interface Fault {
  readonly name: string;
  readonly options: (server: FaultyServer) => SMTPServerOptions;
  /** Where the program connects, if not to the server itself. */
  readonly url?: (url: string) => string;
  /** Breaks a connection when the client says this. */
  readonly dropAt?: RegExp;
  /** Of the mail. More than all buffers between program and server hold, where that is what it is about. */
  readonly bytes?: number;
  /** The fault is of the connection, so that every recipient is hit. */
  readonly hitsAll?: boolean;
  /** State of those hit. `queued`: the run stopped and marked nobody. */
  readonly becomes: DeliveryState;
  /** The server took the mail, though the program cannot know. */
  readonly isTaken?: boolean;
  readonly suppresses?: boolean;
}

type Done = (error?: Error | null) => void;

const answer = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code });

/** One of several by the seed. */
function pick<T>({ seed }: FaultyServer, ...values: readonly [T, ...T[]]): T {
  return values[seed % values.length] ?? values[0];
}

const never = () => undefined;

const atRecipient =
  (...answers: readonly [[number, string], ...[number, string][]]) =>
  (server: FaultyServer): SMTPServerOptions => ({
    onRcptTo: ({ address }, _session, done: Done) =>
      done(server.hits(address) ? answer(...pick(server, ...answers)) : null),
  });

/** Reads the whole mail, then lets `end` answer those hit; the mails of the others, and those it gives back, are taken. */
const afterTheDot =
  (end: (server: FaultyServer, session: SMTPServerSession, done: Done) => 'taken' | 'refused') =>
  (server: FaultyServer): SMTPServerOptions => ({
    onData(stream, session, done) {
      server.read(stream, session).then((mail) => {
        const isHit = mail.to.some((address) => server.hits(address));
        if (!isHit) done();
        if (!isHit || end(server, session, done) === 'taken') server.received.push(mail);
      }, done);
    },
  });

const login = (url: string) => url.replace('smtp://', 'smtp://user:wrong@');

export const FAULTS: readonly Fault[] = [
  {
    name: 'nobody listens',
    options: () => ({}),
    url: () => 'smtp://127.0.0.1:1',
    hitsAll: true,
    becomes: 'retry',
  },
  {
    name: 'the greeting is 421',
    options: (server) => ({
      onConnect: (_session, done: Done) =>
        done(answer(421, pick(server, 'too busy', '4.3.2 come back later'))),
    }),
    hitsAll: true,
    becomes: 'retry',
  },
  {
    name: 'the connection breaks at EHLO',
    options: () => ({}),
    dropAt: /^EHLO/m,
    hitsAll: true,
    becomes: 'retry',
  },
  {
    name: 'the login is refused',
    options: () => ({
      authOptional: false,
      disabledCommands: ['STARTTLS'],
      onAuth: (_auth, _session, done) => done(answer(535, '5.7.8 authentication failed')),
    }),
    url: login,
    hitsAll: true,
    becomes: 'queued',
  },
  {
    name: 'a login is wanted',
    options: () => ({ authOptional: false, disabledCommands: ['STARTTLS'] }),
    hitsAll: true,
    becomes: 'queued',
  },
  {
    name: 'the sender is refused',
    options: (server) => ({
      onMailFrom: (_from, _session, done: Done) =>
        done(
          answer(...pick<[number, string]>(server, [550, '5.1.8 bad sender'], [553, 'not you'], [552, 'no'])),
        ),
    }),
    hitsAll: true,
    becomes: 'queued',
  },
  {
    name: 'TLS fails',
    options: () => ({ secure: true }),
    url: (url) => url.replace('smtp://', 'smtps://'),
    hitsAll: true,
    becomes: 'queued',
  },
  {
    name: 'the mailbox does not exist',
    options: atRecipient([550, '5.1.1 no such user'], [550, '5.1.10 null MX'], [550, '5.4.4 no such domain']),
    becomes: 'failed',
    suppresses: true,
  },
  {
    name: 'the recipient is refused, nothing is said of the address',
    options: atRecipient([550, '5.7.1 blocked'], [554, 'no'], [550, '5.2.1 disabled'], [552, '5.2.2 full']),
    becomes: 'failed',
  },
  {
    name: 'the mailbox is full or busy for now',
    options: atRecipient([452, '4.2.2 mailbox full'], [450, 'busy'], [451, '4.7.1 greylisted']),
    becomes: 'retry',
  },
  {
    name: 'the connection breaks at DATA',
    options: () => ({}),
    dropAt: /^DATA/m,
    hitsAll: true,
    becomes: 'retry',
  },
  {
    name: 'the connection breaks right after 354',
    options: (server) => ({
      // The answer is on its way by then, and the claim that it leads to is not yet noted.
      onData: (_stream, session) => void setImmediate(() => server.drop(session)),
    }),
    bytes: 24_000_000,
    hitsAll: true,
    becomes: 'retry',
  },
  {
    name: 'the connection breaks in the middle of the mail',
    options: (server) => ({
      onData(stream, session) {
        stream.once('readable', () => server.drop(session));
      },
    }),
    bytes: 24_000_000,
    hitsAll: true,
    becomes: 'retry',
  },
  {
    name: 'the mail is refused for now',
    options: afterTheDot((server, _session, done) => {
      done(
        answer(
          ...pick<[number, string]>(server, [451, '4.3.0 try later'], [452, 'disk full'], [421, 'closing']),
        ),
      );
      return 'refused';
    }),
    becomes: 'retry',
  },
  {
    name: 'the mail is refused for good',
    options: afterTheDot((server, _session, done) => {
      done(
        answer(...pick<[number, string]>(server, [554, '5.7.1 spam'], [552, '5.3.4 too big'], [550, 'no'])),
      );
      return 'refused';
    }),
    becomes: 'failed',
  },
  {
    name: 'the connection breaks after the final dot',
    options: afterTheDot((server, session) => {
      server.drop(session);
      return 'taken';
    }),
    becomes: 'unknown',
    isTaken: true,
  },
  {
    name: 'the server says nothing at the recipient',
    options: (server) => ({
      onRcptTo: ({ address }, _session, done: Done) => (server.hits(address) ? never() : done()),
    }),
    becomes: 'retry',
  },
  {
    name: 'the server says nothing after the final dot',
    options: afterTheDot(() => 'taken'),
    becomes: 'unknown',
    isTaken: true,
  },
];
