import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractPage } from '../../../pipeline/extract/extract-page.ts';
import { VOCABULARY } from '../vocabulary.ts';

const SOURCE = { article: {}, zone: 'UTC', lang: 'en', name: 'Some Office', publisher: 'Office' };
const PROSE =
  '<p>The office opened a pilot line for coatings, and three firms from the region will use it from the autumn on.</p>';

function authorOf(head: string, below = '') {
  const html = `<head><title>Pilot line opened</title>${head}</head><h1>Pilot line opened</h1>${below}${PROSE}${PROSE}`;
  return extractPage({ html, url: 'https://x.example/a', source: SOURCE, vocabulary: VOCABULARY }).fields
    .author;
}

const jsonLd = (data: object) => `<script type="application/ld+json">${JSON.stringify(data)}</script>`;

test('reads all the people whom JSON-LD names, also where it only points to them', () => {
  const people = [
    { '@type': 'Person', name: 'Ann Lee' },
    { '@type': 'Person', name: 'Bo Chen' },
  ];
  assert.equal(
    authorOf(jsonLd({ '@type': 'NewsArticle', headline: 'x', author: people })),
    'Ann Lee, Bo Chen',
  );
  const graph = [
    { '@type': 'Article', headline: 'x', author: { '@id': '#ann' } },
    { '@type': 'Person', '@id': '#ann', name: 'Ann Lee' },
  ];
  assert.equal(authorOf(jsonLd({ '@graph': graph })), 'Ann Lee');
});

test('reads the name of a byline without what stands around it', () => {
  for (const line of [
    '<p class="byline">By Ann Lee | 21 June 2021</p>',
    '<span class="post-author-name">Written by Ann Lee</span>',
    '<a rel="author" href="/ann">Ann Lee</a>',
    '<p>By Ann Lee</p>',
    '<p><span>By</span> <b>Ann Lee</b></p>',
    '<div class="author">Von: Ann Lee, am 21. Juni 2021</div>',
  ])
    assert.equal(authorOf('', line), 'Ann Lee', line);
});

test('takes accounts, addresses and the words of empty forms for nobody', () => {
  for (const name of [
    'admin',
    'annlee_editor',
    'ann.lee',
    'https://x.example/ann',
    'ann@x.example',
    'Redaktion',
  ])
    assert.equal(authorOf(`<meta name="author" content="${name}">`), undefined, name);
  assert.equal(
    authorOf('<meta name="author" content="admin">', '<p class="byline">By Ann Lee</p>'),
    'Ann Lee',
  );
});

test('takes no sentence that starts with by for a byline', () => {
  assert.equal(authorOf('', '<p>By then, Ann Lee had left.</p><p>By Monday</p>'), undefined);
});
