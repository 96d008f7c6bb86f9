import type { Document } from '../model/document.ts';
import type { Sentence } from '../model/edition.ts';
import { type Span, splitSentences } from '../text/sentences.ts';
import { bigramSimilarity, titleCore, titleKey } from '../text/titles.ts';

const MOST_SENTENCES = 3;
const MOST_CHARACTERS = 280;
const MOST_LATIN_CHARACTERS = 700;
const SHORTEST = 12;
const LONGEST = 220;
const LONGEST_LATIN = 420;
/** Two sentences with this resemblance say the same. */
const SAME = 0.5;

const ACTION =
  /印发|发布|公布|决定|同意|批复|提出|明确|启动|支持|建设|征集|申报|受理|组织|开展|设立|施行|修订|要求|力争|到20\d\d年|\b(?:announce[sd]?|publish(?:es|ed)?|launch(?:es|ed)?|adopt(?:s|ed)?|award(?:s|ed)?|invest(?:s|ed)?|will|must)\b/iu;
const BODY =
  /国务院|部|委员会|[省市县区]政府|厅|局|科学院|Commission|Ministry|Department|Council|Agency|government/u;
const NUMBER =
  /\d[\d,.]*\s*(?:%|万|亿|家|项|个|元|million|billion|bn)|[一二三四五六七八九十百千万]+(?:家|项|个|亿|元)/iu;
const DATE =
  /\d{4}年|\d{1,2}月\d{1,2}日|20\d\d|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b/u;
/** Formulas that open nearly every document and say nothing of this one. */
const FORMULA =
  /为指导|深入贯彻|全面贯彻|认真落实|高举|重要讲话精神|现(?:印发|转发|就|将|提出|通知|批复|公布|公告|函复)[^。]{0,40}(?:如下|给你们)|请认真|遵照执行|贯彻执行|结合实际|收悉|重要意义|组织领导|切实|负总责|第一责任人|通报表扬|督促检查|沟通衔接|本办法所称|制定本|联系人|联系电话|电子邮箱|传真|邮编|责任编辑|来源[:：]|特此|此件公开发布|cookie|subscribe/iu;
const SENTENCE_END = /[。！？.!?][”’」』）)"']*$/u;

/** One to three of a document's own sentences, in its order, that together say who does what, how much and when. */
export function summarise(document: Document): readonly Sentence[] {
  const isLatin = !/\p{Script=Han}/u.test(document.title);
  const spans = splitSentences(document.text);
  const candidates = spans
    .map((span, index) => ({ span, score: scoreOf(span, index, document) }))
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

function scoreOf({ text, start, end }: Span, index: number, document: Document): number {
  const isDeadline = document.dates.some(
    (fact) => fact.start >= start && fact.start < end && fact.kind !== 'validUntil',
  );
  const names = document.issuers.some((issuer) => text.includes(issuer)) || BODY.test(text);
  return (
    Math.max(-1, 3 - index / 6) +
    6 * overlap(titleCore(document.title), titleKey(text)) +
    (ACTION.test(text) ? 1.5 : 0) +
    (names ? 1 : 0) +
    (NUMBER.test(text) ? 1.5 : 0) +
    (DATE.test(text) ? 0.5 : 0) +
    (isDeadline ? 2.5 : 0) -
    (FORMULA.test(text) ? 4 : 0)
  );
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
