import type { Knex } from 'knex';
import type { InterfaceLanguage } from '../model/digest.ts';
import type { Writing } from '../model/writer.ts';
import { idFrom } from '../text/hash.ts';
import { fromJson, toJson } from './tables.ts';

interface Row {
  id: string;
  lang: string;
  content_hashes: string;
  writer: string;
  sentences: string;
  dropped: string;
  written_at: string;
}

/** What was written of stories, one row for the words of their documents and a language. */
export function writingsTable(db: Knex) {
  return {
    /** The first writing stays: an edition made again says the same. */
    async keep(writing: Writing): Promise<void> {
      await db<Row>('writings')
        .insert({
          id: idOf(writing.lang, writing.contentHashes),
          lang: writing.lang,
          content_hashes: toJson(writing.contentHashes),
          writer: writing.writer,
          sentences: toJson(writing.sentences),
          dropped: toJson(writing.dropped),
          written_at: writing.writtenAt,
        })
        .onConflict('id')
        .ignore();
    },

    async of(lang: InterfaceLanguage, contentHashes: readonly string[]): Promise<Writing | undefined> {
      const row = await db<Row>('writings')
        .where({ id: idOf(lang, contentHashes) })
        .first();
      return row && fromRow(row);
    },
  };
}

function idOf(lang: string, contentHashes: readonly string[]): string {
  return idFrom('writing', lang, ...contentHashes);
}

function fromRow(row: Row): Writing {
  return {
    // Written by keep.
    lang: row.lang as InterfaceLanguage,
    contentHashes: fromJson<string[]>(row.content_hashes),
    writer: row.writer,
    sentences: fromJson<Writing['sentences']>(row.sentences),
    dropped: fromJson<Writing['dropped']>(row.dropped),
    writtenAt: row.written_at,
  };
}
