import { type DatedFact, RERELEASE_AFTER_DAYS } from '../../model/document.ts';
import type { WorkCalendar } from '../../model/vocabulary.ts';
import { addDays, daysBetween, isDay } from '../../text/calendar.ts';
import { findDays } from '../../text/dates.ts';
import { readWholeNumber, toAsciiDigits } from '../../text/numerals.ts';
import { type Span, splitLines, splitSentences } from '../../text/sentences.ts';
import { addWorkingDays, type WorkingDay } from './working-days.ts';

/** What relative dates are counted from. */
export interface FactAnchor {
  /** YYYY-MM-DD. */
  readonly publishedOn?: string | undefined;
  /** 成文日期: where it is known, 印发之日 is this day, and an old document put on line again counts from it. */
  readonly issuedOn?: string | undefined;
}

/** A date in a sentence, full or resolved from the one before it (6月1日至30日). */
interface Day {
  readonly on: string;
  readonly start: number;
  readonly end: number;
}

const NO_CALENDAR: WorkCalendar = { years: new Set(), off: new Set(), work: new Set() };

const D = '@(\\d+)@';
const ACTION = '(?:申报|受理|征求意见|意见|反馈|报名|提交|推荐|填报|征集|公示|申请|报送|投稿|咨询)';
/** （含）, （星期五）, 下午5时 behind a day. */
const TIME =
  '(?:\\s*[（(](?:[^（）()@]{0,2}含[^（）()@]{0,3}|(?:周|星期)[一二三四五六日天])[）)])?(?:[日\\s]*(上午|下午)?(\\d{1,2})[:：时点](\\d{2})?分?)?';
const AT_LATEST = new RegExp(
  `${ACTION}[^。；\\n]{0,40}?(?:截止|截至)(?:时间|日期|日)?(?:为|是|：|:|至|到)?\\s*${D}${TIME}`,
  'u',
);
/** 截止到9月2日 alone says as of when, not until when. */
const CUTOFF = new RegExp(`截止(?:(?:时间|日期|日)(?:为|是|：|:|至|到|于)?|为|：|:|于)\\s*${D}${TIME}`, 'u');
const UNTIL = new RegExp(
  `(?:请|须|应|务必|需)?[^。；\\n]{0,30}?(?:于|在)\\s*${D}${TIME}\\s*(?:之?前|(?:下班|工作时间)(?:之|以)?前|以前)`,
  'u',
);
const UNTIL_CUT = new RegExp(`${D}${TIME}\\s*(?:截止|结束)`, 'u');
const WINDOW = new RegExp(`${D}${TIME}\\s*(?:起)?\\s*(?:至|—+|-+|–|到|~)\\s*${D}${TIME}`, 'u');
const WINDOW_WORD = /申报|受理|公示|征集|征求意见|报名|提交|网上填报|开放时间/u;
/** A year, a day of a month, digits of full width, a year in Chinese numerals, or 自发布之日起. */
const MAY_DATE = /(?:19|20)\d{2}|\d日|[０-９]|[一二][〇○ＯOО0零一二三四五六七八九]{3}年|之日/u;
const RELATIVE =
  /[自在](?:本[\u4e00-\u9fa5]{1,4})?(?:发布|公布|印发|公示|颁布)之日起\s*(\d{1,3}|[一二三四五六七八九十]+)\s*(个工作日|日|天|个月|年)(内|后)/u;
const EFFECT = new RegExp(`自\\s*(?:${D}|(?:发布|公布|印发)之日)\\s*起?\\s*(?:施行|实施|执行|生效)`, 'u');
const VALID = new RegExp(
  `有效期(?:限)?(?:为|至|到|自[^。；]{0,20}?至)?\\s*(?:${D}|(\\d{1,2}|[一二三五十]+)\\s*年)`,
  'u',
);

const EN_DEADLINE = new RegExp(
  `(?:clos(?:es?|ing)(?:\\s+date)?|deadline(?:\\s+(?:for|is)[^.@]{0,60})?|due|(?:must|should)\\s+be\\s+(?:received|submitted|sent|made)|submit[^.@]{0,60}|received|responses?[^.@]{0,40}|comments?[^.@]{0,60}|apply|applications?[^.@]{0,40})(?:\\s+(?:on|by|before|until|is|at|no later than|on or before|:|[\\d:.]+\\s*(?:am|pm|a\\.m\\.|p\\.m\\.|noon|midday|midnight)?))*[\\s:,]*${D}`,
  'iu',
);
const EN_EFFECT = new RegExp(
  `(?:(?:is|are|becomes?|shall be|will be)?\\s*effective|(?:comes?|enters?|will come|shall come|enter)\\s+into\\s+(?:force|effect)|takes?\\s+effect|applies)(?:\\s+(?:on|from|as of|beginning|date:?))*[\\s:,]*${D}`,
  'iu',
);
const EN_CLOCK =
  /(\d{1,2})(?::|\.)?(\d{2})?\s*(am|pm|a\.m\.|p\.m\.)|\b(noon|midday)\b|\b(midnight|11:59)\b/iu;

