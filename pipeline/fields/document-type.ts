import type { DocumentType } from '../../model/vocabulary.ts';
import { quotedTitles, stripTitleMarks } from '../../text/titles.ts';

const YEARS_TAIL =
  /\s*[（(](?:\d{4}\s*[-—–~至]+\s*\d{4}\s*年?|试行|暂行|修订|第[一二三四五六七八九十\d]+批|\d{4}年第?\d+[号期])[）)]$/u;
const CARRIER = /^(?:notice|letter|decision|announcement|circular-public|order)$/;

/**
 * The type of a document by its title, an id of the vocabulary. A carrier that encloses an instrument
 * (关于印发《Y办法》的通知) has the type of Y.
 */
export function documentTypeOf(title: string, types: readonly DocumentType[]): string | undefined {
  const own = matchType(cleaned(title), types);
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
  const quoted = quotedTitles(title.replace(/^《(.*)》$/u, '$1'))[0];
  if (quoted !== undefined) return quoted;
  return /(?:印发|转发|批转|发布|公布)([^《》]{4,80}?)的?(?:通知|公告|通告|函|决定)$/u.exec(
    cleaned(title),
  )?.[1];
}

function cleaned(title: string): string {
  return stripTitleMarks(title).replace(YEARS_TAIL, '').replace(YEARS_TAIL, '').replace(/》$/u, '').trim();
}
