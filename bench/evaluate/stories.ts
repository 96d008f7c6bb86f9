import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Document } from '../../model/document.ts';
import type { DocumentId } from '../../model/ids.ts';
import type { Story } from '../../model/story.ts';
import { cluster } from '../../pipeline/cluster.ts';
import type { Evaluation } from './corpus.ts';
import { type MadeText, sourcesOf, toDocument } from './documents-of-texts.ts';
import { projectVocabulary } from './vocabulary.ts';

interface StoryText extends MadeText {
  readonly storyId: string;
  readonly reprintOf: string | null;
}

interface Headline {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly story: string;
  /** Milliseconds. */
  readonly time: number;
  readonly url: string;
}

/** Clusters a labelled set (texts in docs.jsonl or headlines in headlines.jsonl) and compares with its stories. */
export async function evaluateStories(dir: string): Promise<Evaluation> {
  const vocabulary = await projectVocabulary();
  const texts = await readTexts(dir);
  const documents = texts.map((text) => toDocument(text, vocabulary));
  const stories = cluster(documents, sourcesOf(texts));
  const storyOf = new Map(
    stories.flatMap((story) => story.members.map((member) => [member.documentId, story] as const)),
  );
  const expected = new Map(documents.map((document, index) => [document.id, texts[index]?.storyId ?? '']));
  const pairs = reprintPairs(texts, documents, stories);
  const figures = {
    ...bCubed(documents, storyOf, expected),
    reprintPrecision: pairs?.precision ?? null,
    reprintRecall: pairs?.recall ?? null,
  };
  const notes = [...mistakes(documents, stories, expected), ...(pairs?.notes ?? [])];
  return { set: basename(dir), n: texts.length, figures, notes: texts.length > 1000 ? [] : notes };
}

async function readTexts(dir: string): Promise<readonly StoryText[]> {
  const docs = join(dir, 'docs.jsonl');
  if (existsSync(docs)) return readLines<StoryText>(docs);
  const headlines = await readLines<Headline>(join(dir, 'headlines.jsonl'));
  return headlines.map(({ id, title, publisher, story, time }) => ({
    id,
    site: publisher,
    trust: 'media',
    // Portals show several headlines under one address.
    url: `https://headlines.example/${id}`,
    publishedAt: new Date(time).toISOString(),
    title,
    text: '',
    lang: 'en',
    storyId: story,
    reprintOf: null,
  }));
}

/** One JSON value a line; the corpus is not ours to check. */
async function readLines<Value>(file: string): Promise<readonly Value[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Value);
}

function bCubed(
  documents: readonly Document[],
  storyOf: ReadonlyMap<DocumentId, Story>,
  expected: ReadonlyMap<DocumentId, string>,
) {
  let precision = 0;
  let recall = 0;
  const sizes = new Map<string, number>();
  for (const story of expected.values()) sizes.set(story, (sizes.get(story) ?? 0) + 1);
  for (const { id } of documents) {
    const mates = storyOf.get(id)?.members.map(({ documentId }) => documentId) ?? [id];
    const right = mates.filter((mate) => expected.get(mate) === expected.get(id)).length;
    precision += right / mates.length;
    recall += right / (sizes.get(expected.get(id) ?? '') ?? 1);
  }
  const [b3Precision, b3Recall] = [precision / documents.length, recall / documents.length];
  return { b3Precision, b3Recall, b3F1: (2 * b3Precision * b3Recall) / (b3Precision + b3Recall) };
}

/** Unordered pairs inside one story of which one is a copy of the other or both of a third. */
export function reprintPairs(
  texts: readonly { readonly id: string; readonly reprintOf: string | null }[],
  documents: readonly Document[],
  stories: readonly Story[],
): { precision: number; recall: number; notes: readonly string[] } | undefined {
  const titles = new Map<string, string>(documents.map(({ id, title }) => [id, title]));
  const gold = pairsWithin(
    texts.map(({ id, reprintOf }, index) => [documents[index]?.id ?? '', reprintOf ?? id] as const),
  );
  const got = pairsWithin(
    stories.flatMap(({ members }) =>
      members.map(({ documentId, copyOf }) => [documentId, copyOf ?? documentId] as const),
    ),
  );
  if (gold.size === 0) return undefined;
  const told = (pair: string) =>
    pair
      .split(' ')
      .map((id) => titles.get(id) ?? id)
      .join(' | ');
  const wrong = [...got].filter((pair) => !gold.has(pair));
  const missed = [...gold].filter((pair) => !got.has(pair));
  return {
    precision: got.size === 0 ? 1 : (got.size - wrong.length) / got.size,
    recall: (gold.size - missed.length) / gold.size,
    notes: [
      ...wrong.map((pair) => `no reprint: ${told(pair)}`),
      ...missed.map((pair) => `missed reprint: ${told(pair)}`),
    ],
  };
}

/** The pairs of ids with one root. */
function pairsWithin(rooted: readonly (readonly [string, string])[]): ReadonlySet<string> {
  const byRoot = new Map<string, string[]>();
  for (const [id, root] of rooted) byRoot.set(root, [...(byRoot.get(root) ?? []), id]);
  return new Set(
    [...byRoot.values()].flatMap((ids) => {
      const sorted = [...ids].sort();
      return sorted.flatMap((left, index) => sorted.slice(index + 1).map((right) => `${left} ${right}`));
    }),
  );
}

/** Stories with documents of several expected ones, and expected ones that are in several stories. */
function mistakes(
  documents: readonly Document[],
  stories: readonly Story[],
  expected: ReadonlyMap<DocumentId, string>,
): readonly string[] {
  const titles = new Map(documents.map(({ id, title }) => [id, title]));
  const parts = new Map<string, string[]>();
  const notes: string[] = [];
  for (const { members } of stories) {
    const told = members.map(({ documentId }) => titles.get(documentId) ?? '');
    const labels = new Set(members.map(({ documentId }) => expected.get(documentId) ?? ''));
    if (labels.size > 1) notes.push(`folded: ${told.join(' | ')}`);
    for (const label of labels) parts.set(label, [...(parts.get(label) ?? []), told.join(' | ')]);
  }
  for (const pieces of parts.values()) if (pieces.length > 1) notes.push(`split: ${pieces.join(' ‖ ')}`);
  return notes;
}
