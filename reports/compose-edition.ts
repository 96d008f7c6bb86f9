import type { Document } from '../model/document.ts';
import { isRerelease } from '../model/document.ts';
import type {
  ChangeRow,
  ComposeInput,
  DocumentRef,
  DocumentRow,
  Edition,
  FateRow,
  Item,
  LeftOut,
  Sentence,
} from '../model/edition.ts';
import type { DocumentId } from '../model/ids.ts';
import { aheadRows, quoteOf } from './ahead.ts';
import { changedWords } from './changes.ts';
import { checkEdition, itemsOf } from './check-edition.ts';
import { documentRef } from './document-ref.ts';
import { numbersOfWeek } from './numbers.ts';
import { planSections } from './sections.ts';
import { isSelected, selectStories, type Told, type ToldStory, topicsFor } from './select-stories.ts';
import { isNewDocument, isRunning, sinceOf } from './told-before.ts';
import { regionCounts, weeksOf } from './week-counts.ts';

/** Sentences that tell the week in one minute. */
const BRIEF_SENTENCES = 3;

/** Sentences of an item; the one thing has as many as there are. */
const ITEM_SENTENCES = 2;

/** Rows of the table of new documents; the best stories come first, the rest is counted as left out. */
const DOCUMENT_ROWS = 100;

/**
 * Makes the edition of a week out of its ranked stories. Pure: the same input gives the same edition.
 * @throws AppError `EDITION_SPAN`, `EDITION_UNBALANCED`, `EDITION_REPEATED`, `EDITION_NO_EVIDENCE`
 */
export function composeEdition(input: ComposeInput): Edition {
  const { digest, period } = input;
  const { told, leftOut, seen } = selectStories(input);
  const running = new Set(told.filter((story) => isRunning(story, input)));
  const fresh = told.filter((story) => !running.has(story));
  const lead = fresh.find(({ official }) => official) ?? fresh[0];
  const plans = planSections(
    fresh.filter((story) => story !== lead),
    input,
  );
  const isBeyond = new Set(plans.flatMap(({ over }) => over));
  const shown = told.filter((story) => !isBeyond.has(story));
  const members = new Map<DocumentId, Told>(
    [...told.flatMap(({ documents }) => documents), ...leftOut].map((one) => [one.document.id, one]),
  );
  const refer = (document: Document): DocumentRef =>
    documentRef(document, members.get(document.id)?.member ?? { role: 'lead', because: '' }, input);
  const speaking = told.flatMap(({ documents }) => documents);
  const leftOutRows: LeftOut[] = [
    ...leftOut.map(({ document, reason }) => ({ document: refer(document), reason })),
    ...plans.flatMap(({ id, over }) =>
      over.flatMap(({ documents }) =>
        documents.map(({ document }) => ({
          document: refer(document),
          reason: 'limit' as const,
          section: id,
        })),
      ),
    ),
  ];
  const leadItem = lead === undefined ? undefined : itemOf(lead, input);
  const asOf = newestFetch(input);
  const weeks = weeksOf(input);
  const edition: Edition = {
    digestId: digest.id,
    title: digest.title,
    subtitle: digest.subtitle,
    lang: digest.lang,
    template: digest.template,
    period,
    number: input.number,
    ...(asOf === undefined ? {} : { asOf }),
    brief: briefOf(shown.filter((story) => story !== lead && !running.has(story))),
    ...(leadItem === undefined ? {} : { lead: leadItem }),
    ...aheadRows(
      speaking.map(({ document }) => document),
      refer,
      input,
    ),
    newDocuments: told
      .flatMap((story) => story.documents.filter((one) => isNewDocument(story, one, input)))
      .slice(0, DOCUMENT_ROWS)
      .map(({ document }) => documentRow(document, refer)),
    sections: plans.map(({ id, title, stories, over }) => ({
      id,
      title,
      items: stories.map((story) => shortItem(story, ITEM_SENTENCES, input)),
      more: over.length,
    })),
    numbers: numbersOfWeek(shown, refer),
    running: [...running].map((story) => shortItem(story, 1, input)),
    regions: regionCounts(weeks, input),
    weeks,
    changes: changeRows(refer, input),
    fates: fateRows(refer, input),
    rereleased: leftOutRows.filter(({ reason }) => reason === 'rereleased').map(({ document }) => document),
    leftOut: leftOutRows,
    coverage: input.coverage,
    counts: {
      seen,
      shown: shown.length,
      folded: shown.reduce((sum, { documents }) => sum + documents.length - 1, 0),
      leftOut: leftOutRows.length,
      stories: shown.length + isBeyond.size,
    },
    names: {},
  };
  const named = { ...edition, names: namesOf(edition, input) };
  checkEdition(named, input);
  return named;
}

