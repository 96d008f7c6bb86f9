import type { CreditFact, DatelineFact } from '../../model/facts.ts';
import { cleanNames } from '../fields/credit.ts';
import * as forms from './credit-forms.ts';
import { nameAt, WORDS_NOT_NAMES } from './names.ts';
import { type Reading, Stretches } from './reading.ts';

/** 文/栗思 on a line of its own: no surname need tell that it is somebody. */
const WRITER_ALONE = /^\s*文\s?[/／丨|｜]\s?[\u4e00-\u9fa5]{2,3}\s*$/u;

/** Datelines: 新华社北京6月21日电（记者张泉、胡喆）. */
export function findDatelines(reading: Reading): readonly DatelineFact[] {
  const { context } = reading;
  const found: DatelineFact[] = [];
  for (const match of reading.matches(forms.DATELINE)) {
    const { medium = '', place = '', month, day = '', names = '' } = match.groups ?? {};
    const lead = match[0].length - match[0].trimStart().length;
    const start = match.index + lead;
    const end = match.index + match[0].length;
    const monthNumber = month ?? context.publishedOn?.slice(5, 7);
    const on =
      monthNumber === undefined
        ? undefined
        : `${context.publishedOn?.slice(0, 4) ?? '-'}-${monthNumber.padStart(2, '0')}-${day.padStart(2, '0')}`;
    found.push({
      kind: 'dateline',
      ...reading.span(start, end, 'DATELINE'),
      medium,
      place,
      ...(on !== undefined && { on }),
      reporters: split(names),
    });
    reading.cover(start, end);
  }
  return found;
}

/** Source lines, bylines, reprint credits, editors, captions; the words of the medium itself (记者获悉) are none. */
export function findCredits(reading: Reading, datelines: readonly DatelineFact[]): readonly CreditFact[] {
  const { plain } = reading;
  const found: CreditFact[] = [];
  const { surnames } = reading.context.vocabulary.lexicon.names;
  // 记者出镜 and 记者手记 name nobody.
  const isPerson = (names: string) =>
    surnames.has(names.charAt(0)) || surnames.has(names.slice(0, 2)) || names.includes('·');
  const own = new Set<string>();
  const taken = new Stretches(plain.length);
  for (const { start, end } of datelines) taken.take(start, end);
  const add = (match: RegExpExecArray, form: CreditFact['form'], medium: string | undefined) => {
    const lead = match[0].length - match[0].replace(/^\s+/u, '').length;
    const start = match.index + lead;
    const end = match.index + match[0].trimEnd().length;
    if (!taken.take(start, end)) return;
    const authors = split(`${match.groups?.others ?? ''}${match.groups?.names ?? ''}`);
    const clean = medium?.trim().replace(/^综合(?=.)|^[《“"]|[》”"]$|等$/gu, '');
    found.push({
      kind: 'credit',
      ...reading.span(start, end, form.toUpperCase()),
      ...(clean !== undefined && clean !== '' && { medium: clean }),
      form,
      ...(authors.length > 0 && { authors }),
    });
  };
  for (const match of reading.matches(forms.ORIGINAL_TITLE)) add(match, 'originalTitle', undefined);
  for (const match of [...reading.matches(forms.PUBLISHED_IN), ...reading.matches(forms.PAGE)])
    add(match, 'source', match.groups?.medium);
  for (const match of [...reading.matches(forms.AUTHOR_NOTE), ...reading.matches(forms.HELPED)])
    add(match, 'byline', undefined);
  for (const match of reading.matches(forms.NAME_ABOVE))
    if (isWriter(reading, match.groups?.names ?? '', found)) add(match, 'byline', undefined);
  for (const match of [...reading.matches(forms.OWN_NEWS), ...reading.matches(forms.TOLD_ON)])
    add(match, 'byline', match.groups?.medium);
  for (const match of reading.matches(forms.SOURCE))
    if (isSource(plain, match))
      add(match, /^(?:[图题头首配]图?|封面)/u.test(match[0]) ? 'caption' : 'source', match.groups?.medium);
  for (const match of reading.matches(forms.REPRINT)) {
    const { how = '', medium = '', told } = match.groups ?? {};
    // 综合服务平台 is a heading.
    if (how !== '综合' || told !== undefined || forms.MEDIUM_NAME.test(medium)) add(match, 'reprint', medium);
  }
  for (const match of reading.matches(forms.TAKEN_FROM)) add(match, 'reprint', match.groups?.medium);
  for (const match of reading.matches(forms.EDITOR))
    if (isDesk(match, isPerson)) add(match, 'editor', undefined);
  for (const match of reading.matches(forms.EDITORS)) add(match, 'editor', undefined);
  for (const match of reading.matches(forms.WIRED)) {
    add(match, 'reprint', match.groups?.medium);
    // Its day is that of the dateline.
    reading.cover(match.index, match.index + match[0].length);
  }
  for (const match of reading.matches(forms.BRACKETED_MEDIUM)) add(match, 'source', match.groups?.medium);
  for (const match of reading.matches(forms.LOCAL))
    add(match, 'byline', match.groups?.medium ?? match.groups?.own);
  for (const match of reading.matches(forms.WRITTEN_BEHIND))
    if (isPerson(match.groups?.names ?? '')) add(match, 'byline', match.groups?.medium);
  for (const match of reading.matches(forms.GIVEN)) {
    const { giver, medium, given } = match.groups ?? {};
    const body = giver ?? given ?? '';
    add(match, 'caption', medium ?? (forms.BODY.test(body) ? body : undefined));
  }
  for (const match of reading.matches(forms.IMAGE)) add(match, 'caption', match.groups?.medium);
  for (const match of reading.matches(forms.CAPTION)) {
    const { medium, names, agency, reporter, team } = match.groups ?? {};
    // 主摄 and 慢动作升摄 are cameras, not photographers.
    if (names !== undefined && reporter === undefined && !isPerson(names)) continue;
    // 1200 万主摄 is a camera.
    if (names !== undefined && /\d\s?$/u.test(plain.slice(Math.max(0, match.index - 2), match.index)))
      continue;
    // 路线图 is no picture by 路线.
    if (names !== undefined && match[0].endsWith('图') && !match[0].includes('记者')) continue;
    const isMedium = medium !== undefined && forms.MEDIUM_NAME.test(medium);
    // 图：市民出行 describes, 图：张某 credits.
    if (medium !== undefined && !isMedium && /^图/u.test(match[0].trim()) && medium.length > 4) continue;
    add(match, 'caption', agency ?? team ?? (isMedium ? medium : undefined));
  }
  for (const match of reading.matches(forms.GIVEN_BY)) {
    const body = match.groups?.medium ?? '';
    add(match, 'caption', forms.BODY.test(body) ? body : undefined);
  }
  for (const match of [
    ...reading.matches(forms.OWN_AUTHOR),
    ...reading.matches(forms.WRITTEN),
    ...reading.matches(forms.SIGNED),
    ...reading.matches(forms.BYLINE),
    ...reading.matches(forms.BRACKETED),
    ...reading.matches(forms.MARKED_NAME),
    ...reading.matches(forms.MEDIUM_AND_NAME),
  ])
    if (isPerson(match.groups?.names ?? '') || WRITER_ALONE.test(match[0]))
      add(match, 'byline', match.groups?.medium);
  for (const match of reading.matches(forms.ENGLISH_BYLINE)) add(match, 'byline', match.groups?.medium);
  for (const match of reading.matches(forms.ENGLISH_SOURCE)) add(match, 'source', match.groups?.medium);
  for (const match of reading.matches(forms.OWN_REPORTER)) {
    const medium = match.groups?.medium ?? match.groups?.plain ?? '';
    // The first passage is enough, and none where a byline or a source line names the medium.
    if (own.has(medium) || found.some((known) => known.medium === medium)) continue;
    own.add(medium);
    add(match, 'self', medium);
  }
  for (const match of reading.matches(forms.SENT_BY)) add(match, 'source', match.groups?.medium);
  for (const pattern of [forms.REPORTED, forms.QUOTED_MEDIUM, forms.FOREIGN_MEDIUM])
    for (const match of reading.matches(pattern)) {
      const medium = match.groups?.medium ?? match.groups?.paper;
      // A medium reported on again and again is told of once.
      if (pattern !== forms.REPORTED && found.some((known) => known.medium === medium)) continue;
      add(match, 'reprint', medium);
    }
  return joinEditors(
    reading,
    found.sort((left, right) => left.start - right.start),
  );
}

