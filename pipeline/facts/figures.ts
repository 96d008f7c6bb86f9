import type { FigureFact, Qualifier } from '../../model/facts.ts';
import { type Numeral, numeralAt, round } from '../../text/numeral-at.ts';
import { belowZero } from './below-zero.ts';
import { counts, type Parts, touchingOf } from './figure-counts.ts';
import { counted, measuresOf } from './figure-parts.ts';
import { rangeAt, rangeFigure } from './figure-ranges.ts';
import { governList, relateChanges } from './figure-relations.ts';
import { specialFigureAt } from './figure-specials.ts';
import { findGoals } from './goals.ts';
import { qualifierBefore, qualifierBehind, type Touching } from './qualifiers.ts';
import type { Reading } from './reading.ts';
import { nounAt, nounBefore, type Unit, unitAt } from './units.ts';
import { wordsOf } from './words.ts';

/** Where a number may start: 上百, 数以万计, 翻番, 减半, 过半 and 成千上万 begin with signs that mostly stand for something else. */
const STARTS =
  /[\d零一二两三四五六七八九十百千万亿半]|[几数](?=[十百千万亿])|数(?=以)|上(?=[百千万亿])|翻(?=[了一二两三四五番倍])|[减过](?=半)|成(?=千上万)/gu;
const MONEY_NOUN =
  /年薪|月薪|工资|薪酬|悬赏|销售额|投资|收入|营收|产值|市值|资金|金额|奖金|补贴|利润|成本|价格|预算|经费|交易额|营业额|票房|债券|公募|私募|基金|成交|净流|总盘|盘子|首期|总投|出资|注资|募集|融资|授信|贷款|存款|资产|负债|逆回购|GDP/u;

/** Every amount, count, share, rank and change that the text states, in order. */
export function findFigures(reading: Reading): readonly FigureFact[] {
  const { plain } = reading;
  const found: FigureFact[] = [];
  STARTS.lastIndex = 0;
  let free = 0;
  while (STARTS.test(plain)) {
    const at = STARTS.lastIndex - 1;
    if (at < free || reading.isCovered(at)) continue;
    const step = figureAt(reading, at);
    found.push(...step.figures);
    free = step.end;
    STARTS.lastIndex = Math.max(at + 1, free);
  }
  if (found.length === 0) return found;
  const isGoal = findGoals(reading);
  return relateChanges(reading, governList(reading, found)).map((figure) =>
    isGoal(figure.start) ? withGoal(reading, figure) : figure,
  );
}

/** 两年半; not 一年半载. */
const HALF_MORE = /^半(?![数载价程成导夜公年决径])/u;

/** What stands at `at`: figures, or none and where to go on. */
interface Step {
  readonly figures: readonly FigureFact[];
  readonly end: number;
}

function figureAt(reading: Reading, at: number): Step {
  const { plain, context } = reading;
  const words = context.vocabulary.lexicon.figures;
  // 麒麟990, X50, 2019-IFA: a number glued to letters is part of a name.
  if (isDigit(plain, at) && /[A-Za-z0-9_.][-.]?$/.test(plain.slice(Math.max(0, at - 2), at)))
    return { figures: [], end: endOfRun(plain, at) };
  const idiom = wordsOf(words.idioms).startingAt(plain, at);
  if (idiom !== undefined) return { figures: [], end: at + idiom.length };
  const numeral = numeralAt(plain, at);
  const special = specialFigureAt(reading, at, numeral);
  if (special !== undefined) return special;
  if (numeral === undefined) return { figures: [], end: at + 1 };
  const before = plain[at - 1] ?? '';
  if (before === '第') return { figures: [], end: numeral.end };
  const unit = unitAt(plain, numeral.end, words);
  const range = rangeAt(reading, at, numeral, unit);
  if (range !== undefined) return { figures: [rangeFigure(reading, at, numeral, range)], end: range.end };
  if (unit === undefined) return listedFigure(reading, at, numeral) ?? bareFigure(reading, at, numeral);
  const touching = touchingOf(plain, at, unit);
  if (!counts(reading, at, { numeral, unit, touching })) return { figures: [], end: numeral.end };
  const figure = makeFigure(reading, { numeral, unit, touching });
  return { figures: [figure], end: figure.end };
}

