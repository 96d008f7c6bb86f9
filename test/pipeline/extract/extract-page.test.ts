import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry } from '../../../model/entry.ts';
import { extractEntry, extractPage } from '../../../pipeline/extract/extract-page.ts';
import type { PageSource } from '../../../pipeline/extract/page.ts';
import { VOCABULARY } from '../vocabulary.ts';

const SOURCE: PageSource = {
  article: {},
  zone: 'Asia/Shanghai',
  lang: 'zh-CN',
  name: '某省科技厅',
  publisher: '某省科学技术厅',
};
const PROSE = '各地要结合实际，建立稳定的投入机制，支持企业与高校共建中试平台，推动成果在本地转化。';

function read(html: string, more: { url?: string; source?: PageSource; entry?: Entry } = {}) {
  const { url = 'https://kjt.example/art/1.html', source = SOURCE, entry } = more;
  return extractPage({ html, url, source, vocabulary: VOCABULARY, ...(entry !== undefined && { entry }) });
}

function listed(fields: Partial<Entry>): Entry {
  // The brand is the only thing the literal lacks.
  return {
    sourceId: 'some' as Entry['sourceId'],
    url: 'https://kjt.example/art/1.html',
    title: '',
    ...fields,
  };
}

const CARD = `<html><body><table>
  <tr><td><b>索 引 号：</b></td><td>11220000/2021-00012</td><td><b>主题分类：</b></td><td></td></tr>
  <tr><td><b>发文机关：</b></td><td>科学技术部　财政部</td><td><b>成文日期：</b></td><td>2021年06月08日</td></tr>
  <tr><td><b>标　　题：</b></td><td colspan="3">科技部 财政部关于印发《中试平台管理办法》的通知</td></tr>
  <tr><td><b>发文字号：</b></td><td>国科发区〔2021〕<span>5</span>号</td><td><b>发布日期：</b></td><td>2021年06月21日</td></tr>
  </table><div id="UCAP-CONTENT"><p>各省科技厅：</p><p>${PROSE}</p><p>${PROSE}自2021年8月1日起施行。</p></div></body></html>`;

test('reads a metadata card and says where each field stood', () => {
  const { title, published, fields, trace } = read(CARD);
  assert.equal(title, '科技部 财政部关于印发《中试平台管理办法》的通知');
  assert.equal(published?.on, '2021-06-21');
  assert.equal(published?.rule, 'label:发布日期');
  assert.deepEqual(fields.issuers, ['科学技术部', '财政部']);
  assert.equal(fields.documentNumber, '国科发区〔2021〕5号');
  assert.equal(fields.indexNumber, '11220000/2021-00012');
  assert.equal(fields.issuedOn, '2021-06-08');
  assert.equal(fields.documentType, 'measures');
  assert.deepEqual(
    fields.dates.map(({ kind, on }) => [kind, on]),
    [['effective', '2021-08-01']],
  );
  assert.ok(trace.some(({ step, rule }) => step === 'body' && rule === 'container:#UCAP-CONTENT'));
});

test('an empty cell takes no value from its neighbour', () => {
  const html = CARD.replace('国科发区〔2021〕<span>5</span>号', '');
  assert.equal(read(html).fields.documentNumber, undefined);
});

test('reads inline labels above the text but not inside it', () => {
  const html = `<h1>中试平台启用</h1><div>发布时间：2021-06-21 09:30 来源：某某日报 作者：李明 浏览次数：12</div>
    <div class="TRS_Editor"><p>${PROSE}</p><p>时间：2021年7月9日　来源：会议手册</p><p>${PROSE}</p></div>`;
  const { published, fields } = read(html);
  assert.equal(published?.at, '2021-06-21T01:30:00.000Z');
  assert.equal(fields.credit, '某某日报');
  assert.equal(fields.author, '李明');
});

test('does not read a label out of a longer word', () => {
  const html = `<h1>报名通知</h1><p>（原标题：另一个名字）报名时间：2021年7月1日</p><p>${PROSE}${PROSE}</p>`;
  const { title, published } = read(html);
  assert.equal(title, '报名通知');
  assert.notEqual(published?.rule, 'label:时间');
});

test('cleans the page title of column and site', () => {
  const html = `<title>某省出台科研经费新规_通知公告_某省科学技术厅</title><p>${PROSE}${PROSE}</p>`;
  assert.equal(read(html).title, '某省出台科研经费新规');
  const english = `<title>New rules for research grants - GOV.UK</title><p>${PROSE}${PROSE}</p>`;
  assert.equal(read(english).title, 'New rules for research grants');
});

