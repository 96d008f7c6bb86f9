import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Extract } from '../../model/document.ts';
import type { Entry } from '../../model/entry.ts';
import type { SnapshotId, SourceId } from '../../model/ids.ts';
import { contentHash, documentIdentity } from '../../pipeline/identity.ts';
import { normalise } from '../../pipeline/normalise.ts';
import { VOCABULARY } from './vocabulary.ts';

const sourceId = 'js' as SourceId;
const day = (on: string, rule = 'label') =>
  ({ on, at: `${on}T00:00:00.000Z`, precision: 'day', rule }) as const;
const EXTRACT: Extract = {
  title: '江苏省知识产权规划',
  text: '江苏发布规划。',
  bodyHtml: '<p>江苏发布规划。</p>',
  lang: 'zh-CN',
  published: day('2021-06-21'),
  fields: { issuers: [], dates: [] },
  attachments: [],
  trace: [],
};
const URL = 'http://www.js.example/a/index.html?utm_source=x&id=7';

function run(change: Partial<Extract> = {}, entry?: Partial<Entry>, vocabulary = VOCABULARY) {
  return normalise({
    extract: { ...EXTRACT, ...change },
    source: { id: sourceId, lang: 'zh-CN', region: 'CN-JS', zone: 'Asia/Shanghai' },
    page: {
      url: URL,
      finalUrl: 'https://js.example/a/?id=7',
      fetchedAt: '2021-06-22T00:00:00.000Z',
      snapshot: { id: 's' as SnapshotId },
    },
    entry: entry === undefined ? undefined : { sourceId, url: URL, title: '', ...entry },
    vocabulary,
  });
}
const codes = (...input: Parameters<typeof run>) => run(...input).findings.map(({ code }) => code);

test('makes a document with identity, topics and regions, and nothing to find', () => {
  const { document, findings } = run();
  assert.deepEqual(findings, []);
  assert.equal(document?.canonicalUrl, 'js.example/a?id=7');
  assert.equal(document?.url, 'https://js.example/a/?id=7');
  assert.equal(document?.id, documentIdentity('https://js.example/a/?id=7').id);
  assert.deepEqual(
    document?.topics.map(({ topic }) => topic),
    ['ip'],
  );
  assert.deepEqual(document?.regions, ['CN-JS']);
});

test('is about the province of a city that its title names', () => {
  const lexicon = { ...VOCABULARY.lexicon, places: [{ name: '潜江', within: ['CN-HB'] }] };
  const { document } = run({ title: '关于潜江高新区升级的批复' }, undefined, { ...VOCABULARY, lexicon });
  assert.deepEqual(document?.regions, ['CN-JS', 'CN-HB'], 'the source’s own first');
});

test('reads traditional characters by the same rules and keeps the words as they were published', () => {
  const title = '江蘇省知識產權規劃';
  const text = '江蘇發佈知識產權規劃，撥款支持專利轉化（國科發〔2021〕5號）。';
  const { document } = run({ title, text });
  assert.deepEqual([document?.title, document?.text], [title, text]);
  assert.deepEqual(
    document?.topics.map(({ topic }) => topic),
    ['ip'],
  );
  assert.deepEqual(document?.regions, ['CN-JS']);
  const number = document?.facts?.find((fact) => fact.kind === 'documentNumber');
  assert.equal(number?.quote, '國科發〔2021〕5號');
  assert.equal(number?.kind === 'documentNumber' && number.key, '国科发|2021|5');
});

test('a title too short to tell its script is read in that of its text', () => {
  const lexicon = { ...VOCABULARY.lexicon, places: [{ name: '潜江', within: ['CN-HB'] }] };
  const title = '潛江升級';
  const regionsOf = (text: string) =>
    run({ title, text }, undefined, { ...VOCABULARY, lexicon }).document?.regions;
  assert.deepEqual(regionsOf('國務院發佈規劃，撥款支持專利轉化。'), ['CN-JS', 'CN-HB']);
  assert.deepEqual(regionsOf('国务院发布规划，拨款支持专利转化。'), ['CN-JS'], 'a name in a simplified text');
});

