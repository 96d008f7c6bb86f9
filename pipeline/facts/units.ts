import type { FigureWords } from '../../model/vocabulary.ts';
import { wordsOf } from './words.ts';

/** What a number counts in. */
export interface Unit {
  readonly unit: string;
  /** The value is multiplied by it: 0.01 for %. */
  readonly factor: number;
  readonly end: number;
  readonly kind: 'ratio' | 'pp' | 'money' | 'time' | 'measure' | 'classifier' | 'noun';
  readonly currency?: string;
  readonly isBound?: true;
}

/** 6个月 counts months; 10周年 and 岁 stay what they are. */
const TIME_NAMES: Readonly<Record<string, string>> = {
  个月: '月',
  个多月: '月',
  周年: '年',
  年度: '年',
  个工作日: '工作日',
  个小时: '小时',
  个多小时: '小时',
  个季度: '季度',
  个星期: '星期',
  个世纪: '世纪',
  秒钟: '秒',
  个年头: '年',
};
const PP = /(?:个)?(?:百分点|pct(?![A-Za-z]))/y;
const BASIS_POINTS = /(?:个)?基点/y;
/** A noun behind 个 is sought no farther than this. */
const LONGEST_NOUN = 30;

/** The unit that stands at `at`, behind a number; undefined when nothing there counts. */
export function unitAt(text: string, at: number, words: FigureWords): Unit | undefined {
  let start = at;
  if (text[start] === ' ' && /[\dA-Za-z%\u4e00-\u9fa5]/u.test(text[start + 1] ?? '')) start += 1;
  return ratioAt(text, start) ?? moneyAt(text, start, words) ?? countedAt(text, start, words);
}

function ratioAt(text: string, at: number): Unit | undefined {
  if (text[at] === '%') return { unit: 'ratio', factor: 0.01, end: at + 1, kind: 'ratio' };
  if (text[at] === '‰') return { unit: 'ratio', factor: 0.001, end: at + 1, kind: 'ratio' };
  for (const [pattern, unit] of [
    [PP, 'pp'],
    [BASIS_POINTS, '基点'],
  ] as const) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) return { unit, factor: 1, end: at + match[0].length, kind: 'pp' };
  }
  return undefined;
}

function moneyAt(text: string, at: number, words: FigureWords): Unit | undefined {
  const word = wordsOf(currencyWords(words)).startingAt(text, at);
  if (word === undefined || isCompound(text, at, word, words)) return undefined;
  const currency = words.currencies[word];
  if (currency === undefined) return undefined;
  return { unit: currency, factor: 1, end: at + word.length, kind: 'money', currency };
}

const currencyLists = new WeakMap<FigureWords, readonly string[]>();

function currencyWords(words: FigureWords): readonly string[] {
  const made = currencyLists.get(words) ?? Object.keys(words.currencies);
  currencyLists.set(words, made);
  return made;
}

function countedAt(text: string, at: number, words: FigureWords): Unit | undefined {
  const candidates = [
    ['time', wordsOf(words.time).startingAt(text, at)],
    ['measure', wordsOf(words.physical).startingAt(text, at)],
    ['measure', latinAt(text, at, words)],
    ['classifier', wordsOf(words.classifiers).startingAt(text, at)],
  ] as const;
  let best: { readonly kind: 'time' | 'measure' | 'classifier'; readonly word: string } | undefined;
  for (const [kind, word] of candidates)
    if (word !== undefined && word.length > (best?.word.length ?? 0) && !isCompound(text, at, word, words))
      best = { kind, word };
  if (best === undefined) return undefined;
  const { kind, word } = best;
  // 8分多钟, 2分35秒: minutes, not points.
  const minutes = word === '分' ? /^分(?:多?钟|(?=\d{1,2}秒))/u.exec(text.slice(at, at + 5))?.[0] : undefined;
  if (minutes !== undefined) return { unit: '分钟', factor: 1, end: at + minutes.length, kind: 'time' };
  const end = at + word.length;
  if (word === '个' || word === '大') return nounBehind(text, end, words);
  const isBound = kind === 'classifier' && words.bound.includes(word);
  return {
    unit: kind === 'time' ? (TIME_NAMES[word] ?? word) : word,
    factor: 1,
    end,
    kind,
    ...(isBound && { isBound }),
  };
}

function latinAt(text: string, at: number, words: FigureWords): string | undefined {
  const word = wordsOf(words.latin).startingAt(text, at);
  // 5G is a name: a unit ends where its letters end.
  return word === undefined || /[A-Za-z0-9]/u.test(text[at + word.length] ?? '') ? undefined : word;
}

/** 家 in 40家庭 is no classifier. */
function isCompound(text: string, at: number, word: string, words: FigureWords): boolean {
  const next = text[at + word.length];
  return next !== undefined && (words.compounds[word]?.includes(next) ?? false);
}

/** 150个骨干专业（群）: the head of what is counted. The classifier alone when no noun follows. */
function nounBehind(text: string, at: number, words: FigureWords): Unit {
  const noun = nounAt(text, at, words);
  return { unit: noun === '' ? '个' : noun, factor: 1, end: at, kind: 'noun' };
}

/** The noun that starts at `at`, without the attributes before 的; empty when none does. */
export function nounAt(text: string, at: number, words: FigureWords): string {
  const ends = wordsOf(words.nounEnds);
  // 四个“全球购海外站”: the noun stands in quotation marks.
  const quoted = /^[“"「]([^”"」，。]{2,16})[”"」]/u.exec(text.slice(at, at + 20))?.[1];
  if (quoted !== undefined) return quoted;
  // 300个具有…作用的…实训基地: a clause before 的 only describes.
  const clause =
    /^(?:具有|具备|以|由|面向|有|在|能|可|针对|为|已|经|符合|达到|拥有)[^，。；、]{1,16}的(?=[\u4e00-\u9fa5])/u.exec(
      text.slice(at, at + 24),
    )?.[0];
  let end = at + (clause?.length ?? 0);
  const from = end;
  for (; end < text.length && end - at < LONGEST_NOUN; end += 1) {
    const sign = text[end] ?? '';
    if (!/[\u4e00-\u9fa5A-Za-z0-9（）()+·-]/u.test(sign)) break;
    // The first two characters belong to the noun even when they spell one of the words.
    if (end - from >= 2 && ends.startingAt(text, end) !== undefined) break;
  }
  if (/^[）)+·-]/u.test(text.slice(from))) return '';
  const run = text.slice(at, end).replace(/[（(][^）)]*$/u, '');
  const head = run.split('的').at(-1) ?? '';
  return head === '' ? '' : head;
}

/** The noun that ends at `end`: 聚集科技创新项目 before 59个. At most six characters. */
export function nounBefore(text: string, end: number): string {
  const before = text.slice(Math.max(0, end - 7), end).replace(/[（(\s]+$/u, '');
  const run = /[\u4e00-\u9fa5]{1,6}$/u.exec(before)?.[0] ?? '';
  return (run.split(/[的了有达共为近约超过是在]/u).at(-1) ?? '').replace(/(?:总数|数量|数|总量|量)$/u, '');
}
