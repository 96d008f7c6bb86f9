import type { Evaluator } from './corpus.ts';
import { evaluateFeeds } from './feeds.ts';
import { evaluateRecorded } from './recorded.ts';

/** What can be measured, by the name of its set in the corpus. To add one: its file and its line here. */
export const EVALUATORS: Readonly<Record<string, Evaluator>> = {
  feeds: evaluateFeeds,
  recorded: evaluateRecorded,
};
