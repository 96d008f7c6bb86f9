import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readSourceFamilies } from '../../catalogue/families.ts';
import { readSources } from '../../catalogue/sources.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FIXTURES = path.join(ROOT, 'test/fixtures/sources');

const families = await readSourceFamilies(path.join(ROOT, 'sources'));
const sources = await readSources(path.join(ROOT, 'sources'));

test('every family is explained in docs/sources.md', () => {
  const docs = readFileSync(path.join(ROOT, 'docs/sources.md'), 'utf8');
  assert.deepEqual(
    families.filter(({ name }) => !docs.includes(`\`${name}\``)).map(({ name }) => name),
    [],
  );
});

test('every family has sources and signs', () => {
  for (const { name, signs } of families) {
    assert.ok(
      sources.some((source) => source.family === name),
      name,
    );
    assert.ok(signs.length > 0, name);
  }
});

for (const { name, signs } of families)
  test(`the signs of ${name} are on its pages and on no page of another family`, () => {
    const texts = sources
      .filter((source) => source.family === name)
      .map((source) => `${source.request?.prime?.url ?? ''}\n${source.url}\n${fixtureOf(source.id, name)}`);
    const isSigned = (text: string) =>
      signs.some((sign) => text.split('\n').some((line) => new RegExp(sign, 'u').test(line)));
    assert.ok(texts.some(isSigned), 'no source of the family shows a sign');
    // Sites of one CMS may be read by the CMS's own family or by one of their own.
    const others = sources.filter(
      (source) =>
        source.family !== undefined && source.family !== name && !RELATED.has(`${name} ${source.family}`),
    );
    const wrong = others.filter((source) =>
      isSigned(`${source.url}\n${fixtureOf(source.id, source.family ?? '')}`),
    );
    assert.deepEqual(
      wrong.map((source) => source.id),
      [],
    );
  });

/** The sign of the first may stand on pages of the second: a site with a family of its own, or of the same maker. */
const RELATED: ReadonlySet<string> = new Set([
  'trs ndrc',
  'trs beijing-kw',
  'trs gov-cn',
  'hanweb hanweb-page',
]);

function fixtureOf(id: string, family: string): string {
  const dir = [path.join(FIXTURES, id), path.join(FIXTURES, family)].find((one) => existsSync(one));
  if (dir === undefined) return '';
  const files = readdirSync(dir).filter((name) => name !== 'expected.json');
  return files.map((name) => readFileSync(path.join(dir, name), 'utf8')).join('\n');
}
