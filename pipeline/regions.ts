import type { Region } from '../model/vocabulary.ts';
import { wordsOf } from './facts/words.ts';

/** What regions are read from. */
export interface RegionsInput {
  readonly title: string;
  readonly text: string;
  /** The region of the source that published it: its documents are about it. */
  readonly sourceRegion?: string | undefined;
  /** Provinces of the places that the title names: see facts/title-places.ts. */
  readonly titlePlaces: readonly string[];
}

/** In the text alone, a region must be named this often to be what the document is about. */
const ENOUGH_MENTIONS = 3;
const OPENING_LENGTH = 200;
/** A text that names more regions than this again and again is about the whole country. */
const MOST_REGIONS = 6;
/** A strategic region of at most this many provinces also marks them on the map. */
const SMALL_REGION = 4;

/** Words in which a region's name is no region. */
export const REGION_TRAPS: readonly string[] = [
  ...[
    '黄淮南部',
    '其中西部',
    '其中东部',
    '非常熟',
    '经常熟',
    '异常熟',
    '江淮南部',
    '黄河南岸',
    '黄河南',
    '嘉陵江西',
    '长江西',
    '太行山东',
    '中东部',
    '出海口',
    '真金白银',
    '入海口',
    '淮海南',
    '南海南部',
    '北京时间',
    '上海合作组织',
    '山东半岛',
  ],
  ...['中山大学', '南京路', '北京路', '上海路', '河南蒙古族自治县', '海南藏族自治州', '海南州', '吉林路'],
  ...[
    '示范县',
    '模范县',
    '延安东路',
    '延安西路',
    '延安中路',
    '丽水世博会',
    '苏州河',
    '湖南路',
    '珠江西',
    '长沙湾',
    '桂林洋',
  ],
];
/** A place inside the name of an organisation says where it sits, not what the text is about. */
const ORGANISATION =
  /^(?!市|省|自治区|等)[\u4e00-\u9fa5]{0,6}?(?:大学|学院|研究院|研究所|证券交易所|交易所|银行|日报|晚报|晨报|电视台|卫视|铁路局|医院|协和)/u;
/** Shenzhen University, Shanghai Stock Exchange, Bank of Ningbo: the same in English. */
const ENGLISH_ORGANISATION =
  /^ (?:[A-Z][a-z]+ ){0,2}(?:University|Institute|Academy|College|Bank|Stock Exchange|Daily|Hospital|Airport)\b/;
const ORGANISATION_OF = /(?:University|Institute|Academy|College|Bank) of $/;
/** 新华社北京6月21日电: where the reporter sat. */
const DATELINE = /^.{0,12}?(?:社|网|报|讯)[\u4e00-\u9fa5、]{2,12}(?:\d{1,2}月)?\d{1,2}日[电讯]/gmu;

/** The provinces and strategic regions a document is about, as ids of the vocabulary, the source's own first. */
export function findRegions(
  { title, text, sourceRegion, titlePlaces }: RegionsInput,
  regions: readonly Region[],
): readonly string[] {
  const matcher = matcherOf(regions);
  const body = /日[电讯]/.test(text) ? text.replace(DATELINE, '') : text;
  const found = new Set<string>(sourceRegion === undefined ? [] : [sourceRegion]);
  for (const id of [
    ...matcher(title).keys(),
    ...titlePlaces,
    ...matcher(body.slice(0, OPENING_LENGTH)).keys(),
  ])
    found.add(id);
  const often = [...matcher(body)].filter(([, count]) => count >= ENOUGH_MENTIONS).map(([id]) => id);
  if (often.length <= MOST_REGIONS) for (const id of often) found.add(id);
  for (const region of regions)
    if (found.has(region.id) && region.members.length <= SMALL_REGION)
      for (const member of region.members) found.add(member);
  return [...found];
}

/** Every region a text names, once or more: id → mentions. Longest names win, so that 内蒙古 is not 蒙. */
export function regionMentions(text: string, regions: readonly Region[]): ReadonlyMap<string, number> {
  return matcherOf(regions)(text);
}

const LATIN = /[A-Za-z]/;
const WORD = /\w/;

type Matcher = (text: string) => ReadonlyMap<string, number>;
const matchers = new WeakMap<readonly Region[], Matcher>();

function matcherOf(regions: readonly Region[]): Matcher {
  const known = matchers.get(regions);
  if (known !== undefined) return known;
  const owners = new Map<string, string[]>();
  for (const region of regions)
    for (const name of [region.zh, region.en, ...region.aliases, ...region.places])
      owners.set(name, [...(owners.get(name) ?? []), region.id]);
  const names = wordsOf([...owners.keys(), ...REGION_TRAPS]);
  const matcher: Matcher = (text) => {
    const counts = new Map<string, number>();
    const isWhole = (name: string, at: number) =>
      !LATIN.test(name.charAt(0)) || !(isLetter(text, at - 1) || isLetter(text, at + name.length));
    for (let at = names.nextFrom(text, 0); at < text.length; at = names.nextFrom(text, at + 1)) {
      const name = names.startingAt(text, at, isWhole);
      if (name === undefined) continue;
      const end = at + name.length;
      if (!isOfOrganisation(text, at, end))
        for (const id of owners.get(name) ?? []) counts.set(id, (counts.get(id) ?? 0) + 1);
      at = end - 1;
    }
    return counts;
  };
  matchers.set(regions, matcher);
  return matcher;
}

function isOfOrganisation(text: string, start: number, end: number): boolean {
  if (!LATIN.test(text.charAt(start))) return ORGANISATION.test(text.slice(end, end + 12));
  return (
    ENGLISH_ORGANISATION.test(text.slice(end, end + 50)) ||
    ORGANISATION_OF.test(text.slice(Math.max(0, start - 20), start))
  );
}

/** Whether a letter stands there with which a name in Latin letters would go on. */
function isLetter(text: string, at: number): boolean {
  return WORD.test(text.charAt(at));
}
