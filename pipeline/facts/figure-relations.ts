import type { FigureFact } from '../../model/facts.ts';
import type { Reading } from './reading.ts';

const TO_VERB =
  /(?:增加|提(?=[到至])|提高|提升|上升|上调|增长|扩大|下降|降低|回落|下滑|下调|减少|缩短|压缩|压减|精简|缩减|延长|拓展|扩容|收窄|跌|降|升|增|涨|调整|飙升|攀升|跃升|变|改|拉|扩|砍|推|抬)+(?:到|至|为)了?(?:(?:19|20)\d\d年的?)?[^，。；\d一二三四五六七八九十第]{0,4}$/u;
const FROM = /(?:从|由|将|原来?的?|自)[^，。；]{0,20}$/u;
const LIST_GAP = /^[\u4e00-\u9fa5]{0,8}[、和及与，][\u4e00-\u9fa5]{0,8}$/u;

/** One qualifier may govern a list: 苏南80%、苏中30%、苏北15%左右. */
export function governList(reading: Reading, figures: readonly FigureFact[]): readonly FigureFact[] {
  const governed = [...figures];
  for (let at = governed.length - 1; at > 0; at -= 1) {
    const last = governed[at];
    const previous = governed[at - 1];
    if (last === undefined || previous === undefined) continue;
    const isBehind = /(?:左右|上下|以上|以下|以内)$/u.test(last.quote) || last.rule === 'LIST';
    if (!isBehind || previous.qualifier !== '=' || previous.unit !== last.unit) continue;
    if (!/^[\u4e00-\u9fa5]{0,6}、[\u4e00-\u9fa5]{0,6}$/u.test(reading.text.slice(previous.end, last.start)))
      continue;
    governed[at - 1] = { ...previous, qualifier: last.qualifier, rule: 'LIST' };
  }
  return governed;
}

/** Joins old and new values (从3%降至2.3%) and hands a direction on to the next of a list (下滑4.51个和3.26个百分点). */
export function relateChanges(reading: Reading, figures: readonly FigureFact[]): readonly FigureFact[] {
  const related: FigureFact[] = [];
  for (const figure of figures) {
    const previous = related.at(-1);
    const isSame =
      previous !== undefined && previous.unit === figure.unit && figure.start - previous.end <= 24;
    if (!isSame || figure.qualifier === 'change' || figure.qualifier === 'class') {
      related.push(figure);
      continue;
    }
    const between = reading.text.slice(previous.end, figure.start);
    const before = reading.text.slice(Math.max(0, previous.start - 24), previous.start);
    const isReached = TO_VERB.test(between) || /^[，]?(?:到|至)[^，。；]{0,6}$/u.test(between);
    if (isReached && FROM.test(before) && !/[。；\n]/u.test(between)) {
      const comparator = figure.qualifier === '=' ? 'change' : figure.qualifier;
      related.push({
        ...figure,
        qualifier: comparator,
        from: previous.value,
        ...(comparator !== 'change' && { isDelta: true }),
      });
      continue;
    }
    const inherits =
      previous.qualifier === 'change' &&
      previous.from === undefined &&
      (figure.unit === 'pp' || figure.unit === 'ratio') &&
      figure.qualifier === '=' &&
      // 增长18.6%，八成集中在装备业: a comma alone hands nothing on, but behind 分别.
      (/^(?:和|、|及|与)$/u.test(between) || (between === '，' && before.includes('分别'))) &&
      LIST_GAP.test(between);
    related.push(
      inherits
        ? { ...figure, qualifier: 'change', value: previous.value < 0 ? -figure.value : figure.value }
        : figure,
    );
  }
  return related;
}
