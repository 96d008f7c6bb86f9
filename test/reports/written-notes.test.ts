import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { checkEdition, itemsOf } from '../../reports/check-edition.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { evidenceOf } from '../../reports/evidence.ts';
import { loadTemplate, renderEdition } from '../../reports/render.ts';
import { withWritings } from '../../reports/written-notes.ts';
import { parseHtml } from '../../text/html.ts';
import { canonicalInput } from './canonical-edition.ts';

const input = canonicalInput();
const plain = composeEdition(input);
const [lead] = itemsOf(plain);
const basis = lead?.sentences[0];
const TEXT = '模型的话<script>alert(1)</script>。';

function noted(change: object = {}) {
  assert.ok(lead !== undefined && basis !== undefined);
  const sentences = [{ text: TEXT, basis: [{ ...basis, ...change }] }];
  return withWritings(plain, new Map([[lead.storyId, { writer: 'small-model', sentences }]]));
}

for (const name of ['gazette', 'brief'])
  test(`${name}: what a model wrote is set apart, names the model and leads to the words it rests on`, async () => {
    const template = await loadTemplate(resolve(import.meta.dirname, '../../templates', name));
    const edition = noted();
    checkEdition(edition, input);
    const { files, print } = renderEdition(template, { edition, evidence: evidenceOf(edition, input) }, {});
    const $ = parseHtml(String(files.get('index.html')));
    const written = $('.written');
    assert.equal(written.length, name === 'gazette' ? 1 : 0, 'two pages have no room for it');
    if (name !== 'gazette') return;
    assert.match(written.text(), /模型的话<script>/);
    assert.match(written.find('.by').text(), /small-model/);
    const href = written.find('a').attr('href') ?? '';
    const [file = '', anchor = ''] = href.split('#');
    assert.match(String(files.get(file)), new RegExp(`id="${anchor}"`));
    assert.match(parseHtml(print(new Map())).text(), /small-model/);
    assert.equal($('script').length, 0);
  });

test('a basis that does not stand in its document stops the build', () => {
  const edition = noted({ text: '没有说过的话。' });
  assert.throws(() => checkEdition(edition, input), /EDITION_SPAN/);
});
