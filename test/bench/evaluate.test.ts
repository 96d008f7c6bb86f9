import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { EVALUATORS } from '../../bench/evaluate/index.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CORPUS_DIR = process.env.CORPUS_DIR ?? '';
const LIST =
  '<ul class="n"><li><a href="/1.html">关于甲事项的通知</a><i>2021-06-22</i></li><li><a href="/2.html">关于乙事项的通知</a><i>2021-06-21</i></li></ul>';

/** Runs the dispatcher on a made-up corpus of one recorded page that states the given items. */
async function evaluate(items: readonly object[], args: readonly string[]) {
  const corpus = await mkdtemp(path.join(tmpdir(), 'policy-digest-corpus-'));
  try {
    await mkdir(path.join(corpus, 'recorded'));
    await writeFile(path.join(corpus, 'recorded/a.html'), LIST);
    const page = {
      id: 'a',
      file: 'a.html',
      url: 'https://x.example/',
      kind: 'html-list',
      lang: 'zh-CN',
      expected: { items },
    };
    await writeFile(path.join(corpus, 'recorded/manifest.json'), JSON.stringify([page]));
    const env = { ...process.env, CORPUS_DIR: corpus };
    return spawnSync(process.execPath, ['bench/evaluate.ts', ...args], { cwd: ROOT, env, encoding: 'utf8' });
  } finally {
    await rm(corpus, { recursive: true });
  }
}

const FIRST = { title: '关于甲事项的通知', href: '/1.html', date: '2021-06-22' };
const SECOND = { title: '关于乙事项的通知', href: '/2.html', date: '2021-06-21' };

test('with --json the last line is the figures', async () => {
  const { stdout, status } = await evaluate([FIRST, SECOND], ['recorded', '--json']);
  assert.equal(status, 0);
  assert.deepEqual(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''), {
    set: 'recorded',
    n: 1,
    itemsRecall: 1,
    itemsPrecision: 1,
    datesRecall: 1,
    invented: 0,
    failures: 0,
  });
});

test('a missed item and an invented one are told apart', async () => {
  const { stdout } = await evaluate([FIRST, { title: '没有的', href: '/9.html' }], ['recorded', '--json']);
  const figures = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, number>;
  assert.deepEqual([figures.itemsRecall, figures.itemsPrecision, figures.invented], [0.5, 0.5, 1]);
});

test('a figure below its floor fails the run, and absent sets are named', async () => {
  const { stderr, status } = await evaluate([FIRST], ['--floors']);
  assert.equal(status, 1);
  assert.match(stderr, /BELOW THE FLOOR: recorded: invented is 1, most is 0/);
  assert.match(stderr, /NOT MEASURED: .*feeds/);
});

test('floors that hold pass', async () => {
  const { status } = await evaluate([FIRST, SECOND], ['--floors']);
  assert.equal(status, 0);
});

test('an unknown evaluation is refused with what there is', async () => {
  const { stderr, status } = await evaluate([], ['weather']);
  assert.equal(status, 2);
  assert.match(stderr, /feeds/);
});

test('every floor belongs to an evaluation', async () => {
  const floors = JSON.parse(await readFile(path.join(ROOT, 'bench/floors.json'), 'utf8')) as object;
  assert.deepEqual(
    Object.keys(floors).filter((name) => !((name.split(' ')[0] ?? '') in EVALUATORS)),
    [],
  );
});

for (const what of ['feeds', 'recorded'])
  test(`the public set ${what} is read without a crash`, async (t) => {
    if (CORPUS_DIR === '') return t.skip('CORPUS_DIR is not set: the public sets are not measured');
    const evaluation = await EVALUATORS[what]?.(path.join(CORPUS_DIR, what));
    assert.ok(evaluation !== undefined && evaluation.n > 0);
    assert.equal(evaluation.figures.crashes ?? 0, 0);
  });