/** 资金来源：财政拨款 tells where something else is from. */
function isSource(plain: string, { index, groups }: RegExpExecArray): boolean {
  const { what, mark = '', medium = '' } = groups ?? {};
  const isGlued = what === undefined && /[\u4e00-\u9fa5]/u.test(plain.charAt(index - 1));
  const isLoose = isGlued || /[/／]/u.test(mark) || /^[供投]稿[:：]/u.test(plain.slice(index));
  return !isLoose || forms.MEDIUM_NAME.test(medium) || forms.BODY.test(medium);
}

/** Work at a page that is also work at anything else: what stands behind it must be somebody. */
const ANY_WORK = /^(?:[一二三]审|审签|审读|签发|策划|统筹|出品|视觉|设计|运营|剪辑)/u;

/** 审核：由市科技局负责 tells who has to check something. */
function isDesk(match: RegExpExecArray, isPerson: (names: string) => boolean): boolean {
  const names = match.groups?.names ?? '';
  const areShort = names.split(/[\s、/&]/u).every((name) => !/^[\u4e00-\u9fa5]{5,}$/u.test(name));
  return areShort && (!ANY_WORK.test(match[0]) || (isPerson(names) && !WORDS_NOT_NAMES.test(names)));
}

/** 贺维桢 above a text. Two signs may be a word: they need a note about the author, too. */
function isWriter({ context }: Reading, name: string, found: readonly CreditFact[]): boolean {
  const words = context.vocabulary.lexicon.names;
  if (nameAt(name, 0, words) !== name || WORDS_NOT_NAMES.test(name)) return false;
  return name.length > 2 || found.some(({ form }) => form === 'byline');
}

/** 责编：甲 校对：乙 is one line about one desk. */
function joinEditors(reading: Reading, found: readonly CreditFact[]): readonly CreditFact[] {
  const joined: CreditFact[] = [];
  for (const fact of found) {
    const last = joined.at(-1);
    if (last === undefined || !areOneDesk(reading, last, fact)) joined.push(fact);
    else
      joined[joined.length - 1] = {
        ...last,
        ...reading.span(last.start, fact.end, last.rule),
        authors: [...(last.authors ?? []), ...(fact.authors ?? [])],
      };
  }
  return joined;
}

function areOneDesk({ text }: Reading, last: CreditFact, next: CreditFact): boolean {
  return (
    last.form === 'editor' &&
    next.form === 'editor' &&
    /^[ \t\u3000]*$/u.test(text.slice(last.end, next.start))
  );
}

function split(names: string): readonly string[] {
  const clean = cleanNames(names.trim().replace(/[ 、，/]*(?:通讯员|实习生)[ ：:]?/gu, ' '));
  return clean === '' ? [] : clean.split('、');
}
