import type { Document } from '../../model/document.ts';
import type { Sentence, WrittenSentence } from '../../model/edition.ts';
import type { FigureFact } from '../../model/facts.ts';
import type { Vocabulary } from '../../model/vocabulary.ts';
import type { DroppedSentence } from '../../model/writer.ts';
import { type Span, splitSentences } from '../../text/sentences.ts';
import { bigramSimilarity } from '../../text/titles.ts';
import { type Mark, marksOf } from './marks.ts';

const MOST_SENTENCES = 2;
const LONGEST = 300;
/** Two sentences with this resemblance say the same. */
const SAME = 0.5;
/** Below this share of its words in the documents a sentence tells something else than they do. */
const LEAST_SHARED = 0.6;
const MOST_BASIS = 4;
const NUMERAL = /[\d.%％零〇一二三四五六七八九十百千万亿两]/u;
const LATIN = /[\p{Script=Latin}\d]/u;

/** What may be shown of a writing, and what may not. */
export interface CheckedWriting {
  readonly sentences: readonly WrittenSentence[];
  readonly dropped: readonly DroppedSentence[];
}

/**
 * Holds a writing against its documents, sentence by sentence: every number with its unit, every date and every name must
 * stand in one of them, and in the documents' own language most words must too. What fails is dropped, never corrected.
 */
export function checkWriting(
  text: string,
  documents: readonly Document[],
  vocabulary: Vocabulary,
): CheckedWriting {
  const sources = documents.map((document) => ({ document, spans: splitSentences(document.text) }));
  const sentences: WrittenSentence[] = [];
  const dropped: DroppedSentence[] = [];
  for (const { text: written } of splitSentences(plainText(text))) {
    const because = faultOf(written, sentences);
    const checked = because === undefined ? supportOf(written, sources, vocabulary) : { because };
    if ('because' in checked) dropped.push({ text: written, because: checked.because });
    else sentences.push({ text: written, basis: checked.basis });
  }
  return { sentences, dropped };
}

interface SourceText {
  readonly document: Document;
  readonly spans: readonly Span[];
}

