import type { DocumentType } from '../../model/vocabulary.ts';
import { quotedTitles, stripTitleMarks } from '../../text/titles.ts';

/** Years, issue and batch numbers, 试行 behind a title; what says that it is a draft stays. */
const BRACKET_TAIL =
  /\s*(?:[（(](?![^（）()]*(?:征求意见|草案|送审))[^（）()]{1,24}[）)]?|(?:试行|暂行)[）)])$/u;
/** Typesetting marks of word processors, and white space set between characters. */
const LAYOUT = /\p{Co}|(?<=\p{Script=Han})[\s\u3000]+(?=\p{Script=Han}{1,2}$)/gu;
const CARRIER = /^(?:notice|letter|decision|announcement|circular-public|order)$/;

/**
 * The type of a document by its title, an id of the vocabulary. A carrier that encloses an instrument
 * (关于印发《Y办法》的通知) has the type of Y.
 */
export function documentTypeOf(title: string, types: readonly DocumentType[]): string | undefined {
  const own = matchType(cleaned(title), types);
  // A title that ends with the title of the instrument (…制订的《Y方案》) has nothing else to be told by.
  if (own === undefined && /》[^》]{0,12}$/u.test(title)) {
    const last = quotedTitles(title).at(-1);
    return last === undefined ? undefined : matchType(cleaned(last), types);
  }
  if (own === undefined || !CARRIER.test(own)) return own;
  const enclosed = enclosedTitle(title);
  const inner = enclosed === undefined ? undefined : matchType(cleaned(enclosed), types);
  return inner === undefined || CARRIER.test(inner) ? own : inner;
}

function matchType(title: string, types: readonly DocumentType[]): string | undefined {
  return types.find((type) => type.title.some((pattern) => new RegExp(pattern, 'u').test(title)))?.id;
}

function enclosedTitle(title: string): string | undefined {
  if (!/(?:印发|转发|批转|发布|公布)/u.test(title)) return undefined;
  // 《X规程》等4项地方标准 is a set of which one is named.
  if (/》等[^》]{0,4}[项个]/u.test(title)) return undefined;
  const quoted = quotedTitles(title.replace(/^《(.*)》$/u, '$1'))[0];
  if (quoted !== undefined) return quoted;
  return /(?:印发|转发|批转|发布|公布)([^《》]{4,80}?)的?(?:通知|公告|通告|函|决定)$/u.exec(
    cleaned(title),
  )?.[1];
}

function cleaned(title: string): string {
  const plain = stripTitleMarks(title.replace(LAYOUT, '').trim());
  return plain.replace(BRACKET_TAIL, '').replace(BRACKET_TAIL, '').replace(/》$/u, '').trim();
}