test('prefers the heading that the page title agrees with to the name of the column', () => {
  const html = `<title>量子实验室在某市启用-某市新闻网</title><h1>科技要闻</h1><h2 class="tit">量子实验室在某市启用</h2><p>${PROSE}${PROSE}</p>`;
  assert.equal(read(html).title, '量子实验室在某市启用');
});

test('takes the heading most like the page for the title, not the first one or a slogan', () => {
  const head =
    '<head><title>The fold problem (Some Lab)</title><meta property="og:title" content="The fold problem"></head>';
  const page = `${head}<body><h1>Some Lab: folding and unfolding</h1><h1>The fold problem</h1><p>${PROSE}</p></body>`;
  assert.equal(read(page).title, 'The fold problem');
  const slogan = `${head}<body><h1>Register your company today</h1><p>${PROSE}</p></body>`;
  assert.equal(read(slogan).title, 'The fold problem');
});

test('takes the site out of a title by its own name and the one in its address', () => {
  const named =
    '<title>Tyre checks in winter | Example Tires</title><h1>Tyre checks in winter | Example Tires</h1>';
  assert.equal(read(named, { url: 'https://www.example.com/a' }).title, 'Tyre checks in winter');
  const part =
    '<title>A grant | An example for all of us here</title><h1>A grant | An example for all of us here</h1>';
  assert.equal(
    read(part, { url: 'https://www.example.com/a' }).title,
    'A grant | An example for all of us here',
  );
});

test('reads a heading that was escaped twice or is labelled for readers who do not see it', () => {
  const page = (heading: string) =>
    `<title>R&amp;D for all regions</title><h1>${heading}</h1><p>${PROSE}</p>`;
  assert.equal(read(page('R&amp;amp;D for all regions')).title, 'R&D for all regions');
  assert.equal(read(page('<span>Title:</span>R&amp;D for all regions')).title, 'R&D for all regions');
});

test('takes the headline of a news article that another field repeats or its address was made of', () => {
  const news = (og: string) =>
    `<meta property="og:title" content="${og}"><script type="application/ld+json">{"@type": "NewsArticle", "headline": "Two towns found in the forest"}</script>`;
  const page = (og: string) =>
    `<head>${news(og)}</head><h1>Science Two towns: the forest gives up its secret</h1><p>${PROSE}</p>`;
  assert.equal(read(page('Two towns found in the forest')).title, 'Two towns found in the forest');
  const seo = 'Science Two towns: the forest gives up its secret';
  assert.equal(read(page(seo)).title, seo);
  const url = 'https://x.example/a123456/two-towns-found-in-the-forest.html';
  assert.equal(read(page(seo), { url }).title, 'Two towns found in the forest');
});

test('takes the heading above the text where the page title names a column only', () => {
  const page = `<title>新闻动态</title><div><h5>某市中试平台建成启用</h5><p>来源：某社</p><p>${PROSE}${PROSE}</p></div>`;
  assert.equal(read(page).title, '某市中试平台建成启用');
});

test('takes a title that the list cut short only as a hint', () => {
  const entry = listed({ title: '某省科技厅关于开展2021年度...' });
  const html = `<h3>某省科技厅关于开展2021年度创新券兑付工作的通知</h3><p>${PROSE}${PROSE}</p>`;
  assert.equal(read(html, { entry }).title, '某省科技厅关于开展2021年度创新券兑付工作的通知');
});

test("a source's own rules come first", () => {
  const article = { title: ['.real'], date: ['time@datetime'], body: ['.text'] };
  const html = `<h1>别的</h1><p class="real">真标题</p><time datetime="2021-06-22T10:00:00+08:00">x</time>
    <div class="TRS_Editor"><p>${PROSE}${PROSE}</p></div><div class="text">短文。</div>`;
  const { title, text, published } = read(html, { source: { ...SOURCE, article } });
  assert.deepEqual(
    [title, text, published?.on, published?.rule],
    ['真标题', '短文。', '2021-06-22', 'source'],
  );
});