/**
 * Deadlines, effective dates and ends of validity that a text states, each with the sentence part it was read from.
 * @param calendar the working days known; without it windows of working days are left out
 */
export function findDatedFacts(
  text: string,
  anchor: FactAnchor,
  calendar: WorkCalendar = NO_CALENDAR,
): readonly DatedFact[] {
  const facts: DatedFact[] = [];
  for (const sentence of datedSentences(text))
    for (const fact of factsOf(sentence, anchor, calendar)) {
      const isKnown = facts.some((known) => known.kind === fact.kind && known.on === fact.on);
      if (!isKnown) facts.push(fact);
    }
  return facts;
}

/** The sentences of the lines that can hold a date: cutting the others into sentences would take most of the time. */
function* datedSentences(text: string): Generator<Span> {
  for (const line of splitLines(text)) {
    if (!MAY_DATE.test(line.text)) continue;
    for (const { text: words, start, end } of splitSentences(line.text))
      if (MAY_DATE.test(words)) yield { text: words, start: line.start + start, end: line.start + end };
  }
}

function factsOf(sentence: Span, anchor: FactAnchor, calendar: WorkCalendar): readonly DatedFact[] {
  const plain = toAsciiDigits(sentence.text);
  const days = daysOf(sentence.text, plain, anchor);
  // Without a day, only the day of publication is one to count from.
  if (days.length === 0 && !plain.includes('之日')) return [];
  const marked = mark(plain, days);
  const make = (
    kind: DatedFact['kind'],
    rule: string,
    match: RegExpExecArray,
    on?: string,
    time?: string,
  ) => {
    if (on === undefined) return [];
    const start = sentence.start + marked.original(match.index);
    const end = sentence.start + marked.original(match.index + match[0].length);
    const quote = sentence.text.slice(start - sentence.start, end - sentence.start);
    return [{ kind, on, ...(time !== undefined && { time }), quote, start, end, rule }];
  };
  const day = (index: string | undefined) => (index === undefined ? undefined : days[Number(index)]?.on);

  const valid = VALID.exec(marked.text);
  const facts = [...(valid === null ? [] : make('validUntil', 'VALID', valid, day(valid[1])))];
  const effect = EFFECT.exec(marked.text) ?? EN_EFFECT.exec(marked.text);
  if (effect !== null)
    return [...facts, ...make('effective', 'EFFECT', effect, day(effect[1]) ?? baseDay(effect[0], anchor))];
  const relative = RELATIVE.exec(marked.text);
  if (relative !== null) {
    const kind = relative[3] === '后' ? 'effective' : 'deadline';
    const due = resolve(relative, baseDay(relative[0], anchor), calendar);
    const made = make(kind, 'RELATIVE', relative, due?.on);
    return [
      ...facts,
      ...made.map((fact) => (due?.isAbout === true ? { ...fact, isAbout: true as const } : fact)),
    ];
  }
  const window = WINDOW_WORD.test(sentence.text) ? WINDOW.exec(marked.text) : null;
  if (window !== null)
    return [...facts, ...make('deadline', 'WINDOW', window, day(window[5]), clock(window, 6))];
  for (const [rule, pattern] of [
    ['DEADLINE', AT_LATEST],
    ['DEADLINE', CUTOFF],
    ['UNTIL', UNTIL],
    ['DEADLINE', UNTIL_CUT],
  ] as const) {
    const match = pattern.exec(marked.text);
    if (match === null || (rule === 'UNTIL' && !asksForAction(sentence.text))) continue;
    return [...facts, ...make('deadline', rule, match, day(match[1]), clock(match, 2))];
  }
  const english = EN_DEADLINE.exec(marked.text);
  if (english === null) return facts;
  return [...facts, ...make('deadline', 'EN', english, day(english[1]), englishClock(sentence.text))];
}

/** The day that 发布之日 or 印发之日 means. */
function baseDay(words: string, { publishedOn, issuedOn }: FactAnchor): string | undefined {
  const isOld =
    issuedOn !== undefined &&
    publishedOn !== undefined &&
    daysBetween(issuedOn, publishedOn) > RERELEASE_AFTER_DAYS;
  return words.includes('印发') || isOld ? (issuedOn ?? publishedOn) : publishedOn;
}

