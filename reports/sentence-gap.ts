import type { Sentence } from '../model/edition.ts';

/** Words left out between two sentences are shown as left out; a space or a line's end is nothing. */
export function gapBetween(sentence: Sentence, next: Sentence | undefined, lang: string): string {
  const isSpaceless = /^(?:zh|ja)/i.test(lang);
  if (next === undefined) return '';
  if (next.start - sentence.end > 1) return isSpaceless ? '……' : ' … ';
  return isSpaceless ? '' : ' ';
}
