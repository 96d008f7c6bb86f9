import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Edition } from '../../model/edition.ts';
import { listEditions } from '../../reports/archive.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { type PublishFiles, publish } from '../../reports/publish.ts';
import { sha256 } from '../../text/hash.ts';
import { canonicalInput } from './canonical-edition.ts';
import { madeUpInput } from './made-up.ts';

const FIRST = files({ 'index.html': '<p>一', 'kept/a.html': '甲' });
const SECOND = files({ 'index.html': '<p>二', 'kept/a.html': '甲' });
const WEEK_25 = composeEdition(canonicalInput());
const WEEK_24 = emptyWeek('2021-W24');

let archive = '';

function files(contents: Readonly<Record<string, string>>): PublishFiles {
  return { files: new Map(Object.entries(contents)), versions: { program: '0.0.0', chromium: null } };
}

function emptyWeek(week: string): Edition {
  return composeEdition(madeUpInput({ stories: [], sources: [], week }));
}

beforeEach(async () => {
  archive = await mkdtemp(join(tmpdir(), 'archive-'));
});

afterEach(async () => {
  await rm(archive, { recursive: true });
});

describe('publish', () => {
  test('puts an edition under digest, ISO year and week, with a manifest of every file', async () => {
    const { state, folder } = await publish(archive, WEEK_25, FIRST);
    assert.equal(state, 'new');
    assert.equal(folder, join(archive, 'weekly/2021/2021-W25'));
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
    for (const { path, bytes, sha256: hash } of manifest.files) {
      const content = await readFile(join(folder, path));
      assert.deepEqual([content.length, sha256(content)], [bytes, hash]);
    }
    assert.deepEqual(
      manifest.files.map(({ path }: { path: string }) => path),
      ['index.html', 'kept/a.html'],
    );
  });

  test('uses the ISO year, not the calendar year', async () => {
    const { folder } = await publish(archive, emptyWeek('2020-W53'), FIRST);
    assert.equal(folder, join(archive, 'weekly/2020/2020-W53'));
  });

  test('changes nothing when the same bytes come again', async () => {
    await publish(archive, WEEK_25, FIRST);
    const before = await readFile(join(archive, 'weekly/2021/2021-W25/manifest.json'), 'utf8');
    const again = await publish(archive, WEEK_25, FIRST);
    assert.equal(again.state, 'unchanged');
    assert.equal(await readFile(join(archive, 'weekly/2021/2021-W25/manifest.json'), 'utf8'), before);
    assert.deepEqual(await readdir(join(archive, 'weekly/2021')), ['2021-W25']);
  });

  test('puts a different outcome beside the first as revision 2, which then is the one to compare with', async () => {
    const first = await publish(archive, WEEK_25, FIRST);
    const second = await publish(archive, WEEK_25, SECOND);
    assert.deepEqual([second.state, second.revision], ['revised', 2]);
    assert.equal(second.folder, join(archive, 'weekly/2021/2021-W25-r2'));
    assert.equal(await readFile(join(first.folder, 'index.html'), 'utf8'), '<p>一');
    assert.deepEqual(second.manifest.revises, { folder: '2021/2021-W25', manifestHash: first.manifestHash });
    assert.equal((await publish(archive, WEEK_25, SECOND)).state, 'unchanged');
    assert.deepEqual([(await publish(archive, WEEK_25, FIRST)).revision], [3]);
  });

  test('a revision tells its difference, which does not make the next equal build another revision', async () => {
    await publish(archive, WEEK_25, FIRST);
    const asked: number[] = [];
    const build = {
      ...SECOND,
      revisionFiles: async (_: unknown, revision: number) => {
        asked.push(revision);
        return new Map([['difference.html', `<p>${revision}`]]);
      },
    };
    const { folder, manifest } = await publish(archive, WEEK_25, build);
    assert.equal(await readFile(join(folder, 'difference.html'), 'utf8'), '<p>2');
    assert.ok(manifest.files.some(({ path }) => path === 'difference.html'));
    assert.equal((await publish(archive, WEEK_25, build)).state, 'unchanged');
    assert.deepEqual(asked, [2]);
  });

  test('chains an edition to the manifest of the one before it', async () => {
    const before = await publish(archive, WEEK_24, FIRST);
    const { manifest } = await publish(archive, WEEK_25, FIRST);
    assert.deepEqual(manifest.previous, { folder: '2021/2021-W24', manifestHash: before.manifestHash });
    const text = await readFile(join(before.folder, 'manifest.json'));
    assert.equal(manifest.previous?.manifestHash, sha256(text));
  });

  test('removes what a dead process left of the week and leaves other weeks alone', async () => {
    const year = join(archive, 'weekly/2021');
    // Process ids end below 2^22 on Linux: this one never lives.
    await mkdir(join(year, '.2021-W25.tmp-99999999'), { recursive: true });
    await mkdir(join(year, '.2021-W26.tmp-99999999'), { recursive: true });
    await publish(archive, WEEK_25, FIRST);
    assert.deepEqual((await readdir(year)).sort(), ['.2021-W26.tmp-99999999', '2021-W25']);
  });

  test('never writes over a folder that is not an edition, and leaves nothing half done', async () => {
    const taken = join(archive, 'weekly/2021/2021-W25');
    await mkdir(taken, { recursive: true });
    await writeFile(join(taken, 'notes.txt'), 'mine');
    await assert.rejects(publish(archive, WEEK_25, FIRST), { code: 'ARCHIVE_TAKEN' });
    assert.deepEqual(await readdir(join(archive, 'weekly/2021')), ['2021-W25']);
    assert.deepEqual(await readdir(taken), ['notes.txt']);
  });

  test('refuses names that could leave the edition folder', async () => {
    for (const name of ['../x', '/x', 'kept/../x', 'a/b/c', 'manifest.json', '.hidden'])
      await assert.rejects(publish(archive, WEEK_25, files({ [name]: '' })), { code: 'ARCHIVE_PATH' }, name);
    assert.deepEqual(await listEditions(archive), []);
  });

  test('says which manifest is broken', async () => {
    const { folder } = await publish(archive, WEEK_25, FIRST);
    await writeFile(join(folder, 'manifest.json'), '{');
    await assert.rejects(listEditions(archive), { code: 'ARCHIVE_MANIFEST_BROKEN' });
  });
});
