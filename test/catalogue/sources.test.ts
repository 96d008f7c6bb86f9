import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { readDigests } from '../../catalogue/digests.ts';
import { readSources } from '../../catalogue/sources.ts';
import { readVocabulary } from '../../catalogue/vocabulary.ts';
import { ConfigError, type Fault } from '../../model/errors.ts';
import type { Source } from '../../model/source.ts';

const FEED = `id: cn-made-up
name: 样本
nameEn: Sample
publisher: 样本
country: CN
lang: zh-CN
trust: government
url: https://www.example.cn/feed.xml
evidence: [{ note: made up }]
`;

/** Reads source files written for one test. */
async function read(files: Readonly<Record<string, string>>): Promise<readonly Source[]> {
  const dir = path.join(await mkdtemp(path.join(tmpdir(), 'policy-digest-sources-')), 'sources');
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(dir, name)), { recursive: true });
      await writeFile(path.join(dir, name), text);
    }
    return await readSources(dir);
  } finally {
    await rm(path.dirname(dir), { recursive: true });
  }
}

async function faultsOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  try {
    await read(files);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    assert.equal(error.code, 'SOURCES_INVALID');
    return (error.details.faults as readonly Fault[]).map((one) => `${one.file}: ${one.key}: ${one.reason}`);
  }
  assert.fail('no fault was told');
}

test('zone, rhythm and expectations have defaults by country and kind', async () => {
  const [source] = await read({ 'cn/cn-made-up.yml': FEED });
  assert.deepEqual(source, {
    id: 'cn-made-up',
    name: '样本',
    nameEn: 'Sample',
    publisher: '样本',
    country: 'CN',
    lang: 'zh-CN',
    zone: 'Asia/Shanghai',
    trust: 'government',
    enabled: true,
    url: 'https://www.example.cn/feed.xml',
    scrape: { kind: 'feed' },
    article: {},
    everyMinutes: 240,
    expect: { minEntries: 3, maxAgeDays: 45 },
    evidence: [{ note: 'made up' }],
  });
});

test('a family is merged in and the source wins', async () => {
  const family = `about: made up
list: { item: li, title: a, link: a, date: span }
article: { title: h1, body: '#a' }
request: { form: { a: '1', b: '1' } }
`;
  const own = `${FEED}family: made
list: { date: [b, i] }
article: { body: '#b' }
request: { form: { b: '2' } }
`;
  const [source] = await read({ 'families/made.yml': family, 'cn/cn-made-up.yml': own });
  assert.deepEqual(source?.scrape, {
    kind: 'listing',
    list: { item: 'li', title: ['a'], link: ['a'], date: ['b', 'i'] },
  });
  assert.deepEqual(source?.article, { title: ['h1'], body: ['#b'] });
  assert.deepEqual(source?.request, { form: { a: '1', b: '2' } });
});

test('the kind follows from the rules that are given', async () => {
  const list = 'list: { item: li, title: a, link: a }\n';
  const kinds = await read({
    'cn/cn-a.yml': FEED.replace('cn-made-up', 'cn-a'),
    'cn/cn-b.yml': FEED.replace('cn-made-up', 'cn-b') + list,
    'cn/cn-c.yml': `${FEED.replace('cn-made-up', 'cn-c')}json: { items: ., title: t, link: u }\n`,
    'cn/cn-d.yml': `${FEED.replace('cn-made-up', 'cn-d')}${list}fragment: data.html\n`,
    'cn/cn-e.yml': `${FEED.replace('cn-made-up', 'cn-e')}${list}waitFor: li\n`,
  });
  assert.deepEqual(
    kinds.map((source) => source.scrape.kind),
    ['feed', 'listing', 'api', 'api', 'browser'],
  );
});

test('every fault of every file is told at once, with line, key and reason', async () => {
  const faults = await faultsOf({
    'cn/cn-made-up.yml': `${FEED}colour: red\nlist: { item: 'li[', title: a, link: a }\neveryMinutes: 1\n`,
    'cn/cn-other.yml': FEED.replace('trust: government\n', ''),
  });
  assert.equal(faults.length, 4);
  const [item = '', minutes = '', colour = '', trust = ''] = faults;
  assert.match(item, /^sources\/cn\/cn-made-up\.yml:11: list\.item: is no CSS selector: /);
  assert.equal(minutes, 'sources/cn/cn-made-up.yml:12: everyMinutes: ask a site at most every 15 minutes');
  assert.equal(colour, 'sources/cn/cn-made-up.yml:10: colour: is not a known key');
  assert.equal(trust, 'sources/cn/cn-other.yml: trust: give government, stateMedia or media');
});

