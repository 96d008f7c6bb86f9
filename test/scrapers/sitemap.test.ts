import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SourceId } from '../../model/ids.ts';
import type { ListContext } from '../../scrapers/listing.ts';
import { readSitemap } from '../../scrapers/sitemap.ts';

const CONTEXT: ListContext = {
  sourceId: 'made-up' as SourceId,
  zone: 'Asia/Shanghai',
  url: 'https://www.example.org/sitemap.xml',
};

function sitemap(urls: string, linkPattern?: string) {
  const xml = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">${urls}</urlset>`;
  return readSitemap(xml, linkPattern, CONTEXT);
}

test('addresses come newest first, dated by lastmod', () => {
  const { entries, seen } = sitemap(
    `<url><loc>https://www.example.org/a</loc><lastmod>2021-06-01</lastmod></url>
     <url><loc>https://www.example.org/b</loc><lastmod>2021-06-22T03:00:00+08:00</lastmod></url>`,
  );
  assert.deepEqual(
    entries.map((entry) => [entry.url.at(-1), entry.published?.on]),
    [
      ['b', '2021-06-22'],
      ['a', '2021-06-01'],
    ],
  );
  assert.equal(seen, 2);
});

test('the news extension gives title and date', () => {
  const { entries } = sitemap(
    `<url><loc>https://www.example.org/1</loc><lastmod>2021-06-24</lastmod><news:news>
     <news:publication_date>2021-06-22</news:publication_date><news:title>A new plan</news:title></news:news></url>`,
  );
  assert.deepEqual([entries[0]?.title, entries[0]?.published?.on], ['A new plan', '2021-06-22']);
});

test('without a title the end of the address stands in for it', () => {
  const { entries } = sitemap('<url><loc>https://www.example.org/news/a-new%20plan.html</loc></url>');
  assert.equal(entries[0]?.title, 'a new plan');
});

test('without lastmod the date in the address counts', () => {
  const { entries } = sitemap('<url><loc>https://www.example.org/202106/t20210622_1.html</loc></url>');
  assert.equal(entries[0]?.published?.on, '2021-06-22');
});

test('only addresses that match are items', () => {
  const { entries, seen } = sitemap(
    '<url><loc>https://www.example.org/news/1</loc></url><url><loc>https://www.example.org/about</loc></url>',
    '/news/',
  );
  assert.deepEqual([entries.length, seen], [1, 1]);
});

test('an index of sitemaps says that it is one', () => {
  const { entries, dropped } = readSitemap(
    '<sitemapindex><sitemap><loc>https://www.example.org/a.xml</loc></sitemap></sitemapindex>',
    undefined,
    CONTEXT,
  );
  assert.deepEqual(entries, []);
  assert.match(dropped[0]?.reason ?? '', /index of sitemaps/);
});

test('of very many addresses only the newest are kept', () => {
  const urls = Array.from(
    { length: 700 },
    (_, index) =>
      `<url><loc>https://www.example.org/${index}</loc><lastmod>${index === 650 ? '2021-06-22' : '2020-01-01'}</lastmod></url>`,
  );
  const { entries } = sitemap(urls.join(''));
  assert.deepEqual([entries.length, entries[0]?.url], [500, 'https://www.example.org/650']);
});

test('no text makes it throw', () => {
  fc.assert(fc.property(fc.string(), (text) => readSitemap(text, undefined, CONTEXT).seen >= 0));
});
