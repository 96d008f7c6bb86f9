import type { JsonRules } from '../model/source.ts';
import { readListDate } from '../text/list-dates.ts';
import { absoluteUrl } from '../text/urls.ts';
import { readJson } from './api.ts';
import { jsonAt, parseJsonAnswer } from './json-path.ts';
import type { ListContext } from './listing.ts';

/** A list found in a JSON answer nobody described. */
export interface FoundJson {
  readonly rules: JsonRules;
  readonly count: number;
  /** Share of the items with a date. */
  readonly dated: number;
}

const MAX_DEPTH = 6;
const SAMPLE = 20;
const MIN_ITEMS = 2;
const TITLE = /title|headline|^name$|subject/i;
const LINK = /url|link|href|path|^pc$/i;
const DATE = /date|time|pub|issued|created|^at$/i;
const SUMMARY = /summary|abstract|description|digest/i;

/**
 * Finds the array of items in a JSON answer: the longest whose members have a title, an address and, if possible, a
 * date. Undefined when the text is no JSON or holds no such array.
 */
export function findJson(text: string, context: ListContext): FoundJson | undefined {
  const answer = parseJsonAnswer(text);
  if (answer === undefined) return undefined;
  const arrays = arraysIn(answer, '', 0).sort((left, right) => right.items.length - left.items.length);
  for (const { path, items } of arrays) {
    const rules = rulesOf(path, items, context);
    if (rules === undefined) continue;
    const { entries } = readJson(text, rules, context);
    if (entries.length < MIN_ITEMS) continue;
    const dated = entries.filter((entry) => entry.published !== undefined).length / entries.length;
    return { rules, count: entries.length, dated };
  }
  return undefined;
}

interface Found {
  readonly path: string;
  readonly items: readonly unknown[];
}

function arraysIn(value: unknown, path: string, depth: number): Found[] {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value))
    return value.length >= MIN_ITEMS && typeof value[0] === 'object'
      ? [{ path: path || '.', items: value }]
      : [];
  return Object.entries(value).flatMap(([key, one]) =>
    arraysIn(one, path === '' ? key : `${path}.${key}`, depth + 1),
  );
}

function rulesOf(path: string, items: readonly unknown[], context: ListContext): JsonRules | undefined {
  const sample = items.slice(0, SAMPLE);
  const paths = pathsIn(sample[0], '', 0);
  const pick = (name: RegExp, fits: (value: unknown) => boolean) =>
    paths
      .filter((one) => name.test(one.split('.').at(-1) ?? ''))
      .find((one) => sample.filter((item) => fits(jsonAt(item, one))).length > sample.length / 2);
  const title = pick(TITLE, (value) => typeof value === 'string' && value.trim().length >= 4);
  const link = pick(LINK, (value) => typeof value === 'string' && isAddress(value, context.url));
  if (title === undefined || link === undefined) return undefined;
  const date = pick(DATE, (value) => readListDate(String(value ?? ''), context.zone, 'list') !== undefined);
  const summary = pick(SUMMARY, (value) => typeof value === 'string' && value.length > 20);
  return {
    items: path,
    title: [title],
    link: [link],
    ...(date !== undefined && { date: [date] }),
    ...(summary !== undefined && { summary: [summary] }),
  };
}

/** Paths of texts and numbers in an item, the shallow ones first; a text that is JSON is opened. */
function pathsIn(value: unknown, path: string, depth: number): string[] {
  const opened = typeof value === 'string' && value.startsWith('{') ? parseJsonAnswer(value) : value;
  if (typeof opened !== 'object' || opened === null) return path === '' ? [] : [path];
  if (depth > 3) return [];
  const found = Object.entries(opened).map(([key, one]) =>
    pathsIn(one, path === '' ? key : `${path}.${key}`, depth + 1),
  );
  return found.flat().sort((left, right) => left.split('.').length - right.split('.').length);
}

function isAddress(text: string, base: string): boolean {
  return /^(?:https?:\/)?\/|^\.{1,2}\/|\.\w{3,5}$/.test(text) && absoluteUrl(text, base) !== undefined;
}
