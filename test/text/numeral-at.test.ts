import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { numeralAt } from '../../text/numeral-at.ts';

test('reads digits and words with their magnitude, and what 余, 多, 几 make of them', () => {
  const pairs = [
    ['1,054.5亿元', 105_450_000_000, 'exact'],
    ['3000多万元', 30_000_000, 'more'],
    ['1万多单', 10_000, 'more'],
    ['一百余家', 100, 'more'],
    ['三十多万人', 300_000, 'more'],
    ['十几个', 10, 'about'],
    ['数十亿元', 2_000_000_000, 'about'],
    ['百款', 100, 'about'],
    ['两百亿元', 20_000_000_000, 'exact'],
    ['三点五倍', 3.5, 'exact'],
  ] as const;
  for (const [text, value, hint] of pairs) {
    const numeral = numeralAt(text, 0);
    assert.deepEqual([numeral?.value, numeral?.hint], [value, hint], text);
  }
});

test('leaves 千 and 兆 to the measures they open', () => {
  assert.equal(numeralAt('4000万千瓦', 0)?.value, 40_000_000);
  assert.equal(numeralAt('600兆瓦', 0)?.value, 600);
});

test('reads neighbours as a range and digits in a row as none', () => {
  assert.deepEqual([numeralAt('三四十人', 0)?.value, numeralAt('三四十人', 0)?.valueMax], [30, 40]);
  assert.equal(numeralAt('二〇二一年', 0), undefined);
  assert.equal(numeralAt('数据', 0), undefined);
});

test('never reads beyond the text and never gives anything but a number', () => {
  const signs = fc.string({
    unit: fc.constantFrom(...'0123456789,.一二两三十百千万亿半几数上点多余来个元 '),
  });
  fc.assert(
    fc.property(signs, (text) => {
      const numeral = numeralAt(text, 0);
      if (numeral === undefined) return;
      assert.ok(numeral.end > 0 && numeral.end <= text.length);
      assert.ok(!Number.isNaN(numeral.value));
    }),
  );
});
