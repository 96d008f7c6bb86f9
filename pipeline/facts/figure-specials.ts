import type { FigureFact } from '../../model/facts.ts';
import { type Numeral, numeralAt, round } from '../../text/numeral-at.ts';
import { readWholeNumber } from '../../text/numerals.ts';
import { qualifierBefore, qualifierBehind } from './qualifiers.ts';
import type { Reading } from './reading.ts';
import { nounAt, unitAt } from './units.ts';

const DIGITS = '0123456789';

/** A sticky pattern and the signs it may begin with. */
interface Special {
  readonly pattern: RegExp;
  readonly begins: string;
}

/** 半年后, 学了半年, 近半个月; not 上半年, 半年报. */
const HALF_TIME = {
  pattern:
    /半(?<unit>年|个?月|天|个?小时|个世纪)(?<more>多)?(?=[后前内多来以，。；的])|(?<=[近约超过逾学了满达经头到足干])半(?<behind>年|个?月|天|个?小时|个世纪)(?![度报刊谈底]|总结)|(?<![一多夜])半(?<year>年)(?![度报刊谈底轻均龄终级产和、]|总结)/y,
  begins: '半',
};

/** What a special form yields: figures (perhaps none) and where to go on. */
interface Step {
  readonly figures: readonly FigureFact[];
  readonly end: number;
}

const PERCENT = {
  pattern:
    /百分之([零一二两三四五六七八九十百]{1,6}(?:点[零一二三四五六七八九]{1,4})?|\d{1,3}(?:\.\d{1,4})?)/y,
  begins: '百',
};
const FRACTION = {
  pattern: /([二两三四五六七八九十百千万]{1,3}|\d{1,4})分之([一二两三四五六七八九十]{1,2}|\d{1,4})/y,
  begins: `二两三四五六七八九十百千万${DIGITS}`,
};
/** 1/4以上: a fraction only where words say so; 6/21 is a date. */
const SLASHED = {
  pattern: /(\d{1,2})\/(\d{1,2})(?=以上|以下|左右|的|强|弱|以内)/y,
  begins: DIGITS,
};
const TENTHS = {
  pattern:
    /([一二两三四五六七八九]|\d)成(半|多|[一二三四五六七八九](?![十百千成个项家]))?(?![功立为员长本就分交果都品熟效因份])/y,
  begins: `一二两三四五六七八九${DIGITS}`,
};
const HALF = {
  pattern:
    /(?:过半(?!个|年|天|小时)|一多半|一半多?|半数|(?<=[近逾超])半(?![个年天小月径公自载世里斤夜日价块张]))(?![导成决])/y,
  begins: '过一半',
};
const DOUBLED = {
  pattern: /翻(?:了|一)?(?:([一两二三四五])?番|倍)|翻了?([一两二三四五])倍/y,
  begins: '翻',
};
const HALVED = {
  pattern: /减半/y,
  begins: '减',
};
const MYRIADS = {
  pattern: /数以(?:([百千万亿]{1,2})计)|成(千)上万/y,
  begins: '数成',
};
const COMPOSITION = {
  pattern: /(\d{1,3}(?:\.\d+)?)[:：∶](\d{1,3}(?:\.\d+)?)[:：∶](\d{1,3}(?:\.\d+)?)(?![:：∶\d])/y,
  begins: DIGITS,
};
/** 配套比例不低于2:1. */
const PROPORTION = { pattern: /(\d{1,3}(?:\.\d+)?)[:：∶](\d{1,3}(?:\.\d+)?)(?![:：∶\d])/y, begins: DIGITS };
const PROPORTION_BEFORE =
  /(?:比例|配比|之比|比)(?:应|须|需|要|原则上|一般)?(?:为|是|达到?|按|不低于|不高于|不超过|至少|约|近)*$/u;
/** 按1:1的比例. */
const PROPORTION_BEHIND = /^的?(?:比例(?!尺)|配比)/u;

