import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneOf, signSet, signsOf } from '../../text/signs.ts';

const has = (text: string, list: string) => signsOf(text).hasAny(signSet(list));

test('knows the single signs of a text', () => {
  assert.equal(has('国发〔2016〕32号', '号'), true);
  assert.equal(has('国发〔2016〕32', '号'), false);
});

test('knows a Chinese word by its first two signs, in this order', () => {
  assert.equal(has('文章来源：科技日报', '来源'), true);
  assert.equal(has('源来如此', '来源'), false);
  assert.equal(has('政府工作报告', '工作报告'), true);
});

test('knows whole words in Latin letters in any case', () => {
  assert.equal(has('the Docket No. 12', 'docket'), true);
  assert.equal(has('DOCKETS', 'docket'), false);
  assert.equal(has('ends in docket', 'docket'), true);
});

test('asks for any digit with 0-9', () => {
  assert.equal(has('增长7%', '0-9'), true);
  assert.equal(has('增长七成', '0-9'), false);
});

test('is content with one of several signs', () => {
  assert.equal(has('责任编辑：王某', '来源 编辑'), true);
  assert.equal(has('责任编辑：王某', '来源 摄影'), false);
});

test('knows other strings by their first sign', () => {
  assert.equal(has('https://a.example', '://'), true);
  assert.equal(has('a.example', '://'), false);
});

test('tells of a place whether one of a few signs stands there', () => {
  const isStop = oneOf('。\n');
  assert.deepEqual(
    [isStop('好。', 1), isStop('好。', 0), isStop('好。', 2), isStop('好\n', 1)],
    [true, false, false, true],
  );
});
