import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NAMED, namesOf } from '../../../pipeline/extract/names.ts';
import { parseHtml } from '../../../text/html.ts';

for (const [attributes, claims] of [
  ['class="relatedArticles list-3"', ['noise', 'elsewhere']],
  ['class="story" id="replies"', ['comments']],
  ['data-testid="share-bar"', ['noise']],
  ['data-component="Newsletter"', ['noise', 'elsewhere']],
  ['class="sidebar left"', ['box', 'elsewhere']],
  ['id="author"', ['byline', 'box']],
  ['id="pageFooter"', ['box', 'foot', 'elsewhere']],
  ['class="footage"', []],
  ['class="sr-only"', ['hidden']],
  ['id="sr-only"', []],
  ['class="article__lead"', ['lead']],
  ['class="leading"', []],
  ['class="big TRS_Editor"', ['container']],
  ['id="photo-3"', ['picture']],
  ['class="gdpr-note"', ['consent', 'box', 'elsewhere']],
] as const)
  test(`an element with ${attributes} claims to be ${claims.join(' and ') || 'nothing'}`, () => {
    const element = parseHtml(`<div ${attributes}>`)('div').get(0);
    assert.ok(element !== undefined);
    const bits = namesOf(element);
    assert.deepEqual(
      Object.entries(NAMED).flatMap(([name, bit]) => ((bits & bit) === 0 ? [] : [name])),
      claims,
    );
  });
