import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { createProgram } from '../../cli/main.ts';
import { BASE_DIR, command, lastJson, makePlace, type Place } from './support.ts';

let place: Place;

before(async () => {
  place = await makePlace();
});

after(async () => {
  await place.remove();
});

const commandNames = (): string[] => {
  const io = {
    out: process.stdout,
    err: process.stderr,
    env: {},
    baseDir: BASE_DIR,
    signal: new AbortController().signal,
    exit: () => undefined,
  };
  const program = createProgram(io);
  return program.commands.flatMap((one) => [
    one.name(),
    ...one.commands.map((sub) => `${one.name()} ${sub.name()}`),
  ]);
};

test('every command explains itself', async () => {
  const names = commandNames();
  assert.ok(names.length >= 10);
  for (const name of names) {
    const end = await command([...name.split(' '), '--help'], place.env);
    assert.equal(end.code, 0, name);
    assert.match(end.out, new RegExp(`Usage: digest ${name}`), name);
  }
});

test('a command that does not exist is wrong use, with a hint', async () => {
  const end = await command(['rebiuld', '2021-W25'], place.env);
  assert.equal(end.code, 2);
  assert.match(end.err, /--help/);
});

test('a week that does not exist says how weeks are written', async () => {
  for (const week of ['2021-W54', 'yesterday', '2019-W07..2018-W45', '2021-W1']) {
    const end = await command(['rebuild', week], place.env);
    assert.equal(end.code, 2, week);
    assert.match(end.err, /WEEK_INVALID: .*2026-W47/, week);
  }
});

test('an unknown digest names the known ones', async () => {
  const end = await command(['rebuild', '2021-W25', '--digest', 'nonsense'], place.env);
  assert.equal(end.code, 2);
  assert.match(end.err, /DIGEST_UNKNOWN: .*weekly/);
});

test('settings with faults end with 3 and name each', async () => {
  const end = await command(['source', 'check'], { ...place.env, HOST_GAP_MS: 'x', LOG_LEVEL: 'y' });
  assert.equal(end.code, 3);
  assert.match(end.err, /CONFIG_INVALID[\s\S]*HOST_GAP_MS[\s\S]*LOG_LEVEL/);
});

test('what is hardly meant is told beside the settings', async () => {
  const env = { ...place.env, SMPT_URL: 'smtp://mail.example', PUBLIC_URL: 'http://news.digest.org' };
  const { out } = await command(['config'], env);
  assert.match(out, /Warning: PUBLIC_URL: .*https[\s\S]*Warning: SMPT_URL: .*SMTP_URL meant/);
  const json = lastJson<{ warnings: { variable: string }[] }>(await command(['config', '--json'], env));
  // Whoever runs this may have a .env with names of their own.
  const told = json.warnings.map(({ variable }) => variable);
  assert.ok(told.includes('PUBLIC_URL') && told.includes('SMPT_URL'), told.join());
});

test('a source file with faults ends with 3 and tells file, key and reason', async () => {
  const sourcesDir = path.join(place.dir, 'sources', 'cn');
  await mkdir(sourcesDir, { recursive: true });
  await writeFile(
    path.join(sourcesDir, 'cn-broken.yml'),
    'id: cn-other\nname: x\nkind: feed\nurl: ftp://x\nunknown: 1\n',
  );
  const end = await command(['source', 'check'], {
    ...place.env,
    SOURCES_DIR: path.join(place.dir, 'sources'),
  });
  assert.equal(end.code, 3);
  assert.match(end.err, /SOURCES_INVALID[\s\S]*cn-broken\.yml/);
  for (const key of ['unknown', 'url', 'publisher'])
    assert.ok(end.err.includes(key), `${key} is not told:\n${end.err}`);
});

test('a folder of files that is not there ends with 3 and is named, an empty one is told', async () => {
  for (const name of ['SOURCES_DIR', 'DIGESTS_DIR', 'VOCABULARY_DIR']) {
    const end = await command(['source', 'check'], { ...place.env, [name]: path.join(place.dir, 'typo') });
    assert.equal(end.code, 3, name);
    assert.match(end.err, /_INVALID: [\s\S]*typo: \(folder\): is not there/, name);
  }
  const DIGESTS_DIR = path.join(place.dir, 'no-digests');
  await mkdir(DIGESTS_DIR);
  const end = await command(['source', 'check'], { ...place.env, DIGESTS_DIR });
  assert.equal(end.code, 0, end.err);
  assert.match(end.out, /No digest is set up: \S*no-digests/);
});

