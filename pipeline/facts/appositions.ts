import type { NameWords } from '../../model/vocabulary.ts';
import { NO_NAME_SIGNS, nameAt, WORDS_NOT_NAMES } from './names.ts';

/** A name that its role does not stand right before. */
export interface PlacedName {
  readonly name: string;
  readonly start: number;
}

const CLAUSE_BREAK = /[，。；：“”‘’！？!?\n\r（()）:,]/u;
const LONGEST_CLAUSE = 40;
/** 柯明远是某院院长. */
const COPULA = /^(?:是|系|为|作为|身为|现任|曾任|曾是|担任|曾担任|现为|现在是|也是|既是)/u;
const JOINED = /^(?:、|和|与|及|以及)/u;

/** Whom the role that ends at `end` describes from behind: 柯明远是某院院长， or 柯明远，某院院长，; and where the role's words begin. */
export function describedBefore(
  text: string,
  end: number,
  words: NameWords,
): (PlacedName & { readonly from: number }) | undefined {
  if (!/[，。；]/u.test(text.charAt(end))) return undefined;
  const from = clauseStart(text, end);
  for (const length of [3, 4]) {
    const copula = COPULA.exec(text.slice(from + length, from + length + 4))?.[0];
    if (copula !== undefined && isFullName(text.slice(from, from + length), words))
      return {
        name: text.slice(from, from + length),
        start: from,
        from: from + length + copula.length,
      };
  }
  if (text.charAt(from - 1) !== '，') return undefined;
  const start = clauseStart(text, from - 1);
  const name = text.slice(start, from - 1);
  return isFullName(name, words) ? { name, start, from } : undefined;
}

/** 专家柯明远、罗静怡: whoever is named behind somebody who has a role has it, too. */
export function namedAlong(text: string, end: number, words: NameWords): PlacedName | undefined {
  const joint = JOINED.exec(text.slice(end, end + 2))?.[0];
  if (joint === undefined) return undefined;
  const start = end + joint.length;
  const name = nameAt(text, start, words);
  return name !== undefined && isFullName(name, words) ? { name, start } : undefined;
}

function clauseStart(text: string, end: number): number {
  let from = end;
  while (from > 0 && end - from < LONGEST_CLAUSE && !CLAUSE_BREAK.test(text.charAt(from - 1))) from -= 1;
  return from;
}

/** Two characters are a word more often. */
function isFullName(name: string, words: NameWords): boolean {
  const surname = words.surnames.has(name.slice(0, 2)) ? 2 : words.surnames.has(name.charAt(0)) ? 1 : 0;
  const given = name.slice(surname);
  return (
    surname > 0 &&
    name.length >= 3 &&
    given.length <= 2 &&
    /^[\u4e00-\u9fa5]+$/u.test(name) &&
    !NO_NAME_SIGNS.test(given) &&
    !WORDS_NOT_NAMES.test(name)
  );
}
