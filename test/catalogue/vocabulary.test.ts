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
