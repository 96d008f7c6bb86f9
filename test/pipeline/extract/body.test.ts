import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blocksOfHtml } from '../../../pipeline/extract/body.ts';
import { extractPage } from '../../../pipeline/extract/extract-page.ts';
import { trimBlocks } from '../../../pipeline/extract/trim.ts';
import { VOCABULARY } from '../vocabulary.ts';

const SENTENCE =
  'The ministry will fund twenty pilot plants for storage, hydrogen and heat over the next four years. ';
const PARAGRAPHS = [1, 2, 3].map((part) => `<p>Part ${part}. ${SENTENCE.repeat(3)}</p>`).join('');
const NOISE = `Buy our paper, read our letters, win a journey, and tell all your friends about it. `.repeat(
  2,
);

function read(body: string, head = '') {
  return extractPage({
    html: `<html><head>${head}</head><body>${body}</body></html>`,
    url: 'https://news.example/a',
    source: { article: {}, zone: 'UTC', lang: 'en', name: 'News', publisher: 'News' },
    vocabulary: VOCABULARY,
  });
}

for (const [kind, markup] of Object.entries({
  comments: `<div class="comment-list"><p>${NOISE.repeat(6)}</p></div>`,
  'a newsletter box': `<div class="newsletter-signup"><p>${NOISE}</p></div>`,
  'a caption': `<figure><img src="a.png"><figcaption>${NOISE}</figcaption></figure>`,
  'a hidden element': `<div style="display:none"><p>${NOISE}</p></div>`,
  'a cookie notice': `<div id="cookie-banner"><p>${NOISE.repeat(8)}</p></div>`,
  'a side column': `<aside><p>${NOISE}</p></aside>`,
}))
  test(`leaves out ${kind}`, () => {
    const { text = '' } = read(`<div><h1>Pilot plants</h1>${PARAGRAPHS}${markup}</div>`);
    assert.ok(text.includes('Part 3.'), 'the text itself is there');
    assert.ok(!text.includes('win a journey'), text.slice(-200));
  });

test('tells in the trace what was left out', () => {
  const { trace } = read(
    `<div><h1>Pilot plants</h1>${PARAGRAPHS}<nav>Home</nav><p>Advertisement</p></div><script>1</script>`,
  );
  const told = trace.filter(({ step }) => step === 'prune' || step === 'trim').map(({ value }) => value);
  assert.deepEqual(told, ['machinery 1, frame 1', '2 of 5 blocks']);
});

test('keeps a text whose own container bears a noisy name', () => {
  const { text = '' } = read(
    `<div class="ad-free-story newsletter"><h1>Pilot plants</h1>${PARAGRAPHS}</div>`,
  );
  assert.ok(text.includes('Part 1.') && text.includes('Part 3.'));
});

test('keeps hidden parts when most of the text is hidden, as in tabs', () => {
  const tab = (name: string) => `<div style="display:none"><p>${name}. ${SENTENCE.repeat(3)}</p></div>`;
  const { text = '' } = read(`<div>${['One', 'Two', 'Three', 'Four'].map(tab).join('')}</div>`);
  for (const name of ['One', 'Two', 'Three', 'Four']) assert.ok(text.includes(`${name}.`), name);
});

test('drops cards of other documents however much they say', () => {
  const card = `<div class="card"><h3><a href="/b">Other</a></h3><p>${NOISE.repeat(2)}</p></div>`;
  const { text = '' } = read(`<div>${PARAGRAPHS}</div><div>${card.repeat(4)}</div>`);
  assert.ok(text.includes('Part 2.') && !text.includes('win a journey'));
});

test('cuts a text down to what the page states as its text', () => {
  const stated = [1, 2, 3].map((part) => `Part ${part}. ${SENTENCE.repeat(3)}`).join('\n');
  const json = JSON.stringify({ '@type': 'NewsArticle', articleBody: stated });
  const head = `<script type="application/ld+json">${json}</script>`;
  const { text = '' } = read(`<div><p>${NOISE}</p>${PARAGRAPHS}</div>`, head);
  assert.ok(text.includes('Part 3.') && !text.includes('win a journey'));
});

test('takes pointers and fillers out of the middle of a text', () => {
  const html = `<p>${SENTENCE}</p><p>Advertisement</p><p>READ MORE: <a href="/x">Another story</a></p><p>${SENTENCE}More.</p>`;
  const texts = trimBlocks(blocksOfHtml(html, 'https://news.example/'), undefined).map(({ text }) => text);
  assert.deepEqual(texts, [SENTENCE.trim(), `${SENTENCE}More.`]);
});

test('takes the heading readers see for the title, not the one for search engines', () => {
  const head =
    '<title>Pilot plants 2026: all you need to know | News</title><meta property="og:title" content="Pilot plants 2026: all you need to know">';
  assert.equal(
    read(`<h1>Pilot plants get 2026 money</h1>${PARAGRAPHS}`, head).title,
    'Pilot plants get 2026 money',
  );
});

test('reads the date shown beside the title, not one of a list of other documents', () => {
  const other = '<div class="related"><span class="date">3. Mai 2020</span></div>';
  const { published } = read(
    `${other}<h1>Pilot plants</h1><span class="datum">21. Juni 2021</span>${PARAGRAPHS}`,
    '<title>Pilot plants</title>',
  );
  assert.equal(published?.on, '2021-06-21');
});