function makeFigure(reading: Reading, { numeral, unit, touching }: Parts): FigureFact {
  const { plain } = reading;
  const isTimes = unit.unit === '度' && numeral.script === 'han' && !numeral.hasMagnitude;
  const half =
    unit.kind === 'time' ? (HALF_MORE.exec(plain.slice(unit.end, unit.end + 2))?.[0].length ?? 0) : 0;
  let end = unit.end + half;
  const behind = qualifierBehind(plain, end);
  if (behind !== undefined) end = behind.end;
  if (behind === undefined && /^[余多](?![么样元种])/u.test(plain.slice(end)) && numeral.hint === 'exact')
    end += 1;
  const isMore =
    numeral.hint === 'more' ||
    /多/u.test(plain.slice(numeral.end, unit.end)) ||
    (behind === undefined && half === 0 && end === unit.end + 1);
  const comparator = touching.qualifier ?? behind?.qualifier ?? (isMore ? '>' : undefined);
  const below = belowZero(plain, touching.start, unit);
  const value = round((numeral.value + half / 2 + (unit.more ?? 0)) * unit.factor) * (below > 0 ? -1 : 1);
  const isMembership = unit.kind === 'noun' && /^[^，。；、]{0,16}之一/u.test(plain.slice(unit.end));
  const signed = touching.sign === undefined ? undefined : changed(value, touching.sign, unit);
  return {
    kind: 'figure',
    // A hyphen belongs to the number.
    ...reading.span(below === 1 ? touching.start - 1 : touching.start, end, 'FIGURE'),
    value: signed?.value ?? value,
    unit: isTimes
      ? '次'
      : unit.kind === 'noun' && unit.unit === '个'
        ? counted(plain, touching.start)
        : unit.unit,
    qualifier: qualifierOf(comparator, numeral, touching),
    ...measuresOf(reading, touching.start, unit),
    ...(unit.currency !== undefined && { currency: unit.currency }),
    ...(numeral.valueMax !== undefined && { valueMax: round(numeral.valueMax * unit.factor) }),
    ...(signed?.stated !== undefined && { stated: signed.stated }),
    ...(touching.sign !== undefined && comparator !== undefined && { isDelta: true as const }),
    ...(isMembership && { isMembership: true as const }),
  };
}

function qualifierOf(comparator: Touching['qualifier'], numeral: Numeral, touching: Touching): Qualifier {
  if (comparator !== undefined) return comparator;
  if (touching.sign !== undefined) return 'change';
  if (numeral.valueMax !== undefined) return 'range';
  return numeral.hint === 'about' ? '~' : '=';
}

/** Growth by 2 times makes three times as much; a fall is negative. */
function changed(value: number, sign: 1 | -1, unit: Unit): { value: number; stated?: number } {
  if (unit.unit === '倍' && sign === 1) return { value: round(value + 1), stated: value };
  return { value: sign * value };
}

/** How many numbers a list may have before the one with the unit. */
const LONGEST_LIST = 6;
const SHARED_KINDS: readonly Unit['kind'][] = ['ratio', 'pp', 'money', 'measure'];

/** 50、30 of 50、30、20万元: the unit and the magnitude stand behind the last number only. */
function listedFigure(reading: Reading, at: number, numeral: Numeral): Step | undefined {
  const { plain, context } = reading;
  if (numeral.script !== 'digits' || numeral.hasMagnitude || !/[\u4e00-\u9fa5、]/u.test(plain[at - 1] ?? ''))
    return undefined;
  let last = numeral;
  for (let count = 0; count < LONGEST_LIST && /[、和及与]/u.test(plain[last.end] ?? ''); count += 1) {
    const start = last.end + 1;
    const next = numeralAt(plain, start);
    if (next === undefined || next.script !== 'digits') return undefined;
    last = next;
    const unit = unitAt(plain, next.end, context.vocabulary.lexicon.figures);
    if (unit === undefined) continue;
    if (!SHARED_KINDS.includes(unit.kind)) return undefined;
    const scale = next.hasMagnitude ? next.value / Number.parseFloat(plain.slice(start)) : 1;
    const parts = {
      numeral: { ...numeral, value: round(numeral.value * scale) },
      unit: { ...unit, end: numeral.end },
      touching: touchingOf(plain, at, unit),
    };
    const figure = makeFigure(reading, parts);
    return { figures: [figure], end: figure.end };
  }
  return undefined;
}

