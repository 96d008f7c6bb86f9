import { type Form, form, formNear, near } from '../../text/forms.ts';
import type { Reading } from './reading.ts';

const GOAL = form(
  /力争|打算|确保(?=[^，。；\d]{0,8}(?:达|完成|实现|新增|建成|突破|超过))|目标任务(?:是|为|：)|(?:建成|投产|达产|达效)后，?(?=[^，。；已\d]{0,14}(?:可年产|可实现|年产))|(?<=[\d一二两三四五六七八九十])年内(?=[^，。；\d]{0,4}(?:实现|建成|建设|培育|达到|新增|引进|突破|打造))|(?<![今当去本每一两三四五六七八九十\d])年内|预计|未来(?:一个时期|一段时期|几年|\d{1,2}年|[一二三四五十]年)|(?<!工作|行动|投资|立法|年度|该|本|五年)计划(?=[听建投新增完在到于用培引推形实达开招打募将今明后三五未创布设组选发安支认评遴吸筹收购采征改扩力\d])|(?<![模虚])拟(?!态|合|定|(?:认定|立项|推荐|表彰|入库|备案|授予|支持|资助|录用|入选)(?:的|[^，。；\d]{0,6}(?:企业|项目|名单|单位|人选|对象|平台)(?![\d一二两三四五六七八九十])))|目标(?:是|为|到|：)|争取|预期|有望(?![、，的且])|规划到|(?<!从[^，。；]{0,14})到[^，。；]{0,6}(?:20\d\d|明|后|本世纪|今)年(?:底|末|初)?(?!的)|(?:还|也|即|均|都|后续|后|必|仍|又|可|并|，|下一步|今后|接下来|今年|明年|年内|未来|下半年|\d{1,2}[日月])将(?!以|其|对|由|与|[^，。；]{0,16}(?:看成|视为|作为|当作|称为|列为|定为|改为|变为|纳入|列入|分为|划为|归为|交给|送到|转给))(?=[\u4e00-\u9fa5])|20\d\d年(?!前)[^，。；\d]{0,16}要(?=达|建|有|实现|完成|形成|培育)|将(?=达|突破|超过|建|形成|增|新增|投|有|全|实现|培育|推出|在|开)/gu,
  '力 打 确 后 年 预 未 计 拟 目 争 有 规 到 将',
);
/** Such a year governs the whole paragraph: what follows it is aimed at, too. */
const HORIZON = formNear(/到(?:20\d\d|本世纪中叶|明|后)年?(?:年?底|年?末)?，/gu, near('到', 0, 20));
/** 每年安排2亿元, 给予一次性200万元: what is given now, under whatever horizon. */
const GIVES = /(?:给予|补助|补贴|奖励|资助|安排)[^，。；\n]*$/u;
const LONGEST_GIFT = 40;
const PAST = form(
  /截至|已经?(?:建|达|有|完成|突破|超)|去年|上年|累计(?:达|完成|实现)|会上|会议期间|(?<!当前)目前(?!的?(?:基础|水平))|当[天日]/gu,
  '截至 已 去年 上年 累计 会 目前 当天 当日',
);

/** Tells whether a number that starts at `at` is aimed at. */
export type Goals = (at: number) => boolean;

/**
 * Finds the goals of a text once: a number is one when its sentence says so before it, or when its paragraph stands under a
 * horizon (到2020年，…), and nothing since then tells of the past.
 */
export function findGoals(reading: Reading): Goals {
  const { text, sentenceAt, context } = reading;
  const thisYear = Number(context.publishedOn?.slice(0, 4) ?? 0);
  const goals = places(reading, GOAL, thisYear);
  const pasts = places(reading, PAST);
  const horizons = places(reading, HORIZON, thisYear);
  const lines = horizons.length === 0 ? [] : endsOfLines(text);
  return (at) => {
    const sentence = sentenceAt(at).start;
    const goal = firstIn(goals, sentence, at);
    const past = firstIn(pasts, sentence, at);
    if (goal !== undefined && (past === undefined || past < goal)) return true;
    if (GIVES.test(text.slice(Math.max(sentence, at - LONGEST_GIFT), at))) return false;
    const horizon = firstIn(horizons, (lines[lowerBound(lines, at) - 1] ?? -1) + 1, at);
    return horizon !== undefined && firstIn(pasts, horizon, at) === undefined;
  };
}

/** 到2003年 said in 2005 is no goal. */
function places(reading: Reading, goal: Form, thisYear = 0): readonly number[] {
  return reading
    .matchesAsWritten(goal)
    .filter(([words]) => Number(/20\d\d/u.exec(words)?.[0] ?? thisYear) >= thisYear)
    .map(({ index }) => index);
}

function endsOfLines(text: string): readonly number[] {
  const ends: number[] = [];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) ends.push(at);
  return ends;
}

/** The first of sorted places in `[from, to)`. */
function firstIn(sorted: readonly number[], from: number, to: number): number | undefined {
  const found = sorted[lowerBound(sorted, from)];
  return found !== undefined && found < to ? found : undefined;
}

/** How many of the sorted places lie before `at`. */
function lowerBound(sorted: readonly number[], at: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
