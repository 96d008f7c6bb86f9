import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, test } from 'node:test';
import { command, lastJson, makePlace } from '../features/support.ts';
import { noticePage, PARAGRAPHS } from '../jobs/reading.ts';

const place = await makePlace();
after(() => place.remove());

test('a rebuild from snapshots reads the documents of its weeks again and tells how many came out otherwise', async () => {
  const saved = path.join(place.dir, 'saved');
  await mkdir(saved);
  const url = 'https://kjt.example/tzgg/202106/t20210622_100.html';
  await writeFile(path.join(saved, '1.html'), noticePage(PARAGRAPHS));
  await writeFile(path.join(saved, 'manifest.json'), JSON.stringify([{ file: '1.html', url }]));
  assert.equal((await command(['import', saved], place.env)).code, 0);

  const end = await command(
    ['rebuild', '2021-W25', '--from', 'snapshots', '--digest', 'weekly', '--json'],
    place.env,
  );
  assert.equal(end.code, 0, end.err);
  const { reread, editions } = lastJson<{ reread: object; editions: { state: string }[] }>(end);
  assert.deepEqual(reread, { documents: 1, unchanged: 1, values: 0, words: 0, broken: 0, unreadable: 0 });
  assert.deepEqual(
    editions.map(({ state }) => state),
    ['new'],
  );

  const other = await command(['rebuild', '2021-W25', '--from', 'network'], place.env);
  assert.equal(other.code, 2);
});