/** Numbers without a unit: only those with a magnitude state something (超过100亿, 近50万). */
function bareFigure(reading: Reading, at: number, numeral: Numeral): Step {
  const { plain, context } = reading;
  const nothing = { figures: [], end: numeral.end };
  const ending = plain.slice(numeral.end, numeral.end + 2);
  if (!numeral.hasMagnitude || /^[级档强]/u.test(ending) || numeral.value < 1000) return nothing;
  // 亿 alone opens names (亿纬); 千万, 数十亿 count.
  // 投了12个亿.
  const isSpoken = plain.startsWith('个亿', numeral.end - 2);
  const isSalary = numeral.hint === 'more' && MONEY_NOUN.test(plain.slice(Math.max(0, at - 4), at));
  if (
    numeral.script === 'han' &&
    !isSalary &&
    !isSpoken &&
    !/^[数几上十百千][十百千]*[万亿]+$/u.test(plain.slice(at, numeral.end))
  )
    return nothing;
  const touching = qualifierBefore(plain, at);
  const before = /^[\u4e00-\u9fa5]{2,4}(?=的)/u.exec(plain.slice(numeral.end, numeral.end + 6))?.[0];
  const behind = before ?? nounAt(plain, numeral.end, context.vocabulary.lexicon.figures);
  const ahead = nounBefore(plain, touching.start);
  const isDigits = numeral.script === 'digits';
  if (!isDigits && !isSalary && !isSpoken && behind === '') return nothing;
  const around = plain.slice(Math.max(0, touching.start - 8), touching.start);
  const isMoney =
    (isSpoken && behind === '') ||
    MONEY_NOUN.test(plain.slice(numeral.end, numeral.end + 5)) ||
    MONEY_NOUN.test(around.split(/[，。；、]/u).at(-1) ?? '');
  const counted = ahead !== '' && /^的/u.test(ending) ? ahead : behind === '' ? ahead : behind;
  // 参保人数增加7359万，总计达到1.17亿.
  const noun = counted === '' && /人数/u.test(plain.slice(reading.sentenceAt(at).start, at)) ? '人' : counted;
  const more = qualifierBehind(plain, numeral.end);
  const unit: Unit = {
    unit: isMoney ? 'CNY' : noun,
    factor: 1,
    end: more?.end ?? numeral.end,
    kind: isMoney ? 'money' : 'noun',
    ...(isMoney && { currency: 'CNY' }),
  };
  const figure = makeFigure(reading, { numeral, unit: { ...unit, end: numeral.end }, touching });
  return { figures: [figure], end: figure.end };
}

/** A goal turns the plain number into a target; a comparator stays and says it is one. */
function withGoal(reading: Reading, figure: FigureFact): FigureFact {
  // A length of time is no goal, and the old value of a change is a fact.
  if (figure.qualifier === '=') return isPlain(reading, figure) ? figure : { ...figure, qualifier: 'target' };
  return figure.qualifier === 'change' ? figure : { ...figure, isTarget: true };
}

/** 由目前的200吨提高到2000吨. */
const OLD_VALUE = /[从由](?:(?:目前|现在|现有|当前|原来|原先|此前|过去|最初|去年|上年|当时)的?)?$/u;

function isPlain({ plain, context }: Reading, { start, unit }: FigureFact): boolean {
  const isTime = /^[年月天周日]$/u.test(unit) || context.vocabulary.lexicon.figures.time.includes(unit);
  return isTime || OLD_VALUE.test(plain.slice(Math.max(0, start - 6), start));
}

function isDigit(plain: string, at: number): boolean {
  const code = plain.charCodeAt(at);
  return code >= 48 && code <= 57;
}

function endOfRun(plain: string, at: number): number {
  let end = at;
  while (end < plain.length && /[A-Za-z0-9._-]/.test(plain[end] ?? '')) end += 1;
  return Math.max(end, at + 1);
}