function itemOf(story: ToldStory, input: ComposeInput): Item {
  const { ranked, documents, sentences } = story;
  const [first] = documents;
  const since = sinceOf(story, input);
  const all = documents.map(({ document }) => document);
  return {
    storyId: ranked.story.id,
    headline: first.document.title,
    lang: first.document.lang,
    sentences,
    topics: [...new Set(all.flatMap((document) => topicsFor(document, input.digest.select)))],
    regions: [...new Set(all.flatMap(({ regions }) => regions))],
    score: ranked.score,
    why: ranked.why,
    documents: documents.map(({ document, member }) => documentRef(document, member, input)),
    ...(since === undefined || since === 'unknown' ? {} : { since }),
  };
}

function shortItem(story: ToldStory, sentences: number, input: ComposeInput): Item {
  return itemOf({ ...story, sentences: story.sentences.slice(0, sentences) }, input);
}

/** The first sentence of the best stories after the lead, which speaks for itself right below. */
function briefOf(stories: readonly ToldStory[]): Sentence[] {
  return stories.flatMap(({ sentences }) => sentences.slice(0, 1)).slice(0, BRIEF_SENTENCES);
}

function documentRow(document: Document, refer: (document: Document) => DocumentRef): DocumentRow {
  const deadline = document.dates.find(({ kind }) => kind === 'deadline');
  const effective = document.dates.find(({ kind }) => kind === 'effective');
  return {
    document: refer(document),
    ...(deadline === undefined
      ? {}
      : { deadlineOn: deadline.on, deadlineQuote: quoteOf(document, deadline) }),
    ...(effective === undefined
      ? {}
      : { effectiveOn: effective.on, effectiveQuote: quoteOf(document, effective) }),
  };
}

function changeRows(refer: (document: Document) => DocumentRef, input: ComposeInput): ChangeRow[] {
  return input.changes
    .filter(({ document }) => isSelected(document, input) && !isRerelease(document))
    .filter(({ document }) => topicsFor(document, input.digest.select).length > 0)
    .map(({ document, before, after }) => ({
      document: refer(document),
      fromRevision: before.number,
      toRevision: after.number,
      seenAt: after.seenAt,
      ...changedWords({ before, after }),
    }))
    .filter(({ removed, added }) => removed.length > 0 || added.length > 0);
}

function fateRows(refer: (document: Document) => DocumentRef, input: ComposeInput): FateRow[] {
  return (input.fates ?? [])
    .filter(({ document }) => isSelected(document, input) && !isRerelease(document))
    .filter(({ document }) => topicsFor(document, input.digest.select).length > 0)
    .map((fate) => ({ ...fate, document: refer(fate.document) }));
}

function newestFetch({ stories, changes, snapshots }: ComposeInput): string | undefined {
  const documents = [
    ...stories.flatMap((story) => story.documents),
    ...changes.map(({ document }) => document),
  ];
  return documents
    .map(({ snapshotId }) => snapshots.get(snapshotId)?.fetchedAt)
    .filter((at) => at !== undefined)
    .sort()
    .at(-1);
}

function namesOf(edition: Edition, { vocabulary, digest }: ComposeInput): Record<string, string> {
  const items = itemsOf(edition);
  const shown = [
    ...items.flatMap(({ documents }) => documents),
    ...edition.leftOut.map(({ document }) => document),
  ];
  const used = new Set([
    ...items.flatMap(({ topics, regions }) => [...topics, ...regions]),
    ...shown.flatMap(({ facets = [] }) => facets),
  ]);
  const known = [...vocabulary.topics, ...vocabulary.regions, ...(vocabulary.facets ?? [])];
  const named = known.filter(({ id }) => used.has(id));
  return Object.fromEntries(named.map(({ id, zh, en }) => [id, digest.lang === 'en' ? en : zh]));
}
