import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findRegions, regionMentions } from '../../pipeline/regions.ts';
import { VOCABULARY } from './vocabulary.ts';

const mentions = (text: string) => [...regionMentions(text, VOCABULARY.regions).keys()].sort();
const find = (title: string, text = '', sourceRegion?: string) =>
  [...findRegions({ title, text, sourceRegion, titlePlaces: [] }, VOCABULARY.regions)].sort();

test('finds provinces by name, city and strategic region, with the members of small ones', () => {
  assert.deepEqual(find('苏州与武汉共建实验室'), ['CN-HB', 'CN-JS']);
  assert.deepEqual(find('长三角共建创新平台'), ['CN-JS', 'CN-SH', 'yrd']);
});

test('is not taken in by substrings and organisation names', () => {
  for (const text of ['黄河南岸的园区', '上海合作组织峰会', '武汉大学教授', '南京路步行街', '苏州银行放贷'])
    assert.deepEqual(mentions(text), [], text);
  assert.deepEqual(mentions('武汉市支持大学建设'), ['CN-HB']);
});

test('the place of a dateline and a passing mention are not what a text is about', () => {
  const text = `新华社上海6月21日电 ${'这项工作进展顺利，各方面反映良好。'.repeat(20)}代表中有来自河南的两位。`;
  assert.deepEqual(find('工作进展顺利', text), []);
});

test('a document is about the region of its source', () => {
  assert.deepEqual(find('关于开展申报工作的通知', '', 'CN-JS'), ['CN-JS']);
});

test('finds English names as whole words', () => {
  assert.deepEqual(mentions('Labs in Henan and Shanghai'), ['CN-HA', 'CN-SH']);
  assert.deepEqual(mentions('The Shanghaiing of sailors'), []);
});

test('finds cities by their English names, and not where they name a university or a bank', () => {
  const regions = VOCABULARY.regions.map((region) =>
    region.id === 'CN-JS' ? { ...region, places: [...region.places, 'Suzhou', "Lian'yun"] } : region,
  );
  const found = (text: string) => [...regionMentions(text, regions).keys()];
  assert.deepEqual(found('A lab opens in Suzhou.'), ['CN-JS']);
  assert.deepEqual(found("Lian'yun follows"), ['CN-JS']);
  for (const text of ['Suzhou University', 'the Suzhou Medical College', 'Bank of Suzhou', 'a Suzhouer'])
    assert.deepEqual(found(text), [], text);
});
