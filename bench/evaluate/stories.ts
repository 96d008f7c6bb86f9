import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Document } from '../../model/document.ts';
import type { DocumentId, SnapshotId, SourceId } from '../../model/ids.ts';
import type { Story } from '../../model/story.ts';
import type { Vocabulary } from '../../model/vocabulary.ts';
import { cluster, type StorySource } from '../../pipeline/cluster.ts';
import { ownDocumentNumber } from '../../pipeline/fields/document-number.ts';
import { documentTypeOf } from '../../pipeline/fields/document-type.ts';
import { issuersOfTitle } from '../../pipeline/fields/issuers.ts';
import { contentHash, documentIdentity } from '../../pipeline/identity.ts';
import { findRegions } from '../../pipeline/regions.ts';
import { readPublication } from '../../text/dates.ts';
import type { Evaluation } from './corpus.ts';
import { projectVocabulary } from './vocabulary.ts';

interface LabelledStoryText {
  readonly id: string;
  readonly site: string;
  readonly trust: string;
  readonly url: string;
  readonly publishedAt: string;
  readonly title: string;
  readonly text: string;
  readonly storyId: string;
  readonly reprintOf: string | null;
}

/** Clusters a labelled set of texts and compares with its stories. */
export async function evaluateStories(dir: string): Promise<Evaluation> {
  const vocabulary = await projectVocabulary();
  const lines = (await readFile(join(dir, 'docs.jsonl'), 'utf8')).split('\n').filter((line) => line !== '');
  const texts: readonly LabelledStoryText[] = lines.map((line) => JSON.parse(line));
  const sources = new Map<SourceId, StorySource>(
    texts.map(({ site, trust }) => [
      site as SourceId,
      {
        publisher: site,
        trust: trust === 'government' ? 'government' : trust === 'state-media' ? 'stateMedia' : 'media',
      },
    ]),
  );
  const documents = texts.map((text) => toDocument(text, vocabulary));
  const stories = cluster(documents, sources);
  const storyOf = new Map(
    stories.flatMap((story) => story.members.map((member) => [member.documentId, story] as const)),
  );
  const expected = new Map(documents.map((document, index) => [document.id, texts[index]?.storyId ?? '']));
  const figures = { ...bCubed(documents, storyOf, expected), ...reprints(texts, documents, stories) };
  return { set: basename(dir), n: texts.length, figures, notes: [] };
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
function reprints(
  texts: readonly LabelledStoryText[],
  documents: readonly Document[],
  stories: readonly Story[],
) {
  const roots = texts.map((text) => text.reprintOf ?? text.id);
  const byRoot = new Map<string, number[]>();
  for (const [index, root] of roots.entries()) byRoot.set(root, [...(byRoot.get(root) ?? []), index]);
  const gold = new Set(
    [...byRoot.values()].flatMap((list) => pairsOf(list.map((index) => documents[index]?.id ?? ''))),
  );
  const got = new Set(
    stories.flatMap(({ members }) =>
      pairsOf(
        members
          .filter(({ role }) => role === 'lead' || role === 'copy' || role === 'reprint')
          .map(({ documentId }) => documentId),
      ),
    ),
  );
  if (gold.size === 0) return { reprintPrecision: null, reprintRecall: null };
  const shared = [...got].filter((pair) => gold.has(pair)).length;
  return { reprintPrecision: got.size === 0 ? 1 : shared / got.size, reprintRecall: shared / gold.size };
}

function pairsOf(ids: readonly string[]): readonly string[] {
  const sorted = [...ids].sort();
  return sorted.flatMap((left, index) => sorted.slice(index + 1).map((right) => `${left} ${right}`));
}

function toDocument(text: LabelledStoryText, vocabulary: Vocabulary): Document {
  const published = readPublication(text.publishedAt, 'Asia/Shanghai', 'set');
  const documentType = documentTypeOf(text.title, vocabulary.documentTypes);
  const documentNumber = ownDocumentNumber(text.text, text.title)?.display;
  return {
    ...documentIdentity(text.url),
    sourceId: text.site as SourceId,
    url: text.url,
    title: text.title,
    text: text.text,
    lang: 'zh-CN',
    bodyHtml: '',
    contentHash: contentHash(text.title, text.text),
    revision: 1,
    snapshotId: text.id as SnapshotId,
    firstSeenAt: text.publishedAt,
    fetchedAt: text.publishedAt,
    revisedAt: text.publishedAt,
    ...(published !== undefined && { published }),
    ...(documentType !== undefined && { documentType }),
    ...(documentNumber !== undefined && { documentNumber }),
    issuers: issuersOfTitle(text.title, vocabulary.issuers),
    dates: [],
    topics: [],
    regions: findRegions(text, vocabulary.regions),
    attachments: [],
    trace: [],
  };
}