/** Shares in words, doublings, ranks, classes of magnitude and compositions at `at`; undefined for everything else. */
export function specialFigureAt(
  reading: Reading,
  at: number,
  numeral: Numeral | undefined,
): Step | undefined {
  return (
    shareAt(reading, at) ??
    foldAt(reading, at) ??
    classAt(reading, at, numeral) ??
    compositionAt(reading, at) ??
    undefined
  );
}

/** A pattern at a place, where the sign there is one of those it begins with. */
function exec({ pattern, begins }: Special, text: string, at: number): RegExpExecArray | undefined {
  if (!begins.includes(text.charAt(at))) return undefined;
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

function shareAt(reading: Reading, at: number): Step | undefined {
  const { plain } = reading;
  const percent = exec(PERCENT, plain, at);
  if (percent !== undefined) return share(reading, at, percent[0], (decimal(percent[1]) ?? Number.NaN) / 100);
  const fraction = exec(FRACTION, plain, at);
  if (fraction !== undefined)
    return share(
      reading,
      at,
      fraction[0],
      (readWholeNumber(fraction[2] ?? '') ?? Number.NaN) / (readWholeNumber(fraction[1] ?? '') ?? Number.NaN),
    );
  const slashed = exec(SLASHED, plain, at);
  if (slashed !== undefined && Number(slashed[1]) < Number(slashed[2]))
    return share(reading, at, slashed[0], Number(slashed[1]) / Number(slashed[2]));
  const tenths = exec(TENTHS, plain, at);
  if (tenths !== undefined) {
    const [words, tenth = '', rest = ''] = tenths;
    const hundredths = rest === '半' ? 5 : (readWholeNumber(rest) ?? 0);
    return share(
      reading,
      at,
      words,
      round((readWholeNumber(tenth) ?? 0) / 10 + hundredths / 100),
      rest === '多',
    );
  }
  const time = exec(HALF_TIME, plain, at);
  if (time !== undefined && !/[上下前后大小]/u.test(plain.charAt(at - 1))) return halfTime(reading, at, time);
  const half = exec(HALF, plain, at);
  if (half !== undefined) return share(reading, at, half[0], 0.5, /过|多/u.test(half[0]));
  return undefined;
}

function halfTime(reading: Reading, at: number, match: RegExpExecArray): Step {
  const isMore = match.groups?.more !== undefined;
  const { start, qualifier = isMore ? '>' : '=' } = qualifierBefore(reading.plain, at);
  const unit = (match.groups?.unit ?? match.groups?.behind ?? match.groups?.year ?? '').replace('个', '');
  const end = at + match[0].length;
  return {
    figures: [{ kind: 'figure', ...reading.span(start, end, 'HALF'), value: 0.5, unit, qualifier }],
    end,
  };
}

function share(reading: Reading, at: number, words: string, value: number, isMore = false): Step | undefined {
  if (!Number.isFinite(value)) return undefined;
  const { plain } = reading;
  const before = qualifierBefore(plain, at);
  const behind = qualifierBehind(plain, at + words.length);
  const comparator = before.qualifier ?? behind?.qualifier ?? (isMore ? '>' : undefined);
  const end = behind?.end ?? at + words.length;
  const figure: FigureFact = {
    kind: 'figure',
    ...reading.span(before.start, end, 'SHARE'),
    // Thirds stay what they are.
    value: before.sign === -1 ? -value : value,
    unit: 'ratio',
    qualifier: comparator ?? (before.sign === undefined ? '=' : 'change'),
    ...(before.sign !== undefined && comparator !== undefined && { isDelta: true as const }),
  };
  return { figures: [figure], end };
}

/** 翻一番 doubles, 翻两番 doubles twice; 减半 halves. */
function foldAt(reading: Reading, at: number): Step | undefined {
  const { plain } = reading;
  const doubled = exec(DOUBLED, plain, at);
  if (doubled !== undefined) {
    const times = readWholeNumber(doubled[1] ?? doubled[2] ?? '一') ?? 1;
    const value = doubled[2] === undefined ? 2 ** times : times;
    const end = at + doubled[0].length;
    return {
      figures: [{ kind: 'figure', ...reading.span(at, end, 'FOLD'), value, unit: '倍', qualifier: 'change' }],
      end,
    };
  }
  if (exec(HALVED, plain, at) === undefined) return undefined;
  const end = at + 2;
  return {
    figures: [
      { kind: 'figure', ...reading.span(at, end, 'FOLD'), value: -0.5, unit: 'ratio', qualifier: 'change' },
    ],
    end,
  };
}

/** 千亿级, 千元档, 数以万计: a magnitude, its value the lower bound. */
function classAt(reading: Reading, at: number, numeral: Numeral | undefined): Step | undefined {
  const { plain } = reading;
  const myriads = exec(MYRIADS, plain, at);
  if (myriads !== undefined) {
    const value = numeralAt(myriads[1] ?? myriads[2] ?? '', 0)?.value ?? 0;
    const behind = at + myriads[0].length;
    const words = reading.context.vocabulary.lexicon.figures;
    const classifier = unitAt(plain, behind, words);
    const end = classifier?.end ?? behind;
    const unit = classifier?.unit ?? nounAt(plain, plain[end] === '的' ? end + 1 : end, words);
    const span = reading.span(at, end, 'CLASS');
    return { figures: [{ kind: 'figure', ...span, value, unit, qualifier: 'class' }], end };
  }
  if (numeral === undefined || !numeral.hasMagnitude || plain[at - 1] === '第') return undefined;
  const level = /^(元|美元)?(?:级(?!别)|档|补贴|俱乐部|基金|产业|赛道)/u.exec(
    plain.slice(numeral.end, numeral.end + 6),
  );
  if (level === null || numeral.value < 100) return undefined;
  const isMoney = level[1] !== undefined || numeral.value >= 1e9;
  // 100亿补贴 with digits is an amount.
  if (
    /补贴|基金|产业|赛道/u.test(level[0]) &&
    (numeral.script === 'digits' || !/^[百千万亿]/u.test(plain.slice(at)))
  )
    return undefined;
  const noun = /^的?([\u4e00-\u9fa5]{2,6})/u.exec(plain.slice(numeral.end + level[0].length))?.[1] ?? '';
  const end = numeral.end + level[0].length;
  const currency = level[1] === '美元' ? 'USD' : 'CNY';
  return {
    figures: [
      {
        kind: 'figure',
        ...reading.span(at, end, 'CLASS'),
        value: numeral.value,
        unit: isMoney ? currency : noun,
        qualifier: 'class',
        ...(isMoney && { currency }),
      },
    ],
    end,
  };
}

/** 2:48:50 is a composition when its parts make a whole. */
function compositionAt(reading: Reading, at: number): Step | undefined {
  const match = exec(COMPOSITION, reading.plain, at);
  if (match === undefined) return proportionAt(reading, at);
  const parts = match.slice(1).map(Number);
  const sum = parts.reduce((left, right) => left + right, 0);
  const end = at + match[0].length;
  if (Math.abs(sum - 100) > 1) return { figures: [], end };
  let start = at;
  const figures = match.slice(1).map((words): FigureFact => {
    const from = start;
    start += words.length + 1;
    return {
      kind: 'figure',
      ...reading.span(from, from + words.length, 'COMPOSITION'),
      value: round(Number(words) / 100),
      unit: 'ratio',
      qualifier: '=',
    };
  });
  return { figures, end };
}

function proportionAt(reading: Reading, at: number): Step | undefined {
  const [words, first, second] = exec(PROPORTION, reading.plain, at) ?? [];
  if (words === undefined || Number(second) === 0) return undefined;
  const behind = reading.plain.slice(at + words.length, at + words.length + 4);
  if (
    !PROPORTION_BEHIND.test(behind) &&
    !PROPORTION_BEFORE.test(reading.plain.slice(Math.max(0, at - 16), at))
  )
    return undefined;
  return share(reading, at, words, round(Number(first) / Number(second)));
}

function decimal(words: string | undefined): number | undefined {
  if (words === undefined) return undefined;
  if (/^\d/.test(words)) return Number(words);
  const [whole = '', digits] = words.split('点');
  const value = readWholeNumber(whole);
  if (value === undefined || digits === undefined) return value;
  return value + Number(`0.${[...digits].map((sign) => readWholeNumber(sign)).join('')}`);
}
