import type { DocumentRef, Edition, Item, Sentence, WrittenNote } from '../model/edition.ts';
import { firstStoryOf, STORIES_FOLDER, storyFile } from './archive-stories.ts';
import type { DocumentView, ItemView, QuoteView } from './edition-view.ts';
import { gapBetween } from './sentence-gap.ts';
import { WORDING, type Wording } from './wording.ts';
import { FOLDED_ROLES } from './wording-parts.ts';

/** The note of a document among the sources of an edition. */
export type NoteOf = (of: Pick<DocumentRef, 'documentId'>) => DocumentView;

/** Quoted words with the place they lead to. */
export function quoteView({ text, documentId, start }: Sentence, noteOf: NoteOf): QuoteView {
  const document = noteOf({ documentId });
  return { text, lang: document.lang, keptHref: `${document.keptHref}#s-${start}`, document, gap: '' };
}

/** A story as templates see it. */
export function itemView(item: Item, index: number, edition: Edition, noteOf: NoteOf): ItemView {
  const words = WORDING[edition.lang];
  const [first, ...folded] = item.documents;
  if (first === undefined) throw new RangeError(`story ${item.storyId} has no document`);
  const counts = Object.fromEntries(
    FOLDED_ROLES.map((role) => [role, folded.filter((one) => one.role === role).length]).filter(
      ([, n]) => n !== 0,
    ),
  );
  const named = (ids: readonly string[]): string | null =>
    ids.length === 0
      ? null
      : ids.map((id) => edition.names[id] ?? id).join(edition.lang === 'en' ? ', ' : '、');
  return {
    anchor: `item-${index}`,
    headline: item.headline,
    lang: item.lang,
    sentences: item.sentences.map((sentence, at) => ({
      ...quoteView(sentence, noteOf),
      gap: gapBetween(sentence, item.sentences[at + 1], item.lang),
    })),
    written: item.written === undefined ? null : writtenView(item.written, words, noteOf),
    document: noteOf(first),
    topics: named(item.topics),
    regions: named(item.regions),
    facets: named(first.facets ?? []),
    alsoTold: folded.length === 0 ? null : words.alsoTold(counts),
    folded: folded.map(noteOf),
    storyHref: `../../${STORIES_FOLDER}/${storyFile(firstStoryOf(item))}`,
    storyLabel: storyLabel(item, words),
    since: item.since === undefined ? null : words.toldIn(words.week(item.since.week)),
    score: points(item.score),
    why: item.why.map((term) => ({ term: term.term, points: points(term.points), reason: term.reason })),
  };
}

function writtenView(
  { writer, sentences }: WrittenNote,
  words: Wording,
  noteOf: NoteOf,
): NonNullable<ItemView['written']> {
  let number = 0;
  return {
    by: words.writtenBy(writer),
    sentences: sentences.map(({ text, basis }) => ({
      text,
      basis: basis.map((sentence) => {
        number += 1;
        const { keptHref, lang } = quoteView(sentence, noteOf);
        return { number, keptHref, lang, words: sentence.text };
      }),
    })),
  };
}

/** Since when is told unless it is the week that `since` names anyway. */
function storyLabel({ since }: Item, words: Wording): string {
  return since === undefined || since.firstWeek === since.week
    ? words.labels.story
    : words.storySince(words.week(since.firstWeek));
}

function points(value: number): string {
  return String(Math.round(value * 100) / 100);
}
