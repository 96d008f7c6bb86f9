import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readSourceFamilies } from '../../catalogue/families.ts';
import { readSources } from '../../catalogue/sources.ts';
import { familyChange } from '../../scrapers/family-signs.ts';
import { decodePage } from '../../text/charset.ts';

const FAMILIES = [
  { name: 'trs', signs: ['t20\\d{6}_\\d{4,}\\.html'] },
  { name: 'wordpress', signs: ['/wp-content/'] },
  { name: 'portal', signs: ['^https?://www\\.portal\\.example/'] },
  { name: 'plain', signs: [] },
];
const page = (text: string, url = 'http://a.example/') => ({ text, url });
const TRS_LINK = '<a href="/202106/t20210621_175288.html">通知</a>';
const WORDPRESS = '<link href="/wp-content/themes/x.css">';

test('a page that shows another family and no longer its own has changed', () => {
  assert.deepEqual(familyChange({ family: 'trs' }, FAMILIES, page(WORDPRESS)), ['wordpress']);
});

test('a page that still shows its own family has not, whatever else it shows', () => {
  assert.equal(familyChange({ family: 'trs' }, FAMILIES, page(TRS_LINK + WORDPRESS)), undefined);
  const onPortal = page(WORDPRESS, 'https://www.portal.example/list/');
  assert.equal(familyChange({ family: 'portal' }, FAMILIES, onPortal), undefined);
});

test('nothing is said without signs: an unknown page, a family without signs, no family', () => {
  assert.equal(familyChange({ family: 'trs' }, FAMILIES, page('<p>404</p>')), undefined);
  assert.equal(familyChange({ family: 'plain' }, FAMILIES, page(WORDPRESS)), undefined);
  assert.equal(familyChange({}, FAMILIES, page(WORDPRESS)), undefined);
});

test('no list made for a source of the catalogue is taken for another family', async () => {
  const dir = path.resolve(import.meta.dirname, '../..');
  const families = await readSourceFamilies(path.join(dir, 'sources'));
  const wrong: string[] = [];
  let read = 0;
  for (const source of await readSources(path.join(dir, 'sources'))) {
    const places = [source.id, source.family ?? ''].map((name) =>
      path.join(dir, 'test/fixtures/sources', name),
    );
    const folder = places.find((place) => existsSync(path.join(place, 'expected.json')));
    const file = folder && readdirSync(folder).find((name) => name.startsWith('list.'));
    if (file === undefined) continue;
    read++;
    const override = source.encoding === undefined ? {} : { override: source.encoding };
    const { text } = decodePage(readFileSync(path.join(folder ?? '', file)), {}, override);
    const change = familyChange(source, families, { url: source.url, text });
    if (change !== undefined) wrong.push(`${source.id}: ${change.join(', ')}`);
  }
  assert.ok(read > 100, `only ${read} lists read`);
  assert.deepEqual(wrong, []);
});
