import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import { provincesOfTitle } from '../../../pipeline/facts/title-places.ts';
import { findRegions } from '../../../pipeline/regions.ts';
import { VOCABULARY } from '../vocabulary.ts';

const places = [
  ['昆山', 'CN-JS'],
  ['潜江', 'CN-HB'],
  ['范县', 'CN-HA'],
  ['鼓楼', 'CN-JS', 'CN-HA'],
].map(([name = '', ...within]) => ({ name, within }));
const vocabulary: Vocabulary = {
  ...VOCABULARY,
  lexicon: { ...VOCABULARY.lexicon, places: [...places, { name: '德国', id: 'DE', within: ['DE'] }] },
};
const provinces = (title: string, region?: string) => provincesOfTitle(title, { region, vocabulary });

test('a place in a title tells its province', () => {
  assert.deepEqual(provinces('关于同意潜江高新技术产业园区升级的批复'), ['CN-HB']);
  assert.deepEqual(provinces('昆山与潜江、昆山共建平台'), ['CN-JS', 'CN-HB']);
});

test('a name that several provinces have is of the source’s own', () => {
  assert.deepEqual(provinces('鼓楼区创新方案', 'CN-HA'), ['CN-HA']);
  assert.deepEqual(provinces('鼓楼区创新方案'), []);
});

test('other words, bodies and countries are no provinces', () => {
  for (const title of [
    '关于认定创新示范县的通知',
    '关于表彰模范县的通报',
    '德国启动氢能计划',
    '昆山大学获奖',
  ])
    assert.deepEqual(provinces(title), [], title);
});

test('a document is about the provinces of its title’s places', () => {
  const title = '关于支持昆山试验区的批复';
  const input = { title, text: '', titlePlaces: provinces(title) };
  assert.deepEqual(findRegions(input, vocabulary.regions), ['CN-JS']);
});
