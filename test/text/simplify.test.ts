import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTraditional, simplifiedWords, toSimplified } from '../../text/simplify.ts';

test('traditional characters become simplified ones at the same offsets', () => {
  const text = '創新科技署公佈，撥款十二億元支援𬭎等研究項目。';
  const simplified = toSimplified(text);
  assert.equal(simplified, '创新科技署公布，拨款十二亿元支援𬭎等研究项目。');
  assert.equal(simplified.length, text.length);
});

test('a text in simplified characters or another script stays as it is', () => {
  const texts = [
    '于谦著《石灰吟》，乾隆年间重刻。',
    'Funding of 12 billion yen',
    '研究開発',
    '',
    '2021年6月21日',
  ];
  for (const text of texts) assert.equal(toSimplified(text), text);
  assert.ok(!isTraditional('著名学者讲解乾坤'));
});

test('a text decides for its title, a title never for its text', () => {
  const traditional = '創新科技署公佈，撥款十二億元。';
  assert.equal(simplifiedWords({ title: '科研撥款', text: traditional }).title, '科研拨款');
  const simplified = '《资治通鉴》乾隆年间刻本入藏';
  assert.deepEqual(simplifiedWords({ title: '資治通鑑與創新', text: simplified }), {
    title: '资治通鉴与创新',
    text: simplified,
  });
});
