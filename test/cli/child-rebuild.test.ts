import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, test } from 'node:test';
import { childRebuild } from '../../cli/child-rebuild.ts';
import type { Progress } from '../../jobs/context.ts';
import { hashOfDraft } from '../../jobs/drafts.ts';
import { AppError } from '../../model/errors.ts';
import type { DigestId } from '../../model/ids.ts';
import type { RebuildWish } from '../../model/rebuild.ts';
import { BASE_DIR, command, makePlace } from '../features/support.ts';
import { noticePage, PARAGRAPHS } from '../jobs/reading.ts';

const place = await makePlace();
after(() => place.remove());

const WISH: RebuildWish = { digestId: 'weekly' as DigestId, week: '2021-W25', from: 'kept', aim: 'look' };

function watched() {
  const phases: string[] = [];
  const progress: Progress = {
    phase: (name) => phases.push(name),
    grow: () => undefined,
    step: () => undefined,
    end: () => undefined,
  };
  return { phases, progress };
}

test('a process of its own drafts an edition, publishes just that draft, and is ended by a stop', async () => {
  const saved = path.join(place.dir, 'saved');
  await mkdir(saved);
  const url = 'https://kjt.example/tzgg/202106/t20210622_100.html';
  await writeFile(path.join(saved, '1.html'), noticePage(PARAGRAPHS));
  await writeFile(path.join(saved, 'manifest.json'), JSON.stringify([{ file: '1.html', url }]));
  assert.equal((await command(['import', saved], place.env)).code, 0);
  const run = childRebuild({ baseDir: BASE_DIR, env: { ...process.env, ...place.env } });
  const going = new AbortController();

  const { phases, progress } = watched();
  const draft = await run(WISH, progress, going.signal);
  assert.equal(draft.state, 'new');
  assert.equal(draft.isPublished, false);
  assert.ok(phases.includes('drafts'), 'its progress is handed on');
  assert.ok(existsSync(path.join(place.dataDir, 'drafts/weekly/2021/2021-W25-draft/digest.pdf')));
  const hash = hashOfDraft(path.join(place.dataDir, 'drafts'), WISH.digestId, WISH.week);
  assert.equal(hash, draft.contentHash, 'the draft says of which look it is');
  assert.ok(!existsSync(path.join(place.archiveDir, 'weekly')), 'a look publishes nothing');

  const publish: RebuildWish = { ...WISH, aim: 'publish' };
  await assert.rejects(
    run({ ...publish, expected: '0'.repeat(64) }, progress, going.signal),
    (error) =>
      error instanceof AppError && error.code === 'REBUILD_FAILED' && /DRAFT_OUTDATED/.test(error.message),
  );
  assert.ok(!existsSync(path.join(place.archiveDir, 'weekly')));

  const published = await run({ ...publish, expected: draft.contentHash }, progress, going.signal);
  assert.deepEqual(
    [published.state, published.revision, published.isPublished, published.folder],
    ['new', 1, true, 'weekly/2021/2021-W25'],
  );
  assert.ok(
    !existsSync(path.join(place.dataDir, 'drafts/weekly/2021/2021-W25-draft')),
    'what is out is no draft',
  );

  const stopping = new AbortController();
  const stopped = run(WISH, { ...progress, phase: () => stopping.abort() }, stopping.signal);
  await assert.rejects(stopped, { name: 'AbortError' });
});
