import type { Digest, DigestSelection } from '../model/digest.ts';
import { type Document, isRerelease } from '../model/document.ts';
import type { ComposeInput, LeftOutReason, RankedStory, Sentence } from '../model/edition.ts';
import { isWithin, type Period } from '../model/period.ts';
import type { Source } from '../model/source.ts';
import type { StoryMember } from '../model/story.ts';

/** A document of the week with its place in its story. */
export interface Told {
  readonly document: Document;
  readonly member: StoryMember;
}

/** What an edition may tell of a story: this week's documents only, the first one speaks. */
export interface ToldStory {
  readonly ranked: RankedStory;
  readonly documents: readonly [Told, ...Told[]];
  readonly topic: string;
  readonly official: boolean;
  /** Only sentences of documents that are told. */
  readonly sentences: readonly Sentence[];
}

/** The week's documents, each exactly once: told with its story or left out with the reason. */
export interface Selection {
  readonly told: readonly ToldStory[];
  readonly leftOut: readonly (Told & { readonly reason: LeftOutReason })[];
  readonly seen: number;
}

/**
 * Sorts the week's documents into those a story is told with and those left out. Reasons are tried in this order:
 * outside the digest's selection, written long ago, no topic of the digest.
 */
export function selectStories(input: ComposeInput): Selection {
  const told: ToldStory[] = [];
  const leftOut: (Told & { reason: LeftOutReason })[] = [];
  let seen = 0;
  for (const ranked of input.stories) {
    const ofTheWeek = membersOf(ranked).filter(({ document }) => isOfPeriod(document, input.period));
    seen += ofTheWeek.length;
    const isOldText = ranked.documents[0] !== undefined && isRerelease(ranked.documents[0]);
    const keep: Told[] = [];
    for (const one of ofTheWeek) {
      if (!isSelected(one.document, input)) leftOut.push({ ...one, reason: 'notSelected' });
      else if (isRerelease(one.document) || (isOldText && sharesText(one)))
        leftOut.push({ ...one, reason: 'rereleased' });
      else keep.push(one);
    }
    const topic = topicOf(keep, input.digest);
    const [first, ...rest] = keep;
    if (first === undefined) continue;
    if (topic === undefined) {
      for (const one of keep) leftOut.push({ ...one, reason: 'offTopic' });
      continue;
    }
    const ids = new Set(keep.map(({ document }) => document.id));
    told.push({
      ranked,
      documents: [first, ...rest],
      topic,
      official: input.sources.get(first.document.sourceId)?.trust === 'government',
      // Asked of the few stories that are shown, see `RankedStory`.
      get sentences() {
        return ranked.sentences.filter(({ documentId }) => ids.has(documentId));
      },
    });
  }
  return { told, leftOut, seen };
}

/** True when the document belongs to the digest: country, language, source and region. Topics are judged apart. */
export function isSelected(
  document: Pick<Document, 'sourceId' | 'lang' | 'regions'>,
  { digest, sources, vocabulary }: Pick<ComposeInput, 'digest' | 'sources' | 'vocabulary'>,
): boolean {
  const source = sources.get(document.sourceId);
  const select = digest.select;
  if (select.sources !== undefined && !select.sources.includes(document.sourceId)) return false;
  if (select.countries !== undefined && !select.countries.includes(source?.country ?? '')) return false;
  if (select.languages !== undefined && !select.languages.some((lang) => speaks(document.lang, lang)))
    return false;
  return select.regions === undefined || liesIn(document, source, widened(select.regions, vocabulary));
}

/** The topics of a document that the digest asks for, strongest first. */
export function topicsFor(document: Pick<Document, 'topics'>, select: DigestSelection): readonly string[] {
  const all = document.topics.map(({ topic }) => topic);
  return select.topics === undefined ? all : all.filter((topic) => select.topics?.includes(topic));
}

function membersOf({ story, documents }: RankedStory): Told[] {
  return story.members.flatMap((member) => {
    const document = documents.find(({ id }) => id === member.documentId);
    return document === undefined ? [] : [{ document, member }];
  });
}

/** Published in the period, or before it but found only now: readers of the last edition never heard of it. */
function isOfPeriod({ published, firstSeenAt }: Document, period: Period): boolean {
  if (published === undefined) return false;
  return isWithin(period, published.at) || (published.at < period.from && firstSeenAt >= period.from);
}

function sharesText({ member }: Told): boolean {
  return member.role === 'lead' || member.role === 'copy' || member.role === 'reprint';
}

function topicOf(told: readonly Told[], { select }: Digest): string | undefined {
  return told.flatMap(({ document }) => topicsFor(document, select))[0];
}

function speaks(documentLang: string, wanted: string): boolean {
  const [primary] = documentLang.toLowerCase().split('-');
  return (
    documentLang.toLowerCase() === wanted.toLowerCase() || primary === wanted.toLowerCase().split('-')[0]
  );
}

function liesIn(
  document: Pick<Document, 'regions'>,
  source: Source | undefined,
  regions: ReadonlySet<string>,
): boolean {
  if (source?.region !== undefined && regions.has(source.region)) return true;
  return document.regions.some((region) => regions.has(region));
}

/** A strategic region stands for itself and its provinces. */
function widened(regions: readonly string[], vocabulary: ComposeInput['vocabulary']): ReadonlySet<string> {
  const members = vocabulary.regions
    .filter(({ id }) => regions.includes(id))
    .flatMap((region) => region.members);
  return new Set([...regions, ...members]);
}
