import type { Document } from '../model/document.ts';
import type { ComposeInput, ToldBefore } from '../model/edition.ts';
import type { Told, ToldStory } from './select-stories.ts';

/** Types of texts that speak of a document or an event and are no document of their own. */
const ABOUT_SOMETHING_ELSE = new Set(['news', 'interpretation', 'speech', 'commentary', 'feature']);

/**
 * Which edition told the story that this one goes on with. What no edition told is new; where nobody says what was
 * told, a story that follows one goes on.
 */
export function sinceOf({ ranked }: ToldStory, { told }: ComposeInput): ToldBefore | 'unknown' | undefined {
  const { follows } = ranked.story;
  if (follows === undefined) return undefined;
  if (told === undefined) return 'unknown';
  const before = told.get(follows);
  if (before === undefined) return undefined;
  const { week, headline, first, firstWeek } = before;
  return { week, headline, first, firstWeek };
}

/**
 * True for a story told before of which this week brings only further reports, reprints and readings. An official
 * document of its own (an adoption after its draft, an amendment) and a deadline that was not told are news.
 */
export function isRunning(story: ToldStory, input: ComposeInput): boolean {
  if (sinceOf(story, input) === undefined) return false;
  const deadlines = new Set(documentsTold(story, input).flatMap(deadlinesOf));
  return !story.documents.some(
    (one) =>
      isNewDocument(story, one, input) ||
      deadlinesOf(one.document).some((on) => on > input.period.lastDay && !deadlines.has(on)),
  );
}

/**
 * An official text with a number or of a named type. The same text elsewhere, reports and readings are no new
 * documents, nor is what an earlier edition told of this story, put out once more.
 */
export function isNewDocument(story: ToldStory, { document, member }: Told, input: ComposeInput): boolean {
  const { sources, vocabulary } = input;
  if (member.role !== 'lead' || sources.get(document.sourceId)?.trust !== 'government') return false;
  if (ABOUT_SOMETHING_ELSE.has(document.documentType ?? '')) return false;
  const type = vocabulary.documentTypes.find(({ id }) => id === document.documentType);
  if (document.documentNumber === undefined && (type?.weight ?? 0) === 0) return false;
  return !documentsTold(story, input).some((before) => isSameText(document, before));
}

function documentsTold({ ranked }: ToldStory, { told }: ComposeInput): readonly Document[] {
  const { follows } = ranked.story;
  return (follows === undefined ? undefined : told?.get(follows)?.documents) ?? [];
}

function deadlinesOf({ dates }: Document): string[] {
  return dates.filter(({ kind }) => kind === 'deadline').map(({ on }) => on);
}

/** Shorter titles (公告) end many others. */
const TELLING_LETTERS = 8;

/** Two numbers tell; without them the words do: another site may leave out the issuer before 关于. */
function isSameText(one: Document, other: Document): boolean {
  if (one.documentNumber !== undefined && other.documentNumber !== undefined)
    return one.documentNumber === other.documentNumber;
  if (one.contentHash === other.contentHash) return true;
  const [title, otherTitle] = [lettersOf(one.title), lettersOf(other.title)];
  if (title === otherTitle) return true;
  const [short = '', long = ''] =
    title.length < otherTitle.length ? [title, otherTitle] : [otherTitle, title];
  return short.length >= TELLING_LETTERS && long.endsWith(short);
}

function lettersOf(title: string): string {
  return title.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
