import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkEdition } from '../../reports/check-edition.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { canonicalInput } from './canonical-edition.ts';

test('accepts an edition as composed', () => {
  const input = canonicalInput();
  assert.doesNotThrow(() => checkEdition(composeEdition(input), input));
});

test('refuses an edition that lost a document', () => {
  const input = canonicalInput();
  const edition = composeEdition(input);
  const short = { ...edition, leftOut: edition.leftOut.slice(1) };
  assert.throws(() => checkEdition(short, input), { code: 'EDITION_UNBALANCED' });
  const miscounted = { ...edition, counts: { ...edition.counts, seen: edition.counts.seen + 1 } };
  assert.throws(() => checkEdition(miscounted, input), { code: 'EDITION_UNBALANCED' });
});

test('refuses a deadline whose quoted words are not in the document', () => {
  const input = canonicalInput();
  const edition = composeEdition(input);
  const [row, ...rest] = edition.ahead;
  assert.ok(row !== undefined);
  const changed = { ...row, quote: { ...row.quote, text: `${row.quote.text}？` } };
  assert.throws(() => checkEdition({ ...edition, ahead: [changed, ...rest] }, input), {
    code: 'EDITION_SPAN',
  });
});
