import { addDays, isDay } from '../../text/calendar.ts';
import { type Form, form, formNear, near } from '../../text/forms.ts';
import { readWholeNumber } from '../../text/numerals.ts';
import type { DateReader, DateScope } from './date-list.ts';
import { partOf, yearOf } from './date-years.ts';

const YEAR = '((?:19|20)\\d{2})';
const TO = '\\s?(?:-|—{1,2}|–|至|到|~)\\s?';
const RELATIVE_YEAR = '今年|去年|明年|前年|后年|本年|上年|当年|同年|下年|次年|翌年';
const NUM_MONTH = '(1[0-2]|0?[1-9])';
const NUM_DAY = '(3[01]|[12]\\d|0?[1-9])';
const PART = '(年初|年末|年底|初|末|底|伊始)?';
const AT_MONTH = near('月', 24, 24);

const DAY_SPAN = formNear(
  new RegExp(
    `(?:(${YEAR}年|${RELATIVE_YEAR})\\s?)?(?<![\\d.])${NUM_MONTH}月${NUM_DAY}日?${TO}(?:${YEAR}年)?(?:${NUM_MONTH}月)?${NUM_DAY}日`,
    'gu',
  ),
  AT_MONTH,
);
const DAY_TO_MONTH = formNear(
  new RegExp(
    `(?:(${YEAR}年|${RELATIVE_YEAR})\\s?)?(?<![\\d.])${NUM_MONTH}月${NUM_DAY}日${TO}${NUM_MONTH}月(底|末)`,
    'gu',
  ),
  AT_MONTH,
);
const MONTH_DAY = formNear(
  new RegExp(
    `(?:(${YEAR}年|${RELATIVE_YEAR})(?:的)?)?(?<![\\d.])${NUM_MONTH}\\s?月\\s?${NUM_DAY}\\s?(?:日|号)`,
    'gu',
  ),
  AT_MONTH,
);
/** 十一月二十三日: without a year. */
const HAN_MONTH_DAY = formNear(
  /(?<![年一二三四五六七八九十〇])(十[一二]|[一二三四五六七八九十])月(三十一?|二?十[一二三四五六七八九]|二十|[一二三四五六七八九十])日/gu,
  near('月', 4, 6),
);
const MONTH_SPAN = formNear(
  new RegExp(
    `(?:(${YEAR}年|${RELATIVE_YEAR})\\s?)?(?<![\\d.])${NUM_MONTH}月?(?:份)?${TO}(?:${YEAR}年|(今年|明年|次年|翌年))?${NUM_MONTH}月(?:份|底|末)?(?!\\d)`,
    'gu',
  ),
  AT_MONTH,
);
const MONTH = formNear(
  new RegExp(
    `(?:(${YEAR}\\s?年|${RELATIVE_YEAR})\\s?)?(?<![\\d.一二三四五六七八九十])(?:${NUM_MONTH}|(十[一二]|[一二三四五六七八九十]))\\s?月(?:份)?(底|末|初)?(?![\\d亮球饼票薪租经])`,
    'gu',
  ),
  AT_MONTH,
);
const YEAR_SPAN = form(
  new RegExp(`${YEAR}年?${TO}${YEAR}[财学]?年(?!\\d|\\s?\\d{1,2}月)`, 'gu'),
  '年',
  '- — – 至 到 ~',
  '0-9',
);
const HALF = form(
  new RegExp(
    `(?:${YEAR}年(?:的)?|(${RELATIVE_YEAR}))?(上半年|(?<!创)下半年|第?[一二三四1-4]季度|前[二三]季度)`,
    'gu',
  ),
  '半年 季度',
);
/** 今年前4个月. */
const FIRST_MONTHS = formNear(
  new RegExp(
    `(?:${YEAR}年的?|(${RELATIVE_YEAR}))?(?<![此之以会考期月])[前头](1[01]|[2-9]|十一|[二两三四五六七八九十])个月(?![内后免不])`,
    'gu',
  ),
  near('个月', 16, 2),
  '前 头',
);
/** 自公布之日起施行: the day is not said. */
const FROM_ISSUE = form(
  /自(?:本[\u4e00-\u9fa5]{1,4})?(?:发布|公布|印发|颁布|批准|签署|公告)之日起(?=[^\d，。]{0,4}(?:施行|实施|执行|生效|登录|申请|申报|查询|受理|启用|停止|废止|不再|开始|有效))/gu,
  '之日',
  '自',
);
const YEAR_ONLY = form(new RegExp(`(?<![\\d.])${YEAR}\\s?[财学]?年(?:度)?${PART}`, 'gu'), '年', '0-9');
const HAN_YEAR = form(/([一二][〇○零一二三四五六七八九]{3})年(?![一二三四五六七八九十])/gu, '年', '一 二');
/** 二〇二〇年十月. */
const HAN_YEAR_MONTH = form(
  /([一二][〇○零一二三四五六七八九]{3})年(十[一二]|[一二三四五六七八九十])月(?:份)?(?![一二三四五六七八九十廿])/gu,
  '年',
  '一 二',
);
/** 2018、2019 of 2018、2019和2020年: three or more; two together are one time. */
const LISTED_YEAR = form(
  new RegExp(`(?<![\\d.])${YEAR}(?=(?:(?:、${YEAR}){1,8}|(?<=\\d{4}、\\d{4}))[、和与及]${YEAR}年)`, 'gu'),
  '、 和 与 及',
  '年',
  '0-9',
);
/** 7 of 7、8月份; at the beginning of a line it numbers a paragraph. */
const LISTED_MONTH = formNear(
  new RegExp(
    `(?:(${YEAR}年|${RELATIVE_YEAR})|(?<=[^\\n\\d.、。）)\\s]))${NUM_MONTH}(?=(?:[、和]${NUM_MONTH}){0,5}[、和]${NUM_MONTH}月(?:份|底|末|中旬|上旬|下旬)?(?!\\s?\\d))`,
    'gu',
  ),
  near('月', 40, 4),
  '、 和',
);
/** 19日至21日: days of one month. */
const BARE_DAY_SPAN = form(
  /(?<![\d.月年—\-第/至到])(3[01]|[12]\d|[1-9])日?(?:至|到|-|—{1,2}|~)(3[01]|[12]\d|[1-9])日(?!内|以内|之内|后|[元均])/gu,
  '日',
  '至 到 - — ~',
  '0-9',
);
/** 98年获津贴: a year of the last century in two digits. */
const SHORT_YEAR = form(/(?<![\d.])([5-9]\d)年(?=[获参毕任进入开创调担当]|\d{1,2}月)/gu, '年', '0-9');
/** by 2030: a horizon. */
const BY_YEAR = form(/\b[Bb]y\s((?:20)\d{2})\b(?![/-])/gu, 'by', '0-9');
const BARE_DAY = form(
  /(?<![\d.月年—\-第/])(3[01]|[12]\d|[1-9])日(?!内|以内|之内|后|(?<![自从，。；\n]\d{1,2}日)起|均|本|元|子|常|益|报|[—\-至到]\d)/gu,
  '日',
  '0-9',
);

