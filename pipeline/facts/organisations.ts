import type { OrganisationFact } from '../../model/facts.ts';
import type { Issuer, Vocabulary } from '../../model/vocabulary.ts';
import { gazetteerOf } from './gazetteer.ts';
import { ORGANISATION_TAILS } from './organisation-tails.ts';
import type { Reading } from './reading.ts';
import { wordsOf } from './words.ts';

/** A body that the text names, and where; places inside it are not regions. */
export interface OrganisationMention {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly issuerId?: string;
}

const NAME_SIGNS = /(?<![\u4e00-\u9fa5A-Za-z])[\u4e00-\u9fa5A-Za-z]+$/;
/** Words that end the run in which a name is sought backwards. */
const BREAK =
  /[的了在由和与及或对向从为是把被将于、，。；：“”《》（）()\s\d]|(?<![国所公私])有(?![限色机线轨])|[一多几][家所座个名位]|某|(?<![高平上中初同])等|以及|根据|按照|经|报|请|由|同意|支持|鼓励|推动|建设|设立|成立|参加|来自|联合|关于|印发|召开|通过|全国各/gu;
/** 一家, 多家: one of many, not a name. */
const COUNTED = /^[一多几][家所座个名位]$/u;
const WORD_OF_NAME =
  /^(?:经[济纪营贸信开科发]|和[平田静县顺谐睦]|对[外口]|报[业社]|请示|建设(?:局|厅|委|银行|大学|兵团|部|管理)|向阳|是非|由于|为民)/u;
const LONGEST_NAME = 18;
/** 各级政府, 地方政府, 有关部门: descriptions, not bodies. */
const DESCRIPTION =
  /^(?:各|有关|相关|地方|当地|本级|上级|基层|多家|一家|两家|其他|部分|该|本|我|你|他|中小|大型|国有|民营|外资|上市|合资|子|母|总|分|高等|普通|职业|我国|中国|中央|国家|外国|省级|市级|县级|区级|省|市|县|区|部)?(?:政府|学院|大学|公司|集团|银行|医院|研究院|研究所|协会|学会|局|厅|委员会|办公室|商会|实验室|研究中心|法院|检察院|人民政府|证券|保险|中学|党委|联合会)$/u;

/** Bodies whose names need no place: 清华大学, 中信研究院. */
const LEARNED =
  /大学|学院|研究院|研究所|科学院|工程院|医院|日报|晚报|晨报|早报|出版社|通讯社|集团|公司|协会|学会|联合会|基金会|实验室|卫视|银行|交易所/u;
const LEVEL =
  /^(?:国家|中国|中央|全国|中华|中共|省|市|自治区|区|县|教育部|科技部|财政部|国务院|清华|北京大学)/u;
const NO_BODY =
  /^(?:各|当地|相应|本级|辖内|同级|上级|直辖市|计划单列市|但|和|与|及|或|送|加盖|包括|全国性|外商|租赁|民营|参保|困难)|(?:布|全|格|结|当|时|棋|开|大|僵|战|新|良好)局$|(?<![财民邮行])政局$|^.{0,4}各/u;

/** Named bodies of the text: known issuers and names that end like a body, each mention. */
export function organisationMentions(reading: Reading): readonly OrganisationMention[] {
  const { text, context } = reading;
  if (!reading.isEastAsian) return [];
  const known = issuerNames(context.vocabulary);
  const tails = wordsOf(ORGANISATION_TAILS);
  const names = wordsOf(known.list);
  const found: OrganisationMention[] = [];
  const places = wordsOf(placeNames(context.vocabulary));
  const begins = (start: number) => places.startingAt(text, start) !== undefined;
  const either = wordsOf(known.listWithTails);
  for (let at = either.nextFrom(text, 0); at < text.length; at = either.nextFrom(text, at + 1)) {
    const tail = tails.startingAt(text, at);
    const name = names.startingAt(text, at);
    const previous = found.at(-1);
    // 国务院各部委 describes, 国务院 acts.
    const isDescribing =
      name !== undefined &&
      /^(?:各|有关|所属|直属)/u.test(text.slice(at + name.length, at + name.length + 2));
    if (
      name !== undefined &&
      !isDescribing &&
      !(previous !== undefined && previous.end >= at + name.length)
    ) {
      const issuer = known.byName.get(name);
      found.push({
        name,
        start: at,
        end: at + name.length,
        ...(issuer !== undefined && { issuerId: issuer.id }),
      });
    }
    // 局地降雨, 局势: no bureau.
    if (tail === undefined || (tail === '局' && /[地势面部限域]/u.test(text.charAt(at + 1)))) continue;
    const end = at + tail.length;
    const start = placedStart(text, nameStart(text, at), at, begins);
    const whole = text.slice(start, end);
    if (start === at || DESCRIPTION.test(whole) || NO_BODY.test(whole)) continue;
    // 降低企业保险: a body has a place, a level or a learned kind in its name.
    if (!LEARNED.test(tail) && !LEVEL.test(whole) && !begins(start)) continue;
    // A longer name swallows the shorter one it begins with: 国务院 in 国务院办公厅.
    while ((found.at(-1)?.start ?? -1) >= start) found.pop();
    const issuer = known.byName.get(whole);
    found.push({ name: whole, start, end, ...(issuer !== undefined && { issuerId: issuer.id }) });
  }
  return found;
}

