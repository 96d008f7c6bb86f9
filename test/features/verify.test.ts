// Promise: anybody can check that an edition is what was published, and that its data still make it, byte for byte.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { BASE_DIR, command, lastJson, makePlace, type Place } from './support.ts';

interface Verified {
  readonly counts: { readonly editions: number; readonly faults: number };
  readonly editions: readonly {
    readonly folder: string;
    readonly checks: readonly {
      readonly name: string;
      readonly state: string;
      readonly checked: number;
      readonly faults: readonly string[];
      readonly detail: string;
    }[];
  }[];
}

const FOLDER = 'demo/2021/2021-W25';

let place: Place;
/** The demo's own data and digest, seen by the other commands. */
let env: Record<string, string>;

before(async () => {
  place = await makePlace();
  env = {
    ...place.env,
    DATA_DIR: path.join(place.dataDir, 'demo'),
    DIGESTS_DIR: path.join(BASE_DIR, 'demo', 'digests'),
    SOURCES_DIR: path.join(BASE_DIR, 'demo', 'sources'),
  };
  const end = await command(['demo', '--json'], place.env);
  assert.equal(end.code, 0, end.err);
});

after(async () => {
  await place.remove();
});

const at = (file: string) => path.join(place.archiveDir, FOLDER, file);
const checkNamed = (verified: Verified, name: string, folder = FOLDER) =>
  verified.editions.find((edition) => edition.folder === folder)?.checks.find((check) => check.name === name);

async function verify(...args: string[]): Promise<{ code: number; verified: Verified }> {
  const end = await command(['verify', ...args, '--json'], env);
  return { code: end.code, verified: lastJson<Verified>(end) };
}

function change(sql: string): void {
  const db = new DatabaseSync(path.join(place.dataDir, 'demo', 'digest.sqlite'));
  try {
    assert.ok(db.prepare(sql).run().changes > 0, sql);
  } finally {
    db.close();
  }
}

test('an edition as published passes every check, a fresh build among them', async () => {
  const { code, verified } = await verify('all');
  assert.equal(code, 0);
  assert.deepEqual(verified.counts.faults, 0);
  const states = verified.editions[0]?.checks.map(({ name, state }) => [name, state]);
  const names = ['files', 'chain', 'sentences', 'record', 'words', 'rebuild'];
  assert.deepEqual(
    states,
    names.map((name) => [name, 'ok']),
  );
  assert.equal(checkNamed(verified, 'rebuild')?.checked, checkNamed(verified, 'files')?.checked);
});

test('a file that was touched is named, and the command fails', async () => {
  const before = await readFile(at('digest.pdf'));
  await appendFile(at('digest.pdf'), ' ');
  const end = await command(['verify', '2021-W25', '--no-rebuild'], env);
  await writeFile(at('digest.pdf'), before);
  assert.equal(end.code, 1);
  assert.match(end.out, /✗ demo\/2021\/2021-W25 files: digest\.pdf: \d+ bytes instead of \d+/);
});

test('a page of a story that was touched is named, and the next build writes it again', async () => {
  const folder = path.join(place.archiveDir, 'demo', 'stories');
  const [name = ''] = (await readdir(folder)).filter((one) => /^[0-9a-f]{16}\.html$/.test(one));
  await appendFile(path.join(folder, name), ' ');
  const end = await command(['verify', 'all', '--no-rebuild'], env);
  assert.equal(end.code, 1);
  assert.match(end.out, new RegExp(`✗ demo/stories/${name}: not what its editions and the template make`));
  assert.match(end.out, /and \d+ pages of the archive checked: 1 fault/);
  assert.equal((await command(['rebuild', '2021-W25', '--json'], env)).code, 0);
  assert.equal((await verify('all', '--no-rebuild')).code, 0);
});

