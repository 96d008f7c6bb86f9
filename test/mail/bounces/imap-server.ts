// As much of an IMAP server (RFC 9051) as reading a mailbox asks for.

import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

export interface ImapServer {
  readonly port: number;
  /** Flags by uid. */
  readonly flags: Map<number, Set<string>>;
  close(): Promise<void>;
}

export interface ImapServerOptions {
  readonly messages: readonly Buffer[];
  readonly password: string;
  /** Whether clients may invent flags. */
  readonly takesKeywords: boolean;
}

export async function startImapServer(options: ImapServerOptions): Promise<ImapServer> {
  const flags = new Map(options.messages.map((_, index) => [index + 1, new Set<string>()] as const));
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined); // a client that goes away
    socket.write('* OK [CAPABILITY IMAP4rev1 UIDPLUS] ready\r\n');
    let pending = '';
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1');
      for (let end = pending.indexOf('\r\n'); end >= 0; end = pending.indexOf('\r\n')) {
        answer(socket, pending.slice(0, end), options, flags);
        pending = pending.slice(end + 2);
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    flags,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

function answer(
  socket: Socket,
  line: string,
  { messages, password, takesKeywords }: ImapServerOptions,
  flags: Map<number, Set<string>>,
): void {
  const [tag = '', ...rest] = line.split(' ');
  const command = rest.join(' ');
  const ok = (...untagged: readonly string[]) =>
    socket.write([...untagged.map((text) => `* ${text}`), `${tag} OK done`, ''].join('\r\n'));
  if (/^LOGIN/i.test(command)) {
    if (command.includes(password)) ok();
    else socket.write(`${tag} NO [AUTHENTICATIONFAILED] wrong password\r\n`);
  } else if (/^(?:SELECT|EXAMINE)/i.test(command)) {
    const extra = takesKeywords ? ' \\*' : '';
    ok(
      'FLAGS (\\Seen)',
      `OK [PERMANENTFLAGS (\\Seen${extra})] flags`,
      `${messages.length} EXISTS`,
      'OK [UIDVALIDITY 1] uids',
      `OK [UIDNEXT ${messages.length + 1}] next`,
    );
  } else if (/^UID SEARCH/i.test(command)) {
    const keyword = /UNKEYWORD "?([^"\s]+)/i.exec(command)?.[1] ?? '\\Seen';
    const found = [...flags].filter(([, own]) => !own.has(keyword)).map(([uid]) => uid);
    ok(`SEARCH${found.map((uid) => ` ${uid}`).join('')}`);
  } else if (/^UID FETCH/i.test(command)) {
    const uid = Number(/^UID FETCH (\d+)/i.exec(command)?.[1]);
    const bytes = messages[uid - 1];
    if (bytes !== undefined) {
      const part = /BODY\.PEEK\[\]<0\.\d+>/i.test(command) ? 'BODY[]<0>' : 'BODY[]';
      socket.write(`* ${uid} FETCH (UID ${uid} ${part} {${bytes.length}}\r\n`);
      socket.write(bytes);
      socket.write(')\r\n');
    }
    ok();
  } else if (/^UID STORE/i.test(command)) {
    const [, uid = '', flag = ''] = /^UID STORE (\d+) \+FLAGS(?:\.SILENT)? \(([^)]+)\)/i.exec(command) ?? [];
    flags.get(Number(uid))?.add(flag);
    ok();
  } else if (/^CAPABILITY/i.test(command)) ok('CAPABILITY IMAP4rev1 UIDPLUS');
  else if (/^LOGOUT/i.test(command)) {
    ok('BYE');
    socket.end();
  } else ok();
}