test('keeps an undated document without a date and says so', () => {
  const { published: _, ...undated } = EXTRACT;
  const { document, findings } = normalise({
    extract: undated,
    source: { id: sourceId, lang: 'zh-CN', zone: 'Asia/Shanghai' },
    page: {
      url: URL,
      finalUrl: URL,
      fetchedAt: '2021-06-22T00:00:00.000Z',
      snapshot: { id: 's' as SnapshotId },
    },
    vocabulary: VOCABULARY,
  });
  assert.equal(document?.published, undefined);
  assert.deepEqual(
    findings.map(({ code }) => code),
    ['DOCUMENT_UNDATED'],
  );
});

test('does not believe a date ahead of the fetch, and asks the list instead', () => {
  const { document, findings } = run(
    { published: day('2031-06-21') },
    { published: day('2021-06-20', 'list') },
  );
  assert.equal(document?.published?.rule, 'list');
  assert.deepEqual(
    findings.map(({ code }) => code),
    ['DOCUMENT_FUTURE_DATE'],
  );
  assert.equal(run({ published: day('2031-06-21') }).document?.published, undefined);
});

test('marks what was written long before it was put on line', () => {
  assert.deepEqual(codes({ fields: { issuers: [], dates: [], issuedOn: '2020-06-01' } }), [
    'DOCUMENT_RERELEASED',
  ]);
  assert.deepEqual(codes({ fields: { issuers: [], dates: [], issuedOn: '2021-06-01' } }), []);
});

test('a page without title or text is a finding and no document, unless it is a file', () => {
  const empty = run({ text: '' });
  assert.deepEqual([empty.document, empty.findings[0]?.code], [undefined, 'PAGE_UNREADABLE']);
  assert.equal(run({ title: '' }).document, undefined);
  const file = run({ text: '', attachments: [{ url: 'https://js.example/a.pdf', title: '通知' }] });
  assert.deepEqual([file.document?.title, file.document?.attachments.length], [EXTRACT.title, 1]);
});

test('the hash sees words, not counters, print links, marks or spacing', () => {
  const plain = contentHash('标题', '第一段，正文。\n第二段。');
  assert.equal(
    contentHash('标 题', '第一段,正文。\n\n第二段。\n浏览次数：128\n【打印本页】\n上一篇：别的'),
    plain,
  );
  assert.notEqual(contentHash('标题', '第一段，正文。\n第三段。'), plain);
  assert.notEqual(contentHash('标题二', '第一段，正文。\n第二段。'), plain);
});

test('keeps the facts of the text, each at the place where it says so', () => {
  const text = '新华社上海6月21日电 近日，《平台管理办法》印发。';
  const { document } = run({ text });
  const citation = document?.facts?.find(({ kind }) => kind === 'citation');
  assert.equal(citation && text.slice(citation.start, citation.end), '《平台管理办法》');
});

test('a side article of a newspaper page is a document of its own, and its words are not in the main one', () => {
  const lead = '江苏围绕重点产业布局创新平台，推动科技与产业更好结合，走出了一条新路，成果正在加快转化。';
  const side =
    '上海发布了《平台条例》，提出在未来几年支持企业建设更多的中试平台，并且向社会开放仪器设备和数据。';
  const { document, sides } = run({
    text: `${lead}\n相关链接：\n邻市发布平台新政策\n${side}${lead}\n据新华社`,
  });
  assert.equal(document?.text, lead);
  assert.equal(document?.bodyHtml, `<p>${lead}</p>`);
  assert.equal(document?.credit, '新华社');
  assert.ok(document?.trace.some(({ step, rule }) => step === 'layout' && rule === 'side article'));
  assert.deepEqual(
    sides.map(({ title, documentType, text }) => [title, documentType, text]),
    [['邻市发布平台新政策', 'side', `${side}${lead}`]],
  );
  assert.notEqual(sides[0]?.id, document?.id);
  assert.deepEqual(run({ text: lead }).sides, []);
});
