import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOpml, writeOpml } from '../../catalogue/opml.ts';
import { parseSource } from '../../catalogue/sources.ts';
import type { Source } from '../../model/source.ts';

function feed(id: string, more = ''): Source {
  const text = `id: ${id}
name: 甲 & "乙"
nameEn: Sample
publisher: 样本
country: CN
lang: zh-CN
trust: media
url: https://www.example.cn/${id}.xml?a=1&b=2
${more}evidence: [{ note: made up }]
`;
  const read = parseSource(`sources/cn/${id}.yml`, text, []);
  assert.ok('source' in read);
  return read.source;
}

test('what is written is read back', () => {
  const opml = writeOpml([feed('cn-a', 'homepage: https://www.example.cn/\n')], 'Sources');
  assert.deepEqual(readOpml(opml), [
    {
      title: '甲 & "乙"',
      xmlUrl: 'https://www.example.cn/cn-a.xml?a=1&b=2',
      htmlUrl: 'https://www.example.cn/',
      lang: 'zh-CN',
    },
  ]);
});

test('only enabled feeds are written', () => {
  const off = feed('cn-b', 'enabled: false\ndisabledReason: x\n');
  const listing = feed('cn-c', 'list: { item: li, title: a, link: a }\n');
  assert.deepEqual(readOpml(writeOpml([off, listing], 'x')), []);
});

test('groups are flattened, spelling of attributes does not matter, repeats and other rows are left out', () => {
  const opml = `<opml version="1.0"><body><outline text="group">
    <outline text="One" xmlurl="https://a.example/feed"/><outline title="Two" text="t" XMLURL="https://b.example/feed" language="unknown"/>
    </outline><outline text="again" xmlUrl="https://a.example/feed"/><outline text="bad" xmlUrl="javascript:1"/></body></opml>`;
  assert.deepEqual(readOpml(opml), [
    { title: 'One', xmlUrl: 'https://a.example/feed' },
    { title: 'Two', xmlUrl: 'https://b.example/feed' },
  ]);
});

test('text that is no OPML names no feed', () => {
  assert.deepEqual(readOpml('<html><p>x</p></html>'), []);
});
