import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { GOLDEN_FOLDER, goldenFiles } from './golden.ts';

test('every template sets the canonical edition as the golden files show it (npm run golden)', async () => {
  const files = await goldenFiles();
  const kept = await readdir(GOLDEN_FOLDER, { recursive: true });
  assert.deepEqual(kept.filter((name) => name.includes('.')).sort(), [...files.keys()].sort());
  for (const [name, content] of files)
    assert.equal(content, await readFile(join(GOLDEN_FOLDER, name), 'utf8'), name);
});
