import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SourceId } from '../../model/ids.ts';
import { findJson } from '../../scrapers/find-json.ts';
import type { ListContext } from '../../scrapers/listing.ts';

const CONTEXT: ListContext = {
  sourceId: 'made-up' as SourceId,
  zone: 'Asia/Shanghai',
  url: 'https://www.example.cn/tzgg/index.html',
};

function rulesOf(answer: unknown) {
  return findJson(JSON.stringify(answer), CONTEXT)?.rules;
}

test('an array of items is found with title, address and date', () => {
  const row = (n: number) => ({ TITLE: `第${n}号通知公告`, URL: `/${n}.html`, DOCRELPUBTIME: '2021-06-22' });
  assert.deepEqual(rulesOf([row(1), row(2)]), {
    items: '.',
    title: ['TITLE'],
    link: ['URL'],
    date: ['DOCRELPUBTIME'],
  });
});

test('items deep in the answer are found, and values deep in an item', () => {
  const result = (n: number) => ({
    id: n,
    source: { title: `第${n}号通知公告`, urls: `{"pc":"/a/${n}.html"}`, pubDate: '2021-06-22 10:00:00' },
  });
  assert.deepEqual(rulesOf({ code: 200, data: { total: 2, results: [result(1), result(2)] } }), {
    items: 'data.results',
    title: ['source.title'],
    link: ['source.urls.pc'],
    date: ['source.pubDate'],
  });
});

test('the longest array that has items wins over longer ones that have none', () => {
  const answer = {
    menu: Array.from({ length: 9 }, (_, n) => ({ code: n })),
    list: [
      { title: '关于样本的通知', link: 'https://www.example.cn/1' },
      { title: '关于样本的公告', link: 'https://www.example.cn/2' },
    ],
  };
  assert.deepEqual(rulesOf(answer), { items: 'list', title: ['title'], link: ['link'] });
});

test('an answer without addresses holds no list', () => {
  assert.equal(rulesOf([{ title: '关于样本的通知' }, { title: '关于样本的公告' }]), undefined);
  assert.equal(findJson('<html></html>', CONTEXT), undefined);
});

test('no JSON makes it throw', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      findJson(text, CONTEXT);
    }),
  );
});
