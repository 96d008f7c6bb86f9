import type { Document } from '../model/document.ts';
import type { Sentence } from '../model/edition.ts';
import { type Span, splitSentences } from '../text/sentences.ts';
import { bigramSimilarity, titleCore, titleKey } from '../text/titles.ts';

const MOST_SENTENCES = 3;
const MOST_CHARACTERS = 420;
const MOST_LATIN_CHARACTERS = 700;
const SHORTEST = 12;
const LONGEST = 260;
const LONGEST_LATIN = 420;
/** Two sentences with this resemblance say the same. */
const SAME = 0.5;

const ACTION =
  /印发|发布|公布|决定|同意|批复|提出|明确|启动|支持|建设|征集|申报|受理|组织|开展|设立|施行|修订|要求|揭牌|开通|投用|投入使用|启用|签约|召开|获批|入选|通过验收|授予|被评为|力争|到20\d\d年|\b(?:announce[sd]?|publish(?:es|ed)?|launch(?:es|ed)?|adopt(?:s|ed)?|award(?:s|ed)?|invest(?:s|ed)?|will|must)\b/iu;
const BODY =
  /国务院|部|委员会|[省市县区]政府|厅|局|科学院|Commission|Ministry|Department|Council|Agency|government/u;
const NUMBER =
  /\d[\d,.]*\s*(?:%|万|亿|家|项|个|元|million|billion|bn)|[一二三四五六七八九十百千万]+(?:家|项|个|亿|元)/iu;
const DATE =
  /\d{4}年|\d{1,2}月\d{1,2}日|20\d\d|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b/u;
/** What happened, and when: the sentence a report is written for. */
const EVENT =
  /(?:\d{1,2}日|今天|昨天|昨日|近日|日前)[^。]{0,60}(?:揭牌|开通|启动|召开|举行|发布|公布|开幕|投用|投入使用|交付|通过验收|签约|印发|落成|上线|获批|宣布|出台)/u;
/** What a document sets out to reach, and when. */
const GOAL =
  /到(?:20\d\d|“?十[一二三四五]?五”?末|本世纪)|未来[一二三四五六七八九十\d]+年|20\d\d年(?:底|末)?前|力争|目标是|具体指标|\bby 20\d\d\b/iu;
const GOAL_HEADING = /(?:目标|指标)[。：:]?$/u;
/** What somebody gets, must do or may no longer do. */
const PROVISION =
  /不再|取消|免[收征除]|返还|给予|补助|奖励|资助|不得|必须|允许|授予|达到|提高到|降至|压缩|缩短|增长|下降|同比|新增|建成|实现|都要|对[^，。]{4,40}进行修订|\b(?:shall|require[sd]?|ban(?:s|ned)?|cut[s]?|raise[sd]?|grant(?:s|ed)?)\b/iu;
/** Formulas that open nearly every document and say nothing of this one. */
const FORMULA =
  /为指导|深入贯彻|全面贯彻|认真落实|高举|重要讲话精神|不忘初心|中国梦|现(?:印发|转发|就|将|提出|通知|批复|公布|公告|函复)[^。]{0,120}(?:如下|给你们)|提出(?:如下|以下)|请认真|遵照执行|贯彻执行|结合[^，。]{0,6}实际|收悉|重要意义|组织领导|切实|负总责|第一责任人|通报表扬|督促检查|再接再厉|珍惜荣誉|先进事迹|沟通衔接|本办法所称|制定本|联系人|联系电话|电子邮箱|传真|邮编|责任编辑|来源[:：]|特此|此件公开发布|cookie|subscribe/iu;
/** Why a document was written: background, principles, what was so far. */
const BACKGROUND =
  /高度重视|的(?:重要|关键|根本|主要)?(?:基础|支撑|平台|根基|保障|作用|意义|实践|标志)。|发挥着?重要作用|近年来|取得[^。]{0,12}(?:成效|进展|成绩)|(?:比较|日益|较为)突出|亟待|基本原则|牢固树立|以[^，。]{2,40}为(?:核心|导向|主线|引领|重点)，|但(?:是|在)?|指导思想|统筹推进/u;
/** Types that tell of an event as news does. */
const NO_RULES = new Set([
  'news',
  'feature',
  'commentary',
  'interpretation',
  'speech',
  'side',
  'statistics',
  'report',
]);
const SENTENCE_END = /[。！？.!?][”’」』）)"']*$/u;

