import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Sets up a project in a folder of this name, with an npm that says `words` and fails. */
async function setUp(
  t: TestContext,
  name: string,
  words: string,
): Promise<{ code: number | null; err: string }> {
  const dir = await mkdtemp(path.join(tmpdir(), 'setup-'));
  t.after(() => rm(dir, { recursive: true }));
  const project = path.join(dir, name);
  await mkdir(project);
  for (const file of ['setup.mjs', 'package.json', 'package-lock.json'])
    await copyFile(path.join(ROOT, file), path.join(project, file));
  const npm = path.join(dir, 'npm.js');
  await writeFile(npm, `console.error(${JSON.stringify(words)}); process.exit(1);`);
  const env = { ...process.env, npm_execpath: npm, npm_node_execpath: process.execPath };
  const { status, stderr, stdout } = spawnSync(process.execPath, ['setup.mjs'], {
    cwd: project,
    env,
    encoding: 'utf8',
  });
  return { code: status, err: stdout + stderr };
}

test('a driver that cannot be compiled is told by its cause', async (t) => {
  const words =
    'npm error gyp ERR! build error\nnpm error gyp ERR! stack Error: `make` failed with exit code: 2';
  const spaced = await setUp(t, 'my digest', words);
  assert.equal(spaced.code, 1);
  assert.match(spaced.err, /SETUP_PATH_SPACE: .*my digest.* Move the project/);
  const plain = await setUp(t, 'digest', words);
  assert.equal(plain.code, 1);
  assert.match(plain.err, /SETUP_NO_COMPILER: .*Install a C\+\+ compiler/s);
});

test('a registry that is not reached is told as such', async (t) => {
  const { code, err } = await setUp(
    t,
    'digest',
    'npm error code ENOTFOUND\nnpm error network request failed',
  );
  assert.equal(code, 1);
  assert.match(err, /SETUP_DOWNLOAD_REFUSED/);
});