test('the files of the project itself are in order', async () => {
  const end = await command(['source', 'check', '--json'], place.env);
  assert.equal(end.code, 0, end.err);
  assert.ok(lastJson<{ sources: number }>(end).sources >= 12);
});

test('an address that no mail reaches is refused before anything is stored', async () => {
  const end = await command(['recipient', 'add', 'good@reader.example', 'not an address'], place.env);
  assert.equal(end.code, 2);
  assert.match(end.err, /RECIPIENT_INVALID: .*not an address/);
  assert.match((await command(['recipient', 'list'], place.env)).out, /No recipients yet/);
});

test('recipients are added once, listed and removed', async () => {
  await command(['recipient', 'add', 'a@reader.example', '--digest', 'weekly'], place.env);
  const again = await command(
    ['recipient', 'add', 'A@Reader.example', '--digest', 'weekly', '--json'],
    place.env,
  );
  assert.deepEqual(lastJson<{ recipients: object[] }>(again).recipients, [
    { email: 'A@Reader.example', outcome: 'known', withheld: [] },
  ]);
  assert.match(
    (await command(['recipient', 'list'], place.env)).out,
    /a@reader\.example +active +pdf +weekly/,
  );
  assert.equal((await command(['recipient', 'remove', 'a@reader.example'], place.env)).code, 0);
  assert.equal((await command(['recipient', 'remove', 'a@reader.example'], place.env)).code, 2);
});

test('a week of which nothing is on record makes no edition; in a range it is passed over', async () => {
  const one = await command(['rebuild', '1999-W01', '--digest', 'weekly'], place.env);
  assert.equal(one.code, 1);
  assert.match(one.err, /WEEK_WITHOUT_RECORD: weekly 1999-W01/);
  const range = await command(['rebuild', '1999-W01..1999-W03', '--digest', 'weekly', '--json'], place.env);
  assert.equal(range.code, 0, range.err);
  assert.deepEqual(lastJson<{ editions: object[] }>(range).editions, []);
});

test('importing what is not there says so', async () => {
  const end = await command(['import', path.join(place.dir, 'nowhere')], place.env);
  assert.equal(end.code, 1);
  assert.match(end.err, /IMPORT_NOTHING/);
});

test('a manifest that points outside its folder is refused row by row', async () => {
  const folder = path.join(place.dir, 'saved');
  await mkdir(folder, { recursive: true });
  const rows = [
    { file: '../secret.html', url: 'https://a.example/1' },
    { file: 'x.html', url: 'javascript:1' },
    7,
  ];
  await writeFile(path.join(folder, 'manifest.json'), JSON.stringify(rows));
  const end = await command(['import', folder], place.env);
  assert.equal(end.code, 1);
  assert.match(end.err, /IMPORT_MANIFEST: [\s\S]*row 1[\s\S]*row 2[\s\S]*row 3/);
});

test('without a network the main job ends with its coverage and exit code 1, not with a stack trace', async () => {
  // Nothing listens there, as on a machine without a network.
  const env = {
    ...place.env,
    NET_HOST_MAP:
      '*.cn=127.0.0.1:1,*.gov=127.0.0.1:1,*.uk=127.0.0.1:1,*.eu=127.0.0.1:1,*.jp=127.0.0.1:1,*.com=127.0.0.1:1,*.org=127.0.0.1:1,*.int=127.0.0.1:1,*.kr=127.0.0.1:1,*.sg=127.0.0.1:1,*.in=127.0.0.1:1,*.ca=127.0.0.1:1,*.mil=127.0.0.1:1',
    HOST_GAP_MS: '0',
    REQUEST_TIMEOUT_MS: '500',
  };
  const end = await command(['run'], env);
  assert.equal(end.code, 1);
  assert.match(end.out, /Coverage: \d+ sources asked, 0 answered/);
  assert.match(end.out, /No source answered, so no edition was made/);
  assert.doesNotMatch(end.out + end.err, /\n\s+at /);
});