const relativeOf = (match: RegExpExecArray, words: string | undefined) =>
  words !== undefined && !/^\d/.test(words) ? { relative: match[0] } : {};

const pad = (value: string | number | undefined) => String(value ?? '').padStart(2, '0');

function daySpan(match: RegExpExecArray, scope: DateScope): ReturnType<DateReader> {
  const [, words, , monthFrom, dayFrom, yearTo, monthTo, dayTo] = match;
  const year = yearOf(words, scope, Number(monthFrom));
  if (year === undefined) return undefined;
  const from = `${year}-${pad(monthFrom)}-${pad(dayFrom)}`;
  const to = `${yearTo ?? year}-${pad(monthTo ?? monthFrom)}-${pad(dayTo)}`;
  if (!isDay(from) || !isDay(to) || to < from) return undefined;
  return { iso: `${from}/${to}`, precision: 'period', rule: 'DAY_SPAN', ...relativeOf(match, words) };
}

function dayToMonth(match: RegExpExecArray, scope: DateScope): ReturnType<DateReader> {
  const [, words, , monthFrom, day, monthTo] = match;
  const year = yearOf(words, scope, Number(monthFrom));
  if (year === undefined) return undefined;
  const next = Number(monthTo) === 12 ? `${year + 1}-01-01` : `${year}-${pad(Number(monthTo) + 1)}-01`;
  const from = `${year}-${pad(monthFrom)}-${pad(day)}`;
  if (!isDay(from)) return undefined;
  return {
    iso: `${from}/${addDays(next, -1)}`,
    precision: 'period',
    rule: 'DAY_SPAN',
    ...relativeOf(match, words),
  };
}

