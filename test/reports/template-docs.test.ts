import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { composeEdition } from '../../reports/compose-edition.ts';
import { mailViewOf } from '../../reports/mail-view.ts';
import { viewOf } from '../../reports/view.ts';
import { canonicalInput } from './canonical-edition.ts';

/** Keys that stand for many words; the page names the file that lists them. */
const WORD_LISTS = ['parts', 'labels'];

function fieldsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(fieldsOf);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    key,
    ...(WORD_LISTS.includes(key) ? [] : fieldsOf(inner)),
  ]);
}

test('every field that a template can see is documented', async () => {
  const page = await readFile(resolve(import.meta.dirname, '../../docs/add-a-template.md'), 'utf8');
  const edition = composeEdition(canonicalInput());
  const view = viewOf(edition);
  const fields = new Set(fieldsOf(mailViewOf(view, undefined)));
  assert.ok(fields.size > 80);
  for (const field of fields) assert.match(page, new RegExp(`\`(?:made\\.)?${field}\``), field);
});
