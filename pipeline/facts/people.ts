import type { NameWords } from '../../model/vocabulary.ts';
import { formNear, near } from '../../text/forms.ts';
import { describedBefore, namedAlong } from './appositions.ts';
import { foreignEnd, introducedNameAt, titledName, WORDS_NOT_NAMES } from './names.ts';
import type { Reading } from './reading.ts';
import { wordsOf } from './words.ts';

/** A person as the text names them, with the attribution before the name. */
export interface PersonMention {
  readonly name: string;
  readonly organisations: readonly string[];
  readonly roles: readonly string[];
  /** Of the attribution with the name and the title behind it. */
  readonly start: number;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly end: number;
}

const CLAUSE_BREAK = /[，。；：“”‘’！？!?\n\r（()）:,]/u;
const LONGEST_ATTRIBUTION = 60;
/** Words at the head of a clause that are no part of an organisation's name. */
const LEAD =
  /^(?:对此|日前|近日|据悉|据|而|但|同时|此外|另外|其中|随后|昨天|今天|昨日|今日|当天|当日|会上|来自|由|在此|在(?![线建研职校读册])|时任|现任|原|记者采访|采访了?|按照|正如|一位|多位|有|与|和|以及|及|包括|\d{1,2}月\d{1,2}日|\d{1,2}日|20\d\d年)+/u;

/** Every person named behind a role or before a title: 西南交通大学公共政策研究中心主任陈光教授. */
export function findPeople(reading: Reading): readonly PersonMention[] {
  const { text, context } = reading;
  const words = context.vocabulary.lexicon.names;
  const roles = wordsOf(words.roles);
  const titles = wordsOf(words.titles);
  const found: PersonMention[] = [];
  for (let at = roles.nextFrom(text, 0); at < text.length; at = roles.nextFrom(text, at + 1)) {
    const role = roles.startingAt(text, at);
    // 该人士付之一笑: who was told of before is not named now.
    if (role === undefined || reading.isCovered(at) || text.charAt(at - 1) === '该') continue;
    let nameStart = at + role.length;
    // 首席技术官（CTO）罗静怡
    nameStart += /^[（(][A-Z]{2,5}[）)]/u.exec(text.slice(nameStart, nameStart + 8))?.[0].length ?? 0;
    // 书记兼主任, 董事长、总经理: the name stands behind the last role of the chain.
    if (/^[\s　]/u.test(text.slice(nameStart, nameStart + 1))) nameStart += 1;
    const name = introducedNameAt(text, nameStart, words);
    if (
      name === undefined ||
      roles.startingAt(text, nameStart) !== undefined ||
      WORDS_NOT_NAMES.test(text.slice(nameStart, nameStart + 4))
    ) {
      const described = describedBefore(text, at + role.length, words);
      if (described === undefined) continue;
      const { from, start } = described;
      const behind = attributionBefore(text, at + role.length, words, from);
      const end = start + described.name.length;
      found.push({ ...behind, name: described.name, start, nameStart: start, nameEnd: end, end });
      continue;
    }
    const nameEnd = nameStart + name.length;
    const title = titles.startingAt(text, nameEnd);
    const attribution = attributionBefore(text, at + role.length, words, found.at(-1)?.end);
    found.push({
      name,
      organisations: attribution.organisations,
      roles: [...attribution.roles, ...(title === undefined || /先生|女士|老师/u.test(title) ? [] : [title])],
      start: attribution.start,
      nameStart,
      nameEnd,
      end: nameEnd + (title?.length ?? 0),
    });
    at = nameEnd - 1;
    for (let last = found.at(-1); last !== undefined; last = found.at(-1)) {
      const next = namedAlong(text, last.end, words);
      if (next === undefined) break;
      const end = next.start + next.name.length;
      found.push({ ...last, name: next.name, start: next.start, nameStart: next.start, nameEnd: end, end });
      at = end - 1;
    }
  }
  const behindRoles = new Set(found.map(({ nameStart }) => nameStart));
  return [...found, ...titledPeople(reading, behindRoles), ...foreignPeople(reading, behindRoles)];
}

const DOTTED = formNear(
  /(?<=[\s，。；：！？“的是由和与向]|^)[\u4e00-\u9fa5]{2,6}[·•][\u4e00-\u9fa5]{1,8}/gmu,
  near('· •', 6, 8),
);

/** 28岁的茉莉·西尔斯: a name with a dot needs no role. */
function foreignPeople(reading: Reading, known: ReadonlySet<number>): readonly PersonMention[] {
  const { text, context } = reading;
  const words = context.vocabulary.lexicon.names;
  return reading.matchesAsWritten(DOTTED).flatMap((match) => {
    const start = match.index;
    if (known.has(start)) return [];
    const name = match[0].slice(0, foreignEnd(text, start, match[0], words));
    const end = start + name.length;
    return [{ name, organisations: [], roles: [], start, nameStart: start, nameEnd: end, end }];
  });
}

/** Everybody named before a title and not behind a role. */
function titledPeople(
  { text, context, isCovered }: Reading,
  known: ReadonlySet<number>,
): readonly PersonMention[] {
  const words = context.vocabulary.lexicon.names;
  const titles = wordsOf(words.titles);
  const found: PersonMention[] = [];
  for (let at = titles.nextFrom(text, 2); at < text.length; at = titles.nextFrom(text, at + 1)) {
    const title = titles.startingAt(text, at);
    if (title === undefined || isCovered(at)) continue;
    const name = titledName(text, at, words);
    const start = at - (name?.length ?? 0);
    if (name !== undefined && !known.has(start))
      found.push({
        name,
        organisations: [],
        roles: /先生|女士|老师|同志/u.test(title) ? [] : [title],
        start,
        nameStart: start,
        nameEnd: at,
        end: at + title.length,
      });
    at += title.length - 1;
  }
  return found;
}

/**
 * The organisations and roles that end at `end`, several joined by 、: 协会副理事长、研究所所长.
 * @param floor what stands before is somebody else's
 */
export function attributionBefore(
  text: string,
  end: number,
  words: NameWords,
  floor = 0,
): { readonly organisations: readonly string[]; readonly roles: readonly string[]; readonly start: number } {
  const roles = wordsOf(words.roles);
  let from = end;
  while (from > floor && end - from < LONGEST_ATTRIBUTION && !CLAUSE_BREAK.test(text.charAt(from - 1)))
    from -= 1;
  const pieces = text.slice(from, end).split('、');
  const found = { organisations: [] as string[], roles: [] as string[] };
  let start = end;
  for (let index = pieces.length - 1; index >= 0; index -= 1) {
    const piece = pieces[index] ?? '';
    const chain: string[] = [];
    let rest = piece;
    for (;;) {
      const bare = rest.replace(/[兼及、\s]$/u, '');
      const role = endingRole(roles, bare);
      if (role === undefined) break;
      chain.unshift(role);
      rest = bare.slice(0, bare.length - role.length);
    }
    if (chain.length === 0) break;
    const organisation = rest.replace(LEAD, '').trim();
    found.roles.unshift(...chain);
    if (organisation.length >= 2) found.organisations.unshift(organisation);
    const pieceStart = from + pieces.slice(0, index).join('、').length + (index > 0 ? 1 : 0);
    start =
      pieceStart + (rest.length - rest.trimStart().length) + (rest.length - rest.replace(LEAD, '').length);
  }
  return { ...found, start: Math.min(start, end) };
}

function endingRole(roles: ReturnType<typeof wordsOf>, words: string): string | undefined {
  return roles.endingAt(words, words.length);
}
