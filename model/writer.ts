import type { InterfaceLanguage } from './digest.ts';
import type { Document } from './document.ts';
import type { WrittenSentence } from './edition.ts';

/** What a language model is asked to do: put a story into one or two sentences. */
export interface WritingTask {
  /** The language to write in. */
  readonly lang: InterfaceLanguage;
  /** The documents of the story, the lead first. */
  readonly documents: readonly Document[];
}

/** A language model behind one door. Whatever it writes is checked against the documents before anybody sees it. */
export interface Writer {
  /** Told with each written sentence: the model's name. */
  readonly name: string;
  /**
   * Plain text in the language of the task.
   * @throws AppError WRITER_FAILED
   */
  write(task: WritingTask, signal: AbortSignal): Promise<string>;
}

/** What was written of a story, kept: the same story is never written twice. */
export interface Writing {
  readonly lang: InterfaceLanguage;
  /** Content hashes of the documents, the lead first. */
  readonly contentHashes: readonly string[];
  readonly writer: string;
  readonly sentences: readonly WrittenSentence[];
  /** What was written and not believed, with the reason. */
  readonly dropped: readonly DroppedSentence[];
  readonly writtenAt: string;
}

export interface DroppedSentence {
  readonly text: string;
  /** The words that no document has, or what else is wrong. */
  readonly because: string;
}
