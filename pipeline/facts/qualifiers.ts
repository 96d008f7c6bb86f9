import type { Qualifier } from '../../model/facts.ts';

/** A comparator or direction that touches a number. */
export interface Touching {
  readonly start: number;
  readonly qualifier?: Exclude<Qualifier, 'change' | 'range' | 'class' | 'target'>;
  /** Growth or fall by the number; absent when the number is a level. */
  readonly sign?: 1 | -1;
}

/** Longest first: 不超过 contains 超过, 不足 contains 足. A qualifier touches the numeral, at most through 了, 到, 人民币. */
const COMPARATORS: readonly (readonly [RegExp, NonNullable<Touching['qualifier']>])[] = [
  [/(?:(?:大于|高于|多于|超过)(?:或者?)?等于|[≥≧])\s?$/u, '>='],
  [/(?:(?:小于|低于|少于)(?:或者?)?等于|[≤≦])\s?$/u, '<='],
  [/[>＞]\s?$/u, '>'],
  [/[<＜]\s?$/u, '<'],
  [/(?:最高|最多|总额)?不(?:得|能|可|应|准|宜|会)?(?:超过|高于|多于|大于|超出|突破|超)(?:了)?$/u, '<='],
  [/(?:最低|一般|原则上)?不(?:得|能|可|应|宜|会)?(?:低于|少于|小于)(?:了)?$/u, '>='],
  [/(?:不到|不足|不满|未满|未达到?|少于|低于|小于|未超过|不及)$/u, '<'],
  [
    /(?:(?:已|也|均|都|将|要)?(?:超过|超出|突破|高于|多于|大于|高达?于)|(?<![高赶])超|逾|(?<!打)破|不止)(?:了|到)?$/u,
    '>',
  ],
  [
    /(?:至少|最少|少说也?|最低|下限为?|起码|年满|(?<![圆充美])满|达到或超过)(?:有|要|需|达|为)?(?:了)?$/u,
    '>=',
  ],
  // 至少做20个, 至少招收1名.
  [/至少(?:[做建招开办选派配买交出]|招收|完成|开展|建设|组织|配备|培养|举办|参加|安排|提供|承担)$/u, '>='],
  [
    /(?:至多|最多|最高|上限为?)(?:可|给予|可达|补贴|补助|奖励|资助|为|不超过|可获|可申请|支持|可给予|只支持|仅支持|可模拟|能达){0,2}$/u,
    '<=',
  ],
  // 最多可抵, 最高可获得.
  [/(?:至多|最多|最高)可[\u4e00-\u9fa5]{1,3}$/u, '<='],
  [
    /(?:(?<![签节合契制预邀条特])约(?:为|合)?|差不多|大致|大约|大概|将近|接近|近乎|几乎|几近|(?<![附新最邻亲靠临])近|平均约)(?:有|为|达)?$/u,
    '~',
  ],
];
const BEHIND: readonly (readonly [RegExp, NonNullable<Touching['qualifier']>])[] = [
  [/^(?:及其?以上|（含）以上|\(含\)以上|以上|之上|起(?=[，。；、）]))/u, '>='],
  [/^(?:及其?以下|（含）以下|以下|之下)/u, '<='],
  [/^(?:（含）)?(?:以内|之内|范围(?:以|之)?内|内(?![地蒙外部容需资存在涵陆设]))/u, '<='],
  [/^封顶/u, '<='],
  [/^(?:左右|上下)/u, '~'],
];
const UP =
  '涨幅(?:达到?|为)?|增幅(?:达到?|为)?|增长|增加|增产|增收|增多|提高|提升|上升|上涨|上浮|上调|上扬|扩大|飙升|攀升|激增|猛增|涨|升|高出|(?<![最提新较偏走升创])高(?!达)|多出|加快|回升|上行|走强|多增|(?<!新)增|(?<![许很更最不至增])多了|(?<![最至许很更增])多(?:花|用|付|缴|交|收|赚|投|等|走|跑|卖)了?|(?<![加尽赶较偏最])快(?!速|递)了?|走高|收涨|延长|反弹';
const DOWN =
  '跌幅(?:达到?|为)?|降幅(?:达到?|为)?|下降|减小|减产|减收|下滑|下跌|下调|下浮|回落|降低|减少|缩减|缩短|收窄|萎缩|缩水|减|跌|降|(?<![最降减偏较走压高])低(?![于至到])|走低|收跌|压缩|压减|贬值|放缓|减缓|走弱|少增|(?<![最至减])少(?:花|用|付|缴|交|收|赚|投|等|走|跑|卖)了?|低出|重挫|暴跌|大跌';
const CHANGE = new RegExp(
  `(?:(?:同比|环比|比上年(?:同期)?|比去年(?:同期)?|较上年(?:同期)?|较去年(?:同期)?|年均|分别|实际|名义|累计|大幅|小幅|净|再|日均|单日)?(?:同比|环比)?(?<direction>${UP}|${DOWN}))(?:了|幅度?(?:为|达)?|高达|达)?$`,
  'u',
);
const IS_UP = new RegExp(`^(?:${UP})$`, 'u');
/** A growth rate as a level (增速达25.6%, 增长率为), or a new value (增长到). */
const LONGEST_BEFORE = 14;
const LARGE = /^(?:[百千万亿半]|\d+(?:\.\d+)?(?:[万亿%成]|\s?[万亿])|[一二三四五六七八九](?:成|[百千万亿]))/u;

/** The comparator and the direction right before `at`. */
export function qualifierBefore(text: string, at: number): Touching {
  let start = at;
  let qualifier: Touching['qualifier'];
  const slice = () => text.slice(Math.max(0, start - LONGEST_BEFORE), start);
  const currency = /(?:人民币|RMB|￥|¥)\s*$/u.exec(slice());
  if (currency !== null) start -= currency[0].length;
  // 销量过万 and 过半 compare; 写过16本 only tells of the past.
  if (/(?<![超通经不透度走路越])过$/u.test(slice()) && LARGE.test(text.slice(at, at + 12))) {
    qualifier = '>';
    start -= 1;
  } else
    for (const [pattern, value] of COMPARATORS) {
      const match = pattern.exec(slice());
      if (match === null) continue;
      qualifier = value;
      start -= match[0].length;
      break;
    }
  const change = CHANGE.exec(slice());
  const direction = change?.groups?.direction;
  if (change === null || direction === undefined) return { start, ...(qualifier && { qualifier }) };
  start -= change[0].length;
  const sign = IS_UP.test(direction) ? 1 : -1;
  return { start, ...(qualifier && { qualifier }), sign };
}

/** The comparator right behind `at`, and where it ends. */
export function qualifierBehind(
  text: string,
  at: number,
): { readonly qualifier: NonNullable<Touching['qualifier']>; readonly end: number } | undefined {
  const slice = text.slice(at, at + 8);
  for (const [pattern, qualifier] of BEHIND) {
    const match = pattern.exec(slice);
    if (match !== null) return { qualifier, end: at + match[0].length };
  }
  return undefined;
}