function monthDay(match: RegExpExecArray, scope: DateScope): ReturnType<DateReader> {
  const [, words, , monthNumber, day] = match;
  const year = yearOf(words, scope, Number(monthNumber));
  const on = `${year}-${pad(monthNumber)}-${pad(day)}`;
  if (year === undefined) return { precision: 'day', rule: 'MONTH_DAY', ...relativeOf(match, words) };
  return isDay(on)
    ? { iso: on, precision: 'day', rule: 'MONTH_DAY', ...relativeOf(match, words) }
    : undefined;
}

function hanMonthDay([, month = '', day = '']: RegExpExecArray, scope: DateScope): ReturnType<DateReader> {
  const number = readWholeNumber(month);
  const year = yearOf(undefined, scope, number);
  const on = `${year}-${pad(number)}-${pad(readWholeNumber(day))}`;
  return year !== undefined && isDay(on) ? { iso: on, precision: 'day', rule: 'MONTH_DAY' } : undefined;
}

function monthSpan(match: RegExpExecArray, scope: DateScope): ReturnType<DateReader> {
  const [, words, , from, digits, later, to] = match;
  // 1-10月 in November has happened.
  const year = yearOf(words, scope, Number(to));
  if (year === undefined) return undefined;
  const yearTo =
    digits ?? (later === undefined ? year : /^[次翌]/u.test(later) ? year + 1 : yearOf(later, scope));
  if (yearTo === undefined || (Number(yearTo) === year && Number(to) <= Number(from))) return undefined;
  return {
    iso: `${year}-${pad(from)}/${yearTo}-${pad(to)}`,
    precision: 'period',
    rule: 'MONTH_SPAN',
    ...relativeOf(match, words),
  };
}

function month(match: RegExpExecArray, scope: DateScope): ReturnType<DateReader> {
  const [whole, words, , digits, han, part] = match;
  const number = digits === undefined ? readWholeNumber(han ?? '') : Number(digits);
  if (
    number === undefined ||
    (han !== undefined &&
      words === undefined &&
      /^[一二三四五六七八九]月(?!份|初|底|末)/u.test(whole) &&
      han.length === 1 &&
      scope.publishedOn === undefined)
  )
    return undefined;
  const year = yearOf(words, scope, number);
  if (year === undefined) return undefined;
  return {
    iso: `${year}-${pad(number)}`,
    precision: 'month',
    rule: 'MONTH',
    ...partOf(part),
    ...relativeOf(match, words),
  };
}

function yearSpan(match: RegExpExecArray): ReturnType<DateReader> {
  const [, from = '', to = ''] = match;
  return to > from ? { iso: `${from}/${to}`, precision: 'period', rule: 'YEAR_SPAN' } : undefined;
}

const QUARTERS: Readonly<Record<string, string>> = { 一: '1', 二: '2', 三: '3', 四: '4' };

function halfYear(match: RegExpExecArray, scope: DateScope): ReturnType<DateReader> {
  const [, digits, words, part = ''] = match;
  const year = yearOf(digits ?? words, scope);
  if (year === undefined) return undefined;
  const sign = /[一二三四1-4]/u.exec(part)?.[0] ?? '';
  const quarter = Number(QUARTERS[sign] ?? sign);
  const [from, to] =
    part === '上半年'
      ? [1, 6]
      : part === '下半年'
        ? [7, 12]
        : part.startsWith('前')
          ? [1, quarter * 3]
          : [quarter * 3 - 2, quarter * 3];
  const relative = digits === undefined ? { relative: match[0] } : {};
  return {
    iso: `${year}-${pad(from)}/${year}-${pad(to)}`,
    precision: 'period',
    rule: 'HALF_YEAR',
    ...relative,
  };
}

function firstMonths(match: RegExpExecArray, scope: DateScope): ReturnType<DateReader> {
  const [, digits, words, count = ''] = match;
  const year = yearOf(digits ?? words, scope);
  const last = /^\d/.test(count) ? Number(count) : readWholeNumber(count);
  if (year === undefined || last === undefined) return undefined;
  const relative = digits === undefined ? { relative: match[0] } : {};
  return { iso: `${year}-01/${year}-${pad(last)}`, precision: 'period', rule: 'FIRST_MONTHS', ...relative };
}