test('an edition exchanged as a whole, manifest and all, is found by the record', async () => {
  const before = await readFile(at('manifest.json'), 'utf8');
  await writeFile(at('manifest.json'), before.replace('"number": 25', '"number": 24'));
  const { code, verified } = await verify('2021-W25', '--no-rebuild');
  await writeFile(at('manifest.json'), before);
  assert.equal(code, 1);
  assert.equal(checkNamed(verified, 'files')?.state, 'ok');
  assert.equal(checkNamed(verified, 'record')?.state, 'fault');
});

test('stored words that no longer say what is quoted are found', async () => {
  change("UPDATE revisions SET text = '-' || text");
  const { code, verified } = await verify(path.join(place.archiveDir, FOLDER), '--no-rebuild');
  change('UPDATE revisions SET text = substr(text, 2)');
  assert.equal(code, 1);
  assert.ok((checkNamed(verified, 'words')?.faults.length ?? 0) > 10);
  assert.equal((await verify('2021-W25', '--no-rebuild')).code, 0);
});

test('an edition that is gone from the archive is missed', async () => {
  const manifest = await readFile(at('manifest.json'));
  await rm(at('manifest.json'));
  const end = await command(['verify', 'all', '--no-rebuild'], env);
  await writeFile(at('manifest.json'), manifest);
  assert.equal(end.code, 1);
  assert.match(end.out, /ARCHIVE_MANIFEST_MISSING.*2021-W25/);
});

test('other data give another build; it becomes revision 2 with its difference, and then all is well again', async () => {
  const { title } = JSON.parse(await readFile(at('edition.json'), 'utf8')).lead.documents[0] as {
    title: string;
  };
  change(`UPDATE documents SET title = '更正：' || title WHERE title = '${title}'`);
  const found = await verify('2021-W25');
  assert.equal(found.code, 1);
  assert.ok(
    checkNamed(found.verified, 'rebuild')?.faults.includes('index.html: a fresh build has other bytes'),
  );
  const rebuilt = await command(['rebuild', '2021-W25', '--json'], env);
  assert.equal(rebuilt.code, 0, rebuilt.err);
  const second = `${FOLDER}-r2`;
  const page = await readFile(path.join(place.archiveDir, second, 'difference.html'), 'utf8');
  assert.match(page, /<ins>更正：<\/ins>/);
  const erratum = await readFile(path.join(place.archiveDir, second, 'erratum.txt'), 'utf8');
  assert.ok(erratum.includes(title));
  for (const file of ['index.html', 'email.html', 'email.txt'])
    assert.match(await readFile(path.join(place.archiveDir, second, file), 'utf8'), /修订版 2/, file);
  const again = await command(['rebuild', '2021-W25', '--json'], env);
  assert.equal(again.code, 0, again.err);
  assert.equal(existsSync(path.join(place.archiveDir, `${FOLDER}-r3`)), false);
  const { code, verified } = await verify('all');
  assert.equal(code, 0, JSON.stringify(verified.editions.map(({ checks }) => checks)));
  assert.equal(checkNamed(verified, 'rebuild', second)?.state, 'ok');
  assert.match(checkNamed(verified, 'rebuild')?.detail ?? '', /newer revision/);
  assert.equal(checkNamed(verified, 'chain', second)?.checked, 1);
});

test('the mails of a revision lead to its own folder', async () => {
  const published = { ...env, ARCHIVE_URL: 'https://digest.example/archive/' };
  assert.equal((await command(['rebuild', '2021-W25', '--json'], published)).code, 0);
  const own = `https://digest.example/archive/${FOLDER}-r3/`;
  for (const file of ['email.html', 'email.txt']) {
    const mail = await readFile(path.join(place.archiveDir, `${FOLDER}-r3`, file), 'utf8');
    assert.ok(mail.includes(`${own}#lead`) || mail.includes(`${own}\n`), file);
    assert.ok(mail.includes(`${own}difference.html`), file);
    assert.ok(!mail.includes('2021-W25/'), file);
  }
});

test('an edition that does not exist is wrong use', async () => {
  const end = await command(['verify', '2020-W10'], env);
  assert.equal(end.code, 2);
  assert.match(end.err, /EDITION_UNKNOWN/);
});