/** 加上美国政府: a name begins with the place in it, not with the words before. */
function placedStart(text: string, from: number, to: number, begins: (start: number) => boolean): number {
  if (LEVEL.test(text.slice(from, to))) return from;
  for (let start = from; start < to; start += 1) if (begins(start)) return start;
  return from;
}

function nameStart(text: string, at: number): number {
  const run = NAME_SIGNS.exec(text.slice(Math.max(0, at - LONGEST_NAME), at))?.[0] ?? '';
  let cut = 0;
  BREAK.lastIndex = 0;
  for (let match = BREAK.exec(run); match !== null; match = BREAK.exec(run)) {
    // 经纪行业协会, 和平区政府: the sign begins a word of the name.
    if (WORD_OF_NAME.test(run.slice(match.index))) continue;
    // 与 and 和 also stand inside names (地理科学与资源研究所): cut only where what follows could stand alone.
    const behind = run.slice(match.index + match[0].length);
    if (/^[与和及]$/u.test(match[0]) && (behind.length < 4 || isOneName(run.slice(cut, match.index))))
      continue;
    // 广西一家研究所: a count parts the place from the body, however short.
    if (match[0].length > 1 && behind.length < 2 && !COUNTED.test(match[0])) continue;
    cut = match.index + match[0].length;
  }
  return at - run.length + cut;
}

/** 重庆市国土资源 of 重庆市国土资源和房屋管理局: begun, and not yet at the end of a name. */
function isOneName(front: string): boolean {
  return (
    /^[\u4e00-\u9fa5]{2,3}[省市区县][\u4e00-\u9fa5]{2,}$/u.test(front) &&
    wordsOf(ORGANISATION_TAILS).endingAt(front, front.length) === undefined
  );
}

/** Each distinct body once, at its first mention outside 《 》. */
export function findOrganisations(
  reading: Reading,
  mentions: readonly OrganisationMention[],
): readonly OrganisationFact[] {
  const seen = new Set<string>();
  const found: OrganisationFact[] = [];
  for (const { name, start, end, issuerId } of mentions) {
    if (reading.isCovered(start) || seen.has(issuerId ?? name)) continue;
    seen.add(issuerId ?? name);
    found.push({
      kind: 'organisation',
      ...reading.span(start, end, issuerId === undefined ? 'TAIL' : 'ISSUER'),
      name,
      ...(issuerId !== undefined && { issuerId }),
    });
  }
  return found;
}

const placeLists = new WeakMap<Vocabulary, readonly string[]>();

function placeNames(vocabulary: Vocabulary): readonly string[] {
  const made = placeLists.get(vocabulary) ?? [
    ...vocabulary.regions.flatMap(({ zh, aliases }) => [zh, ...aliases]),
    ...vocabulary.lexicon.places.map(({ name }) => name),
    // 广德县农业委员会 of the time before 广德市.
    ...[...gazetteerOf(vocabulary).counties.keys()].map((bare) => `${bare}县`),
  ];
  placeLists.set(vocabulary, made);
  return made;
}

interface IssuerNames {
  readonly byName: ReadonlyMap<string, Issuer>;
  readonly list: readonly string[];
  /** With the ends of names of bodies. */
  readonly listWithTails: readonly string[];
}

const issuerLists = new WeakMap<Vocabulary, IssuerNames>();

function issuerNames(vocabulary: Vocabulary): IssuerNames {
  const made = issuerLists.get(vocabulary);
  if (made !== undefined) return made;
  const byName = new Map<string, Issuer>();
  for (const issuer of vocabulary.issuers)
    for (const name of [issuer.zh, ...issuer.aliases])
      if (/^[\u4e00-\u9fa5、]{2,}$/u.test(name)) byName.set(name, issuer);
  const list = [...byName.keys()];
  const names = { byName, list, listWithTails: [...list, ...ORGANISATION_TAILS] };
  issuerLists.set(vocabulary, names);
  return names;
}
