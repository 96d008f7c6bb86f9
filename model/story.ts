import type { DocumentId, StoryId } from './ids.ts';

/** How a document stands to the story's first one. */
export type StoryRole =
  | 'lead'
  /** The same text at another address of the same publisher. */
  | 'copy'
  /** The same text (near enough) shown by another publisher. */
  | 'reprint'
  /** Another report of the same event. */
  | 'report'
  /** An official reading (解读) of the lead document. */
  | 'interpretation';

export interface StoryMember {
  readonly documentId: DocumentId;
  readonly role: StoryRole;
  /** The rule that joined it, readable: `same text`, `title 0.93, 1 day apart`. */
  readonly because: string;
  /** The first document with this text, for those that carry it after it: the reprint tree. */
  readonly copyOf?: DocumentId;
}

/** Documents about one event. The lead is first. */
export interface Story {
  readonly id: StoryId;
  readonly members: readonly StoryMember[];
  /** The story of an earlier week that this one goes on with. */
  readonly follows?: StoryId;
}
