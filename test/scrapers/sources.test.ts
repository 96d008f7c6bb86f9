import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readSources } from '../../catalogue/sources.ts';
import type { Source } from '../../model/source.ts';
import { listRequest, scrape } from '../../scrapers/index.ts';
import { primedRequest, primeRequest } from '../../scrapers/prime.ts';
import { decodePage } from '../../text/charset.ts';

// Every source file is read, and the list made for it (or for its family) is scraped with its own rules.

interface ExpectedEntry {
  readonly title: string;
  /** Absolute, or relative to the page a reader opens. */
  readonly link: string;
  /** Absent where the list shows no dates. */
  readonly on?: string;
  readonly [field: string]: string | undefined;
}

interface Expected {
  /** When it was recorded, where that matters: dates without a year. */
  readonly now?: string;
  readonly seen: number;
  readonly dropped: readonly string[];
  readonly entries: readonly ExpectedEntry[];
}

const ROOT = path.resolve(import.meta.dirname, '../..');
const FIXTURES = path.join(ROOT, 'test/fixtures/sources');
const NOW = new Date('2021-06-25T00:00:00Z');

const sources = await readSources(path.join(ROOT, 'sources'));

for (const source of sources) {
  test(`${source.id} reads the list made for it`, () => {
    const dir = fixtureDir(source);
    const file = readdirSync(dir).find((name) => name.startsWith('list.')) ?? '';
    const { text } = decodePage(readFileSync(path.join(dir, file)), {}, override(source));
    const expected = JSON.parse(readFileSync(path.join(dir, 'expected.json'), 'utf8')) as Expected;
    const result = scrape(source, {
      text,
      url: source.url,
      now: expected.now ? new Date(expected.now) : NOW,
    });
    assert.equal(result.seen, expected.seen);
    assert.deepEqual(
      result.dropped.map((one) => one.reason),
      expected.dropped,
    );
    assert.equal(result.entries.length, expected.entries.length);
    for (const [index, { link, on, at, rule, ...fields }] of expected.entries.entries()) {
      const entry = result.entries[index];
      assert.ok(entry);
      assert.equal(entry.url, new URL(link, source.homepage ?? source.url).href);
      assert.equal(entry.published?.on, on);
      if (at !== undefined) assert.equal(entry.published?.at, at);
      if (rule !== undefined) assert.equal(entry.published?.rule, rule);
      for (const [name, value] of Object.entries(fields))
        assert.equal(entry[name as keyof typeof entry], value);
    }
  });

  test(`${source.id} asks for its list at an address that exists as such`, () => {
    const request = listRequest(source, NOW);
    assert.ok(URL.canParse(request.url));
    assert.equal(request.method === 'POST', request.body !== undefined);
    assert.doesNotMatch(
      `${request.url}${request.body ?? ''}`,
      /(?:%7B|\{)(?:today|weekAgo|monthAgo|year|month|day)/i,
    );
  });

  test(`${source.id} reads a page without its list as empty`, () => {
    const empty =
      source.scrape.kind === 'api' && 'json' in source.scrape ? '{}' : '<html><body><p>x</p></body></html>';
    const { entries } = scrape(source, { text: empty, url: source.url, now: NOW });
    assert.deepEqual(entries, []);
  });
}

for (const source of sources.filter(({ request }) => request?.prime !== undefined))
  test(`${source.id} finds its list by the page it fetches first`, () => {
    const { unit, find, url = source.homepage ?? source.url } = source.request?.prime ?? {};
    assert.equal(primeRequest(source)?.url, url);
    const isTold = (unit ?? find) !== undefined;
    const text = isTold ? readFileSync(path.join(fixtureDir(source), 'column.html'), 'utf8') : '';
    const request = primedRequest(source, { text, url }, NOW);
    assert.ok(request);
    assert.equal(request.url !== listRequest(source, NOW).url, isTold);
    if (isTold) assert.equal(primedRequest(source, { text: '<p>x</p>', url }, NOW), undefined);
  });

test('no two sources ask for the same list', () => {
  const asked = sources.map((source) => {
    const { url, method = 'GET', body = '' } = listRequest(source, NOW);
    return [method, url, body].join(' ');
  });
  assert.deepEqual(
    asked.filter((one, index) => asked.indexOf(one) !== index),
    [],
  );
});

test('a rhythm is never slower than the age at which a list counts as stale', () => {
  for (const { id, everyMinutes, expect } of sources)
    assert.ok(everyMinutes <= expect.maxAgeDays * 24 * 60, `${id}: ${everyMinutes} minutes`);
});

test('every fixture belongs to a source or a family', () => {
  const names = new Set(sources.flatMap((source) => [source.id as string, source.family ?? '']));
  assert.deepEqual(
    readdirSync(FIXTURES).filter((name) => !names.has(name)),
    [],
  );
});

function fixtureDir(source: Source): string {
  const own = path.join(FIXTURES, source.id);
  if (existsSync(own)) return own;
  const family = path.join(FIXTURES, source.family ?? '');
  assert.ok(source.family !== undefined && existsSync(family), `${source.id} has no fixture: make ${own}`);
  return family;
}

function override(source: Source): { override?: string } {
  return source.encoding === undefined ? {} : { override: source.encoding };
}
