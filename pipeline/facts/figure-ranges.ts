import type { FigureFact } from '../../model/facts.ts';
import { type Numeral, numeralAt, round } from '../../text/numeral-at.ts';
import { belowZero, signAt } from './below-zero.ts';
import { counted, measuresOf } from './figure-parts.ts';
import { qualifierBefore, qualifierBehind } from './qualifiers.ts';
import type { Reading } from './reading.ts';
import { type Unit, unitAt } from './units.ts';

/** Two numbers that belong together, with the unit they share. */
export interface Range {
  readonly low: number;
  readonly high: number;
  readonly unit: Unit;
  readonly end: number;
}

/** 3至5年, 30%—50%, 5—10年左右: the unit of the first number may come from the second. */
export function rangeAt(
  { plain, context }: Reading,
  at: number,
  first: Numeral,
  unit: Unit | undefined,
): Range | undefined {
  const from = unit?.end ?? first.end;
  const mark = /^\s?(?:[-—–~]{1,2}|至|到)\s?/u.exec(plain.slice(from, from + 4))?.[0];
  if (mark === undefined) return undefined;
  const sign = signAt(plain, from + mark.length);
  const start = from + mark.length + sign.length;
  const second = numeralAt(plain, start);
  if (second === undefined) return undefined;
  const common = unitAt(plain, second.end, context.vocabulary.lexicon.figures);
  if (common === undefined || (unit !== undefined && unit.unit !== common.unit)) return undefined;
  // 3—5万元: the magnitude of the second number holds for both.
  const mantissa = Number.parseFloat(plain.slice(start));
  const scale =
    unit === undefined && !first.hasMagnitude && second.hasMagnitude && second.script === 'digits'
      ? second.value / mantissa
      : 1;
  const isBelow = belowZero(plain, at, common) > 0;
  const one = round(first.value * scale * common.factor) * (isBelow ? -1 : 1);
  const other = round(second.value * common.factor) * (sign === '' ? 1 : -1);
  if (sign !== '' && !isBelow) return undefined;
  const [low, high] = isBelow ? [Math.min(one, other), Math.max(one, other)] : [one, other];
  return high > low ? { low, high, unit: common, end: common.end } : undefined;
}

/** The range as a fact; behind 从 or 由 it is a change from one value to the other. */
export function rangeFigure(reading: Reading, at: number, first: Numeral, range: Range): FigureFact {
  const { plain } = reading;
  const touching = qualifierBefore(plain, at);
  const end = qualifierBehind(plain, range.end)?.end ?? range.end;
  const { unit } = range;
  // 月租从100元到150元不等 is a range.
  const isChange =
    /(?:从|由)$/u.test(plain.slice(Math.max(0, touching.start - 1), touching.start)) &&
    !/^[^，。；\n]{0,4}(?:不等|之间)/u.test(plain.slice(end, end + 6));
  return {
    kind: 'figure',
    ...reading.span(touching.start, end, 'RANGE'),
    value: isChange ? range.high : range.low,
    unit: unit.kind === 'noun' && unit.unit === '个' ? counted(plain, touching.start) : unit.unit,
    qualifier: isChange ? 'change' : 'range',
    ...measuresOf(reading, touching.start, unit),
    ...(unit.currency !== undefined && { currency: unit.currency }),
    ...(isChange ? { from: round(first.value * unit.factor) } : { valueMax: range.high }),
    ...(touching.sign !== undefined && { isDelta: true as const }),
  };
}
