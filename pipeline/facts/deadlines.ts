import type { DeadlineFact } from '../../model/facts.ts';
import { addDays, isDay } from '../../text/calendar.ts';
import { readWholeNumber } from '../../text/numerals.ts';
import { findDatedFacts } from '../fields/dated-facts.ts';
import { addWorkingDays } from '../fields/working-days.ts';
import type { DateDraft } from './date-list.ts';
import {
  ACTION,
  AIMS,
  ALONE,
  AS_OF,
  ASKS,
  AT_LATEST,
  BEFORE_MARK,
  COUNTED,
  CUTOFF_BEFORE,
  DONE,
  END_MARK,
  ENGLISH_DUE,
  ENGLISH_RUN,
  ENGLISH_WINDOW,
  EVERY_YEAR,
  FOUNDED,
  FROM_NOW,
  HAS_WINDOW,
  HELD,
  NEXT_MONTH,
  OPEN_FOR,
  OWED,
  PUT_OFF,
  REPEATED,
  REPORTS,
  WITHIN,
} from './deadline-forms.ts';
import { type Reading, Stretches } from './reading.ts';

/** Days and counted times before which somebody must act. */
export function findDeadlines(reading: Reading, drafts: readonly DateDraft[]): readonly DeadlineFact[] {
  const found: DeadlineFact[] = [];
  const taken = new Stretches(reading.text.length);
  const add = (fact: DeadlineFact) => {
    if (taken.take(fact.start, fact.end)) found.push(fact);
  };
  for (const match of reading.matches(REPEATED)) {
    if (/\d|底|末/u.test(match[0]))
      add({ kind: 'deadline', ...spanOf(reading, match.index, match[0]), relative: match[0] });
  }
  for (const match of reading.matches(NEXT_MONTH))
    add({ kind: 'deadline', ...spanOf(reading, match.index, match[0]), relative: match[0] });
  for (const [index, draft] of drafts.entries()) {
    const fact = yearly(reading, draft, datedDeadline(reading, draft));
    if (fact === undefined) continue;
    add(fact);
    // 7月3日和1月3日前: the limit governs both days.
    const previous = drafts[index - 1];
    if (previous !== undefined && /^[和、及与]$/u.test(reading.text.slice(previous.end, draft.start)))
      add(deadlineOf(reading, previous, '', 'UNTIL'));
  }
  for (const { start, end } of reading.hasAny(WITHIN) ? reading.sentences : []) {
    const sentence = reading.plain.slice(start, end);
    if (!HAS_WINDOW.test(sentence)) continue;
    for (const pattern of [COUNTED, ALONE, OWED])
      for (const match of sentence.matchAll(pattern)) {
        const fact = countedDeadline(reading, start + match.index, match);
        if (fact !== undefined) add(fact);
      }
  }
  for (const match of reading.matches(ENGLISH_WINDOW)) {
    const words = match[1] ?? '';
    const start = match.index + match[0].length - words.length;
    add({ kind: 'deadline', ...reading.span(start, start + words.length, 'COUNTED'), relative: words });
  }
  for (const { kind, on, time, start, end, rule } of findDatedFacts(
    reading.text,
    anchorOf(reading),
    reading.context.vocabulary.lexicon.holidays,
  )) {
    // 于8月14日至25日进行了公示: over.
    if (kind !== 'deadline' || HELD.test(reading.text.slice(end, end + 20)) || isOver(reading, start, end))
      continue;
    const draft = drafts.find(
      (candidate) =>
        candidate.start >= start && candidate.end <= end + 1 && candidate.iso?.endsWith(on) === true,
    );
    const [from, to] = draft === undefined ? [start, end] : [draft.start, draft.end];
    add({ kind: 'deadline', ...reading.span(from, to, rule), iso: on, ...(time !== undefined && { time }) });
  }
  return found.sort((left, right) => left.start - right.start);
}

/** Whether the day is told as past, or only bounds who may apply. */
function isOver({ text }: Reading, start: number, end: number): boolean {
  const words = text.slice(start, end);
  const mark = /[之以]?前$/u.exec(words)?.[0] ?? BEFORE_MARK.exec(text.slice(end, end + 32))?.[0];
  if (mark === undefined) return false;
  const behind = text.slice(words.endsWith(mark) ? end : end + mark.length, end + 32);
  return DONE.test(behind) || FOUNDED.test(behind);
}

function anchorOf({ context }: Reading) {
  return { publishedOn: context.publishedOn, issuedOn: context.issuedOn };
}

function spanOf(reading: Reading, start: number, words: string) {
  return reading.span(start, start + words.length, 'REPEATED');
}

/** Words farther away do not bear on a day. */
const LONGEST_CLAUSE = 240;

function datedDeadline(reading: Reading, draft: DateDraft): DeadlineFact | undefined {
  const { text } = reading;
  const sentence = reading.sentenceAt(draft.start);
  const before = text.slice(Math.max(sentence.start, draft.start - LONGEST_CLAUSE), draft.start);
  const clause = `${before.split('；').at(-1)}${text.slice(draft.start, Math.min(sentence.end, draft.start + LONGEST_CLAUSE)).split('；')[0]}`;
  const behind = text.slice(draft.end, draft.end + 32);
  const isCutoff =
    ((CUTOFF_BEFORE.test(before) || PUT_OFF.test(before)) &&
      ACTION.test(sentence.text) &&
      !(AS_OF.test(before) && !ACTION.test(before))) ||
    (AT_LATEST.test(before) && ASKS.test(clause)) ||
    (draft.precision === 'period' && OPEN_FOR.test(before)) ||
    (FROM_NOW.test(before) && ACTION.test(sentence.text));
  if (
    (ENGLISH_DUE.test(before) || ENGLISH_RUN.test(before)) &&
    draft.precision === 'day' &&
    !/\b(?:effective|published)\b/iu.test(before)
  )
    return deadlineOf(reading, draft, '', 'ENGLISH');
  const mark = BEFORE_MARK.exec(behind) ?? END_MARK.exec(behind);
  if (mark === null && !isCutoff && !isClosing(behind, sentence.text)) return undefined;
  if (
    mark !== null &&
    (FOUNDED.test(behind.slice(mark[0].length)) || DONE.test(behind.slice(mark[0].length)))
  )
    return undefined;
  if (mark !== null && (AIMS.test(before.slice(-2)) || !ASKS.test(clause) || /力争|建成/u.test(clause)))
    return undefined;
  return deadlineOf(reading, draft, mark?.[0] ?? '', isCutoff ? 'CUTOFF' : 'UNTIL');
}

