import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SourceId } from '../../model/ids.ts';
import { readFeed } from '../../scrapers/feed.ts';
import type { ListContext } from '../../scrapers/listing.ts';

const CONTEXT: ListContext = {
  sourceId: 'made-up' as SourceId,
  zone: 'Asia/Shanghai',
  url: 'https://www.example.org/feeds/news.xml',
};

function rss(items: string, attributes = '') {
  return readFeed(
    `<rss version="2.0" ${attributes}><channel><title>t</title>${items}</channel></rss>`,
    CONTEXT,
  );
}

function atom(entries: string, attributes = '') {
  return readFeed(`<feed xmlns="http://www.w3.org/2005/Atom" ${attributes}>${entries}</feed>`, CONTEXT);
}

test('a guid is the link unless it says it is none', () => {
  const { entries, dropped } = rss(
    `<item><title>a</title><guid>https://x.example/1</guid></item>
     <item><title>b</title><guid isPermaLink="false">https://x.example/2</guid></item>`,
  );
  assert.deepEqual([entries[0]?.url, dropped[0]?.reason], ['https://x.example/1', 'no link']);
});

test('a link wins over the guid', () => {
  const { entries } = rss('<item><title>a</title><link>/1</link><guid>https://x.example/2</guid></item>');
  assert.equal(entries[0]?.url, 'https://www.example.org/1');
});

test('elements of unknown namespaces do not pass for the feed’s own', () => {
  const { entries } = rss(
    '<item><x:title>wrong</x:title><title>right</title><x:link>/wrong</x:link><link>/right</link></item>',
    'xmlns:x="https://strangers.example/"',
  );
  assert.deepEqual([entries[0]?.title, entries[0]?.url], ['right', 'https://www.example.org/right']);
});

test('content:encoded is the body, the description the summary', () => {
  const { entries } = rss(
    `<item><title>a</title><link>/1</link><description>short</description>
     <content:encoded><![CDATA[<p>long <a href="/x">x</a></p>]]></content:encoded></item>`,
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"',
  );
  assert.equal(entries[0]?.summary, 'short');
  assert.equal(entries[0]?.bodyHtml, '<p>long <a href="https://www.example.org/x">x</a></p>');
});

test('links follow xml:base, an inner one relative to the outer', () => {
  const { entries } = atom(
    '<entry xml:base="b/"><title>a</title><link href="1.html"/></entry>',
    'xml:base="https://x.example/a/"',
  );
  assert.equal(entries[0]?.url, 'https://x.example/a/b/1.html');
});

test('the alternate link is taken wherever it stands', () => {
  const { entries } = atom(
    `<entry><title>a</title><link rel="enclosure" href="/a.mp3"/><link rel="self" href="/self"/>
     <link rel="alternate" href="/page"/></entry>`,
  );
  assert.equal(entries[0]?.url, 'https://www.example.org/page');
});

test('an Atom title of type html loses its mark-up, one of type text keeps its brackets', () => {
  const { entries } = atom(
    `<entry><title type="html">A &lt;b&gt;bold&lt;/b&gt; &amp;amp; new plan</title><link href="/1"/></entry>
     <entry><title>use of &lt;blink&gt;</title><link href="/2"/></entry>`,
  );
  assert.deepEqual(
    entries.map((entry) => entry.title),
    ['A bold & new plan', 'use of <blink>'],
  );
});

test('an entry without published is dated by updated', () => {
  const { entries } = atom(
    '<entry><title>a</title><link href="/1"/><updated>2021-06-21T23:30:00Z</updated></entry>',
  );
  assert.equal(entries[0]?.published?.on, '2021-06-22');
});

test('dates in common wrong forms are read', () => {
  const dates = [
    '22 Jun 21 1500 GMT',
    'Tue Jun 22 23:00:00 CST 2021',
    '2021-06-22 23:00',
    'June 22, 2021 3:00 PM GMT',
  ];
  const { entries } = rss(
    dates
      .map((date) => `<item><title>a</title><link>/${date.length}</link><pubDate>${date}</pubDate></item>`)
      .join(''),
  );
  assert.deepEqual(
    entries.map((entry) => entry.published?.at),
    dates.map(() => '2021-06-22T15:00:00.000Z'),
  );
});

test('language is told by the entry, else by the feed', () => {
  const { entries } = atom(
    '<entry xml:lang="fr"><title>a</title><link href="/1"/></entry><entry><title>b</title><link href="/2"/></entry>',
    'xml:lang="en_GB"',
  );
  assert.deepEqual(
    entries.map((entry) => entry.lang),
    ['fr', 'en-GB'],
  );
});

test('the name is taken out of an author with a mail address', () => {
  const item = (author: string) =>
    `<item><title>a</title><link>/${author.length}</link><author>${author}</author></item>`;
  const { entries } = rss(item('me@example.org (Some Name)') + item('Other Name &lt;you@example.org&gt;'));
  assert.deepEqual(
    entries.map((entry) => entry.author),
    ['Some Name', 'Other Name'],
  );
});

test('an ill-formed feed gives the items that can be told apart', () => {
  const { entries } = readFeed(
    '<rss><channel><item><title>R&D & more</title><link>/1?a=1&b=2</link></item><item><title>b<link>/2</link></item></channel>',
    CONTEXT,
  );
  assert.deepEqual([entries[0]?.title, entries[0]?.url], ['R&D & more', 'https://www.example.org/1?a=1&b=2']);
});

test('entities of a document type are not expanded', () => {
  const xml = `<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
    <rss><channel><item><title>x &b;</title><link>/1</link></item></channel></rss>`;
  assert.doesNotMatch(readFeed(xml, CONTEXT).entries[0]?.title ?? '', /aaaaaaaaaa/);
});

test('JSON Feed is a feed', () => {
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: 't',
    language: 'en',
    items: [
      {
        id: '9',
        url: '/1',
        title: 'a',
        content_text: 'x < y',
        date_published: '2021-06-22T10:00:00+08:00',
        authors: [{ name: 'N' }],
      },
    ],
  };
  const { entries } = readFeed(JSON.stringify(feed), CONTEXT);
  assert.deepEqual(entries, [
    {
      sourceId: 'made-up',
      url: 'https://www.example.org/1',
      title: 'a',
      published: { on: '2021-06-22', at: '2021-06-22T02:00:00.000Z', precision: 'second', rule: 'list' },
      dateText: '2021-06-22T10:00:00+08:00',
      bodyHtml: '<p>x &lt; y</p>',
      author: 'N',
      guid: '9',
      lang: 'en',
    },
  ]);
});

test('a page that is no feed says so', () => {
  assert.equal(
    readFeed('<html><body>请完成验证</body></html>', CONTEXT).dropped[0]?.reason,
    'the answer is not a feed',
  );
});

test('no text makes the reader throw, and it accounts for all it saw', () => {
  const piece = fc.constantFrom(
    '<rss>',
    '<item>',
    '</item>',
    '<title>',
    '<![CDATA[',
    ']]>',
    '<link href="',
    '&#x',
    '<feed ',
    '{"items":',
    'xml:base="::"',
    '\u0000',
  );
  const text = fc
    .array(fc.oneof(piece, fc.string({ maxLength: 8 })), { maxLength: 30 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (xml) => {
      const { entries, dropped, seen } = readFeed(xml, CONTEXT);
      return seen === entries.length + dropped.length;
    }),
    { seed: 7, numRuns: 300 },
  );
});
