import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { DocumentRef, Edition } from '../../model/edition.ts';
import { weekOfDay } from '../../text/calendar.ts';
import { sha256 } from '../../text/hash.ts';
import { pdfText } from '../reports/pdf-text.ts';
import { command, lastJson, makePlace, type Place } from './support.ts';

const folder = path.join(process.env.CORPUS_DIR ?? '', 'zh-govcn');
const isThere = process.env.CORPUS_DIR !== undefined && existsSync(folder);
const skip = isThere ? false : 'CORPUS_DIR is not set or holds no zh-govcn: the real weeks are NOT measured';
const WEEKS = '2018-W45..2019-W07';

interface Row {
  readonly url: string;
  readonly expected: { readonly title: string; readonly publishedAt: string; readonly writtenAt: string };
}

describe('sixty State Council documents, imported and built week by week', { skip }, () => {
  let place: Place;
  let rows: Row[];
  const editions = new Map<string, { edition: Edition; folder: string }>();

  before(async () => {
    place = await makePlace();
    rows = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')) as Row[];
    const end = await command(
      ['import', folder, '--build', WEEKS, '--digest', 'weekly', '--json'],
      place.env,
    );
    assert.equal(end.code, 0, end.err);
    const { editions: built } = lastJson<{ editions: { week: string; folder: string }[] }>(end);
    for (const { week, folder: where } of built) {
      const full = path.join(place.archiveDir, where);
      editions.set(week, {
        edition: JSON.parse(await readFile(path.join(full, 'edition.json'), 'utf8')) as Edition,
        folder: full,
      });
    }
  });

  after(async () => {
    await place?.remove();
  });

  const refsOf = (edition: Edition): DocumentRef[] => [
    ...(edition.lead?.documents ?? []),
    ...edition.sections.flatMap((section) => section.items.flatMap((item) => item.documents)),
    ...edition.leftOut.map((row) => row.document),
  ];

  test('every document is accounted for once, in the edition of its week, with its title and date', () => {
    assert.equal(rows.length, 60);
    assert.equal(editions.size, 15);
    const wrong: string[] = [];
    for (const { url, expected } of rows) {
      const found = [...editions].flatMap(([week, { edition }]) =>
        refsOf(edition)
          .filter((ref) => ref.url === url)
          .map((ref) => ({ week, ref })),
      );
      const [only] = found;
      const isRight =
        found.length === 1 &&
        only?.week === weekOfDay(expected.publishedAt) &&
        only.ref.publishedOn === expected.publishedAt &&
        only.ref.title.replace(/\s/g, '') === expected.title.replace(/\s/g, '');
      if (!isRight)
        wrong.push(
          `${expected.title}: ${JSON.stringify(found.map(({ week, ref }) => [week, ref.title, ref.publishedOn]))}`,
        );
    }
    assert.deepEqual(wrong, []);
  });

  test('counts balance in every week', () => {
    for (const { edition } of editions.values()) {
      const { seen, shown, folded, leftOut } = edition.counts;
      assert.equal(shown + folded + leftOut, seen);
      assert.equal(refsOf(edition).length, seen);
    }
  });

  test('2019-W06 is an empty week on purpose and says what was checked', async () => {
    const week = editions.get('2019-W06');
    assert.equal(week?.edition.counts.seen, 0);
    assert.equal(week?.edition.lead, undefined);
    assert.deepEqual(
      week?.edition.coverage.sources.map((source) => source.state),
      ['imported'],
    );
    assert.ok((await readFile(path.join(week?.folder ?? '', 'index.html'), 'utf8')).length > 2000);
  });

  test('old letters put on line in bulk are marked as re-released and lead nothing', () => {
    const old = rows.filter(
      ({ expected }) => Date.parse(expected.publishedAt) - Date.parse(expected.writtenAt) > 90 * 86_400_000,
    );
    assert.ok(old.length > 20);
    for (const { url, expected } of old) {
      const { edition } = editions.get(weekOfDay(expected.publishedAt)) ?? {};
      assert.ok(edition);
      assert.ok(
        edition.rereleased.some((ref) => ref.url === url),
        expected.title,
      );
      assert.ok(!(edition.lead?.documents ?? []).some((ref) => ref.url === url), expected.title);
      assert.ok(
        !edition.sections.some((section) =>
          section.items.some((item) => item.documents.some((ref) => ref.url === url)),
        ),
      );
    }
    for (const week of ['2018-W49', '2018-W52'])
      assert.ok((editions.get(week)?.edition.rereleased.length ?? 0) >= 8, week);
  });

  test('the PDF’s text has every title shown', async () => {
    for (const { edition, folder: where } of editions.values()) {
      const text = (await pdfText(await readFile(path.join(where, 'digest.pdf')))).replace(/\s/g, '');
      for (const { title } of refsOf(edition))
        assert.ok(text.includes(title.replace(/\s/g, '')), `${edition.period.week}: ${title}`);
    }
  });

  test('import and builds a second time: nothing new, the archive byte for byte the same', async () => {
    const before = await hashes(place.archiveDir);
    const end = await command(
      ['import', folder, '--build', WEEKS, '--digest', 'weekly', '--json'],
      place.env,
    );
    const { counts, editions: built } = lastJson<{
      counts: Record<string, number>;
      editions: { state: string }[];
    }>(end);
    assert.deepEqual([counts.added, counts.revised, counts.unchanged], [0, 0, 60]);
    assert.ok(built.every(({ state }) => state === 'unchanged'));
    assert.deepEqual(await hashes(place.archiveDir), before);
  });
});

async function hashes(root: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    found[path.relative(root, file)] = sha256(await readFile(file));
  }
  return found;
}