/** 每年2月底前…，3月底前…: the second month has no year of its own either. */
function yearly(
  reading: Reading,
  draft: DateDraft,
  fact: DeadlineFact | undefined,
): DeadlineFact | undefined {
  if (fact?.iso === undefined || !/^\d{1,2}月/u.test(fact.quote)) return fact;
  const before = reading.plain.slice(reading.sentenceAt(draft.start).start, draft.start);
  if (!EVERY_YEAR.test(before)) return fact;
  const { iso: _iso, ...open } = fact;
  return { ...open, relative: fact.quote };
}

/** 填报通道2月26日关闭, 报名6月30日截止. */
function isClosing(behind: string, sentence: string): boolean {
  return (
    /^\s?(?:\d{1,2}[:：时点]\d{0,2}分?)?截止/u.test(behind) ||
    (/^\s?(?:\d{1,2}[:：时点]\d{0,2}分?)?(?:关闭|结束)/u.test(behind) && ACTION.test(sentence))
  );
}

function deadlineOf(reading: Reading, draft: DateDraft, mark: string, rule: string): DeadlineFact {
  const iso = toCome(reading, draft, lastDay(draft, mark));
  return {
    kind: 'deadline',
    ...reading.span(draft.start, draft.end + mark.length, rule),
    ...(iso !== undefined && { iso }),
    ...(draft.relative !== undefined && { relative: draft.relative }),
  };
}

/** 12月底前 without a year, said in May: what is still to be done is not due in the year before. */
function toCome({ text, context }: Reading, draft: DateDraft, iso: string | undefined): string | undefined {
  const { publishedOn } = context;
  if (
    iso === undefined ||
    publishedOn === undefined ||
    !/^\d{1,2}月/u.test(text.slice(draft.start, draft.end))
  )
    return iso;
  const year = Number(publishedOn.slice(0, 4));
  const paragraph = text.slice(text.lastIndexOf('\n', draft.start) + 1, draft.start);
  if (iso >= publishedOn || Number(iso.slice(0, 4)) !== year - 1 || paragraph.includes(`${year - 1}年`))
    return iso;
  const next = `${year}${iso.slice(4)}`;
  return isDay(next) ? next : iso;
}

/** 2019年2月底前 is the last of February; 2006年底 the last of December. */
function lastDay({ iso, precision, part }: DateDraft, mark: string): string | undefined {
  if (iso === undefined) return undefined;
  const last = iso.split('/').at(-1) ?? iso;
  if (last.length === 10) return last;
  const isEnd = part === 'end' || /^[底末]/u.test(mark);
  if (precision === 'year') return isEnd ? `${last}-12-31` : last;
  if (!isEnd) return last;
  const [year = '', month = ''] = last.split('-');
  const next =
    Number(month) === 12
      ? `${Number(year) + 1}-01-01`
      : `${year}-${String(Number(month) + 1).padStart(2, '0')}-01`;
  return isDay(next) ? addDays(next, -1) : undefined;
}

function countedDeadline(reading: Reading, start: number, match: RegExpExecArray): DeadlineFact | undefined {
  const { anchor, count = '', unit = '' } = match.groups ?? {};
  const number = readWholeNumber(count);
  const sentence = reading.sentenceAt(start);
  const before = reading.text.slice(sentence.start, start);
  if (number === undefined || REPORTS.test(before.slice(-12))) return undefined;
  if (
    anchor !== undefined &&
    !/之日|之次日|收到|接到|受理|签订|发布|公布|印发|公示|批准|届满|起$|后$|决定|通知/u.test(anchor)
  )
    return undefined;
  const whole = match[0];
  // 试点单位应在收到通知后15个工作日内: who must act is no part of the time.
  const lead =
    /^.*(?:应当?|须|(?<!申)请|可以?|必须|需要?)(?:在|于)?(?=自|从|收到|接到|公示|公布|发布|[一二三四五六七八九十两\d])/u.exec(
      whole,
    )?.[0].length ?? 0;
  const end = start + whole.length;
  const { publishedOn } = reading.context;
  const base = {
    kind: 'deadline' as const,
    ...reading.span(start + lead, end, 'COUNTED'),
    relative: whole.slice(lead),
  };
  if (
    anchor === undefined ||
    publishedOn === undefined ||
    !/^(?:本[\u4e00-\u9fa5]{1,4})?(?:发布|公布|印发|公示|公告|颁布)(?:发布|公布)?(?:之日|之次日)/u.test(
      anchor.replace(/^.*[自于]/u, ''),
    )
  )
    return base;
  if (/工作日/u.test(unit)) {
    const due = addWorkingDays(publishedOn, number, reading.context.vocabulary.lexicon.holidays);
    return { ...base, iso: due.on, ...(due.isAbout && { isAbout: true as const }) };
  }
  return /^[日天]$/u.test(unit) ? { ...base, iso: addDays(publishedOn, number) } : base;
}
