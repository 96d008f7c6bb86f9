import type { Publication } from '../model/publication.ts';
import { dayOf, instantOf, isDay, startOfDay } from './calendar.ts';

const FULL =
  /((?:19|20)\d{2})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})\s*日?(?:\s*(?:日|T|\s)\s*(\d{1,2})[:：时](\d{2})(?:[:：分](\d{2}))?\s*(Z|[+-]\d{2}:?\d{2})?)?/u;

/**
 * Reads the first full date of a text, with its time when one follows.
 * @param zone the source's zone, for times without an offset
 * @param rule where the text stood; kept with the result
 */
export function readPublication(text: string, zone: string, rule: string): Publication | undefined {
  const match = FULL.exec(text);
  if (match === null) return undefined;
  const [, year = '', month = '', day = '', hour, minute = '00', second, offset] = match;
  const on = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isDay(on)) return undefined;
  if (hour === undefined || Number(hour) > 23)
    return { on, at: startOfDay(on, zone), precision: 'day', rule };
  const time = `${hour.padStart(2, '0')}:${minute}:${second ?? '00'}`;
  const precision = second === undefined ? 'minute' : 'second';
  if (offset === undefined) return { on, at: instantOf(on, time, zone), precision, rule };
  const at = new Date(`${on}T${time}${offset}`).toISOString();
  return { on: dayOf(at, zone), at, precision, rule };
}
