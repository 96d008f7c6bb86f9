import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillHtmlLinks, fillTextLinks, LINK_WORDS } from '../../text/mail-links.ts';

const LINKS = {
  unsubscribe: 'https://digest.example/unsubscribe/t/weekly?a=1&b="2"',
  preferences: 'https://digest.example/preferences/t',
};
const { neutral } = LINK_WORDS['zh-CN'];
const PLACE = `<!--reader-links-->${neutral}<!--/reader-links-->`;

test('links take the place of the neutral words in the HTML mail, escaped', () => {
  const html = fillHtmlLinks(`<body><p>要闻</p><p>${PLACE}</p></body>`, LINKS, 'zh-CN');
  assert.ok(!html.includes(neutral));
  assert.ok(!html.includes('<!--'));
  assert.match(
    html,
    /<a href="https:\/\/digest\.example\/unsubscribe\/t\/weekly\?a=1&amp;b=&quot;2&quot;"[^>]*>退订<\/a> · <a /,
  );
  assert.ok(html.startsWith('<body><p>要闻</p><p><a '));
});

test('links take the place of the last such line of the text mail, whatever a source wrote before it', () => {
  const text = fillTextLinks(`- ${neutral}\n\n--\n${neutral}\n`, LINKS, 'zh-CN');
  assert.equal(text, `- ${neutral}\n\n--\n退订: ${LINKS.unsubscribe}\n设置: ${LINKS.preferences}\n`);
});

test('a template without the place gets the links at its end', () => {
  assert.match(
    fillHtmlLinks('<body><p>News</p></body>', LINKS, 'en'),
    /News<\/p><p><a [^\n]*<\/p>\n<\/body>$/,
  );
  assert.equal(
    fillTextLinks('News\n', { unsubscribe: 'mailto:a@b.example' }, 'en'),
    'News\n\nUnsubscribe: mailto:a@b.example\n',
  );
});
