import type { InterfaceLanguage } from '../model/digest.ts';
import type { StoryDocument } from './archive-stories.ts';
import { becauseWords } from './story-because.ts';
import { fromStories } from './story-summary.ts';
import { STORY_WORDING } from './story-wording.ts';
import { WORDING } from './wording.ts';

/** A text where it was first, and who carries it after that. */
export interface StoryTextView extends StoryDocumentView {
  readonly copies: readonly StoryDocumentView[];
  /** Copies beyond the first few, and how many they are in words; null when there are none. */
  readonly furtherCopies: readonly StoryDocumentView[];
  readonly further: string | null;
}

interface StoryDocumentView {
  readonly source: string;
  readonly day: string;
  /** What it is to the story and what it changed: `转载：文字相同 78%，删去 1 句`. */
  readonly role: string;
  /** Null where it is the one that stands above. */
  readonly title: string | null;
  readonly lang: string;
  readonly number: string | null;
  readonly href: string | null;
  readonly keptHref: string;
}

/** Beyond these, copies are folded away. */
const COPIES_SHOWN = 6;

/**
 * The reprint tree of a week's item: each text where it was first, with those that carry it below, by day.
 * @param headline stands above the tree and is not repeated in it
 */
export function reprintTree(
  documents: readonly StoryDocument[],
  headline: string,
  lang: InterfaceLanguage,
): StoryTextView[] {
  const known = new Set(documents.map(({ documentId }) => documentId));
  const isCopy = ({ copyOf }: StoryDocument): boolean => copyOf !== undefined && known.has(copyOf);
  const copiesOf = Map.groupBy(documents.filter(isCopy), ({ copyOf }) => copyOf);
  return documents
    .filter((document) => !isCopy(document))
    .map((document) => {
      const copies = (copiesOf.get(document.documentId) ?? [])
        .toSorted((left, right) => (left.on < right.on ? -1 : left.on > right.on ? 1 : 0))
        .map((copy) => documentInTree(copy, [headline, document.title], lang));
      const further = copies.length - COPIES_SHOWN;
      return {
        ...documentInTree(document, [headline], lang),
        copies: copies.slice(0, COPIES_SHOWN),
        furtherCopies: copies.slice(COPIES_SHOWN),
        further: further > 0 ? STORY_WORDING[lang].furtherCopies(further) : null,
      };
    });
}

function documentInTree(
  document: StoryDocument,
  above: readonly string[],
  lang: InterfaceLanguage,
): StoryDocumentView {
  const because = becauseWords(document.because, lang, above);
  const role = STORY_WORDING[lang].roles[document.role];
  return {
    source: document.source,
    day: WORDING[lang].day(document.on),
    role: because === '' ? role : `${role}${lang === 'en' ? ': ' : '：'}${because}`,
    title: above.includes(document.title) ? null : document.title,
    lang: document.lang,
    number: document.number ?? null,
    href: document.href,
    keptHref: fromStories(document.keptHref),
  };
}
