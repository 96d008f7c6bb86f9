import type { InterfaceLanguage } from '../model/digest.ts';
import type { Life } from './archive-lives.ts';
import type { StoryDocument } from './archive-stories.ts';
import type { StoryTelling, StoryThread } from './story-threads.ts';
import { STORY_WORDING, type StoryLabel } from './story-wording.ts';
import { WORDING } from './wording.ts';

/** What the pages of one digest's stories are made of. */
export interface DigestStories {
  readonly lang: InterfaceLanguage;
  readonly title: string;
  readonly threads: readonly StoryThread[];
  /** By document number. */
  readonly lives: ReadonlyMap<string, Life>;
}

/** What every page of stories says of its surroundings. Links are relative to the folder of stories. */
export interface StoryFrame {
  readonly lang: InterfaceLanguage;
  readonly labels: Readonly<Record<StoryLabel | 'archiveTitle' | 'skip', string>>;
  /** The digest's title. */
  readonly digest: string;
  readonly archiveHref: string;
}

export function storyFrame({ lang, title }: DigestStories): StoryFrame {
  const { archiveTitle, skip } = WORDING[lang].labels;
  return {
    lang,
    labels: { ...STORY_WORDING[lang].labels, archiveTitle, skip },
    digest: title,
    archiveHref: fromStories('index.html'),
  };
}

/** As the last edition that stands by it called it. */
export function titleOf(thread: StoryThread): { readonly title: string; readonly titleLang: string } {
  const tellings = tellingsOf(thread);
  const last = tellings.findLast(({ isWithdrawn }) => !isWithdrawn) ?? tellings.at(-1);
  return { title: last?.item.headline ?? thread.id, titleLang: last?.item.lang ?? '' };
}

/** Everything that editions told of it, oldest first. */
export function tellingsOf({ weeks }: StoryThread): StoryTelling[] {
  return weeks.flatMap(({ tellings }) => tellings);
}

/** Each document of the story once, as it was told last. */
export function documentsOf(thread: StoryThread): StoryDocument[] {
  const all = tellingsOf(thread).flatMap(({ item }) => item.documents);
  return [...new Map(all.map((document) => [document.documentId, document])).values()];
}

/** The ISO week in which it was last told. */
export function lastWeekOf(thread: StoryThread): string {
  return tellingsOf(thread).at(-1)?.edition.week ?? '';
}

/** From the first week told to the last, as words. */
export function spanOf(thread: StoryThread, lang: InterfaceLanguage): string {
  const first = tellingsOf(thread)[0]?.edition.week ?? '';
  const last = lastWeekOf(thread);
  return first === last ? WORDING[lang].week(first) : STORY_WORDING[lang].span(first, last);
}

/** How much it is, as words. */
export function countedOf(thread: StoryThread, lang: InterfaceLanguage): string {
  const documents = documentsOf(thread);
  return STORY_WORDING[lang].counted({
    weeks: new Set(tellingsOf(thread).map(({ edition }) => edition.week)).size,
    documents: documents.length,
    sources: new Set(documents.map(({ source }) => source)).size,
  });
}

/** A path of the archive as a page in a digest's folder of stories links it. */
export function fromStories(path: string): string {
  return `../../${path}`;
}
