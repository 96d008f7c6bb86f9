import type { Document } from '../../model/document.ts';
import { COUNTED, distinguishingNumbers, readChineseNumber, toAsciiDigits } from '../../text/numerals.ts';
import { quotedTitles, stripTitleMarks, titleCore, titleKey } from '../../text/titles.ts';
import { textKey } from '../identity.ts';
import { bucketsOf } from '../resemblance.ts';
import { type StoryFigure, storyFigures } from './figures.ts';
import { type Passage, passagesOf } from './passages.ts';
import { type Terms, termsOf } from './terms.ts';

/** Who shows a document. */
export interface Publisher {
  readonly name: string;
  readonly official: boolean;
}

/** A document prepared for comparing. */
export interface Candidate {
  readonly document: Document;
  readonly publisher: Publisher;
  /** Days since 1970; undefined where the publication is unknown. */
  readonly day: number | undefined;
  /** Letters and digits of the text. */
  readonly key: string;
  readonly passages: readonly Passage[];
  readonly buckets: readonly string[];
  readonly core: string;
  /** The title without its numbers, and the numbers: one form with other numbers is another document. */
  readonly form: string;
  readonly serial: string;
  /** Which batch, issue, session, round or quarter the title names, by the kind. */
  readonly batches: ReadonlyMap<string, number>;
  readonly terms: Terms;
  /** Numbers of the text, each once, by their spelling. */
  readonly figures: ReadonlyMap<string, StoryFigure>;
  /** It explains another document. */
  readonly isReading: boolean;
  /** Cores of the titles that an interpretation names; empty for everything else. */
  readonly interprets: readonly string[];
  /** Cores of the titles under which others may name this document: its own and the one it encloses. */
  readonly names: readonly string[];
}

const INTERPRETATION =
  /解读|一图读懂|一图看懂|图解|答记者问|记者问|政策问答|问答|fact sheet|questions and answers/iu;
/** A roundup names the events of a week and tells none of them. */
const ROUNDUP =
  /(?:^|[｜|:：【[])?(?:一周|每周|本周|上周|周报|周刊|旬报|早报|早班车|晚报速览|速览|要闻|要览|盘点|新闻联播|快讯汇总)(?=$|[^\u4e00-\u9fff]|[\u4e00-\u9fff]{0,8}(?:[｜|:：]|速览|要闻|盘点|汇总|回顾|观察))|\b(?:weekly|daily) (?:roundup|round-up|briefing|digest|wrap)|\bweek in review|newsletter\b/iu;
const BATCH = /第?([一二三四五六七八九十百\d]+)(批次?|期|届|次|轮|季度)/gu;
const OPENING_LENGTH = 300;
const SHORTEST_NAME = 4;

/** Prepares a document once; comparing is then cheap. */
export function prepare(document: Document, publisher: Publisher): Candidate {
  const { title, text } = document;
  const isReading = document.documentType === 'interpretation' || INTERPRETATION.test(title);
  const interprets = isReading ? namesIn(`${title}\n${text.slice(0, OPENING_LENGTH)}`) : [];
  const core = titleCore(title);
  const names = [core, ...namesIn(title)].filter((name) => name.length >= SHORTEST_NAME);
  const passages = passagesOf(text);
  const figures = new Map(
    ROUNDUP.test(title) ? [] : storyFigures(`${title}\n${text}`).map((figure) => [figure.key, figure]),
  );
  // Without terms of its own it can only be a reprint.
  const terms = ROUNDUP.test(title) ? new Map() : termsOf(document);
  return {
    document,
    publisher,
    day: document.published === undefined ? undefined : Date.parse(document.published.on) / 86_400_000,
    key: textKey(text),
    passages,
    buckets: bucketsOf(passages),
    core,
    ...formOf(title),
    batches: batchesOf(title),
    terms,
    figures,
    isReading,
    interprets,
    names,
  };
}

/** The form of a title: 第N批 and 20NN年 stand for all batches and years. */
function formOf(title: string): { readonly form: string; readonly serial: string } {
  const plain = toAsciiDigits(stripTitleMarks(title));
  const form = titleKey(plain.replace(COUNTED, '#'));
  return { form, serial: distinguishingNumbers(plain).join() };
}

function batchesOf(title: string): ReadonlyMap<string, number> {
  const found = [...toAsciiDigits(title).matchAll(BATCH)].map(([, number = '', kind = '']) => {
    const value = /\d/.test(number) ? Number(number) : readChineseNumber(number);
    return [kind.charAt(0), value ?? 0] as const;
  });
  return new Map(found);
}

function namesIn(text: string): readonly string[] {
  return quotedTitles(text)
    .map(titleCore)
    .filter((name) => name.length >= SHORTEST_NAME);
}
