import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractPage } from '../../../pipeline/extract/extract-page.ts';
import { VOCABULARY } from '../vocabulary.ts';

const SENTENCE =
  'The ministry will fund twenty pilot plants for storage, hydrogen and heat over the next four years. ';
const SATZ =
  'Das Ministerium fördert zwanzig Anlagen für Wasserstoff und Wärme in den nächsten vier Jahren. ';
const paragraph = (name: string, sentence = SENTENCE) => `<p>${name}. ${sentence.repeat(3)}</p>`;
const PARAGRAPHS = ['One', 'Two', 'Three'].map((name) => paragraph(name)).join('');

function textOf(body: string, head = ''): string {
  const { text = '' } = extractPage({
    html: `<html><head>${head}</head><body>${body}</body></html>`,
    url: 'https://news.example/a',
    source: { article: {}, zone: 'UTC', lang: 'en', name: 'News', publisher: 'News' },
    vocabulary: VOCABULARY,
  });
  return text;
}

test('takes the words of a figure for a caption, but not its table', () => {
  const caption = '<figure><img src="a.png"><p>A plant seen from above</p></figure>';
  const table = '<figure><table><tr><td>Plants</td><td>20</td></tr></table></figure>';
  const text = textOf(`<div>${PARAGRAPHS}${caption}${table}${paragraph('Four')}</div>`);
  assert.ok(!text.includes('from above') && text.includes('Plants 20') && text.includes('Four.'));
});

test('takes a line beside a picture for its caption where the text is set in paragraphs', () => {
  const box = (name: string) =>
    `<div class="${name}"><div><img src="a.png"></div><div>A plant seen from above</div></div>`;
  assert.ok(!textOf(`<div>${PARAGRAPHS}${box('x1')}${paragraph('Four')}</div>`).includes('from above'));
  const bare = ['One', 'Two', 'Three'].map((name) => `<div>${name}. ${SENTENCE.repeat(3)}</div>`).join('');
  assert.ok(textOf(`<div>${bare}${box('x1')}${bare}</div>`).includes('from above'));
  assert.ok(!textOf(`<div>${bare}${box('article-image')}${bare}</div>`).includes('from above'));
});

test('keeps paragraphs that stand beside the box of the text', () => {
  const text = textOf(`<div>${paragraph('First')}<div>${PARAGRAPHS.repeat(2)}</div><p>Short</p></div>`);
  assert.match(text, /^First\..*\nOne\./su);
  assert.ok(!text.includes('Short'));
});

test('keeps paragraphs hidden from readers of screens alone', () => {
  const paid = paragraph('Paid').replace('<p>', '<p aria-hidden="true">');
  assert.ok(textOf(`<div>${PARAGRAPHS}${paid}${paragraph('Four')}</div>`).includes('Paid.'));
});

test('keeps a text of which the page states only the opening', () => {
  const stated = `Eins. ${SATZ.repeat(3)}\nShort one`;
  const json = JSON.stringify({ '@type': 'NewsArticle', articleBody: stated });
  const list = '<ul><li>Short one</li><li>Another</li></ul>';
  const rest = ['Four', 'Five', 'Six', 'Seven'].map((name) => paragraph(name)).join('');
  const text = textOf(
    `<div>${paragraph('Eins', SATZ)}${paragraph('Two')}${list}${rest}</div>`,
    `<script type="application/ld+json">${json}</script>`,
  );
  for (const name of ['Eins.', 'Two.', 'Four.', 'Seven.']) assert.ok(text.includes(name), name);
});

test('leaves out the foot of a page as long as its text', () => {
  const foot = `<div class="page-footer"><div>${SENTENCE.replace('twenty', 'forty').repeat(4)}</div></div>`;
  const text = textOf(`<div><p>One. ${SENTENCE.repeat(3)}</p></div>${foot}`);
  assert.ok(text.includes('One.') && !text.includes('forty'));
});

