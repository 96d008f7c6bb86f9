import type { Document } from '../model/document.ts';
import { isRerelease } from '../model/document.ts';
import type {
  ChangeRow,
  ComposeInput,
  DocumentRef,
  DocumentRow,
  Edition,
  Item,
  LeftOut,
  Section,
  Sentence,
} from '../model/edition.ts';
import type { DocumentId } from '../model/ids.ts';
import { aheadRows } from './ahead.ts';
import { changedWords } from './changes.ts';
import { checkEdition, itemsOf } from './check-edition.ts';
import { documentRef } from './document-ref.ts';
import { isSelected, selectStories, type Told, type ToldStory, topicsFor } from './select-stories.ts';
import { WORDING } from './wording.ts';

/** Sentences that tell the week in one minute. */
const BRIEF_SENTENCES = 3;

/** Rows of the table of new documents; the best stories come first, the rest is counted as left out. */
const DOCUMENT_ROWS = 100;

/**
 * Makes the edition of a week out of its ranked stories. Pure: the same input gives the same edition.
 * @throws AppError `EDITION_SPAN`, `EDITION_UNBALANCED`, `EDITION_REPEATED`, `EDITION_NO_EVIDENCE`
 */
export function composeEdition(input: ComposeInput): Edition {
  const { digest, period } = input;
  const { told, leftOut, seen } = selectStories(input);
  const lead = told.find(({ official }) => official) ?? told[0];
  const others = told.filter((story) => story !== lead);
  const { sections, beyond } = sectionsOf(others, input);
  const isBeyond = new Set(beyond);
  const shown = told.filter((story) => !isBeyond.has(story));
  const members = new Map<DocumentId, Told>(
    [...told.flatMap(({ documents }) => documents), ...leftOut].map((one) => [one.document.id, one]),
  );
  const refer = (document: Document): DocumentRef =>
    documentRef(document, members.get(document.id)?.member ?? { role: 'lead', because: '' }, input);
  const speaking = told.flatMap(({ documents }) => documents);
  const leftOutRows: LeftOut[] = [
    ...leftOut.map(({ document, reason }) => ({ document: refer(document), reason })),
    ...beyond.flatMap(({ documents }) =>
      documents.map(({ document }) => ({ document: refer(document), reason: 'limit' as const })),
    ),
  ];
  const leadItem = lead === undefined ? undefined : itemOf(lead, input);
  const asOf = newestFetch(input);
  const edition: Edition = {
    digestId: digest.id,
    title: digest.title,
    subtitle: digest.subtitle,
    lang: digest.lang,
    template: digest.template,
    period,
    number: input.number,
    ...(asOf === undefined ? {} : { asOf }),
    brief: briefOf(lead, shown),
    ...(leadItem === undefined ? {} : { lead: leadItem }),
    ahead: aheadRows(
      speaking.map(({ document }) => document),
      refer,
      input,
    ),
    newDocuments: speaking
      .filter((one) => isNewDocument(one, input))
      .slice(0, DOCUMENT_ROWS)
      .map(({ document }) => documentRow(document, refer)),
    sections,
    changes: changeRows(refer, input),
    rereleased: leftOutRows.filter(({ reason }) => reason === 'rereleased').map(({ document }) => document),
    leftOut: leftOutRows,
    coverage: input.coverage,
    counts: {
      seen,
      shown: shown.length,
      folded: shown.reduce((sum, { documents }) => sum + documents.length - 1, 0),
      leftOut: leftOutRows.length,
      stories: shown.length + beyond.length,
    },
    names: {},
  };
  const named = { ...edition, names: namesOf(edition, input) };
  checkEdition(named, input);
  return named;
}

/** Themed sections in the vocabulary's order, so that a topic stands in the same place every week; press last. */
function sectionsOf(
  stories: readonly ToldStory[],
  input: ComposeInput,
): { readonly sections: Section[]; readonly beyond: ToldStory[] } {
  const { limits, lang } = input.digest;
  const official = stories.filter((story) => story.official);
  const groups = Map.groupBy(official, ({ topic }) => topic);
  // Stories come best first, so groups stand in the order of their best story: the weaker topics share one section.
  const themed = new Set([...groups.keys()].slice(0, limits.sections));
  const order = input.vocabulary.topics.map(({ id }) => id).filter((id) => themed.has(id));
  const unknown = [...themed].filter((id) => !order.includes(id));
  const parts: [string, readonly ToldStory[]][] = [
    ...[...order, ...unknown].map((id): [string, readonly ToldStory[]] => [id, groups.get(id) ?? []]),
    ['other', official.filter(({ topic }) => !themed.has(topic))],
    ['press', stories.filter((story) => !story.official)],
  ];
  const sections: Section[] = [];
  const beyond: ToldStory[] = [];
  for (const [id, members] of parts) {
    if (members.length === 0) continue;
    const over = members.slice(limits.itemsPerSection);
    beyond.push(...over);
    sections.push({
      id,
      title: sectionTitle(id, input, lang),
      items: members.slice(0, limits.itemsPerSection).map((story) => itemOf(story, input)),
      more: over.length,
    });
  }
  return { sections, beyond };
}

function sectionTitle(id: string, { vocabulary }: ComposeInput, lang: 'zh-CN' | 'en'): string {
  if (id === 'press' || id === 'other') return WORDING[lang].parts[id];
  const topic = vocabulary.topics.find((one) => one.id === id);
  if (topic === undefined) return id;
  return lang === 'en' ? topic.en : topic.zh;
}

function itemOf({ ranked, documents, sentences }: ToldStory, input: ComposeInput): Item {
  const [first] = documents;
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
  };
}

/**
 * The first sentence of the best stories after the lead, which speaks for itself right below; in a thin week the lead
 * is among them, so that the minute is never empty when there is something to tell.
 */
function briefOf(lead: ToldStory | undefined, shown: readonly ToldStory[]): Sentence[] {
  const firsts = (stories: readonly ToldStory[]) => stories.flatMap(({ sentences }) => sentences.slice(0, 1));
  const ofOthers = firsts(shown.filter((story) => story !== lead)).slice(0, BRIEF_SENTENCES);
  if (ofOthers.length === BRIEF_SENTENCES || lead === undefined) return ofOthers;
  return [...firsts([lead]), ...ofOthers].slice(0, BRIEF_SENTENCES);
}

/** An official text with a number or of a named type; the same text elsewhere, reports and readings are not new documents. */
function isNewDocument({ document, member }: Told, { sources, vocabulary }: ComposeInput): boolean {
  if (member.role !== 'lead' || sources.get(document.sourceId)?.trust !== 'government') return false;
  const type = vocabulary.documentTypes.find(({ id }) => id === document.documentType);
  return document.documentNumber !== undefined || (type?.weight ?? 0) > 0;
}

function documentRow(document: Document, refer: (document: Document) => DocumentRef): DocumentRow {
  const deadline = document.dates.find(({ kind }) => kind === 'deadline');
  const effective = document.dates.find(({ kind }) => kind === 'effective');
  return {
    document: refer(document),
    ...(deadline === undefined ? {} : { deadlineOn: deadline.on }),
    ...(effective === undefined ? {} : { effectiveOn: effective.on }),
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
  const used = new Set(itemsOf(edition).flatMap(({ topics, regions }) => [...topics, ...regions]));
  const named = [...vocabulary.topics, ...vocabulary.regions].filter(({ id }) => used.has(id));
  return Object.fromEntries(named.map(({ id, zh, en }) => [id, digest.lang === 'en' ? en : zh]));
}
