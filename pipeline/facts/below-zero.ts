import type { Unit } from './units.ts';

const TEMPERATURE = /^(?:℃|°C|摄氏度|度)$/u;
/** A hyphen behind one of these joins two numbers or the parts of a name. */
const JOINS = /[\dA-Za-z%‰℃度年月日元万亿千百十个）)—-]/u;

/** Length of the sign before `at` that puts a number below zero: 零下20摄氏度, -3.2%; 0 when none does. */
export function belowZero(plain: string, at: number, { kind, unit }: Unit): number {
  const isTemperature = TEMPERATURE.test(unit);
  if (isTemperature && plain.endsWith('零下', at)) return 2;
  const isSign = plain[at - 1] === '-' || plain[at - 1] === '−' || (isTemperature && plain[at - 1] === '负');
  if (!isSign || !(isTemperature || kind === 'ratio' || kind === 'pp' || kind === 'money')) return 0;
  return JOINS.test(plain[at - 2] ?? '') ? 0 : 1;
}

/** The sign of the second number of a range: 零下4到零下1℃, -5~-3℃. */
export function signAt(plain: string, at: number): string {
  return /^(?:零下|[-−](?=\d))/u.exec(plain.slice(at, at + 3))?.[0] ?? '';
}
