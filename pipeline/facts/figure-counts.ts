import type { Numeral } from '../../text/numeral-at.ts';
import { qualifierBefore, type Touching } from './qualifiers.ts';
import type { Reading } from './reading.ts';
import { isPronoun, type Unit } from './units.ts';

/** 一 behind one of these is part of a word or points at one thing. */
const NO_ONE_BEHIND = /[统唯之单专同合万某另每哪这那任何首逐第其归划有上下]$|(?<![提目之此以日])前$/u;
const PACE = /(?<!提)高$|快了?$|放缓|减缓|回升|上行|走强|走弱/u;
const MORE_OR_LESS = /[多少]增$/u;

/** 提升五年行动: only some directions go with a length of time. */
export function touchingOf(plain: string, at: number, unit: Unit): Touching {
  const touching = qualifierBefore(plain, at);
  if (touching.sign === undefined) return touching;
  // 加快0.7个百分点 is growth, 加快10个项目 is not.
  if (
    PACE.test(plain.slice(touching.start, at)) &&
    unit.kind !== 'pp' &&
    unit.kind !== 'ratio' &&
    unit.unit !== '倍'
  )
    return { start: at };
  // 多增3000亿元 compares, 多增2项 only adds.
  if (MORE_OR_LESS.test(plain.slice(touching.start, at)) && !/^(?:pp|ratio|money)$/u.test(unit.kind))
    return { start: at };
  if (unit.kind !== 'time') return touching;
  return /(?:[多少](?:花|用|等|走|跑|出)|延长|缩短|增加|减少|增|减|提前|推迟|延后)(?:了|至|到)?(?:近|约|超过?)?$/u.test(
    plain.slice(touching.start, at),
  ) || /岁/u.test(unit.unit)
    ? touching
    : { start: at };
}

/** A number with what stands around it. */
export interface Parts {
  readonly numeral: Numeral;
  readonly unit: Unit;
  readonly touching: Touching;
}

/** 头一年, 重要一年: one of many, no length. */
const ONE_OF_MANY = /(?:头|年复|日复|重要|关键|不平凡|平凡|开局|收官|起步|丰收)(?:之)?$/u;

/** 一人死亡，三人受伤: one against others. */
function isContrasted(plain: string, { unit, end, kind, isBound }: Unit): boolean {
  // 一期…，二期 are ordinals.
  if (kind !== 'classifier' || isBound === true) return false;
  const rest = /^[^。；\n]{0,12}?[，、](?:另)?[二两三四五六七八九十\d]{1,3}/u.exec(
    plain.slice(end, end + 20),
  )?.[0];
  return rest !== undefined && plain.startsWith(unit, end + rest.length);
}

/** Articles, names of sets and times of day are no figures. */
export function counts({ plain }: Reading, at: number, { numeral, unit, touching }: Parts): boolean {
  const before = plain.slice(Math.max(0, at - 6), at);
  const isSmallHan = numeral.script === 'han' && !numeral.hasMagnitude;
  if (numeral.value === 1 && isSmallHan) {
    if (NO_ONE_BEHIND.test(before) && !before.endsWith('其')) return false;
    if (unit.kind === 'classifier' || unit.kind === 'noun')
      return (
        touching.qualifier !== undefined ||
        (touching.sign !== undefined && unit.kind === 'classifier') ||
        (/其中$/u.test(before) && /^[^。；]{0,40}其余/u.test(plain.slice(unit.end))) ||
        isContrasted(plain, unit)
      );
    // 出狱的一天, 重要一年, 头一年: no length of time; 试运行的一年里 is.
    if (
      (/^[年天夜]$/u.test(unit.unit) &&
        before.endsWith('的') &&
        !/^[里内中间来]/u.test(plain.slice(unit.end))) ||
      (unit.kind === 'time' && ONE_OF_MANY.test(before))
    )
      return false;
    // 一度, 一代: words, not measures.
    if (
      unit.unit === '度' ||
      (unit.kind === 'time' && /^[年日天]$/u.test(unit.unit) && /^[度夜复系一]/u.test(plain.slice(unit.end)))
    )
      return false;
  }
  if (
    unit.unit === '点' &&
    Number.isInteger(numeral.value) &&
    numeral.value <= 24 &&
    touching.sign === undefined
  )
    return false;
  // 救命二字, 十届三次会议, 万众楼二层: words, ordinals and floors.
  if (isSmallHan && unit.unit === '字') return false;
  // 外贸“新三样”, 老三样.
  if (unit.unit === '样' && /[新老]$/u.test(before)) return false;
  if (isSmallHan && unit.kind === 'noun' && isPronoun(plain, unit.end)) return false;
  if (/判若$/u.test(before) || (numeral.script === 'han' && unit.unit === '家' && /[进入千]$/u.test(before)))
    return false;
  if (
    unit.unit === '次' &&
    /(?:届|人大|政协|大会)\s*$/u.test(before) &&
    /^(?:全体会议|会议|全会)/u.test(plain.slice(unit.end))
  )
    return false;
  // 最后一公里, 一年一定: no measures.
  if (numeral.value === 1 && isSmallHan && before.endsWith('最后')) return false;
  if (unit.unit === '层' && numeral.script === 'han' && /[楼厦座馆]$/u.test(before)) return false;
  // 30日 alone is a day of the month, 30日内 a length of time.
  if (unit.unit === '日' && !/^(?:以|之)?[内后]/u.test(plain.slice(unit.end))) return false;
  // 绝对零度 is a name.
  if (numeral.value === 0 && numeral.script === 'han' && unit.unit === '度') return false;
  // 单位：万元 heads a table.
  if (
    unit.kind === 'money' &&
    numeral.hint === 'about' &&
    /^[万亿]/u.test(plain[at] ?? '') &&
    touching.qualifier === undefined
  )
    return false;
  if (unit.isBound === true && numeral.script === 'han' && numeral.value < 1000)
    return unit.unit === '度' || /等$|等多?达?$/u.test(before);
  if (!isSmallHan) return numeral.value !== 0 || unit.kind !== 'classifier';
  // “两个维护”: a slogan in quotation marks.
  if (/[“‘"]$/u.test(before) && /^[^”’"，。]{0,7}[”’"]/u.test(plain.slice(unit.end))) return false;
  return true;
}
