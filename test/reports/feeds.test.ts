import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SourceId } from '../../model/ids.ts';
import type { ArchivedEdition } from '../../reports/archive.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { feedFiles } from '../../reports/feeds.ts';
import { manifestEdition } from '../../reports/manifest.ts';
import { readFeed } from '../../scrapers/feed.ts';
import { addWeeks } from '../../text/calendar.ts';
import { parseHtml } from '../../text/html.ts';
import { canonicalInput } from './canonical-edition.ts';
import { madeUpInput } from './made-up.ts';

const FULL = composeEdition(canonicalInput());
const HOME = 'https://digest.example/weekly/';

function archived(week: string, revision = 1, cover?: string): ArchivedEdition {
  const empty = composeEdition(madeUpInput({ stories: [], sources: [], week }));
  const edition = week === '2021-W25' ? manifestEdition(FULL, revision) : manifestEdition(empty, revision);
  return {
    folder: `weekly/${week.slice(0, 4)}/${week}${revision === 1 ? '' : `-r${revision}`}`,
    manifestHash: '',
    manifest: {
      schema: 1,
      edition: cover === undefined ? edition : { ...edition, cover },
      files: [],
      versions: { program: '', chromium: null },
      previous: null,
      revises: null,
    },
  };
}

function entriesOf(text: string, url: string) {
  const { entries, dropped } = readFeed(text, { sourceId: 'own' as SourceId, url, zone: 'UTC' } as Parameters<
    typeof readFeed
  >[1]);
  assert.deepEqual(dropped, []);
  return entries;
}

describe('the feeds of editions', () => {
  const editions = [archived('2021-W24'), archived('2021-W25'), archived('2021-W25', 2)];

  for (const name of ['feed.xml', 'feed.json'])
    test(`${name} is read by our own reader: every week once, newest first, as its newest revision`, () => {
      for (const url of ['', HOME]) {
        const text = feedFiles(editions, url).get(name) ?? '';
        const entries = entriesOf(text, `${HOME}${name}`);
        assert.deepEqual(
          entries.map((entry) => entry.url),
          [`${HOME}2021/2021-W25-r2/index.html`, `${HOME}2021/2021-W24/index.html`],
        );
        assert.match(entries[0]?.title ?? '', /国务院关于完善科技成果转化激励机制若干问题的意见/);
        assert.match(entries[0]?.summary ?? '', /修订版 2/);
        assert.equal(entries[0]?.published?.at, '2021-06-27T16:00:00.000Z');
        assert.match(
          entries[0]?.guid ?? '',
          /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
        );
      }
    });

  test('a revision keeps its name and is newer than what it revises', () => {
    const of = (list: readonly ArchivedEdition[]) => {
      const feed = JSON.parse(feedFiles(list, '').get('feed.json') ?? '');
      return feed.items[0] as { id: string; date_modified: string };
    };
    const [first, second] = [of(editions.slice(0, 2)), of(editions)];
    assert.equal(first.id, second.id);
    assert.ok(first.date_modified < second.date_modified);
  });

  test('carry any words without breaking', () => {
    const cover = '<b>&"]]>\u0000\u000B\uFFFF\ud800</b>';
    const files = feedFiles([archived('2021-W25', 1, cover)], '');
    const atom = files.get('feed.xml') ?? '';
    assert.match(entriesOf(atom, HOME)[0]?.title ?? '', /<b>&"\]\]>.?<\/b>$/);
    assert.equal(parseHtml(atom)('b').length, 0);
    assert.equal(entriesOf(files.get('feed.json') ?? '', HOME).length, 1);
  });

  test('hold the newest sixty weeks', () => {
    const many = Array.from({ length: 80 }, (_, index) => archived(addWeeks('2020-W01', index, 'UTC')));
    const items = JSON.parse(feedFiles(many, '').get('feed.json') ?? '').items as { url: string }[];
    assert.equal(items.length, 60);
    assert.equal(items[0]?.url, many.at(-1)?.folder.replace('weekly/', '').concat('/index.html'));
  });

  test('are not there without editions', () => {
    assert.equal(feedFiles([], '').size, 0);
  });
});
