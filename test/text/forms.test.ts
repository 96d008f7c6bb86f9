import assert from 'node:assert/strict';
import { test } from 'node:test';
import { form, formNear, near, Seeker } from '../../text/forms.ts';

const found = (text: string, one: Parameters<Seeker['matches']>[0]) =>
  new Seeker(text).matches(one).map(({ 0: words, index }) => [index, words]);

test('finds every match of a form, again and again', () => {
  const year = form(/\d{4}年/gu, '年');
  assert.deepEqual(found('2019年和2020年', year), [
    [0, '2019年'],
    [6, '2020年'],
  ]);
  assert.deepEqual(found('2021年', year), [[0, '2021年']]);
});

test('does not try a form on a text without the signs it needs', () => {
  const never = form(/\d{4}/gu, '年');
  assert.deepEqual(found('2019', never), []);
});

test('tries a form near its words only, and joins stretches that meet', () => {
  const order = formNear(/[\u4e00-\u9fa5]{1,4}令/gu, near('令', 4, 0));
  const text = `${'甲乙丙丁'.repeat(20)}，国务院令。${'甲'.repeat(40)}`;
  assert.deepEqual(found(text, order), [[81, '国务院令']]);
  assert.deepEqual(found('部令厅令局令', order), [
    [0, '部令厅令'],
    [4, '局令'],
  ]);
});

test('looks back beyond the stretch in which it seeks', () => {
  const plain = formNear(/(?<!不)过\d/gu, near('过', 0, 1));
  assert.deepEqual(found('不过5，过6', plain), [[4, '过6']]);
});

test('ends with a form that may match nothing', () => {
  assert.equal(found('一二', form(/三?/gu)).length, 3);
});
