import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counted } from '../../text/counted.ts';

test('one is said in the singular, none and many in the plural', () => {
  assert.deepEqual(
    [0, 1, 2].map((count) => counted(count, 'mail')),
    ['0 mails', '1 mail', '2 mails'],
  );
  assert.equal(counted(1, 'delivery', 'deliveries'), '1 delivery');
  assert.equal(counted(3, 'delivery', 'deliveries'), '3 deliveries');
});
