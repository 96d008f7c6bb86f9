import type { DateFact } from '../../model/facts.ts';
import { addDays, isDay } from '../../text/calendar.ts';
import type { Reading } from './reading.ts';

/** A date before its role is known. */
export type DateDraft = Omit<DateFact, 'kind' | 'quote' | 'role'>;

/** What a reader of one form makes of a match; undefined when it names no date. */
export type DateReader = (
  match: RegExpExecArray,
  scope: DateScope,
) => Omit<DateDraft, 'start' | 'end'> | undefined;

/** What a date without a year is completed from. */
export interface DateScope {
  readonly publishedOn: string | undefined;
  /** The last date with a year before this place, in the same paragraph. */
  readonly before: string | undefined;
  /** 自某日…后: what follows came later than that date. */
  readonly isLater?: boolean;
}

/** Words before a year that make it a basis of comparison, not a date. */
const BASIS_BEFORE = /(?:比|较|同比|相比)$/u;
const BASIS_BEHIND = /^(?:同期|同比|相比|持平)/u;
const ANY_YEAR = /[常历往]年[（(]?$/u;
/** How far back a date with a year completes one without, in characters. */
const LONGEST_REACH = 400;
const NEWLINE = 10;
const LEADING_DAY = /(?<!\d)(\d{1,2})\s?(?:to|and|-|–)\s?$/u;
/** From one short paragraph of a plan to the next. */
const PLAN_REACH = 60;
const LONGEST_PLAN = 60;
const SINCE = /^[^。；\n]*?(?:之后|以后|后，|以来)[^。；\n]*$/u;
const SPAN_TAIL = /^\s?(?:起)?(?:-|—{1,2}|–|至|到|~)\s?(?:((?:19|20)\d{2})年)?(?:(\d{1,2})月)?(\d{1,2})日/u;

/** A period of years is no part of a plan of days. */
function isLong({ iso = '' }: DateDraft): boolean {
  const [from = '', to = ''] = iso.split('/');
  return /^\d{4}-\d{2}-\d{2}$/.test(from) && to > addDays(from, LONGEST_PLAN);
}

/** The dates of a text as they are found: the first to take a stretch keeps it. */
export class DateList {
  readonly #reading: Reading;
  readonly #starting = new Map<number, DateDraft>();
  readonly #ending = new Map<number, DateDraft>();
  readonly #taken: Uint8Array;

  constructor(reading: Reading) {
    this.#reading = reading;
    this.#taken = new Uint8Array(reading.text.length);
  }

  add(start: number, end: number, date: Omit<DateDraft, 'start' | 'end'>): void {
    for (let at = start; at < end; at += 1) if (this.#taken[at] === 1 || this.#reading.isCovered(at)) return;
    this.#put({ ...date, start, end });
  }

  read(match: RegExpExecArray, read: DateReader): void {
    const start = match.index;
    const end = start + match[0].length;
    const { plain } = this.#reading;
    const before = plain.slice(Math.max(0, start - 3), start);
    if (/每年?(?:的)?$|黑色$/u.test(before)) return;
    if (
      !/^\d{4}/.test(match[0]) &&
      (BASIS_BEFORE.test(before) || BASIS_BEHIND.test(plain.slice(end, end + 2)))
    ) {
      // 较一季度: no date, and no quantity either.
      this.#reading.cover(start, end);
      return;
    }
    const scope = this.#scopeAt(start);
    // 常年11月19日 is no day of one year.
    const date = read(match, ANY_YEAR.test(before) ? { publishedOn: undefined, before: undefined } : scope);
    if (date !== undefined) this.add(start, end, date);
  }

  /** 2021年6月1日至6月30日, 2021年6月1日至30日: one period. */
  joinSpans(): void {
    const { plain } = this.#reading;
    for (const draft of this.sorted()) {
      const tail = SPAN_TAIL.exec(plain.slice(draft.end, draft.end + 18));
      if (tail === null || draft.iso === undefined || this.#starting.get(draft.start) !== draft) continue;
      const [, year = draft.iso.slice(0, 4), monthNumber = draft.iso.slice(5, 7), day = ''] = tail;
      const last = `${year}-${monthNumber.padStart(2, '0')}-${day.padStart(2, '0')}`;
      if (!isDay(last) || last < draft.iso) continue;
      const end = draft.end + tail[0].length;
      for (let at = draft.end; at < end; at += 1) this.#drop(at);
      this.#drop(draft.start);
      this.#put({ ...draft, end, iso: `${draft.iso}/${last}`, precision: 'period', rule: 'DAY_SPAN' });
    }
  }

  /** 10 to 24 July 2015: the month stands behind the second day. */
  joinLeadingDays(): void {
    const { plain } = this.#reading;
    for (const draft of this.sorted()) {
      if (!/^\d{1,2}\s[A-Z]/u.test(plain.slice(draft.start, draft.start + 4))) continue;
      const lead = LEADING_DAY.exec(plain.slice(Math.max(0, draft.start - 8), draft.start));
      const first = `${draft.iso?.slice(0, 8)}${lead?.[1]?.padStart(2, '0')}`;
      if (lead === null || draft.iso === undefined || !isDay(first) || first >= draft.iso) continue;
      this.#drop(draft.start);
      const start = draft.start - lead[0].length;
      this.#put({ ...draft, start, iso: `${first}/${draft.iso}`, precision: 'period', rule: 'DAY_SPAN' });
    }
  }

  /** 2月2日（星期六）: the weekday only repeats the date. */
  dropWeekdays(): void {
    const { plain } = this.#reading;
    for (const draft of this.sorted())
      if (
        draft.rule === 'WEEKDAY' &&
        /[（(]/u.test(plain[draft.start - 1] ?? '') &&
        this.#ending.has(draft.start - 1)
      )
        this.#drop(draft.start);
  }

  /** 今日（12月28日）, 周三(25日): one date, the exact one. */
  joinBracketed(): void {
    const { plain } = this.#reading;
    for (const draft of this.sorted()) {
      if (draft.relative === undefined || !/[（(]/u.test(plain[draft.end] ?? '')) continue;
      const exact = this.#starting.get(draft.end + 1);
      if (exact === undefined || !/[）)]/u.test(plain[exact.end] ?? '')) continue;
      this.#drop(exact.start);
      this.#drop(draft.start);
      this.#put({ ...exact, start: draft.start, end: exact.end + 1 });
    }
  }

  sorted(): readonly DateDraft[] {
    return [...this.#starting.values()].sort((left, right) => left.start - right.start);
  }

  /** Whether 自 or 从 stands before a date and 后 behind it, in the sentence that goes on to `end`. */
  #opensTime(draft: DateDraft, end: number): boolean {
    const { text } = this.#reading;
    return /[自从继]/u.test(text.charAt(draft.start - 1)) && SINCE.test(text.slice(draft.end, end));
  }

  #put(draft: DateDraft): void {
    this.#taken.fill(1, draft.start, draft.end);
    this.#starting.set(draft.start, draft);
    this.#ending.set(draft.end, draft);
  }

  #drop(start: number): void {
    const draft = this.#starting.get(start);
    if (draft === undefined) return;
    this.#starting.delete(start);
    this.#ending.delete(draft.end);
  }

  #scopeAt(start: number): DateScope {
    const { publishedOn } = this.#reading.context;
    let isSameParagraph = true;
    for (let end = start; end > Math.max(0, start - LONGEST_REACH); end -= 1) {
      if (this.#reading.text.charCodeAt(end - 1) === NEWLINE) isSameParagraph = false;
      if (this.#taken[end - 1] !== 1) continue;
      const draft = this.#ending.get(end);
      const before = draft?.iso?.split('/').at(-1);
      if (draft === undefined || before === undefined) continue;
      // A plan of days to come goes on from one paragraph to the next.
      const isPlan =
        start - end <= PLAN_REACH && publishedOn !== undefined && before > publishedOn && !isLong(draft);
      if (isSameParagraph || isPlan) return { publishedOn, before, isLater: this.#opensTime(draft, start) };
      break;
    }
    return { publishedOn, before: undefined };
  }
}
