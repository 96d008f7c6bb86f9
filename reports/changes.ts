import type { DocumentChange } from '../model/edition.ts';
import { splitSentences } from '../text/sentences.ts';

/** Sentences or lines that only the older words have, and those that only the newer ones have. */
export function changedWords({ before, after }: Pick<DocumentChange, 'before' | 'after'>): {
  readonly removed: readonly string[];
  readonly added: readonly string[];
} {
  const older = unitsOf(before);
  const newer = unitsOf(after);
  const inOlder = new Set(older);
  const inNewer = new Set(newer);
  return {
    removed: older.filter((unit) => !inNewer.has(unit)),
    added: newer.filter((unit) => !inOlder.has(unit)),
  };
}

function unitsOf({ title, text }: { readonly title: string; readonly text: string }): string[] {
  return [...new Set([title, ...splitSentences(text).map((sentence) => sentence.text)])];
}
