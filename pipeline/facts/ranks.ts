import type { FigureFact } from '../../model/facts.ts';
import { readWholeNumber } from '../../text/numerals.ts';
import type { Reading } from './reading.ts';

const RANK =
  /(?:(?<scope>全省|全国|全市|全球|世界|亚洲|国内|行业|[\u4e00-\u9fa5]{2}))?第(?<rank>[一二三四五六七八九十]{1,3}|\d{1,4})(?<tail>位|名)?/y;
/** 第三大贸易伙伴 ranks, 第三大会场 does not. */
const NTH_LARGEST =
  /第(?<rank>[一二三四五六七八九十]|\d{1,2})大(?=[\u4e00-\u9fa5]{2,8})(?!会|厅|厦|学|桥|道)/y;
const RANK_CUE =
  /(?:位列|位居|名列|排名|排行|排在|排|居|列|跃居|升至|上升至|下降至|降至|升到|由|从|到|至|为|以)(?:了|到|至)?[\u4e00-\u9fa5]{0,8}$/u;
const TOP = /前(?:([一二三四五六七八九十百]{1,3}|\d{1,4})(?:位|名)|(\d{2,3})(?=[，。、；的内之！）)\s]|$))/y;

/** Ranks: 位列第二, 四川第五, 全省第四位, 前20名. Ordinals (第二届, 第三条) are none. */
export function findRanks(reading: Reading): readonly FigureFact[] {
  const { plain } = reading;
  const found: FigureFact[] = [];
  for (let at = plain.indexOf('第'); at >= 0; at = plain.indexOf('第', at + 1)) {
    if (reading.isCovered(at)) continue;
    const largest = exec(NTH_LARGEST, plain, at);
    const size = readWholeNumber(largest?.groups?.rank ?? '');
    if (largest !== undefined && size !== undefined) {
      const span = reading.span(at, at + largest[0].length, 'RANK');
      found.push({ kind: 'figure', ...span, value: size, unit: 'rank', qualifier: '=' });
      continue;
    }
    const match = exec(RANK, plain, at);
    const value = readWholeNumber(match?.groups?.rank ?? '');
    if (match === undefined || value === undefined) continue;
    const end = at + match[0].length;
    const before = plain.slice(Math.max(0, at - 12), at);
    const isClosed =
      /^(?:[，。；、）)！\n]|$|为)/u.test(plain.slice(end)) ||
      (/(?:世界|全球|亚洲|全国|全省)(?:排名)?$/u.test(before) && plain[end] === '的');
    const hasTail = match.groups?.tail !== undefined;
    const isRanked = hasTail
      ? RANK_CUE.test(before) || /(?:全省|全国|全市|全球|世界|行业|国内|亚洲)(?:的)?$/u.test(before)
      : isClosed &&
        (RANK_CUE.test(before) ||
          /(?:全省|全国|全市|全球|世界|亚洲|国内|行业|[年月][\u4e00-\u9fa5的]{0,3})$/u.test(before));
    // 列第一位者为牵头部门 ranks nobody.
    if (!isRanked || /^(?:者|的(?:部门|单位))/u.test(plain.slice(end, end + 4))) continue;
    found.push({ kind: 'figure', ...reading.span(at, end, 'RANK'), value, unit: 'rank', qualifier: '=' });
  }
  for (let at = plain.indexOf('前'); at >= 0; at = plain.indexOf('前', at + 1)) {
    const match = exec(TOP, plain, at);
    const value = readWholeNumber(match?.[1] ?? match?.[2] ?? '');
    if (match === undefined || value === undefined || reading.isCovered(at)) continue;
    found.push({
      kind: 'figure',
      ...reading.span(at, at + match[0].length, 'RANK'),
      value,
      unit: 'rank',
      qualifier: '<=',
    });
  }
  for (const { start, end } of found) reading.cover(start, end);
  return found;
}

function exec(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
