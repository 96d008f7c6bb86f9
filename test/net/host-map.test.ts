import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHostMap } from '../../net/host-map.ts';

test('maps every name below a wildcard and no other', () => {
  const map = parseHostMap('*.example=127.0.0.1:4567, www.gov.test=[::1]:80');
  assert.deepEqual(map('kjt.donghu.example'), { address: '127.0.0.1', port: 4567 });
  assert.deepEqual(map('WWW.gov.test.'), { address: '::1', port: 80 });
  assert.equal(map('example'), undefined);
  assert.equal(map('badexample'), undefined);
});

test('tells all faults of the setting at once', () => {
  assert.throws(() => parseHostMap('a=b, c=127.0.0.1:99999, d.example=127.0.0.1:80'), /a=b[\s\S]*c=127/);
});
