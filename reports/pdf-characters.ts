import { printableCharacters } from './pdf-fonts.ts';

/** Of a run of characters without a glyph, so many are named. */
const NAMED = 3;

/** Shown as nothing: joiners, marks of direction, soft hyphen, word joiner. Fonts need no glyph for them. */
const SILENT = /^[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\t\n\r]$/u;
/** Ask for another look of the character before, or cannot be shown at all. */
const DROPPED = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}\u{E0020}-\u{E007F}]|(?![\t\n\r])\p{Cc}/gu;

/**
 * A page to print in which every character has a glyph in our fonts: others would come out as boxes, or in whatever
 * font a machine has. A run of them is set as its code points, which a reader can look up: `[U+AC00 U+AC01]`.
 */
export function inOurFonts(html: string): string {
  const have = printableCharacters();
  const without = [...new Set(html)].filter((one) => {
    const code = one.codePointAt(0) ?? 0;
    return code > 0x7e && !have.has(code) && !SILENT.test(one);
  });
  const shown = html.replace(DROPPED, '');
  if (without.length === 0) return shown;
  const run = new RegExp(`[${without.map(escaped).join('')}]+`, 'gu');
  return shown.replace(run, named);
}

function named(run: string): string {
  const codes = [...run].map((one) => `U+${hex(one).toUpperCase().padStart(4, '0')}`);
  return `[${codes.slice(0, NAMED).join(' ')}${codes.length > NAMED ? ' …' : ''}]`;
}

function escaped(one: string): string {
  return `\\u{${hex(one)}}`;
}

function hex(one: string): string {
  return (one.codePointAt(0) ?? 0).toString(16);
}
