import type { Reading } from './reading.ts';
import { nounAt, nounBefore, type Unit } from './units.ts';

const MEASURES_LENGTH = 24;
const CHANGING =
  /(?<noun>[\u4e00-\u9fa5]{2,10})(?:由|从)(?:[^，。；\d]{0,8})(?:\d[\d.]*[万亿]?个[^，。；\d]{0,6})?$/u;

const AMONG = /个(?<noun>[\u4e00-\u9fa5]{2,8})[中里]，?(?:已经?|就|只|仅)?有?$/u;

/** 科技创新项目59个: the noun stands before the number. */
export function counted(plain: string, start: number): string {
  // 试点城市由上年的88个增加到317个: what changes stands before 由.
  const changing = CHANGING.exec(plain.slice(Math.max(0, start - 40), start))?.groups?.noun;
  // 20个联盟中有3个.
  const among = AMONG.exec(plain.slice(Math.max(0, start - 14), start))?.groups?.noun;
  if (among !== undefined) return among;
  const noun = nounBefore(
    changing === undefined ? plain : changing,
    changing === undefined ? start : changing.length,
  );
  return noun === '' ? '个' : noun;
}

/** The words of the clause before the number, or the noun it counts. */
export function measuresOf(reading: Reading, start: number, unit: Unit): { measures?: string } {
  const slice = reading.text.slice(Math.max(0, start - MEASURES_LENGTH), start);
  const clause = (slice.split(/[，。；：、！？\n（(]/u).at(-1) ?? '')
    .replace(/(?:达到?|为|有|共|约|了|至|到)+$/u, '')
    .trim();
  const noun =
    unit.kind === 'classifier'
      ? nounAt(reading.plain, unit.end, reading.context.vocabulary.lexicon.figures)
      : '';
  const words = clause.length >= 2 ? clause : noun;
  return words.length >= 2 && /[\u4e00-\u9fa5]/u.test(words) ? { measures: words } : {};
}
