import type { Publication } from '../../model/publication.ts';
import { daysBetween } from '../../text/calendar.ts';
import { findDays, publicationOn, readPublication } from '../../text/dates.ts';
import {
  CHANGED_NAME,
  CHANGED_WORDS,
  DATE_NAME,
  OTHER_DATE_WORDS,
  PUBLISHED_NAME,
  PUBLISHED_WORDS,
} from './date-words.ts';
import { NAMED, namesOf } from './names.ts';
import type { OpenPage } from './page.ts';
import { type DayOrder, dayOrderOf, daysOfLine } from './page-days.ts';
import { type Element, firstParagraph, type Run } from './runs.ts';
import { titleRun } from './title.ts';

/** What a date on a page is said to be. `plain`: nothing is said. */
export type DateRole = 'published' | 'changed' | 'plain';

/** A date that readers see, and how sure its place makes it that it is the text's own. */
export interface DateLine {
  readonly publication: Publication;
  readonly role: DateRole;
  readonly score: number;
}

/** A line that may carry the date: `2021-06-21 10:00 来源：…`; longer ones are sentences. */
const LONGEST_DATE_LINE = 100;
/** A paragraph may open with its date: `Karlsruhe, 12.11.2021. …`, `02.02.2022 10:16 Uhr - …`. */
const OPENING = 40;
const LONGEST_LABEL = 40;
const BESIDE = 6;
const NEAR = 12;
const FAR = 40;
/** The most that the opening words of a paragraph can score: they may tell of an event. */
const OPENING_SCORE = 3;
const SHORTEST_DATE = 20;
const RULE = 'text near title';
/** So many dates in boxes built alike are a list of other documents. */
const LIST = 3;
const AWAY = new Set(['aside', 'footer', 'nav', 'figcaption', 'blockquote']);

interface Candidate extends DateLine {
  /** How the elements around it are built; the rows of a list are built alike. */
  readonly box: string;
  readonly isBehindTitle: boolean;
}

/** Where a line stands. */
interface Place {
  readonly run: Run;
  readonly index: number;
  /** Index of the run that shows the title. */
  readonly title: number | undefined;
  /** Index of the first paragraph behind the title. */
  readonly paragraph: number;
  /** The short runs before it, which may label it. */
  readonly before: string;
  /** True for the first words of a paragraph. */
  readonly isOpening: boolean;
}

/** The dates a page shows its readers, surest first. */
export function dateLines(page: OpenPage, title: string | undefined): readonly DateLine[] {
  const { runs, source } = page;
  const titleAt = title === undefined ? undefined : titleRun(page, title);
  const order = dayOrderOf(page);
  const from = titleAt ?? 0;
  const paragraph = from + firstParagraph(runs.slice(from));
  const found: Candidate[] = [];
  for (const [index, run] of runs.entries()) {
    const stamp = stampOf(run.parent);
    if (!/\d/.test(run.text) && stamp === undefined) continue;
    const isOpening = run.text.length > LONGEST_DATE_LINE || run.text.includes('。');
    if (isOpening && index > paragraph + 1) continue;
    const text = isOpening ? run.text.slice(0, OPENING) : joined(runs, index);
    const place: Place = {
      run,
      index,
      title: titleAt,
      paragraph,
      before: labelBefore(runs, index),
      isOpening,
    };
    found.push(...datesOf({ text, stamp, order, zone: source.zone }, place));
  }
  return withoutLists(found);
}

interface Line {
  readonly text: string;
  readonly stamp: string | undefined;
  readonly order: DayOrder | undefined;
  readonly zone: string;
}

function datesOf(line: Line, place: Place): readonly Candidate[] {
  const { text, stamp, order, zone } = line;
  const stamped = stamp === undefined ? undefined : readPublication(stamp, zone, RULE);
  const days = daysOfLine(text, order);
  if (days.length === 0 && stamped === undefined) return [];
  if (OTHER_DATE_WORDS.test(`${place.before} ${text}`)) return [];
  const spot = { box: boxOf(place.run.parent), isBehindTitle: place.index > (place.title ?? 0) };
  if (days.length === 0 && stamped !== undefined)
    return [{ publication: stamped, ...spot, ...judged(place, place.before, 1) }];
  return days.slice(0, 3).map((day, at) => {
    const from = days[at - 1]?.end ?? 0;
    const label = `${at === 0 ? place.before : ''} ${text.slice(from, day.start)}`;
    const read = publicationOn(day, text, zone, RULE);
    // The machine's time and the reader's day.
    const publication =
      stamped !== undefined && Math.abs(daysBetween(stamped.on, day.on)) <= 1
        ? { ...stamped, on: day.on }
        : read;
    return { publication, ...spot, ...judged(place, label, (day.end - day.start) / text.length) };
  });
}

