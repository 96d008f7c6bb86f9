import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { type AppOptions, openApp } from '../app.ts';
import { silentLog } from '../cli/log.ts';
import { type Config, loadConfig } from '../config.ts';
import { BASE_DIR, makePlace } from './features/support.ts';

/** Fails when a setting is asked for the `last` time that is allowed: whatever part needs it then cannot be built. */
function failingAt(config: Config, last: number): Config {
  let asked = 0;
  return new Proxy(config, {
    get(target, name) {
      asked += 1;
      if (asked === last) throw new Error(`part ${last} cannot be built`);
      return Reflect.get(target, name);
    },
  });
}

/** Folders that hold next to nothing, so that reading them takes no time. */
async function emptyCatalogue(dir: string): Promise<Record<string, string>> {
  const env = {
    SOURCES_DIR: path.join(dir, 'sources'),
    DIGESTS_DIR: path.join(dir, 'digests'),
    VOCABULARY_DIR: path.join(dir, 'vocabulary'),
  };
  for (const folder of Object.values(env)) await mkdir(folder);
  const vocabulary = {
    'topics.yml': '- { id: ip, zh: 知识产权, en: IP, strong: [专利] }',
    'document-types.yml': "- { id: notice, zh: 通知, en: Notice, weight: 5, title: ['通知$'] }",
    'issuers.yml': '- { id: cn.sc, zh: 国务院, en: State Council, level: central }',
    'regions.yml': '{ provinces: [], strategic: [], pairs: {} }',
    'figures.yml':
      '{ currencies: {}, measures: { time: [], physical: [], latin: [] }, classifiers: [], bound: [], compounds: {}, noun_ends: [], idioms: [] }',
    'names.yml':
      '{ surnames: { double: [欧阳], single: 王 }, roles: [主任], unnamed: [负责人], titles: [教授], verbs: [表示] }',
    'places.yml': '{ only_with_tail: [], areas: {}, abroad: {}, china: {} }',
    'holidays.yml': '[]',
  };
  for (const [name, text] of Object.entries(vocabulary))
    await writeFile(path.join(env.VOCABULARY_DIR, name), text);
  return env;
}

test('whichever part cannot be built, the database is closed again', async (t) => {
  const place = await makePlace();
  t.after(() => place.remove());
  const catalogue = await emptyCatalogue(place.dir);
  // Every optional part is there.
  const parts = {
    BOUNCE_DIR: 'returned',
    PUBLIC_URL: 'https://digest.example/',
    SMTP_URL: 'smtp://mail.example',
    WRITER_URL: 'http://writer.example/v1',
    WRITER_MODEL: 'small',
  };
  const config = loadConfig({ ...place.env, ...catalogue, ...parts }, BASE_DIR);
  // SQLite keeps this file for as long as the database is open.
  const isOpen = () => existsSync(path.join(place.dataDir, 'digest.sqlite-wal'));
  const options = (settings: Config): AppOptions => ({
    config: settings,
    baseDir: BASE_DIR,
    log: silentLog,
    signal: new AbortController().signal,
  });
  let failed = 0;
  for (let last = 1; ; last += 1) {
    const settings = failingAt(config, last);
    const app = await openApp(options(settings)).catch((error: Error) => {
      assert.match(error.message, /cannot be built/);
    });
    if (app !== undefined) {
      assert.equal(isOpen(), true);
      await app[Symbol.asyncDispose]();
      break;
    }
    failed += 1;
    assert.equal(isOpen(), false, `left open when part ${last} failed`);
  }
  assert.ok(failed > 20, `only ${failed} parts were seen to fail`);
  assert.equal(isOpen(), false);
});
