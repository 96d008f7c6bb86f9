import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { splitSentences } from '../../text/sentences.ts';

const words = (text: string) => splitSentences(text).map((span) => span.text);

test('ends sentences at Chinese stops and keeps the closing marks', () => {
  assert.deepEqual(words('省里出台办法。企业怎么看？“很好！”'), [
    '省里出台办法。',
    '企业怎么看？',
    '“很好！”',
  ]);
});

test('does not split inside titles, brackets or an open quotation', () => {
  assert.deepEqual(words('《怎么办？》出版。'), ['《怎么办？》出版。']);
  assert.deepEqual(words('他说：“先试点。再推广。”随后离开。'), ['他说：“先试点。再推广。”', '随后离开。']);
  assert.deepEqual(words('平台（见附件。另发）已启用。'), ['平台（见附件。另发）已启用。']);
});

test('never joins two lines, and forgives a quotation that a line leaves open', () => {
  assert.deepEqual(words('“未完\n下一行。'), ['“未完', '下一行。']);
});

test('splits English without stumbling over numbers and abbreviations', () => {
  assert.deepEqual(words('The fund is worth 1.5 billion. Dr. Lee of the U.S. office spoke. Why?'), [
    'The fund is worth 1.5 billion.',
    'Dr. Lee of the U.S. office spoke.',
    'Why?',
  ]);
});

test('gives spans that hold exactly their words, in order, for any text', () => {
  const alphabet = fc.constantFrom(...'甲乙。！？“”《》（）,. aB1\n\u3000;');
  fc.assert(
    fc.property(
      fc.array(alphabet).map((signs) => signs.join('')),
      (text) => {
        let last = 0;
        for (const span of splitSentences(text)) {
          assert.equal(text.slice(span.start, span.end), span.text);
          assert.ok(span.start >= last && span.text.trim() === span.text);
          last = span.end;
        }
      },
    ),
  );
});

test('does not take the stop of a clock time or one before a small letter for an end', () => {
  assert.deepEqual(words('Send comments by 5 p.m. EST on 20 July. See sec. four of the rule.'), [
    'Send comments by 5 p.m. EST on 20 July.',
    'See sec. four of the rule.',
  ]);
});
