import assert from 'node:assert/strict';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { ComposeInput } from '../../model/edition.ts';
import { type ArchivedEdition, listEditions, surveyArchive } from '../../reports/archive.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { evidenceOf } from '../../reports/evidence.ts';
import { publish } from '../../reports/publish.ts';
import { loadTemplate, renderEdition } from '../../reports/render.ts';
import { checkChain, checkFiles, checkSentences } from '../../reports/verify.ts';
import { canonicalInput } from './canonical-edition.ts';
import { madeUpInput } from './made-up.ts';

const TEMPLATE = await loadTemplate(resolve(import.meta.dirname, '../../templates/gazette'));
const WEEK_24 = madeUpInput({ stories: [], sources: [], week: '2021-W24' });

let archive = '';
let edition: ArchivedEdition;

async function publishWeek(input: ComposeInput, note = ''): Promise<void> {
  const composed = composeEdition(input);
  const { files } = renderEdition(TEMPLATE, { edition: composed, evidence: evidenceOf(composed, input) }, {});
  await publish(archive, composed, {
    files: new Map([...files, ['note.txt', note]]),
    versions: { program: '0.0.0', chromium: null },
  });
}

async function byFolder(): Promise<Map<string, ArchivedEdition>> {
  return new Map((await listEditions(archive)).map((one) => [one.folder, one]));
}

beforeEach(async () => {
  archive = await mkdtemp(join(tmpdir(), 'archive-'));
  await publishWeek(WEEK_24);
  await publishWeek(canonicalInput());
  await publishWeek(canonicalInput(), 'other');
  const found = (await byFolder()).get('weekly/2021/2021-W25-r2');
  assert.ok(found);
  edition = found;
});

afterEach(async () => {
  await rm(archive, { recursive: true });
});

test('an edition as it was published has no fault in files, chain and sentences', async () => {
  const checks = [
    await checkFiles(archive, edition),
    checkChain(edition, await byFolder()),
    await checkSentences(archive, edition),
  ];
  assert.deepEqual(
    checks.map(({ name, state, faults }) => [name, state, faults]),
    [
      ['files', 'ok', []],
      ['chain', 'ok', []],
      ['sentences', 'ok', []],
    ],
  );
  assert.equal(checks[0]?.checked, edition.manifest.files.length);
  assert.equal(checks[1]?.checked, 2);
  assert.ok((checks[2]?.checked ?? 0) > 15);
});

describe('a fault is found and named', () => {
  const at = (path: string) => join(archive, edition.folder, path);

  test('in files: one changed, one cut, one gone, one added', async () => {
    const page = await readFile(at('index.html'), 'utf8');
    await writeFile(at('index.html'), page.replace('周', '月'));
    await writeFile(at('email.txt'), 'short');
    await rm(at('note.txt'));
    await writeFile(at('kept/added.html'), '');
    const { faults } = await checkFiles(archive, edition);
    assert.deepEqual(
      faults.map((fault) => fault.replace(/\d+ bytes.*/, 'bytes')),
      [
        'email.txt: bytes',
        'index.html: other bytes than were published',
        'note.txt: missing',
        'kept/added.html: not in the manifest',
      ],
    );
  });

  test('in the chain: an earlier manifest changed, an earlier edition gone, a folder moved', async () => {
    const before = join(archive, 'weekly/2021/2021-W24');
    const manifest = join(before, 'manifest.json');
    await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('"number": 25', '"number": 26'));
    assert.deepEqual(checkChain(edition, await byFolder()).faults, [
      '2021/2021-W24: its manifest is not the one this edition follows',
    ]);
    await rm(before, { recursive: true });
    assert.deepEqual(checkChain(edition, await byFolder()).faults, [
      '2021/2021-W24: the edition it follows is not there',
    ]);
    await rename(join(archive, edition.folder), before);
    const moved = (await byFolder()).get('weekly/2021/2021-W24');
    assert.ok(moved);
    assert.match(checkChain(moved, await byFolder()).faults[0] ?? '', /its manifest says .*2021-W25-r2/);
  });

  test('in sentences: kept words changed, the place gone, the page gone', async () => {
    const lead = composeEdition(canonicalInput()).lead?.sentences[0];
    assert.ok(lead);
    const path = `kept/${lead.documentId}.html`;
    const page = await readFile(at(path), 'utf8');
    const faultsOf = async (text: string) => {
      await writeFile(at(path), text);
      return (await checkSentences(archive, edition)).faults;
    };
    const words = lead.text.slice(0, 8);
    assert.ok((await faultsOf(page.replaceAll(words, words.split('').reverse().join('')))).length > 0);
    const [first] = await faultsOf(page.replace(`id="s-${lead.start}"`, ''));
    assert.match(
      first ?? '',
      new RegExp(`^${path}: "${words}.*does not stand at ${lead.start}–${lead.end}$`),
    );
    await rm(at(path));
    assert.match(
      (await checkSentences(archive, edition)).faults[0] ?? '',
      /missing, \d+ sentences have no evidence/,
    );
  });

  test('in edition.json: what cannot be read is a fault, not a pass', async () => {
    await writeFile(at('edition.json'), '{');
    assert.deepEqual((await checkSentences(archive, edition)).faults, ['edition.json: missing or broken']);
  });

  test('in the archive: a manifest that is broken and one that is gone, beside editions that are whole', async () => {
    await writeFile(at('manifest.json'), '{');
    await rm(join(archive, 'weekly/2021/2021-W24/manifest.json'));
    const { editions, broken } = await surveyArchive(archive);
    assert.deepEqual(
      editions.map(({ folder }) => folder),
      ['weekly/2021/2021-W25'],
    );
    assert.deepEqual(
      broken.map(({ folder, error }) => [folder, error.code]),
      [
        ['weekly/2021/2021-W24', 'ARCHIVE_MANIFEST_MISSING'],
        ['weekly/2021/2021-W25-r2', 'ARCHIVE_MANIFEST_BROKEN'],
      ],
    );
  });
});
