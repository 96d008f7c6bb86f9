import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Document } from '../../model/document.ts';
import { cluster } from '../../pipeline/cluster.ts';
import { parseDocumentNumber } from '../../pipeline/fields/document-number.ts';
import { documentTypeOf } from '../../pipeline/fields/document-type.ts';
import { distinguishingNumbers, toAsciiDigits } from '../../text/numerals.ts';
import { stripTitleMarks, titleKey } from '../../text/titles.ts';
import { type Evaluation, share } from './corpus.ts';
import { sourcesOf, toDocument } from './documents-of-texts.ts';
import { projectVocabulary } from './vocabulary.ts';

interface ListedDocument {
  readonly url: string;
  readonly site: string;
  readonly title?: string;
  readonly issued?: string;
  readonly published?: string;
  readonly docNumberRaw?: string;
  /** Labelled by a person or a second reading. */
  readonly type?: string | null;
}

/** Placeholders that stand where there is no number: 其他〔2021〕3号. */
const NO_NUMBER = /^[\s\u200b]*(?:发文字号\s*[:：]?\s*$|其[他它]|无\s*$)/u;
/** Where labels of types lie when the rows carry none: the same titles, read by hand. */
const LABELS = ['../../labelled/relevance-zh/docs.jsonl', '../relevance-zh/docs.jsonl'];
const NUMERAL = /\d+(?:\.\d+)?|第?[一二三四五六七八九十百]+(?=[批期次届号章版轮年月五季])/gu;

/** Types, numbers and look-alikes of listed government documents: titles and numbers as their sites show them. */
export async function evaluateDocuments(dir: string): Promise<Evaluation> {
  const vocabulary = await projectVocabulary();
  const rows = await readLines(join(dir, 'docs.jsonl'));
  const notes: string[] = [];
  const numbers = rows.flatMap(({ docNumberRaw }) =>
    docNumberRaw === undefined || NO_NUMBER.test(docNumberRaw) ? [] : [docNumberRaw],
  );
  const unread = numbers.filter((raw) => parseDocumentNumber(raw) === undefined);
  notes.push(...[...new Set(unread)].map((raw) => `no number read: ${raw}`));

  const labelled = await labelledRows(dir, rows);
  const titled = rows.filter((row) => row.title !== undefined);
  const typed = (labelled.length > 0 ? labelled : titled).map(({ title = '', type }) => {
    const got = documentTypeOf(title, vocabulary.documentTypes);
    return { title, type, got, right: labelled.length > 0 ? got === type : got !== undefined };
  });
  notes.push(
    ...typed.filter(({ right }) => !right).map(({ title, type, got }) => `type ${got}, is ${type}: ${title}`),
  );
  if (labelled.length === 0) notes.push('no types are labelled: the share of titles that have one is given');

  const texts = uniqueTitles(titled).map(({ url, site, title = '', published, issued }) => {
    const publishedAt = published ?? issued ?? '2000-01-01';
    return { id: url, site, trust: 'government', url, publishedAt, title, text: '' };
  });
  const documents = texts.map((text) => toDocument(text, vocabulary));
  const pairs = lookAlikes(documents);
  const stories = new Map<string, string>();
  for (const story of cluster(documents, sourcesOf(texts)))
    for (const { documentId } of story.members) stories.set(documentId, story.id);
  const folded = pairs.filter(([left, right]) => stories.get(left.id) === stories.get(right.id));
  notes.push(...folded.map(([left, right]) => `folded: ${left.title} | ${right.title}`));

  const figures = {
    typeAccuracy: share(typed.filter(({ right }) => right).length, typed.length),
    numberParsed: share(numbers.length - unread.length, numbers.length),
    lookAlikesApart: share(pairs.length - folded.length, pairs.length),
    typesChecked: typed.length,
    lookAlikePairs: pairs.length,
  };
  return { set: basename(dir), n: rows.length, figures, notes: notes.slice(0, 200) };
}

async function labelledRows(
  dir: string,
  rows: readonly ListedDocument[],
): Promise<readonly ListedDocument[]> {
  const own = rows.filter(({ type, title }) => typeof type === 'string' && title !== undefined);
  const file = LABELS.map((path) => join(dir, path)).find(existsSync);
  if (own.length > 0 || file === undefined) return own;
  const addresses = new Set(rows.map(({ url }) => url));
  return (await readLines(file)).filter(({ type, url }) => typeof type === 'string' && addresses.has(url));
}

/** Pairs of titles that differ in nothing but their numbers: the next year, batch or issue. */
function lookAlikes(documents: readonly Document[]): readonly (readonly [Document, Document])[] {
  const forms = new Map<string, Document[]>();
  for (const document of documents) {
    const plain = toAsciiDigits(stripTitleMarks(document.title));
    const form = titleKey(plain.replace(NUMERAL, '#'));
    if (plain.search(NUMERAL) >= 0) forms.set(form, [...(forms.get(form) ?? []), document]);
  }
  // Neighbours of a form, so that a form of a hundred issues does not outweigh all others.
  return [...forms.values()].flatMap((form) =>
    form
      .slice(1)
      .map((document, index) => [form[index] as Document, document] as const)
      .filter(([left, right]) => numbersOf(left) !== numbersOf(right)),
  );
}

function numbersOf({ title }: Document): string {
  return distinguishingNumbers(stripTitleMarks(title)).join();
}

/** One row for each title of a site and day: sites list a document under several addresses. */
function uniqueTitles(rows: readonly ListedDocument[]): readonly ListedDocument[] {
  const keyed = rows.map(
    (row) => [`${row.site} ${row.published} ${titleKey(row.title ?? '')}`, row] as const,
  );
  return [...new Map(keyed).values()];
}

/** One JSON value a line; the corpus is not ours to check. */
async function readLines(file: string): Promise<readonly ListedDocument[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as ListedDocument);
}
