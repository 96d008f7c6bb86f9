import { addDays, isDay } from '../../text/calendar.ts';
import { type Form, form, formNear, near } from '../../text/forms.ts';
import type { DateReader, DateScope } from './date-list.ts';
import { partOf, yearOf } from './date-years.ts';

const DAYS: Readonly<Record<string, number>> = { 前: -2, 昨: -1, 今: 0, 明: 1, 后: 2 };
const WEEKDAYS = '一二三四五六日天';

/** Words that resolve to a day, month or year by the day of publication; 近日, 当天 and weeks do not. */
export const RELATIVE_DATES: readonly (readonly [Form, DateReader])[] = [
  [
    form(
      /(?<!时至|直至)(昨|今|明|前|后)(?:天|日)(?:上午|下午|晚间|晚上|晚|早|凌晨|中午)?(?!后的|的(?:[你我他她]|中国|世界|社会)|经济)|(昨|今|明)(?:晚|早|夜|晨)/gu,
      '昨天 昨日 今天 今日 明天 明日 前天 前日 后天 后日 昨晚 昨早 昨夜 今晚 今早 今夜 今晨 明晚 明早 明夜 昨晨 明晨',
    ),
    day,
  ],
  [
    formNear(
      /(上|本|下|这)?(?:周|星期|礼拜)([一二三四五六日天])(?![期线会年样报])/gu,
      near('周 星期 礼拜', 1, 3),
    ),
    weekday,
  ],
  [form(/(上个?|本|下个?)月(\d{1,2})[日号]/gu, '上个 上月 本月 下个 下月', '0-9'), monthDay],
  [form(/(今年|去年|明年)元旦/gu, '元旦'), newYear],
  [form(/(上个?|本|下个?|当)月(初|末|底)?(?![亮球])/gu, '上个 上月 本月 下个 下月 当月'), month],
  [form(/(今年|去年|明年|前年|后年)(年初|年末|年底|初|末|底|伊始)?/gu, '今年 去年 明年 前年 后年'), year],
  [form(/(?<![上去今明前后本全当]|20\d\d)(年初|年底|年末)(?=前|之前|以前)/gu, '年初 年底 年末'), ownYear],
  // 从年初就在准备: of this year; 每当年末 is of any.
  [
    form(
      /(?<=[从自]|截至|截止|到|预计|计划|[，。；]|^|\n)(年初|年底|年末)(?=以来|就|至今|时|，|将|可|达|有望|完成|建成|投产|。)/gu,
      '年初 年底 年末',
    ),
    ownYear,
  ],
  [form(/(?<![今明当去本每一两三四五六七八九十几\d])(年内)(?!以)/gu, '年内'), ownYear],
  [form(/(今|昨|明)[（(](\d{1,2})[）)]日/gu, '今（ 今( 昨（ 昨( 明（ 明('), bracketedDay],
];

function day(match: RegExpExecArray, { publishedOn }: DateScope): ReturnType<DateReader> {
  const step = DAYS[match[1] ?? match[2] ?? ''];
  if (step === undefined) return undefined;
  if (publishedOn === undefined) return { precision: 'day', rule: 'RELATIVE_DAY', relative: match[0] };
  return { iso: addDays(publishedOn, step), precision: 'day', rule: 'RELATIVE_DAY', relative: match[0] };
}

/** 今（9）日. */
function bracketedDay(match: RegExpExecArray, { publishedOn }: DateScope): ReturnType<DateReader> {
  if (publishedOn === undefined) return undefined;
  const iso = addDays(publishedOn, DAYS[match[1] ?? ''] ?? 0);
  // The number decides: a page may be a day late.
  const on = `${iso.slice(0, 8)}${(match[2] ?? '').padStart(2, '0')}`;
  return isDay(on) ? { iso: on, precision: 'day', rule: 'RELATIVE_DAY', relative: match[0] } : undefined;
}

function weekday(match: RegExpExecArray, { publishedOn }: DateScope): ReturnType<DateReader> {
  if (publishedOn === undefined) return undefined;
  const number = Math.min(WEEKDAYS.indexOf(match[2] ?? '') + 1, 7);
  const today = ((new Date(`${publishedOn}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
  const weeks = match[1] === '上' ? -7 : match[1] === '下' ? 7 : 0;
  // A bare weekday is the last one before publication.
  const step = number - today + weeks - (match[1] === undefined && number > today ? 7 : 0);
  return { iso: addDays(publishedOn, step), precision: 'day', rule: 'WEEKDAY', relative: match[0] };
}

function month(match: RegExpExecArray, { publishedOn }: DateScope): ReturnType<DateReader> {
  if (publishedOn === undefined || match[1] === '当') return undefined;
  const iso = monthNear(publishedOn, match[1]);
  return { iso, precision: 'month', rule: 'RELATIVE_MONTH', relative: match[0], ...partOf(match[2]) };
}

/** 本月6日, 上月28号. */
function monthDay(match: RegExpExecArray, { publishedOn }: DateScope): ReturnType<DateReader> {
  if (publishedOn === undefined) return undefined;
  const iso = `${monthNear(publishedOn, match[1])}-${(match[2] ?? '').padStart(2, '0')}`;
  return isDay(iso) ? { iso, precision: 'day', rule: 'RELATIVE_DAY', relative: match[0] } : undefined;
}

/** 上 and 上个, 本, 下: a month as YYYY-MM. */
function monthNear(publishedOn: string, words = ''): string {
  const step = words.startsWith('上') ? -1 : words.startsWith('下') ? 1 : 0;
  const months = Number(publishedOn.slice(0, 4)) * 12 + Number(publishedOn.slice(5, 7)) - 1 + step;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}

/** 明年元旦: the one holiday whose day never moves. */
function newYear(match: RegExpExecArray, scope: DateScope): ReturnType<DateReader> {
  const found = yearOf(match[1], scope);
  return found === undefined
    ? undefined
    : { iso: `${found}-01-01`, precision: 'day', rule: 'RELATIVE_DAY', relative: match[0] };
}

function year(match: RegExpExecArray, scope: DateScope): ReturnType<DateReader> {
  const found = yearOf(match[1], scope);
  const base = { precision: 'year', rule: 'RELATIVE_YEAR', relative: match[0], ...partOf(match[2]) } as const;
  return found === undefined ? base : { ...base, iso: String(found) };
}

function ownYear(match: RegExpExecArray, { publishedOn }: DateScope): ReturnType<DateReader> {
  if (publishedOn === undefined) return undefined;
  return {
    iso: publishedOn.slice(0, 4),
    precision: 'year',
    rule: 'RELATIVE_YEAR',
    relative: match[0],
    ...partOf(match[1]),
  };
}
