import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, test } from 'node:test';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Edition } from '../../model/edition.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { editionJsonSchema } from '../../reports/schema.ts';
import { stableJson } from '../../reports/stable-json.ts';
import { canonicalInput } from './canonical-edition.ts';
import { madeUpInput } from './made-up.ts';
import { SCHEMA_FILE, schemaFile } from './schema.ts';

const CANONICAL = composeEdition(canonicalInput());
const EMPTY = composeEdition(madeUpInput({ stories: [], sources: [] }));

/** Formats are told by patterns beside them; the validator knows none by name. */
const validator = (schema: object): ValidateFunction =>
  new Ajv2020({ strict: true, validateFormats: false, allErrors: true }).compile(schema);
/** The edition as a reader of edition.json gets it. */
const published = (edition: Edition): unknown => JSON.parse(stableJson(edition));

describe('the schema of edition.json', () => {
  test('names every field of an edition, and no field is of another kind', () => {
    const validate = validator(editionJsonSchema({ isClosed: true }));
    const quote = CANONICAL.brief[0];
    const document = CANONICAL.lead?.documents[0];
    assert.ok(quote && document);
    const full: Edition = {
      ...CANONICAL,
      ahead: CANONICAL.ahead.map((row) => ({ ...row, isGone: true })),
      fates: [{ document, kind: 'moved', seenAt: '2021-06-24T02:00:00.000Z', movedTo: document.url }],
      numbers: [
        {
          value: '50%至60%',
          measures: '份额',
          isTarget: true,
          period: '2025年',
          figure: { value: 0.5, valueMax: 0.6, unit: 'ratio', qualifier: 'range', currency: 'CNY' },
          quote,
          document: { ...document, copyOf: document.documentId },
        },
      ],
      coverage: {
        ...CANONICAL.coverage,
        silent: [
          {
            sourceId: document.sourceId,
            name: '来源',
            lastOn: '2021-05-01',
            usualDays: 2,
            limitDays: 9,
            silentDays: 40,
          },
        ],
      },
    };
    for (const edition of [full, EMPTY]) {
      assert.ok(validate(published(edition)), JSON.stringify(validate.errors?.slice(0, 3)));
    }
  });

  test('lets later editions have more fields, and refuses what is no edition', () => {
    const validate = validator(editionJsonSchema({ isClosed: false }));
    const edition = published(CANONICAL) as Record<string, unknown>;
    assert.ok(validate({ ...edition, addedLater: true }));
    for (const broken of [
      {},
      { ...edition, lang: 'fr' },
      { ...edition, period: { ...CANONICAL.period, week: '2021-25' } },
      { ...edition, brief: [{ text: '没有出处' }] },
      { ...edition, counts: { ...CANONICAL.counts, seen: -1 } },
    ])
      assert.equal(validate(broken), false);
  });

  test('is published as it is', async () => {
    assert.equal(
      await readFile(SCHEMA_FILE, 'utf8'),
      schemaFile(),
      'run `node test/reports/schema.ts` and look at the difference',
    );
  });

  test('is told field by field in docs/edition-json.md', async () => {
    const page = await readFile(resolve(SCHEMA_FILE, '../edition-json.md'), 'utf8');
    const { properties } = editionJsonSchema({ isClosed: false }) as { properties: object };
    for (const field of Object.keys(properties)) assert.match(page, new RegExp(`\`${field}\``), field);
  });
});
