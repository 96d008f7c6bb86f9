import type { DateScope } from './date-list.ts';

/** 2018年 and 今年 as a year; without words, the year of the date before or of publication. */
export function yearOf(
  words: string | undefined,
  { publishedOn, before, isLater }: DateScope,
  monthNumber?: number,
): number | undefined {
  const digits = /^\d{4}/.exec(words ?? '')?.[0];
  if (digits !== undefined) return Number(digits);
  const published = publishedOn === undefined ? undefined : Number(publishedOn.slice(0, 4));
  // 2019年3月开工，次年1月建成; without a year before it, 次年 is any year's next.
  if (/^[次翌]年/u.test(words ?? ''))
    return before === undefined ? undefined : Number(before.slice(0, 4)) + 1;
  if (words === '下年') return undefined;
  if (words === '当年' || words === '同年')
    return before === undefined ? undefined : Number(before.slice(0, 4));
  if (words !== undefined && words !== '')
    return published === undefined ? undefined : published + yearStep(words);
  if (before !== undefined && before.slice(0, 4) !== publishedOn?.slice(0, 4)) {
    const isNextYear =
      isLater === true && monthNumber !== undefined && monthNumber < Number(before.slice(5, 7));
    return Number(before.slice(0, 4)) + (isNextYear ? 1 : 0);
  }
  // A plan that has reached December goes on in the next year.
  if (before !== undefined && publishedOn !== undefined && before > publishedOn && monthNumber !== undefined)
    return Number(before.slice(0, 4)) + (Number(before.slice(5, 7)) - monthNumber > 6 ? 1 : 0);
  if (published === undefined) return before === undefined ? undefined : Number(before.slice(0, 4));
  // In January a report of December means the year before; in December one of January the year to come.
  const away = monthNumber === undefined ? 0 : monthNumber - Number(publishedOn?.slice(5, 7));
  return published + (away > 6 ? -1 : away < -9 ? 1 : 0);
}

/** How many years 去年 and its like lie from the year of publication. */
export function yearStep(words: string): number {
  if (/^(?:去年|上年)/u.test(words)) return -1;
  if (words.startsWith('前年')) return -2;
  if (words.startsWith('明年')) return 1;
  return words.startsWith('后年') ? 2 : 0;
}

/** 年初 and 底 name an end of the unit. */
export function partOf(words: string | undefined): { part?: 'start' | 'end' } {
  if (words === undefined || words === '') return {};
  return { part: /初|伊始/u.test(words) ? 'start' : 'end' };
}