/** 于6月底前 also plans the future of a programme; only a request to somebody is a deadline. */
function asksForAction(sentence: string): boolean {
  return (
    /请|须|需|务必|应当?|报送|提交|反馈|申报|寄|发至|填报|提出/u.test(sentence) &&
    !/力争|目标|建成|实现/u.test(sentence)
  );
}

/** Full days, and bare `6月30日` or `30日` that follow one in the same sentence and take its year. */
function daysOf(sentence: string, plain: string, anchor: FactAnchor): readonly Day[] {
  const full = findDays(sentence);
  const days: Day[] = [];
  let next = 0;
  const takeUntil = (at: number) => {
    for (let day = full[next]; day !== undefined && day.end <= at; day = full[next]) {
      days.push(day);
      next += 1;
    }
  };
  for (const match of plain.matchAll(/(?<![\d年月起])(?:(\d{1,2})月)?(\d{1,2})日(?!内|后|以内)/gu)) {
    const start = match.index;
    takeUntil(start);
    if (start >= (full[next]?.start ?? Number.POSITIVE_INFINITY)) continue;
    const before = days.at(-1)?.on ?? anchor.publishedOn;
    if (before === undefined) continue;
    const month = match[1]?.padStart(2, '0') ?? before.slice(5, 7);
    const on = `${before.slice(0, 4)}-${month}-${match[2]?.padStart(2, '0')}`;
    if (isDay(on)) days.push({ on, start, end: start + match[0].length });
  }
  takeUntil(sentence.length);
  return days;
}

/** The sentence with each day replaced by `@index@`, and the way back to the original offsets. */
function mark(sentence: string, days: readonly Day[]): { text: string; original: (at: number) => number } {
  let text = '';
  let from = 0;
  const offsets: number[] = [];
  const keep = (start: number, end: number) => {
    for (let at = start; at < end; at += 1) offsets.push(at);
    text += sentence.slice(start, end);
  };
  for (const [index, day] of days.entries()) {
    keep(from, day.start);
    const sign = `@${index}@`;
    for (let at = 0; at < sign.length; at += 1) offsets.push(day.start);
    text += sign;
    from = day.end;
  }
  keep(from, sentence.length);
  return {
    text,
    original(at) {
      const last = offsets[at - 1];
      // The end of a match may lie right behind a replaced day: then it is that day's end.
      const day = days.find((candidate) => candidate.start === last && at > 0 && text[at - 1] === '@');
      if (day !== undefined && (offsets[at] ?? sentence.length) >= day.end) return day.end;
      return offsets[at] ?? sentence.length;
    },
  };
}

function clock(match: RegExpExecArray, from: number): string | undefined {
  const hour = match[from + 1];
  if (hour === undefined) return undefined;
  const isAfternoon = match[from] === '下午' && Number(hour) < 12;
  const value = Number(hour) + (isAfternoon ? 12 : 0);
  return value > 24 ? undefined : `${String(value).padStart(2, '0')}:${match[from + 2] ?? '00'}`;
}

function englishClock(sentence: string): string | undefined {
  const match = EN_CLOCK.exec(sentence);
  if (match === null) return undefined;
  if (match[4] !== undefined) return '12:00';
  if (match[5] !== undefined) return match[5] === '11:59' ? '23:59' : '24:00';
  const isPm = /^p/i.test(match[3] ?? '');
  const hour = (Number(match[1]) % 12) + (isPm ? 12 : 0);
  return `${String(hour).padStart(2, '0')}:${match[2] ?? '00'}`;
}

/** `自发布之日起30日内`: undefined without the day of publication, and for working days without a calendar. */
function resolve(
  match: RegExpExecArray,
  publishedOn: string | undefined,
  calendar: WorkCalendar,
): WorkingDay | undefined {
  const count = readWholeNumber(match[1] ?? '');
  if (publishedOn === undefined || count === undefined) return undefined;
  switch (match[2]) {
    case '日':
    case '天':
      return { on: addDays(publishedOn, count), isAbout: false };
    case '个月':
      return { on: addMonths(publishedOn, count), isAbout: false };
    case '年':
      return { on: addMonths(publishedOn, count * 12), isAbout: false };
    default:
      return calendar === NO_CALENDAR ? undefined : addWorkingDays(publishedOn, count, calendar);
  }
}

function addMonths(on: string, count: number): string {
  const months = Number(on.slice(0, 4)) * 12 + Number(on.slice(5, 7)) - 1 + count;
  const head = `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
  for (let day = Number(on.slice(8)); ; day -= 1) {
    const candidate = `${head}-${String(day).padStart(2, '0')}`;
    if (isDay(candidate)) return candidate;
  }
}
