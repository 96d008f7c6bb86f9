// Writes docs/edition.schema.json again: `node test/reports/schema.ts`, after a change of reports/schema.ts.
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { editionJsonSchema } from '../../reports/schema.ts';
import { stableJson } from '../../reports/stable-json.ts';

export const SCHEMA_FILE = resolve(import.meta.dirname, '../../docs/edition.schema.json');

/** The published schema as it comes out now. */
export function schemaFile(): string {
  return stableJson(editionJsonSchema({ isClosed: false }));
}

if (import.meta.main) await writeFile(SCHEMA_FILE, schemaFile());