/** A model may answer with marks of Markdown or HTML around its words. */
function plainText(text: string): string {
  return text
    .replace(/<[^<>]{0,200}>/gu, '')
    .replace(/^[ \t]*(?:[#>*-]+|\d+[.、)])[ \t]+/gmu, '')
    .replace(/\*\*|__|`/gu, '')
    .trim();
}

function faultOf(written: string, before: readonly WrittenSentence[]): string | undefined {
  if (before.length >= MOST_SENTENCES) return `more than ${MOST_SENTENCES} sentences`;
  if (written.length > LONGEST) return `longer than ${LONGEST} characters`;
  if (!/[。！？.!?][”’」』）)"']*$/u.test(written)) return 'not a finished sentence';
  if (before.some(({ text }) => bigramSimilarity(text, written) > SAME))
    return 'says the same as the one before';
  return undefined;
}

function supportOf(
  written: string,
  sources: readonly SourceText[],
  vocabulary: Vocabulary,
): { readonly basis: readonly Sentence[] } | { readonly because: string } {
  const [lead] = sources;
  const marks = marksOf(written, { vocabulary, publishedOn: lead?.document.published?.on });
  const basis = new Map<string, Sentence>();
  for (const mark of marks) {
    const found = findMark(mark, sources, vocabulary);
    if (found === undefined) return { because: `no document has "${mark.words}"` };
    if (found !== 'stated') basis.set(`${found.documentId} ${found.start}`, found);
  }
  if (isOwnLanguage(written, sources)) {
    const shared = sharedWords(written, sources);
    if (shared < LEAST_SHARED)
      return { because: `only ${Math.round(shared * 100)} % of its words stand in the documents` };
  } else if (marks.length === 0) return { because: 'nothing in it can be held against the documents' };
  if (basis.size === 0) {
    const nearest = nearestSentence(written, sources);
    if (nearest === undefined) return { because: 'no sentence of the documents is like it' };
    basis.set('', nearest);
  }
  return { basis: [...basis.values()].slice(0, MOST_BASIS) };
}

/** The source sentence that has the mark; `stated` when the document's own fields say so (its issuer, its date). */
function findMark(
  mark: Mark,
  sources: readonly SourceText[],
  vocabulary: Vocabulary,
): Sentence | 'stated' | undefined {
  for (const source of sources) {
    const at = placeOf(mark, source.document, vocabulary);
    if (at === undefined) continue;
    const span = at === 'stated' ? undefined : source.spans.find(({ start, end }) => start <= at && at < end);
    return span === undefined ? 'stated' : toSentence(span, source.document);
  }
  return undefined;
}

function placeOf(mark: Mark, document: Document, vocabulary: Vocabulary): number | 'stated' | undefined {
  switch (mark.kind) {
    case 'figure': {
      const fact = document.facts?.find((one) => one.kind === 'figure' && isSameFigure(one, mark.figure));
      return fact?.start ?? unreadPlace(mark.words, document);
    }
    case 'date': {
      const stated = [document.published?.on, document.issuedOn, ...document.dates.map(({ on }) => on)];
      const fact = document.facts?.find(
        (one) => (one.kind === 'date' || one.kind === 'deadline') && isSameDate(one.iso, mark.iso),
      );
      if (fact !== undefined) return fact.start;
      return stated.some((on) => isSameDate(on, mark.iso)) ? 'stated' : unreadPlace(mark.words, document);
    }
    case 'name': {
      for (const name of namesFor(mark.words, vocabulary)) {
        const at = placeOfWord(document.text, name);
        if (at >= 0) return at;
        const own = [
          document.title,
          ...document.issuers,
          document.documentNumber ?? '',
          document.credit ?? '',
        ];
        if (own.some((text) => placeOfWord(text, name) >= 0)) return 'stated';
      }
      return undefined;
    }
  }
}

/** The same words in a stretch that no rule has read as something else: 300万元 is not what 最高300万元 says. */
function unreadPlace(words: string, { text, facts = [] }: Document): number | undefined {
  const at = placeOfWord(text, words);
  if (at < 0) return undefined;
  const isRead = facts.some(
    ({ kind, start, end }) => (kind === 'figure' || kind === 'date') && start < at + words.length && at < end,
  );
  return isRead ? undefined : at;
}

/** Numbers and Latin words only where they are whole: 30 does not stand in 2030, nor 三万 in 三万亿. */
function placeOfWord(text: string, word: string): number {
  const joins = NUMERAL.test(word[0] ?? '') || NUMERAL.test(word.at(-1) ?? '') ? NUMERAL : LATIN;
  if (!joins.test(word[0] ?? '') && !joins.test(word.at(-1) ?? '')) return text.indexOf(word);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const [before = '', after = ''] = [text[at - 1], text[at + word.length]];
    if (!joins.test(before) && !joins.test(after)) return at;
  }
  return -1;
}

/** The words themselves, without the marks of a quotation, and what the vocabulary calls the same body or place. */
function namesFor(words: string, { issuers, regions }: Vocabulary): readonly string[] {
  const bare = words.replace(/^[《“"]|[》”"]$/gu, '');
  const same = [...issuers, ...regions].filter(
    ({ zh, en, aliases }) => zh === bare || en === bare || aliases.includes(bare),
  );
  return [bare, ...same.flatMap(({ zh, en, aliases }) => [zh, en, ...aliases])];
}

function isSameFigure(stated: FigureFact, written: FigureFact): boolean {
  const near = (left = 0, right = 0) => Math.abs(left - right) <= Math.abs(left) * 1e-9;
  if (!near(stated.value, written.value) || !near(stated.valueMax, written.valueMax)) return false;
  if ((stated.currency ?? '') !== (written.currency ?? '')) return false;
  if ((stated.unit === 'ratio') !== (written.unit === 'ratio')) return false;
  return stated.qualifier === written.qualifier;
}

/** A month is found in a day of it, a day only in itself. */
function isSameDate(stated: string | undefined, written: string): boolean {
  return stated !== undefined && (stated === written || stated.startsWith(`${written}-`));
}

function isOwnLanguage(written: string, sources: readonly SourceText[]): boolean {
  const isHan = (text: string) => /\p{Script=Han}/u.test(text);
  return sources.some(({ document }) => isHan(document.title) === isHan(written));
}

/** Share of the pairs of Han characters, or of the longer Latin words, that stand in the documents. */
function sharedWords(written: string, sources: readonly SourceText[]): number {
  const whole = sources
    .map(({ document }) => `${document.title}\n${document.text}`)
    .join('\n')
    .toLowerCase();
  const pairs = [...written.matchAll(/(?=(\p{Script=Han}{2}))/gu)].map(([, pair]) => pair ?? '');
  const words = [...written.toLowerCase().matchAll(/\p{Script=Latin}{4,}/gu)].map(([word]) =>
    word.slice(0, 6),
  );
  const all = [...pairs, ...words];
  return all.length === 0 ? 0 : all.filter((one) => whole.includes(one)).length / all.length;
}

function nearestSentence(written: string, sources: readonly SourceText[]): Sentence | undefined {
  let best: { readonly likeness: number; readonly sentence: Sentence } | undefined;
  for (const { document, spans } of sources)
    for (const span of spans) {
      const likeness = bigramSimilarity(span.text, written);
      if (likeness > (best?.likeness ?? 0.2)) best = { likeness, sentence: toSentence(span, document) };
    }
  return best?.sentence;
}

function toSentence({ text, start, end }: Span, document: Document): Sentence {
  const { id: documentId, revision, contentHash } = document;
  return { text, documentId, revision, start, end, contentHash };
}