const BROKEN: readonly (readonly [what: string, more: string, fault: RegExp])[] = [
  ['a key written twice', 'lang: en\n', /unique/],
  ['a custom tag', 'homepage: !!js/function x\n', /tag/i],
  ['a region of another country', 'region: US-CA\n', /region: US-CA does not belong to CN/],
  ['a source switched off without a reason', 'enabled: false\n', /disabledReason: say why/],
  ['a reason on a source that is on', 'disabledReason: x\n', /disabledReason: the source is enabled/],
  ['a family that does not exist', 'family: none\n', /family: there is no families\/none\.yml/],
  ['a fragment without list', 'fragment: data.html\n', /kind: an api needs json, or fragment and list/],
  ['a listing without list', 'kind: listing\n', /kind: a listing needs list/],
  ['an unknown encoding', 'encoding: klingon\n', /encoding: is no character encoding/],
  ['a body of JSON sent by GET', 'request: { json: {} }\n', /request: json is sent with method: POST only/],
  [
    'a pattern that is none',
    'list: { item: li, title: a, link: a, linkPattern: "(" }\n',
    /linkPattern: is no regular/,
  ],
];

for (const [what, more, fault] of BROKEN)
  test(`${what} is a fault`, async () => {
    const [first = '', ...others] = await faultsOf({ 'cn/cn-made-up.yml': FEED + more });
    assert.match(first, fault);
    assert.deepEqual(others, []);
  });

test('id, file name and folder must agree', async () => {
  const faults = await faultsOf({ 'us/cn-wrong.yml': FEED });
  assert.deepEqual(faults, [
    "sources/us/cn-wrong.yml:1: id: must be the file's name, cn-wrong",
    'sources/us/cn-wrong.yml:5: country: the file lies in us/, not in cn/',
  ]);
});

test('a country whose zone is not known must say it', async () => {
  const text = FEED.replace('country: CN', 'country: BR').replaceAll('cn-made-up', 'br-made-up');
  assert.deepEqual(await faultsOf({ 'br/br-made-up.yml': text }), [
    'sources/br/br-made-up.yml: zone: say the time zone: none is known for BR',
  ]);
});

test('a family file that is no YAML is told once', async () => {
  const faults = await faultsOf({
    'families/made.yml': 'a: [',
    'cn/cn-made-up.yml': `${FEED}family: made\n`,
  });
  assert.ok(faults.every((fault) => fault.startsWith('sources/families/made.yml')));
});

test('a folder that is not there, or is none, is told and not taken for an empty one', async (t) => {
  const dir = await mkdtemp(path.join(tmpdir(), 'policy-digest-sources-'));
  t.after(() => rm(dir, { recursive: true }));
  assert.deepEqual(await readSources(dir), []);
  const file = path.join(dir, 'file');
  await writeFile(file, '');
  for (const [lost, reason] of [
    [path.join(dir, 'nowhere'), /nowhere: \(folder\): is not there/],
    [file, /file: \(folder\): is no folder/],
    [path.join(file, 'below'), /below: \(folder\): is no folder/],
  ] as const) {
    await assert.rejects(readSources(lost), { code: 'SOURCES_INVALID', message: reason });
    await assert.rejects(readDigests(lost), { code: 'DIGESTS_INVALID', message: reason });
    await assert.rejects(readVocabulary(lost), { code: 'VOCABULARY_INVALID', message: reason });
  }
});

test('the signs of a family stay with the family', async () => {
  const family = "about: made up\nsigns: ['^https://www\\.example\\.cn/']\nkind: feed\n";
  const [source] = await read({
    'families/made.yml': family,
    'cn/cn-made-up.yml': `${FEED}family: made\n`,
  });
  assert.deepEqual(source?.scrape, { kind: 'feed' });
  assert.equal('signs' in (source ?? {}), false);
});

test('linkPattern at the top belongs to a sitemap', async () => {
  const [first = ''] = await faultsOf({ 'cn/cn-made-up.yml': `${FEED}linkPattern: /news/\n` });
  assert.match(first, /linkPattern: stands at the top of a sitemap source only/);
  const [source] = await read({ 'cn/cn-made-up.yml': `${FEED}kind: sitemap\nlinkPattern: /news/\n` });
  assert.deepEqual(source?.scrape, { kind: 'sitemap', linkPattern: '/news/' });
});

test('a page to prime with names a unit or a place, not both', async () => {
  const [first = ''] = await faultsOf({
    'cn/cn-made-up.yml': `${FEED}request: { prime: { unit: script, find: a } }\n`,
  });
  assert.match(first, /request\.prime: give unit or find, not both/);
});