test('believes meta, json-ld of news and the line near the title more than the list, and the list more than the address', () => {
  const body = `<p>${PROSE}${PROSE}</p>`;
  const meta = '<meta name="PubDate" content="2021-06-21 08:00">';
  const jsonLd =
    '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2021-06-20T08:00:00+08:00",}</script>';
  const near = '<h1>平台启用</h1><p>2021-06-19 某社</p>';
  const entry = listed({
    published: { on: '2021-06-18', at: '2021-06-17T16:00:00.000Z', precision: 'day', rule: 'list' },
  });
  const url = 'https://kjt.example/202106/t20210617_9.html';
  const days = [meta, jsonLd, near].map((head) => read(head + body, { entry, url }).published?.on);
  assert.deepEqual(days, ['2021-06-21', '2021-06-20', '2021-06-19']);
  assert.equal(read(body, { entry, url }).published?.rule, 'list');
  assert.deepEqual(
    [read(body, { url }).published?.on, read(body, { url }).published?.rule],
    ['2021-06-17', 'url'],
  );
});

test('invents no date: a year in a footer and days inside the text do not count', () => {
  const html = `<h1>平台启用</h1><p>${PROSE}2021年6月1日，${PROSE}</p><p>版权所有 2021-2022</p>`;
  assert.equal(read(html).published, undefined);
});

test('finds the text without a known container and leaves menus and related lists out', () => {
  const links = Array.from(
    { length: 12 },
    (_, index) => `<li><a href="/${index}">栏目新闻标题第${index}条</a></li>`,
  ).join('');
  const html = `<div class="nav"><ul>${links}</ul></div><div class="main"><h1>平台启用</h1><div class="x"><p>${PROSE}</p><p>第二段，${PROSE}</p>
    <p>责任编辑：某人</p><p>相关阅读</p><ul>${links}</ul></div></div><div class="foot">${links}</div>`;
  assert.equal(read(html).text, `${PROSE}\n第二段，${PROSE}`);
});

test('joins the plain text of the blocks so that spans hold', () => {
  const { text, fields } = read(CARD);
  for (const { quote, start, end } of fields.dates) assert.equal(text?.slice(start, end), quote);
});

test('lists attachments once, with absolute addresses', () => {
  const html = `<h1>平台启用</h1><p>${PROSE}${PROSE}</p><p>附件：<a href="./P1.docx">1.申报书</a> <a href="./P1.docx">下载</a> <a href="/x.html">别的</a></p>`;
  assert.deepEqual(read(html).attachments, [{ url: 'https://kjt.example/art/P1.docx', title: '1.申报书' }]);
});

test('says nothing about an empty or broken page', () => {
  for (const html of ['', '<html', '<p></p>', '\u0000\ufffd<div><<>']) {
    const { title, text, published } = read(html);
    assert.deepEqual([title, text, published], [undefined, undefined, undefined], html);
  }
});

test('reads an entry that carries everything without a page', () => {
  const published = {
    on: '2021-06-18',
    at: '2021-06-18T01:00:00.000Z',
    precision: 'minute',
    rule: 'feed',
  } as const;
  const entry = listed({ title: '平台启用', bodyHtml: `<p>${PROSE}</p><script>x</script>`, published });
  const extract = extractEntry({ url: entry.url, source: SOURCE, entry, vocabulary: VOCABULARY });
  assert.deepEqual([extract.title, extract.text, extract.published], ['平台启用', PROSE, published]);
  assert.equal(extract.bodyHtml, `<p>${PROSE}</p>`);
});

test('puts the words of the file that is the document behind the page’s own, in place of a list’s summary', () => {
  const file = {
    title: '办法',
    text: '第一条  为规范管理，制定本办法。\n\n第二条 <自>公布之日起施行。',
    length: 90_000,
  };
  const words = '第一条 为规范管理，制定本办法。\n第二条 <自>公布之日起施行。';
  const entry = listed({ title: '通知', summary: '办法已经印发。' });
  const extract = extractEntry({ url: entry.url, source: SOURCE, entry, vocabulary: VOCABULARY, file });
  assert.equal(extract.text, words);
  assert.match(extract.bodyHtml ?? '', /<p>第二条 &lt;自&gt;公布/);
  const step = extract.trace.find(({ step: name }) => name === 'attachment');
  assert.equal(step?.value, `办法: the first ${file.text.length} of 90000 characters`);
  const own = listed({ title: '通知', bodyHtml: '<p>详见附件。</p>' });
  const withOwn = extractEntry({ url: own.url, source: SOURCE, entry: own, vocabulary: VOCABULARY, file });
  assert.equal(withOwn.text, `详见附件。\n${words}`);
});
