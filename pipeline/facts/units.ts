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
  /** 一个半小时: so much more than the number says. */
  readonly more?: number;
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
const HALF_MORE = /个半(?<unit>小时|钟头|月|星期|世纪|学期|学年|昼夜)/y;
const PP = /(?:个)?(?:百分点|pct(?![A-Za-z]))/y;
const BASIS_POINTS = /(?:个)?基点/y;
/** A noun behind 个 is sought no farther than this. */
const LONGEST_NOUN = 30;

/** The unit that stands at `at`, behind a number; undefined when nothing there counts. */
export function unitAt(text: string, at: number, words: FigureWords): Unit | undefined {
  let start = at;
  if (text[start] === ' ' && /[\dA-Za-z%\u4e00-\u9fa5]/u.test(text[start + 1] ?? '')) start += 1;
  return (
    ratioAt(text, start) ??
    moneyAt(text, start, words) ??
    halfMoreAt(text, start) ??
    countedAt(text, start, words)
  );
}

function ratioAt(text: string, at: number): Unit | undefined {
  if (text[at] === '%') return { unit: 'ratio', factor: 0.01, end: at + 1, kind: 'ratio' };
  if (text[at] === '‰') return { unit: 'ratio', factor: 0.001, end: at + 1, kind: 'ratio' };
  if (!'个百p基'.includes(text[at] ?? ' ')) return undefined;
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

function halfMoreAt(text: string, at: number): Unit | undefined {
  if (text[at] !== '个') return undefined;
  HALF_MORE.lastIndex = at;
  const match = HALF_MORE.exec(text);
  return match === null
    ? undefined
    : { unit: match.groups?.unit ?? '', factor: 1, end: at + match[0].length, kind: 'time', more: 0.5 };
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

/** What one counts in, and the list of the vocabulary that names it. */
const COUNTED = [
  ['time', 'time'],
  ['measure', 'physical'],
  ['measure', 'latin'],
  ['classifier', 'classifiers'],
] as const;

function countedAt(text: string, at: number, words: FigureWords): Unit | undefined {
  let kind: (typeof COUNTED)[number][0] = 'time';
  let word = '';
  for (const [of, list] of COUNTED) {
    const candidate = list === 'latin' ? latinAt(text, at, words) : wordsOf(words[list]).startingAt(text, at);
    if (candidate === undefined || candidate.length <= word.length) continue;
    if (isCompound(text, at, candidate, words)) continue;
    word = candidate;
    kind = of;
  }
  if (word === '') return undefined;
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
  // 以5家居首 ranks, 10家居民 does not count households.
  if (word === '家' && /^居[首前全第]/u.test(text.slice(at + 1, at + 3))) return false;
  return next !== undefined && (words.compounds[word]?.includes(next) ?? false);
}

/** 150个骨干专业（群）: the head of what is counted. The classifier alone when no noun follows. */
function nounBehind(text: string, at: number, words: FigureWords): Unit {
  const noun = nounAt(text, at, words);
  return { unit: noun === '' ? '个' : noun, factor: 1, end: at, kind: 'noun' };
}

const COMPARATOR = /^(?:左右|上下|以上|以下|以内)的?/u;

/** The noun that starts at `behind`, without the attributes before 的; empty when none does. */
export function nounAt(text: string, behind: number, words: FigureWords): string {
  // 两个以上代理机构: the comparator stands between.
  const at = behind + (COMPARATOR.exec(text.slice(behind, behind + 3))?.[0].length ?? 0);
  const ends = wordsOf(words.nounEnds);
  // 四个“全球购海外站”: the noun stands in quotation marks.
  const quoted = /^[“"「]([^”"」，。]{1,16})[”"」]/u.exec(text.slice(at, at + 20))?.[1];
  if (quoted !== undefined) return quoted;
  // 300个具有…作用的…实训基地: a clause before 的 only describes.
  const clause =
    /^(?:具有|具备|以|由|面向|有|在|能|可|针对|为|已|经|符合|达到|拥有)[^，。；、]{1,16}的(?=[\u4e00-\u9fa5])/u.exec(
      text.slice(at, at + 24),
    )?.[0];
  if (NO_NOUN.test(text.slice(at, at + 2)) || NEW_VALUE.test(text.slice(at, at + 5))) return '';
  // 几十个人挤在一间宿舍.
  if (/^人(?![才员民口类工格士大均物力群事体])/u.test(text.slice(at, at + 2))) return '人';
  let end = at + (clause?.length ?? 0);
  const from = end;
  for (; end < text.length && end - at < LONGEST_NOUN; end += 1) {
    const sign = text[end] ?? '';
    if (!/[\u4e00-\u9fa5A-Za-z0-9（）()+·-]/u.test(sign)) break;
    // The first two characters belong to the noun even when they spell one of the words, but for 5个市被评为.
    const isShort =
      end - from === 1 &&
      /^[市县区州省村镇乡国人][被在为已将有是获均都参入]/u.test(text.slice(from, from + 2));
    if (isShort || (end - from >= 2 && ends.startingAt(text, end) !== undefined)) break;
    // 32个标的卖了2亿元; a verb behind a long noun has two signs: 3个部门网站开通了外文版.
    if (end - from >= 2 && /^了(?!解)/u.test(text.slice(end + 1, end + 3))) {
      if (end - from >= 4) end -= 1;
      break;
    }
  }
  if (/^[）)+·-]/u.test(text.slice(from))) return '';
  const run = text.slice(at, end).replace(/[（(][^）)]*$/u, '');
  const pieces = run.split(/(?<![标目])的/u);
  const head = pieces.at(-1) ?? '';
  const described = pieces.at(-2) ?? '';
  // 12个省份试点经验的基础上: nobody counts bases.
  const first = AMID.test(head) ? GROUP_FIRST.exec(described)?.[0] : undefined;
  if (first !== undefined) return first;
  // 12个省市的代表, 六个类别的33名: what is counted stands before 的.
  return described !== '' && (GROUP.test(described) || /^[\d一二两三四五六七八九十]/u.test(head))
    ? described
    : head;
}

/** 两个都: the two of them, and what they are stands elsewhere. */
export function isPronoun(text: string, end: number): boolean {
  return NO_NOUN.test(text.slice(end, end + 2));
}

const NO_NOUN =
  /^(?:因(?![素子])|增加|减少|扩大|提高|下降|上升|增长|增至|减至|都|也|均|就|才|不|没|同时|分别|一起|是|在|和|与|及|或|被|将|已)/u;
/** 286个精简至214个: what became of them. */
const NEW_VALUE =
  /^(?:精简|压缩|缩减|压减|缩短|扩大|扩展|拓展|调整|提高|提升|增加|减少|延长|上升|下降|降低)(?:至|到|为)/u;
/** Nouns that are counted themselves and not only describe what follows 的. */
const GROUP =
  /(?:省|市|县|区|省份|省市|城市|国家|地区|部门|单位|领域|行业|环节|阶段|方面|类别|板块|组团|小组|村|镇|街道|社区|家庭|班级)$/u;
const GROUP_FIRST = /^(?:省份|省市|城市|国家|地区|部门|单位|领域|行业|环节|阶段|方面|省|市|县|区)/u;
const AMID = /^(?:基础|前提|背景|情况|条件|过程|帮助|支持|领导|推动|配合)$/u;
/** What one does with the things counted. */
const DONE =
  /^.*(?:创建|认定|新增|建设|建成|培育|新建|改造|设立|引进|完成|实施|组建|布局|打造|评选|遴选|发布|签约|带来|取得|安排|拥有|培养|推出|入选|获批|获得|聚集|累计)(?=[\u4e00-\u9fa5]{2})/u;

/** 阅读量已经达5600多万: words between the noun and the number. */
const ADVERBS =
  /(?:(?:保持|维持|稳定|控制)在|只|仅|全国|全省|全市|将?上升|已经|已|累计|总计|合计|共计|共|达到?|约|近|超过?|突破|增加|减少|增长|下降|拟|到|至|为|[增减降升]至|遴选|新增|引进|建设|支持|有|共有)+$/u;

/** The noun that ends at `end`: 聚集科技创新项目 before 59个. At most six characters. */
export function nounBefore(text: string, end: number): string {
  const before = text.slice(Math.max(0, end - 14), end).replace(/[（(\s\\]+$/u, '');
  const whole = (/[\u4e00-\u9fa5]{1,12}$/u.exec(before)?.[0] ?? '').replace(ADVERBS, '');
  const run = whole.replace(DONE, '').slice(-6);
  // 部属高校每校不超过2个: whose, not what.
  if (/每(?:.|[个家所][^的]{1,3})$|^各.{1,3}$/u.test(run)) return '';
  return (run.split(/[的了有达共为近约超过是在]/u).at(-1) ?? '')
    .replace(/(?:总数|数量|(?<!人)数|总量|(?<![\u4e00-\u9fa5]{2})量)$/u, '')
    .replace(/^[\u4e00-\u9fa5]*人数$/u, '人')
    .replace(/^(?:年度?|上年|当年|每年|月)$/u, '');
}
