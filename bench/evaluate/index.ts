import { evaluateBounces } from './bounces.ts';
import type { Evaluator } from './corpus.ts';
import { evaluateDocuments } from './documents.ts';
import { evaluateExtraction } from './extraction.ts';
import { evaluateFacts } from './facts.ts';
import { evaluateFeeds } from './feeds.ts';
import { evaluateFormats } from './formats.ts';
import { evaluateRecorded } from './recorded.ts';
import { evaluateRegions } from './regions.ts';
import { evaluateRelevance } from './relevance.ts';
import { evaluateReprints } from './reprints.ts';
import { evaluateSeed } from './seed.ts';
import { evaluateSpeed } from './speed.ts';
import { evaluateStories } from './stories.ts';

/** What can be measured, by the name of its set in the corpus. To add one: its file and its line here. */
export const EVALUATORS: Readonly<Record<string, Evaluator>> = {
  bounces: evaluateBounces,
  documents: evaluateDocuments,
  extraction: evaluateExtraction,
  facts: evaluateFacts,
  feeds: evaluateFeeds,
  formats: evaluateFormats,
  recorded: evaluateRecorded,
  regions: evaluateRegions,
  relevance: evaluateRelevance,
  reprints: evaluateReprints,
  seed: evaluateSeed,
  speed: evaluateSpeed,
  stories: evaluateStories,
};
