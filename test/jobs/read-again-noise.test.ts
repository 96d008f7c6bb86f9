import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { extractPage } from '../../pipeline/extract/extract-page.ts';
import { contentHash } from '../../pipeline/identity.ts';
import { VOCABULARY } from '../pipeline/vocabulary.ts';
import { NOTICE, PARAGRAPHS } from './reading.ts';

const TITLE = '关于组织申报创新专项的通知';
const SOURCE = {
  article: {},
  zone: 'Asia/Shanghai',
  lang: 'zh-CN',
  name: '江东省科学技术厅',
  publisher: '江东省科学技术厅',
};

/** What of a page differs from one visit to the next while its document stays the same. */
interface Noise {
  readonly visits: number;
  readonly today: string;
  readonly related: readonly string[];
  readonly neighbours: readonly [string, string];
  readonly share: string;
  readonly token: string;
  readonly comments: number;
  readonly year: number;
}

const headline = fc.constantFrom(
  ...['云泽省算力券管理办法公布', '北岭省首批中试基地名单', '全省科技创新大会召开', '关于征集重大需求的公告'],
);
const noise: fc.Arbitrary<Noise> = fc.record({
  visits: fc.nat(9_999_999),
  today: fc.constantFrom('2021年6月22日 星期二', '2021年7月3日 星期六', '2022年1月1日 星期六'),
  related: fc.uniqueArray(headline, { minLength: 0, maxLength: 4 }),
  neighbours: fc.tuple(headline, headline),
  share: fc.constantFrom('分享到：微信 微博 QQ空间', '分享到', '分享到：'),
  token: fc.stringMatching(/^[0-9a-f]{8,32}$/),
  comments: fc.nat(500),
  year: fc.integer({ min: 2021, max: 2030 }),
});

/** Where sites put it: each a page of its own shape. */
const SHAPES: Readonly<Record<string, (words: string, one: Noise) => string>> = {
  'a body with its frame around it': (words, one) => `
    <div class="top">今天是${one.today}</div><h1>${TITLE}</h1>
    <p class="info">发布时间：2021-06-22　来源：江东省科学技术厅　浏览次数：<span id="hits">${one.visits}</span>次</p>
    <div class="TRS_Editor">${words}</div>
    <div class="tools">${one.share}　【打印本页】【关闭窗口】</div>${relatedBox(one)}`,
  'everything inside the body': (words, one) => `
    <div id="zoom"><p>浏览次数：${one.visits}</p>${words}
    <p>${one.share}</p><p>【字体：大 中 小】</p><p>【打印】【关闭】</p><p>打印时间：${one.today}</p>
    <p>您是本站第 ${one.visits} 位访问者</p><p>评论（${one.comments}）</p><p>点赞 ${one.comments}</p>
    <p>更新时间：${one.today}</p><p>今天是${one.today}</p><p>上一篇：<a href="/a.html">${one.neighbours[0]}</a></p>
    <p>下一篇：<a href="/b.html">${one.neighbours[1]}</a></p>${relatedBox(one)}</div>`,
  'no container that is known': (words, one) => `
    <div><div class="date">${one.today}</div><div class="main"><h2>${TITLE}</h2>
    <div class="meta"><span>2021-06-22</span><span>阅读：${one.visits}</span><span>评论 ${one.comments}</span></div>
    <div class="words">${words}</div><div class="bar">阅读量 ${one.visits}</div>${relatedBox(one)}</div></div>`,
};

function relatedBox({ related, token }: Noise): string {
  const items = related.map((title, at) => `<li><a href="/${at}.html?t=${token}">${title}</a></li>`);
  return `<div class="related"><h3>相关新闻</h3><ul>${items.join('')}</ul></div>`;
}

function hashOf(shape: string, paragraphs: readonly string[], one: Noise): string {
  const words = paragraphs.map((text) => `<p>${text}</p>`).join('\n');
  const html = `<!DOCTYPE html><html><head><title>${TITLE}</title><meta name="csrf" content="${one.token}">
    <meta name="PubDate" content="2021-06-22"></head><body class="s-${one.token}"><!-- ${one.visits} -->
    ${SHAPES[shape]?.(words, one) ?? ''}
    <div class="footer"><p>版权所有 © 2010–${one.year} 江东省科学技术厅　您是第${one.visits}位访客</p></div>
    <script>var t="${one.token}"</script></body></html>`;
  const { title = '', text = '' } = extractPage({
    html,
    url: NOTICE,
    source: SOURCE,
    vocabulary: VOCABULARY,
  });
  for (const paragraph of paragraphs) assert.ok(text.includes(paragraph), `${shape}: lost ${paragraph}`);
  return contentHash(title, text);
}

for (const shape of Object.keys(SHAPES)) {
  test(`noise of a page is never a change of its document: ${shape}`, () => {
    fc.assert(
      fc.property(noise, noise, (one, other) => {
        assert.equal(hashOf(shape, PARAGRAPHS, one), hashOf(shape, PARAGRAPHS, other));
      }),
      { numRuns: 60 },
    );
  });

  test(`a digit or a word that changes is a change of the document: ${shape}`, () => {
    const changes = [
      (text: string) => text.replace('7月20日', '7月21日'),
      (text: string) => text.replace('300万元', '3000万元'),
      (text: string) => text.replace('逾期不予受理', '逾期可予受理'),
      (text: string) => text.replace('集成电路、', ''),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...changes), noise, noise, (change, one, other) => {
        assert.notEqual(hashOf(shape, PARAGRAPHS.map(change), one), hashOf(shape, PARAGRAPHS, other));
      }),
      { numRuns: 30 },
    );
  });
}

test('a sentence that opens like noise is a sentence', () => {
  const sentences = [
    '现在是推动区域协同创新的关键时期。',
    'Updated guidance for applicants sets the ceiling at 3 million pounds for each of the joint laboratories.',
    '分享改革经验的12个单位于7月底前报送总结材料，并附有关证明。',
    '更新改造项目2021年完成投资3000万元。',
  ];
  for (const sentence of sentences)
    assert.notEqual(contentHash(TITLE, sentence), contentHash(TITLE, ''), sentence);
});

test('lines of noise in English count as little as in Chinese', () => {
  const words = 'The office opened a call for evidence on regional clusters.';
  const noise = [
    '1,234 views',
    '12 comments',
    'Share this page',
    'Last updated: 30 June 2021',
    'Updated 5 minutes ago',
  ];
  for (const line of noise)
    assert.equal(contentHash('Call', `${words}\n${line}`), contentHash('Call', words), line);
});
