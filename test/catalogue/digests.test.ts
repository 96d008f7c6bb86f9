import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { readDigests } from '../../catalogue/digests.ts';
import { readCatalogue } from '../../catalogue.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const DIGEST = `id: made-up
title: 样本周报
subtitle: 样本
lang: zh-CN
zone: Asia/Shanghai
cron: 0 8 * * 1
`;

async function inDir<Result>(text: string, act: (dir: string) => Promise<Result>): Promise<Result> {
  const dir = await mkdtemp(path.join(tmpdir(), 'policy-digest-digests-'));
  try {
    await writeFile(path.join(dir, 'made-up.yml'), text);
    return await act(dir);
  } finally {
    await rm(dir, { recursive: true });
  }
}

test('a digest has defaults for what most leave alone', async () => {
  const digests = await inDir(DIGEST, readDigests);
  assert.deepEqual(digests, [
    {
      id: 'made-up',
      title: '样本周报',
      subtitle: '样本',
      lang: 'zh-CN',
      zone: 'Asia/Shanghai',
      cron: '0 8 * * 1',
      misfire: 'all',
      enabled: true,
      template: 'gazette',
      select: {},
      limits: { itemsPerSection: 5, sections: 6 },
    },
  ]);
});

const BROKEN: readonly (readonly [what: string, text: string, fault: RegExp])[] = [
  ['a cron of four fields', DIGEST.replace('0 8 * * 1', '8 * * 1'), /cron: give five fields/],
  ['an unknown zone', DIGEST.replace('Asia/Shanghai', 'Asia/Nowhere'), /zone: is no time zone/],
  ['an id that is not the file name', DIGEST.replace('made-up', 'other'), /id: must be the file's name/],
  ['an unknown key', `${DIGEST}colour: red\n`, /colour: is not a known key/],
  ['a sibling that is not there', `${DIGEST}siblings: [nowhere]\n`, /siblings: nowhere is no digest/],
  [
    'a sibling in the same language',
    `${DIGEST}siblings: [made-up]\n`,
    /siblings: made-up is in the same language/,
  ],
  ['an empty selection', `${DIGEST}select: { countries: [] }\n`, /select\.countries: leave the key out/],
];

for (const [what, text, fault] of BROKEN)
  test(`${what} is a fault`, async () => {
    await inDir(text, (dir) => assert.rejects(readDigests(dir), { code: 'DIGESTS_INVALID', message: fault }));
  });

test('a digest cannot select what the catalogue does not know', async () => {
  const text = `${DIGEST}select: { countries: [CN, XX], sources: [cn-nowhere] }\n`;
  await inDir(text, (dir) =>
    assert.rejects(
      readCatalogue({
        sourcesDir: path.join(ROOT, 'sources'),
        digestsDir: dir,
        vocabularyDir: path.join(ROOT, 'vocabulary'),
      }),
      { code: 'DIGESTS_INVALID', message: /XX is not known[\s\S]*cn-nowhere is not known/ },
    ),
  );
});

test('the catalogue of this repository is without fault and in order', async () => {
  const catalogue = await readCatalogue({
    sourcesDir: path.join(ROOT, 'sources'),
    digestsDir: path.join(ROOT, 'digests'),
    vocabularyDir: path.join(ROOT, 'vocabulary'),
  });
  assert.deepEqual(
    catalogue.digests.map((digest) => digest.id as string),
    ['delta', 'weekly', 'weekly-en'],
  );
  assert.deepEqual(catalogue.digests.find(({ id }) => id === 'weekly-en')?.siblings, ['weekly']);
  const ids = catalogue.sources.map((source) => source.id as string);
  assert.deepEqual(ids, [...ids].sort());
});
