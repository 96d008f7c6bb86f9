import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractPage } from '../../../pipeline/extract/extract-page.ts';
import type { PageSource } from '../../../pipeline/extract/page.ts';
import { VOCABULARY } from '../vocabulary.ts';

const SOURCE: PageSource = { article: {}, zone: 'UTC', lang: 'en', name: 'Some Office', publisher: 'Office' };
const PROSE =
  '<p>The office opened a pilot line for coatings, and three firms from the region will use it from the autumn on.</p>';

function publishedOf(page: string, { url = 'https://x.example/a', lang = 'en-GB' } = {}) {
  const html = `<html lang="${lang}">${page}</html>`;
  return extractPage({ html, url, source: SOURCE, vocabulary: VOCABULARY }).published;
}

/** The day of a page with these elements above and below its title. */
function day(below: string, more: { head?: string; above?: string; url?: string; lang?: string } = {}) {
  const { head = '', above = '', ...place } = more;
  const body = `${above}<h1>Pilot line opened</h1>${below}${PROSE}${PROSE}`;
  return publishedOf(`<head><title>Pilot line opened</title>${head}</head><body>${body}</body>`, place)?.on;
}

const meta = (name: string, day: string) => `<meta property="${name}" content="${day}">`;
const jsonLd = (type: string, day: string) =>
  `<script type="application/ld+json">{"@type": "${type}", "headline": "Pilot line opened", "datePublished": "${day}"}</script>`;

test('reads the day beside the title in the forms of many countries', () => {
  for (const [text, lang] of [
    ['21 June 2021', 'en-GB'],
    ['06/21/21', 'en-US'],
    ['Mo 21.06.21 | 14:07 Uhr', 'de'],
    ['Veröffentlicht am 21. Juni 2021', 'de'],
    ['Publié le 21 juin 2021 à 14h30', 'fr'],
    ['Fecha: 21/06/2021', 'es'],
    ['Опубликовано 21 июня 2021', 'ru'],
    ['Julkaistu 21.6.2021', 'fi'],
    ['21-06-21 14:30', 'zh-CN'],
    ['<b>21</b> <i>June</i> <b>2021</b>', 'en'],
    ['입력 2021. 6. 21. 14:30', 'ko'],
  ] as const)
    assert.equal(day(`<p>${text}</p>`, { lang }), '2021-06-21', text);
});

test('reads 04/03/2021 in the order of the language or the address, else not at all', () => {
  const line = '<p class="date">04/03/2021</p>';
  assert.equal(day(line, { lang: 'en-US' }), '2021-04-03');
  assert.equal(day(line, { lang: 'it' }), '2021-03-04');
  assert.equal(day(line, { lang: 'en', url: 'https://x.gov/a' }), '2021-04-03');
  assert.equal(day(line, { lang: 'en', url: 'https://x.example.uk/a' }), '2021-03-04');
  assert.equal(day(line, { lang: 'en' }), undefined);
  const other = '<footer><p>Opened 25/12/2010</p></footer>';
  assert.equal(day(line, { lang: 'en', above: other }), '2021-03-04');
});

test('two witnesses outweigh a third', () => {
  const head = meta('article:published_time', '2021-06-25') + jsonLd('NewsArticle', '2021-06-21');
  assert.equal(day('<time datetime="2021-06-21">21 June 2021</time>', { head }), '2021-06-21');
});

test('is silent when readers are shown another day than the one stated', () => {
  const head = meta('article:published_time', '2021-06-21');
  const shown = '<p class="date">3 August 2021</p>';
  assert.equal(day(shown, { head }), undefined);
  assert.equal(day(shown, { head, url: 'https://x.example/2021/06/21/a' }), '2021-06-21');
});

test('a day of change does not replace a day of publication', () => {
  const changed = '<p class="date">Last updated: 3 August 2021</p>';
  assert.equal(day(changed, { head: meta('article:published_time', '2021-06-21') }), '2021-06-21');
  assert.equal(day(`<p>Published 21 June 2021 | Updated 3 August 2021</p>`), '2021-06-21');
  assert.equal(day(`<p>Updated 3 August 2021</p><p>Published 21 June 2021</p>`), '2021-06-21');
});

test('a standing page that only says when it changed has no day of publication', () => {
  const changed = '<p class="date">Last updated: 3 August 2021</p>';
  assert.equal(day(changed, { head: meta('article:modified_time', '2021-08-03') }), undefined);
  assert.equal(day(changed), '2021-08-03');
});

test('takes no day from lists, comments, captions, accounts and copyright lines', () => {
  const list = ['1', '2', '3', '4'].map(
    (n) => `<li><a href="/${n}">Other news ${n}</a><time>${n} May 2021</time></li>`,
  );
  assert.equal(day('', { above: `<ul class="news">${list.join('')}</ul>` }), undefined);
  const rest = `${PROSE}<div class="comments"><p>Ann, 9 July 2021</p><p>Bob, 10 July 2021</p></div>`;
  assert.equal(day(rest), undefined);
  assert.equal(day('<p>Ann, member since 4 May 2009</p><p>© 4 May 2011</p>'), undefined);
});

test('prefers the day of the text to today above it and to other texts below it', () => {
  const menu = ['News', 'Grants', 'Calls', 'Events', 'Press', 'Jobs', 'Contact'];
  const links = menu.map((name) => `<a href="/${name}">${name}</a>`).join('');
  const above = `<div class="date">Friday, 25 June 2021</div><nav>${links}</nav>`;
  const below = '<p class="meta">By Ann Lee, 21 June 2021</p>';
  const others = '<aside><time>20 June 2021</time><time>19 June 2021</time></aside>';
  assert.equal(day(`${below}${PROSE}${others}`, { above }), '2021-06-21');
});

test('an instant in UTC is told by the day shown to readers', () => {
  const head = meta('article:published_time', '2021-06-22T01:30:00Z');
  const published = publishedOf(
    `<head>${head}<title>Pilot line opened</title></head><body><h1>Pilot line opened</h1><p class="date">21 June 2021</p>${PROSE}</body>`,
  );
  assert.deepEqual([published?.on, published?.at], ['2021-06-21', '2021-06-22T01:30:00.000Z']);
});

test('finds the day that only an address, a description or a paragraph opens with', () => {
  assert.equal(day('', { url: 'https://x.example/news/21-06-2021' }), '2021-06-21');
  assert.equal(
    day('', { head: '<meta name="description" content="21 June 2021 - A line opens.">' }),
    '2021-06-21',
  );
  assert.equal(day(`<p>21.06.2021 10:16 Uhr - Office. ${PROSE.slice(3)}`), '2021-06-21');
});
