import { basename } from 'node:path';
import type { Extract } from '../../model/document.ts';
import type { Vocabulary } from '../../model/vocabulary.ts';
import { extractPage } from '../../pipeline/extract/extract-page.ts';
import { parseDocumentNumber } from '../../pipeline/fields/document-number.ts';
import { splitIssuers } from '../../pipeline/fields/issuers.ts';
import { titleKey } from '../../text/titles.ts';
import { type CorpusPage, type Evaluation, readManifest, readPageText } from './corpus.ts';
import { projectVocabulary } from './vocabulary.ts';

/** Bodies below this are told one by one. */
const POOR_BODY = 0.9;

/** A page of a set with what a perfect reader finds in it. */
type ExpectedPage = CorpusPage & {
  readonly expected: {
    readonly title?: string;
    readonly publishedAt?: string;
    readonly author?: string;
    readonly body?: string;
    readonly issuer?: string;
    readonly documentNumber?: string;
    readonly writtenAt?: string;
    readonly indexNumber?: string;
  };
};

/** What one page gave, next to what it should; for looking at errors. */
export interface PageOutcome {
  readonly page: ExpectedPage;
  readonly extract?: Extract;
  readonly body?: { readonly precision: number; readonly recall: number };
  readonly ms: number;
  readonly error?: string;
}

/** Extracts every page of a set and scores titles, dates, bodies and government fields. */
export async function evaluateExtraction(dir: string): Promise<Evaluation> {
  const outcomes = await extractSet(dir);
  const notes = outcomes.flatMap((outcome) => notesOf(outcome));
  return { set: basename(dir), n: outcomes.length, figures: figuresOf(outcomes), notes };
}

/** Every page of a set with its extract, for tests that look closer. */
export async function extractSet(dir: string): Promise<readonly PageOutcome[]> {
  const vocabulary = await projectVocabulary();
  const outcomes: PageOutcome[] = [];
  // Page sets of extraction state what they expect of each page.
  for (const page of (await readManifest(dir)) as readonly ExpectedPage[])
    outcomes.push(readOne(page, await readPageText(dir, page), vocabulary));
  return outcomes;
}

function readOne(page: ExpectedPage, html: string, vocabulary: Vocabulary): PageOutcome {
  const lang = page.lang ?? 'zh-CN';
  // The zones of page sets: Chinese days are Shanghai days, the rest is read as written.
  const zone = lang.startsWith('zh') ? 'Asia/Shanghai' : 'UTC';
  const source = { article: {}, zone, lang, name: '', publisher: '' };
  const startedAt = performance.now();
  try {
    const extract = extractPage({ html, url: page.url ?? 'https://page.example/', source, vocabulary });
    const ms = performance.now() - startedAt;
    const gold = page.expected.body;
    return { page, extract, ms, ...(gold !== undefined && { body: scoreBody(extract.text ?? '', gold) }) };
  } catch (error) {
    return { page, ms: performance.now() - startedAt, error: String(error) };
  }
}

/** What went wrong on a page, a line each. */
function notesOf({ page, extract, body, error }: PageOutcome): readonly string[] {
  const { title, publishedAt } = page.expected;
  const notes: string[] = [];
  if (error !== undefined) notes.push(`${page.id}: ${error}`);
  if (title !== undefined && titleKey(title) !== titleKey(extract?.title ?? ''))
    notes.push(`${page.id}: title "${extract?.title ?? ''}" instead of "${title}"`);
  if (publishedAt !== undefined && extract?.published?.on !== publishedAt.slice(0, 10))
    notes.push(`${page.id}: date ${extract?.published?.on ?? 'none'} instead of ${publishedAt.slice(0, 10)}`);
  if (body !== undefined && Math.min(body.precision, body.recall) < POOR_BODY)
    notes.push(`${page.id}: body precision ${body.precision.toFixed(2)}, recall ${body.recall.toFixed(2)}`);
  return notes;
}

