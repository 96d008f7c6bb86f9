import assert from 'node:assert/strict';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { command, lastJson, makePlace, type Place } from '../features/support.ts';

let place: Place;

before(async () => {
  place = await makePlace();
  const pages = path.join(place.dir, 'pages');
  await mkdir(pages);
  const page =
    '<h1>关于组织申报创新专项的通知</h1><p>发布日期：2021-06-21</p><div class="content"><p>现组织申报科技创新专项，请各有关单位按要求做好申报工作，并于2021年7月20日前报送材料。</p></div>';
  await writeFile(path.join(pages, '1.html'), page);
  const manifest = [{ file: '1.html', url: 'http://kjt.jiangdong.gov.cn/tzgg/1.html' }];
  await writeFile(path.join(pages, 'manifest.json'), JSON.stringify(manifest));
  const end = await command(['import', pages], place.env);
  assert.equal(end.code, 0, end.err);
});

after(() => place.remove());

test('snapshots verify reads kept pages back, and ends with 1 when one is broken', async () => {
  const whole = await command(['snapshots', 'verify', '--all', '--json'], place.env);
  assert.equal(whole.code, 0, whole.err);
  assert.deepEqual(lastJson(whole), { counts: { checked: 1, broken: 0, recovered: 0 }, broken: [] });
  const text = await command(['snapshots', 'verify'], place.env);
  assert.match(text.out, /^1 kept page read back, 0 broken/);

  const folder = path.join(place.dataDir, 'snapshots');
  const [file = ''] = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.gz'));
  await rm(path.join(folder, file));
  const broken = await command(['snapshots', 'verify'], place.env);
  assert.equal(broken.code, 1);
  assert.match(broken.out, /1 broken[\s\S]*kjt\.jiangdong\.gov\.cn[\s\S]*SNAPSHOT_BROKEN/);
});

test('snapshots prune says what would go, and wants a number of days', async () => {
  const dry = await command(['snapshots', 'prune', '--older-than', '0', '--dry-run'], place.env);
  assert.equal(dry.code, 0, dry.err);
  assert.match(dry.out, /^0 of 1 file would go/);
  const wrong = await command(['snapshots', 'prune', '--older-than', 'soon'], place.env);
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /DAYS_INVALID/);
});

test('snapshots export of an edition that was never published is wrong use', async () => {
  const end = await command(['snapshots', 'export', 'weekly', '1999-W01'], place.env);
  assert.equal(end.code, 2);
  assert.match(end.err, /EDITION_UNKNOWN/);
});
