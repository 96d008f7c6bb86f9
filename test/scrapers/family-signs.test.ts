import assert from 'node:assert/strict';
import { test } from 'node:test';
import { familyChange } from '../../scrapers/family-signs.ts';

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