function figuresOf(outcomes: readonly PageOutcome[]): Evaluation['figures'] {
  const bodies = outcomes.flatMap(({ page, body }) =>
    page.expected.body === undefined ? [] : [body ?? { precision: 0, recall: 0 }],
  );
  const bodyPrecision = mean(bodies.map(({ precision }) => precision));
  const bodyRecall = mean(bodies.map(({ recall }) => recall));
  const share = (isRight: (outcome: PageOutcome) => boolean | undefined) => {
    const judged = outcomes.map(isRight).filter((right) => right !== undefined);
    return mean(judged.map(Number));
  };
  const day = (text: string | undefined) => text?.slice(0, 10);
  const times = outcomes.map(({ ms }) => ms).sort((left, right) => left - right);
  return {
    bodyPrecision,
    bodyRecall,
    bodyF1: harmonic(bodyPrecision, bodyRecall),
    titleExact: share(({ page, extract }) => equal(page.expected.title, extract?.title, titleKey)),
    dateExact: share(({ page, extract }) => equal(day(page.expected.publishedAt), extract?.published?.on)),
    dateWrong: share(({ page, extract }) =>
      page.expected.publishedAt === undefined
        ? undefined
        : extract?.published !== undefined && extract.published.on !== day(page.expected.publishedAt),
    ),
    dateNone: share(({ page, extract }) =>
      page.expected.publishedAt === undefined ? undefined : extract?.published === undefined,
    ),
    authorExact: share(({ page, extract }) => equal(page.expected.author, extract?.fields.author, titleKey)),
    issuerExact: share(({ page, extract }) =>
      equal(page.expected.issuer, extract?.fields.issuers.join('、'), (text) => splitIssuers(text).join()),
    ),
    documentNumberExact: share(({ page, extract }) =>
      equal(
        page.expected.documentNumber,
        extract?.fields.documentNumber,
        (text) => parseDocumentNumber(text)?.key ?? text,
      ),
    ),
    writtenAtExact: share(({ page, extract }) =>
      equal(day(page.expected.writtenAt), extract?.fields.issuedOn),
    ),
    indexNumberExact: share(({ page, extract }) =>
      equal(page.expected.indexNumber, extract?.fields.indexNumber),
    ),
    msMedian: times[Math.floor(times.length / 2)] ?? 0,
    failures: outcomes.filter(({ error }) => error !== undefined).length,
  };
}

function equal(
  expected: string | undefined,
  actual: string | undefined,
  normalise: (text: string) => string = (text) => text,
): boolean | undefined {
  if (expected === undefined || expected === '') return undefined;
  return actual !== undefined && normalise(expected) === normalise(actual);
}

/** Multisets of 4-token shingles; a token is a run of letters or digits, each Han or kana character its own. */
export function scoreBody(actual: string, expected: string): { precision: number; recall: number } {
  const got = shingles(actual);
  const gold = shingles(expected);
  let shared = 0;
  for (const [shingle, count] of got) shared += Math.min(count, gold.get(shingle) ?? 0);
  const total = (counts: ReadonlyMap<string, number>) =>
    [...counts.values()].reduce((sum, count) => sum + count, 0);
  const ratio = (of: number) => (of === 0 ? Number(total(got) === total(gold)) : shared / of);
  return { precision: ratio(total(got)), recall: ratio(total(gold)) };
}

function shingles(text: string): ReadonlyMap<string, number> {
  const tokens =
    text.match(
      /[\u4e00-\u9fff\u3400-\u4dbf\u3040-\u30ff]|[\p{L}\p{N}]+?(?=[\u4e00-\u9fff\u3400-\u4dbf\u3040-\u30ff]|[^\p{L}\p{N}]|$)/gu,
    ) ?? [];
  const counts = new Map<string, number>();
  const last = Math.max(1, tokens.length - 3);
  for (let at = 0; at < last && tokens.length > 0; at += 1) {
    const shingle = tokens.slice(at, at + 4).join(' ');
    counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
  }
  return counts;
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function harmonic(left: number | null, right: number | null): number | null {
  if (left === null || right === null) return null;
  return left + right === 0 ? 0 : (2 * left * right) / (left + right);
}