function yearOnly(match: RegExpExecArray): ReturnType<DateReader> {
  const [, digits = '', part] = match;
  return { iso: digits, precision: 'year', rule: 'YEAR', ...partOf(part) };
}

function hanYear(match: RegExpExecArray): ReturnType<DateReader> {
  const year = [...(match[1] ?? '')]
    .map((sign) => (/[〇○零]/u.test(sign) ? '0' : String(readWholeNumber(sign))))
    .join('');
  return /^(?:19|20)\d{2}$/.test(year) ? { iso: year, precision: 'year', rule: 'YEAR' } : undefined;
}

/** How long a report may take to tell of a day. */
const DAYS_OF_NEWS = 3;

/** 27日: the month of the date before, or the last such day before publication. */
function bareDay(match: RegExpExecArray, { publishedOn, before }: DateScope): ReturnType<DateReader> {
  const recent = publishedOn === undefined ? '' : `${publishedOn.slice(0, 8)}${pad(match[1])}`;
  // 今年4月发文后，科技部22日公布: days just before the publication belong to it, not to a month named before.
  const isNews =
    before?.length === 7 &&
    recent <= (publishedOn ?? '') &&
    recent >= addDays(publishedOn ?? recent, -DAYS_OF_NEWS);
  const base = before !== undefined && before.length >= 7 && !isNews ? before : publishedOn;
  if (base === undefined) return undefined;
  let on = `${base.slice(0, 7)}-${pad(match[1])}`;
  // A report does not speak of days to come by their number alone.
  if (base === publishedOn && isDay(on) && on > addDays(publishedOn, 1))
    on = `${addDays(`${on.slice(0, 7)}-01`, -1).slice(0, 7)}-${pad(match[1])}`;
  return isDay(on) ? { iso: on, precision: 'day', rule: 'BARE_DAY' } : undefined;
}

function hanYearMonth(match: RegExpExecArray): ReturnType<DateReader> {
  const year = hanYear(match)?.iso;
  return year === undefined
    ? undefined
    : { iso: `${year}-${pad(readWholeNumber(match[2] ?? ''))}`, precision: 'month', rule: 'MONTH' };
}

function listedMonth(match: RegExpExecArray, scope: DateScope): ReturnType<DateReader> {
  const [, words, , number] = match;
  const year = yearOf(words, scope, Number(number));
  return year === undefined
    ? undefined
    : {
        iso: `${year}-${pad(number)}`,
        precision: 'month',
        rule: 'LISTED_MONTH',
        ...relativeOf(match, words),
      };
}

function bareDaySpan(match: RegExpExecArray, scope: DateScope): ReturnType<DateReader> {
  const last = Number(match[2]);
  const first = Number(match[1]);
  const from = bareDay(match, scope)?.iso;
  const to = `${from?.slice(0, 7)}-${pad(last)}`;
  return from === undefined || last <= first || !isDay(to)
    ? undefined
    : { iso: `${from}/${to}`, precision: 'period', rule: 'DAY_SPAN' };
}

/** Forms that name a day, month, year or period; a longer form stands before what it contains. */
export const DATE_FORMS: readonly (readonly [Form, DateReader])[] = [
  [DAY_SPAN, daySpan],
  [DAY_TO_MONTH, dayToMonth],
  [MONTH_DAY, monthDay],
  [HAN_MONTH_DAY, hanMonthDay],
  [MONTH_SPAN, monthSpan],
  [HALF, halfYear],
  [FIRST_MONTHS, firstMonths],
  [FROM_ISSUE, () => ({ precision: 'day', rule: 'FROM_ISSUE' })],
  [HAN_YEAR_MONTH, hanYearMonth],
  [LISTED_MONTH, listedMonth],
  [MONTH, month],
  [YEAR_SPAN, yearSpan],
  [LISTED_YEAR, yearOnly],
  [YEAR_ONLY, yearOnly],
  [HAN_YEAR, hanYear],
  [SHORT_YEAR, ([, digits]) => ({ iso: `19${digits}`, precision: 'year', rule: 'SHORT_YEAR' })],
  [BY_YEAR, yearOnly],
];

/** 27日 and 19日至21日 alone; read last, when every date around them is known. */
export const BARE_DAYS: readonly (readonly [Form, DateReader])[] = [
  [BARE_DAY_SPAN, bareDaySpan],
  [BARE_DAY, bareDay],
];