/** @param share of the line that is the date */
function judged(place: Place, label: string, share: number): Pick<DateLine, 'role' | 'score'> {
  const { run, index, title, paragraph, isOpening } = place;
  const role = roleOf(label, run.parent);
  let score = role === 'published' ? 3 : 0;
  if (share >= 0.6) score += 1;
  if (isNamedDate(run.parent)) score += 2;
  const behind = title === undefined ? undefined : index - title;
  if (behind !== undefined && behind > 0) score += behind <= NEAR ? 3 : behind <= FAR ? 1 : 0;
  else if (behind !== undefined && behind >= -BESIDE) score += 2;
  const isHead = behind !== undefined && Math.abs(behind) <= BESIDE && index < paragraph;
  score -= distance(run.parent, isHead);
  return { role, score: isOpening ? Math.min(score, OPENING_SCORE) : score };
}

/** What the words before a date, else the names of its elements, say it is. */
function roleOf(label: string, element: Element): DateRole {
  const published = lastIndexOf(label, PUBLISHED_WORDS);
  const changed = lastIndexOf(label, CHANGED_WORDS);
  if (published >= 0 || changed >= 0) return published > changed ? 'published' : 'changed';
  const names = `${nameOf(element)} ${nameOf(element.parent)}`;
  return CHANGED_NAME.test(names) && !PUBLISHED_NAME.test(names) ? 'changed' : 'plain';
}

function lastIndexOf(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].at(-1)?.index ?? -1;
}

/** A date cut up for its looks: `<b>21</b><i>June</i> 2021`. */
function joined(runs: readonly Run[], index: number): string {
  const run = runs[index];
  if (run === undefined) return '';
  let text = run.text;
  if (text.length > SHORTEST_DATE || !/^\D{0,14}\d/u.test(text)) return text;
  for (const next of runs.slice(index + 1, index + 5)) {
    if (findDays(text).length > 0 || text.length + next.text.length > 40) break;
    if (
      next.parent.parent !== run.parent.parent &&
      next.parent.parent !== run.parent &&
      next.parent !== run.parent.parent
    )
      break;
    text += ` ${next.text}`;
  }
  return text;
}

function labelBefore(runs: readonly Run[], index: number): string {
  const words: string[] = [];
  for (let at = index - 1; at >= Math.max(0, index - 2); at -= 1) {
    const text = runs[at]?.text ?? '';
    // Another date's line, or a sentence, labels nothing.
    if (text.length > LONGEST_LABEL || /\d{4}/u.test(text)) break;
    words.unshift(text);
    if (text.length > 3 && !/^(?:on|am|le|el|il|op|den)$/iu.test(text)) break;
  }
  return words.join(' ');
}

function stampOf(element: Element): string | undefined {
  for (const node of [element, element.parent])
    if (node !== null && 'attribs' in node && node.tagName === 'time') return node.attribs.datetime;
  return undefined;
}

/**
 * Dates in boxes built alike are a list's, and none of them is this text's; but of the posts of a forum the first below the
 * title may be, and posts of one day share it.
 */
function withoutLists(found: readonly Candidate[]): readonly DateLine[] {
  const isOneDay = new Set(found.map(({ publication }) => publication.on)).size === 1;
  const boxes = Map.groupBy(found, ({ box }) => box);
  const lines = found.map((line): DateLine => {
    const { publication, role, score } = line;
    const rows = boxes.get(line.box) ?? [];
    if (isOneDay || rows.length < LIST) return { publication, role, score };
    return { publication, role, score: score - (line === rows[0] && line.isBehindTitle ? 4 : 8) };
  });
  return lines.sort((left, right) => right.score - left.score);
}

function boxOf(element: Element): string {
  const names: string[] = [];
  let at: Element['parent'] = element;
  for (let depth = 0; at !== null && 'tagName' in at && depth < 4; depth += 1) {
    names.push(`${at.tagName}.${at.attribs.class ?? ''}`);
    at = at.parent;
  }
  return names.join('<');
}

function isNamedDate(element: Element): boolean {
  return [element, element.parent].some(
    (node) => node !== null && 'tagName' in node && (node.tagName === 'time' || DATE_NAME.test(nameOf(node))),
  );
}

function nameOf(node: Element['parent']): string {
  return node !== null && 'attribs' in node ? `${node.attribs.class ?? ''} ${node.attribs.id ?? ''}` : '';
}

/** What a place in other texts takes off: comments most; an aside or a footer beside the title is the text's own. */
function distance(element: Element, isHead: boolean): number {
  let found = 0;
  let at: Element['parent'] = element;
  for (let depth = 0; at !== null && 'tagName' in at && depth < 7; depth += 1) {
    const names = namesOf(at);
    if ((names & NAMED.comments) !== 0) return 8;
    const isAway = AWAY.has(at.tagName) && depth > 0 && !isHead;
    if (isAway || (names & NAMED.elsewhere) !== 0) found = 4;
    at = at.parent;
  }
  return found;
}
