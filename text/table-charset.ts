import { isUtf8 } from 'node:buffer';
import { markedEncoding } from './charset.ts';

/** A table's words, and the charset (WHATWG name) they were read with. */
export interface DecodedTable {
  readonly text: string;
  readonly encoding: string;
  /** Nothing in the file names the charset: its bytes look like it. */
  readonly isGuess: boolean;
}

/**
 * Reads a table as spreadsheets of different countries save it: by its mark, as `told`, as UTF-8 when it is valid, else
 * as GB18030 or Windows-1252, whichever the bytes look like. Undefined when it is none of them.
 */
export function decodeTable(bytes: Uint8Array, told?: string): DecodedTable | undefined {
  const certain = markedEncoding(bytes) ?? told ?? (isUtf8(bytes) ? 'utf-8' : undefined);
  const encoding = certain ?? guessedCharset(bytes);
  const text = encoding === undefined ? undefined : decoded(bytes, encoding);
  if (encoding === undefined || text === undefined) return undefined;
  return { text, encoding, isGuess: certain === undefined };
}

/**
 * A table of names is too short for the share of everyday characters to tell. What tells is how bytes beyond ASCII stand:
 * Han characters are pairs of them, the accented letter of `Jürgen` stands alone beside ASCII letters. GB18030 would take
 * that letter and the next for one rare character, and says nothing.
 */
function guessedCharset(bytes: Uint8Array): string | undefined {
  let lone = 0;
  let pairs = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const from = at;
    while (isHigh(bytes[at])) at += 1;
    const length = at - from;
    if (length === 1 && (isLetter(bytes[from - 1]) || isLetter(bytes[at]))) lone += 1;
    else pairs += Math.floor(length / 2);
  }
  if (lone > 0 && lone >= pairs) return 'windows-1252';
  return decoded(bytes, 'gb18030') === undefined ? undefined : 'gb18030';
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function isHigh(byte = 0): boolean {
  return byte >= 0x80;
}

function isLetter(byte = 0): boolean {
  const lower = byte | 0x20;
  return byte < 0x80 && lower >= 0x61 && lower <= 0x7a;
}
