import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectVocabulary } from '../../bench/evaluate/vocabulary.ts';
import { parseYaml, type YamlFile } from '../../catalogue/read-yaml.ts';
import { parseVocabulary } from '../../catalogue/vocabulary.ts';
import { ConfigError } from '../../model/errors.ts';

const GOOD = {
  'topics.yml': '- { id: ip, zh: 知识产权, en: IP, strong: [专利, 5G], not: [专利药] }',
  'document-types.yml': "- { id: notice, zh: 通知, en: Notice, weight: 5, title: ['通知$'] }",
  'issuers.yml': '- { id: cn.sc, zh: 国务院, en: State Council, level: central }',
  'regions.yml':
    'provinces: [{ id: CN-SC, zh: 四川, en: Sichuan, tile: { col: 3, row: 4 } }, { id: CN-CQ, zh: 重庆, en: Chongqing, tile: { col: 4, row: 4 } }]\n' +
    'strategic: [{ id: cy, zh: 成渝地区, en: Chengdu-Chongqing, members: [CN-SC, CN-CQ] }]\npairs: { 川渝: [CN-SC, CN-CQ] }',
  'figures.yml':
    'currencies: { 元: CNY }\nmeasures: { time: [年], physical: [米], latin: [km] }\nclassifiers: [家]\nbound: []\n' +
    'compounds: { 家: 庭 }\nnoun_ends: [和]\nidioms: [一带一路]',
  'names.yml':
    'surnames: { double: [欧阳], single: 王李 }\nroles: [主任]\nunnamed: [负责人]\ntitles: [教授]\nverbs: [表示]',
  'places.yml':
    "only_with_tail: [来宾]\nareas: { '': [华北] }\nabroad: { GB: [英国, 伦敦] }\n" +
    'china: { CN-SC: { cities: [成都, 来宾], counties: [新都区] }, CN-CQ: { cities: [], counties: [新都区] } }',
  'holidays.yml': '- { year: 2021, off: [01-01], work: [02-07] }',
};

function files(change: Partial<Record<keyof typeof GOOD, string>> = {}): readonly YamlFile[] {
  return Object.entries({ ...GOOD, ...change }).map(([name, text]) => {
    const parsed = parseYaml(`vocabulary/${name}`, text);
    assert.ok('value' in parsed);
    return parsed;
  });
}

test('gives words their weights and compounds to both places', () => {
  const vocabulary = parseVocabulary(files());
  assert.deepEqual(vocabulary.topics[0]?.words, [
    { word: '专利', weight: 3 },
    { word: '5G', weight: 3 },
  ]);
  assert.deepEqual(
    vocabulary.regions.map(({ id, places }) => [id, places]),
    [
      ['CN-SC', ['川渝']],
      ['CN-CQ', ['川渝']],
      ['cy', []],
    ],
  );
});

test('tells all faults of all files at once, with file, line and key', () => {
  const broken = files({
    'topics.yml':
      '- { id: ip, zh: 知识产权, en: IP, strong: [专利], strnog: [x] }\n- { id: ip, zh: 二, en: Two, strong: [] }',
    'document-types.yml': "- { id: notice, zh: 通知, en: Notice, weight: 50, title: ['通知('] }",
    'regions.yml': 'provinces: []\nstrategic: [{ id: cy, zh: 成渝, en: CC, members: [CN-XX] }]\npairs: {}',
  });
  assert.throws(
    () => parseVocabulary(broken),
    (error) => {
      assert.ok(error instanceof ConfigError);
      assert.equal(error.code, 'VOCABULARY_INVALID');
      for (const part of ['topics.yml:1', 'strnog', 'weight', 'title', 'CN-XX'])
        assert.ok(error.message.includes(part), part);
      return true;
    },
  );
});

test('a missing file is a fault', () => {
  assert.throws(() => parseVocabulary(files().slice(1)), /topics\.yml: \(file\): is missing/);
});

test('gives surnames, places with their provinces and days off as the readers of facts need them', () => {
  const { lexicon } = parseVocabulary(files());
  assert.deepEqual([...lexicon.names.surnames], ['欧阳', '王', '李']);
  assert.deepEqual([...lexicon.holidays.off, ...lexicon.holidays.work], ['2021-01-01', '2021-02-07']);
  const place = (name: string) => lexicon.places.find((candidate) => candidate.name === name);
  assert.deepEqual(place('英国'), { name: '英国', id: 'GB', within: ['GB'] });
  assert.deepEqual(place('伦敦'), { name: '伦敦', within: ['GB'] });
  assert.deepEqual(place('新都区'), { name: '新都区', within: ['CN-SC', 'CN-CQ'] });
  assert.equal(place('来宾'), undefined, 'a common word is a place only with 市');
  assert.deepEqual(place('来宾市'), { name: '来宾市', within: ['CN-SC'] });
});

test('the shipped vocabulary is sound: every province has a square of its own and every word one weight', async () => {
  const { topics, regions, documentTypes, issuers } = await projectVocabulary();
  const tiles = regions.flatMap(({ tile }) => (tile === undefined ? [] : [`${tile.col},${tile.row}`]));
  assert.equal(tiles.length, 34);
  assert.equal(new Set(tiles).size, 34);
  for (const { id, words } of topics) {
    const spelled = words.map(({ word }) => word);
    assert.deepEqual(
      spelled.filter((word, index) => spelled.indexOf(word) !== index),
      [],
      id,
    );
  }
  assert.ok(topics.length >= 20 && documentTypes.length >= 20 && issuers.length >= 100);
});
