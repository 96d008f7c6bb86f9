import { form, formNear, near } from '../../text/forms.ts';

// How days, months, years and periods are written; date-forms.ts says what each of them means.

const YEAR = '((?:19|20)\\d{2})';
const TO = '\\s?(?:-|—{1,2}|–|至|到|~)\\s?';
const RELATIVE_YEAR = '今年|去年|明年|前年|后年|本年|上年|当年|同年|下年|次年|翌年';
const NUM_MONTH = '(1[0-2]|0?[1-9])';
const NUM_DAY = '(3[01]|[12]\\d|0?[1-9])';
const PART = '(年初|年末|年底|初|末|底|伊始)?';
const AT_MONTH = near('月', 24, 24);

export const DAY_SPAN = formNear(
  new RegExp(
    `(?:(${YEAR}年|${RELATIVE_YEAR})\\s?)?(?<![\\d.])${NUM_MONTH}月${NUM_DAY}日?${TO}(?:${YEAR}年)?(?:${NUM_MONTH}月)?${NUM_DAY}日`,
    'gu',
  ),
  AT_MONTH,
);
export const DAY_TO_MONTH = formNear(
  new RegExp(
    `(?:(${YEAR}年|${RELATIVE_YEAR})\\s?)?(?<![\\d.])${NUM_MONTH}月${NUM_DAY}日${TO}${NUM_MONTH}月(底|末)`,
    'gu',
  ),
  AT_MONTH,
);
export const MONTH_DAY = formNear(
  new RegExp(
    `(?:(${YEAR}年|${RELATIVE_YEAR})(?:的)?)?(?<![\\d.])${NUM_MONTH}\\s?月\\s?${NUM_DAY}\\s?(?:日|号)`,
    'gu',
  ),
  AT_MONTH,
);
/** 十一月二十三日: without a year. */
export const HAN_MONTH_DAY = formNear(
  /(?<![年一二三四五六七八九十〇])(十[一二]|[一二三四五六七八九十])月(三十一?|二?十[一二三四五六七八九]|二十|[一二三四五六七八九十])日/gu,
  near('月', 4, 6),
);
export const MONTH_SPAN = formNear(
  new RegExp(
    `(?:(${YEAR}年|${RELATIVE_YEAR})\\s?)?(?<![\\d.])${NUM_MONTH}月?(?:份)?${TO}(?:${YEAR}年|(今年|明年|次年|翌年))?${NUM_MONTH}月(?:份|底|末)?(?!\\d)`,
    'gu',
  ),
  AT_MONTH,
);
export const MONTH = formNear(
  new RegExp(
    `(?:(${YEAR}\\s?年|${RELATIVE_YEAR})\\s?)?(?<![\\d.一二三四五六七八九十])(?:${NUM_MONTH}|(十[一二]|[一二三四五六七八九十]))\\s?月(?:份)?(底|末|初)?(?![\\d亮球饼票薪租经])`,
    'gu',
  ),
  AT_MONTH,
);
export const YEAR_SPAN = form(
  new RegExp(`${YEAR}年?${TO}${YEAR}[财学]?年(?!\\d|\\s?\\d{1,2}月)`, 'gu'),
  '年',
  '- — – 至 到 ~',
  '0-9',
);
export const HALF = form(
  new RegExp(
    `(?:${YEAR}年(?:的)?|(${RELATIVE_YEAR}))?(上半年|(?<!创)下半年|第?[一二三四1-4]季度|前[二三]季度)`,
    'gu',
  ),
  '半年 季度',
);
/** 今年前4个月. */
export const FIRST_MONTHS = formNear(
  new RegExp(
    `(?:${YEAR}年的?|(${RELATIVE_YEAR}))?(?<![此之以会考期月])[前头](1[01]|[2-9]|十一|[二两三四五六七八九十])个月(?![内后免不])`,
    'gu',
  ),
  near('个月', 16, 2),
  '前 头',
);
/** 自公布之日起施行: the day is not said. */
export const FROM_ISSUE = form(
  /自(?:本[\u4e00-\u9fa5]{1,4})?(?:发布|公布|印发|颁布|批准|签署|公告)之日起(?=[^\d，。]{0,4}(?:施行|实施|执行|生效|登录|申请|申报|查询|受理|启用|停止|废止|不再|开始|有效))/gu,
  '之日',
  '自',
);
export const YEAR_ONLY = form(new RegExp(`(?<![\\d.])${YEAR}\\s?[财学]?年(?:度)?${PART}`, 'gu'), '年', '0-9');
export const HAN_YEAR = form(
  /([一二][〇○零一二三四五六七八九]{3})年(?![一二三四五六七八九十])/gu,
  '年',
  '一 二',
);
/** 二〇二〇年十月. */
export const HAN_YEAR_MONTH = form(
  /([一二][〇○零一二三四五六七八九]{3})年(十[一二]|[一二三四五六七八九十])月(?:份)?(?![一二三四五六七八九十廿])/gu,
  '年',
  '一 二',
);
/** 2018、2019 of 2018、2019和2020年: three or more; two together are one time. */
export const LISTED_YEAR = form(
  new RegExp(`(?<![\\d.])${YEAR}(?=(?:(?:、${YEAR}){1,8}|(?<=\\d{4}、\\d{4}))[、和与及]${YEAR}年)`, 'gu'),
  '、 和 与 及',
  '年',
  '0-9',
);
/** 7 of 7、8月份; at the beginning of a line it numbers a paragraph. */
export const LISTED_MONTH = formNear(
  new RegExp(
    `(?:(${YEAR}年|${RELATIVE_YEAR})|(?<=[^\\n\\d.、。）)\\s]))${NUM_MONTH}(?=(?:[、和]${NUM_MONTH}){0,5}[、和]${NUM_MONTH}月(?:份|底|末|中旬|上旬|下旬)?(?!\\s?\\d))`,
    'gu',
  ),
  near('月', 40, 4),
  '、 和',
);
/** 19日至21日: days of one month. */
export const BARE_DAY_SPAN = form(
  /(?<![\d.月年—\-第/至到])(3[01]|[12]\d|[1-9])日?(?:至|到|-|—{1,2}|~)(3[01]|[12]\d|[1-9])日(?!内|以内|之内|后|[元均])/gu,
  '日',
  '至 到 - — ~',
  '0-9',
);
/** 98年获津贴: a year of the last century in two digits. */
export const SHORT_YEAR = form(/(?<![\d.])([5-9]\d)年(?=[获参毕任进入开创调担当]|\d{1,2}月)/gu, '年', '0-9');
/** by 2030: a horizon. */
export const BY_YEAR = form(/\b[Bb]y\s((?:20)\d{2})\b(?![/-])/gu, 'by', '0-9');
export const BARE_DAY = form(
  /(?<![\d.月年—\-第/])(3[01]|[12]\d|[1-9])日(?!内|以内|之内|后|(?<![自从，。；\n]\d{1,2}日)起|均|本|元|子|常|益|报|[—\-至到]\d)/gu,
  '日',
  '0-9',
);