test('reads the first post of a thread, not its answers', () => {
  const post = (floor: number, words: string) =>
    `<div><div>楼层： 第 ${floor} 楼 时间：2021-06-0${floor} 10:00</div><p>${words}</p></div>`;
  const text = textOf(
    `<div>${post(1, '省科技厅今天公布了二十个试点项目的名单，储能、氢能都在其中，为期四年。'.repeat(3))}${post(2, '支持一下，很好！')}${post(3, '谢谢，收藏了！')}</div>`,
  );
  assert.ok(text.includes('试点项目') && !text.includes('支持') && !text.includes('收藏'));
});

test('takes a list of related documents out of the middle and goes on behind it', () => {
  const related = '<h4>Don’t miss</h4><p><a href="/b">Other plants open today</a> [NEWS]</p>';
  const text = textOf(`<div>${PARAGRAPHS}${related}${paragraph('Four')}${paragraph('Five')}</div>`);
  assert.ok(text.includes('Five.') && !/miss|Other/u.test(text));
});

test('puts the lead above a text, except in English, where it is a second headline', () => {
  const page = (lead: string, text: string) =>
    textOf(
      `<article><header><h1>Pilot</h1><p class="standfirst">${lead}</p></header><div>${text}</div></article>`,
    );
  const german = ['Eins', 'Zwei', 'Drei'].map((name) => paragraph(name, SATZ)).join('');
  const lead = 'Zwanzig Anlagen sollen zeigen, wie Wasserstoff und Wärme zusammen ins Netz kommen.';
  assert.match(page(lead, german), /^Zwanzig Anlagen.*\nEins\./u);
  const dek = 'Twenty plants are to show how hydrogen and heat can be fed into one grid together.';
  assert.match(page(dek, PARAGRAPHS), /^One\./u);
});

test('keeps the first paragraph when links take most of it and words of its own remain', () => {
  const linked = `<p><a href="/x">${'Ministers and their many offices '.repeat(8)}</a> have agreed on the money for pilot plants in all the regions, as the head of the office said on Monday</p>`;
  assert.match(textOf(`<div>${linked}${PARAGRAPHS}</div>`), /^Ministers/u);
});

const ARTICLE = ['Eins', 'Zwei', 'Drei'].map((name) => `${name}. ${SATZ.repeat(2)}`);
const FRAME = '<h1>Wasserstoff im Netz</h1><p>Laden …</p>';

for (const [kind, script] of Object.entries({
  'JSON-LD': `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', articleBody: ARTICLE.join('\n') })}</script>`,
  'the data of its framework': `<script id="__NEXT_DATA__" type="application/json">${JSON.stringify({
    props: {
      more: [{ title: 'Andere Nachricht', body: `<p>Fremd. ${SATZ.repeat(12)}</p>` }],
      article: { title: 'Wasserstoff im Netz', content: ARTICLE.map((text) => ({ type: 'p', text })) },
    },
  })}</script>`,
  'its initial state': `<script>window.__INITIAL_STATE__ = ${JSON.stringify({
    detail: { headline: 'Wasserstoff im Netz', html: ARTICLE.map((text) => `<p>${text}</p>`).join('') },
  })};</script>`,
}))
  test(`reads a text that stands only in ${kind}`, () => {
    const text = textOf(FRAME + script, '<title>Wasserstoff im Netz</title>');
    assert.equal(text, ARTICLE.map((words) => words.trim()).join('\n'));
  });

test('does not take data for the text where the page shows the text', () => {
  const data = JSON.stringify({ body: `<p>Fremd. ${SATZ.repeat(30)}</p>` });
  const text = textOf(`<div>${PARAGRAPHS}</div><script type="application/json">${data}</script>`);
  assert.ok(text.startsWith('One.') && !text.includes('Fremd'));
});

test('looks once more with fewer rules when hardly anything is left', () => {
  const half = (name: string) => `<aside><p>${name}. ${SENTENCE.repeat(3)}</p></aside>`;
  const text = textOf(`<div><p>Intro. ${SENTENCE.repeat(2)}</p>${half('One')}${half('Two')}</div>`);
  assert.ok(text.includes('One.') && text.includes('Two.'), text);
});
