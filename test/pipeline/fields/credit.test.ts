import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanNames } from '../../../pipeline/fields/credit.ts';

test('cuts a list of Chinese names at spaces and commas, names in letters at commas only', () => {
  assert.equal(cleanNames('本报记者 李四　王五，赵六'), '李四、王五、赵六');
  assert.equal(cleanNames('Ann Lee, Bo van Chen'), 'Ann Lee, Bo van Chen');
});
