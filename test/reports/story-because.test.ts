import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Document } from '../../model/document.ts';
import { cluster } from '../../pipeline/cluster.ts';
import { becauseWords } from '../../reports/story-because.ts';
import { madeUpDocument, madeUpSource } from './made-up.ts';

test('says in both languages what a copy changed', () => {
  const because =
    'text 0.83 · 2 sentences left out · 1 sentence added · 3 sentences with other numbers · other title';
  assert.equal(
    becauseWords(because, 'zh-CN', []),
    '文字相同 83%，删去 2 句，增加 1 句，3 句数字不同，标题不同',
  );
  assert.equal(
    becauseWords(because, 'en', []),
    '83% of the words in common, 2 sentences left out, one sentence added, 3 sentences with other numbers, another title',
  );
  assert.equal(becauseWords('same text, after 《某通知》', 'zh-CN', []), '全文照登');
  assert.equal(becauseWords('names 《某办法》, through 《另一篇》', 'zh-CN', []), '《某办法》');
  assert.equal(becauseWords('names 《某办法》', 'zh-CN', ['某办法']), '');
  assert.equal(becauseWords('a rule of tomorrow', 'zh-CN', []), 'a rule of tomorrow');
});

test('knows every reason that folding gives', () => {
  const sources = new Map(
    [
      madeUpSource({ id: 'science', name: '科技部' }),
      madeUpSource({ id: 'other', name: '某省科技厅' }),
      madeUpSource({ id: 'daily', name: '科技日报', trust: 'media' }),
      madeUpSource({ id: 'portal', name: '门户', trust: 'media' }),
    ].map((source) => [source.id, source]),
  );
  const body = Array.from(
    { length: 8 },
    (_, at) => `第${at}条规定有关单位应当在申报系统内如实填写第${at}类材料并加盖公章。`,
  );
  const documents: Document[] = [
    {
      source: 'science',
      title: '科技部关于印发《科研诚信案件调查处理办法》的通知',
      text: body.join(''),
      issuers: ['科技部'],
    },
    { source: 'other', title: '转发《科研诚信案件调查处理办法》', text: body.join('') },
    {
      source: 'daily',
      title: '办法全文来了',
      text: `${body.slice(1).join('')}记者认为这是一件值得注意的大事情。`,
    },
    {
      source: 'science',
      title: '《科研诚信案件调查处理办法》解读',
      text: '有关负责人回答了记者关于适用范围的提问。',
    },
    { source: 'portal', title: '科研诚信案件调查处理办法印发', text: '近日印发。' },
    { source: 'portal', title: '独自一篇', text: '与别的都没有关系的一篇短文。' },
  ].map((parts) => madeUpDocument({ on: '2021-06-22', ...parts }));
  const reasons = cluster(documents, sources).flatMap(({ members }) => members.map(({ because }) => because));
  assert.ok(reasons.length === documents.length);
  assert.ok(new Set(reasons).size >= 4, reasons.join(' | '));
  for (const because of reasons) {
    // Nothing of folding's own words is left but titles, which stand in 《》.
    const words = becauseWords(because, 'zh-CN', []).replaceAll(/《.*?》/gs, '');
    assert.doesNotMatch(words, /[a-z]{2}/, because);
  }
});
