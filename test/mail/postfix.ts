// A Postfix of its own on loopback that hands everything on to one server.

import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PROGRAM = '/usr/sbin/postfix';

/** Why there can be no Postfix here; undefined when there can. */
export function noPostfix(): string | undefined {
  if (!existsSync(PROGRAM))
    return `${PROGRAM} is not there: no mail goes through a real server (Debian: apt-get install postfix)`;
  if (process.getuid?.() !== 0) return 'a Postfix of its own needs root: no mail goes through a real server';
  return undefined;
}

/** Runs for the time of `work`; nothing of the machine's own Postfix is touched. */
export async function withPostfix(handOnTo: number, work: (url: string) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(path.join(tmpdir(), 'policy-digest-postfix-'));
  // Its parts run as the user postfix and must find their way in.
  await chmod(dir, 0o755);
  const [config, spool, data] = ['etc', 'spool', 'data'].map((name) => path.join(dir, name)) as [
    string,
    string,
    string,
  ];
  for (const folder of [config, spool, data]) await mkdir(folder);
  await run('chown', ['postfix', data]);
  const port = await freePort();
  const logFile = path.join(dir, 'mail.log');
  await writeFile(path.join(config, 'main.cf'), mainOf({ spool, data, logFile, dir, handOnTo }));
  await writeFile(path.join(config, 'master.cf'), masterOf(port));
  // In the foreground it lives and dies with this process.
  const master = spawn(PROGRAM, ['-c', config, 'start-fg'], { stdio: 'ignore' });
  const ended = new Promise<void>((done) => master.once('exit', () => done()));
  try {
    await listening(port);
    await work(`smtp://127.0.0.1:${port}`);
  } finally {
    await run(PROGRAM, ['-c', config, 'stop']).catch(() => master.kill());
    await ended;
    await rm(dir, { recursive: true, force: true });
  }
}

function mainOf(at: {
  readonly spool: string;
  readonly data: string;
  readonly logFile: string;
  readonly dir: string;
  readonly handOnTo: number;
}): string {
  return `compatibility_level = 3.6
queue_directory = ${at.spool}
data_directory = ${at.data}
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = ${at.logFile}
maillog_file_prefixes = ${at.dir}
myhostname = mx.digest.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
disable_dns_lookups = yes
relayhost = [127.0.0.1]:${at.handOnTo}
alias_maps =
alias_database =
`;
}

function masterOf(port: number): string {
  const inner = [
    'rewrite trivial-rewrite',
    'bounce bounce 0',
    'defer bounce 0',
    'trace bounce 0',
    'smtp smtp',
    'relay smtp',
  ];
  const rows = [
    ...inner,
    'error error',
    'retry error',
    'proxymap proxymap',
    'anvil anvil 1',
    'scache scache 1',
  ].map((row) => {
    const [name, command, limit = '-'] = row.split(' ');
    return `${name} unix - - n - ${limit} ${command}`;
  });
  return `127.0.0.1:${port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
${rows.join('\n')}
`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((done) => server.close(() => done()));
  return port;
}

/** Until it greets; it starts within a second. */
async function listening(port: number): Promise<void> {
  const until = Date.now() + 20_000;
  while (Date.now() < until) {
    const greets = await new Promise<boolean>((done) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('data', () => done(true));
      socket.once('error', () => done(false));
      socket.once('close', () => done(false));
    });
    if (greets) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('Postfix does not greet within 20 seconds');
}