/** One to three of a document's own sentences, in its order, that together say who does what, how much and when. */
export function summarise(document: Document): readonly Sentence[] {
  const isLatin = !/\p{Script=Han}/u.test(document.title);
  const spans = splitSentences(document.text);
  const candidates = spans
    .map((span, index) => ({ span, score: scoreOf(span, index, { document, spans }) }))
    .filter(({ span }) => isSentence(span, document.title, isLatin ? LONGEST_LATIN : LONGEST))
    .sort((left, right) => right.score - left.score || left.span.start - right.span.start);
  const chosen: Span[] = [];
  let length = 0;
  for (const { span, score } of candidates) {
    if (chosen.length === MOST_SENTENCES) break;
    if (
      chosen.length > 0 &&
      (score <= 0 || length + span.text.length > (isLatin ? MOST_LATIN_CHARACTERS : MOST_CHARACTERS))
    )
      continue;
    if (chosen.some((known) => isSame(known.text, span.text))) continue;
    chosen.push(span);
    length += span.text.length;
  }
  // A document of two lines may hold no finished sentence; its longest line still is its own word.
  if (chosen.length === 0) chosen.push(...longestLine(spans));
  return chosen.sort((left, right) => left.start - right.start).map((span) => toSentence(span, document));
}

function scoreOf(span: Span, index: number, { document, spans }: Reading): number {
  const { text, start, end } = span;
  const isDeadline = document.dates.some(
    (fact) => fact.start >= start && fact.start < end && fact.kind !== 'validUntil',
  );
  const names = document.issuers.some((issuer) => text.includes(issuer)) || BODY.test(text);
  const isUnderGoals = [1, 2].some((back) => GOAL_HEADING.test(spans[index - back]?.text ?? ''));
  const title = overlap(titleCore(document.title), titleKey(text));
  const facts =
    (ACTION.test(text) ? 1.5 : 0) +
    (names ? 1 : 0) +
    (NUMBER.test(text) ? 1.5 : 0) +
    (DATE.test(text) ? 0.5 : 0) +
    (PROVISION.test(text) ? 1.5 : 0) +
    (isDeadline ? 2.5 : 0) -
    (FORMULA.test(text) ? 4 : 0) -
    (BACKGROUND.test(text) ? 3 : 0);
  // A report tells its event in its first sentences; a document of rules says what it is for and comes to the point later.
  if (!isRules(document))
    return Math.max(-1, 3 - index / 6) + 6 * title + facts + (EVENT.test(text) ? 1.5 : 0);
  return (
    Math.max(-1, 1 - index / 40) + 3 * title + facts + (GOAL.test(text) ? 3 : 0) + (isUnderGoals ? 2 : 0)
  );
}

/** What the score of one sentence needs of the rest. */
interface Reading {
  readonly document: Document;
  readonly spans: readonly Span[];
}

function isRules({ documentType }: Document): boolean {
  return documentType !== undefined && !NO_RULES.has(documentType);
}

/** Share of the title's bigrams that the sentence holds. */
function overlap(title: string, sentence: string): number {
  if (title.length < 2) return 0;
  let shared = 0;
  for (let at = 0; at + 1 < title.length; at += 1)
    if (sentence.includes(title.slice(at, at + 2))) shared += 1;
  return shared / (title.length - 1);
}

/** Not a heading, a salutation, a signature or the title again. */
function isSentence({ text }: Span, title: string, longest: number): boolean {
  if (text.length < SHORTEST || text.length > longest) return false;
  if (!SENTENCE_END.test(text) || /[:：]$/u.test(text)) return false;
  if (/^[（(]?[一二三四五六七八九十\d]+[、.．)）][^，。]{0,20}。?$/u.test(text)) return false;
  return titleKey(text) !== titleKey(title);
}

function isSame(left: string, right: string): boolean {
  const [one, other] = [titleKey(left), titleKey(right)];
  return one.includes(other) || other.includes(one) || bigramSimilarity(one, other) >= SAME;
}

function longestLine(spans: readonly Span[]): readonly Span[] {
  const [longest] = [...spans]
    .filter(({ text }) => !/[:：]$/u.test(text))
    .sort((left, right) => right.text.length - left.text.length);
  return longest === undefined ? [] : [longest];
}

function toSentence({ text, start, end }: Span, document: Document): Sentence {
  const { id: documentId, revision, contentHash } = document;
  return { text, documentId, revision, start, end, contentHash };
}
