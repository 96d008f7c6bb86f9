import { fileURLToPath } from 'node:url';
import { readVocabulary } from '../../catalogue/vocabulary.ts';
import type { Vocabulary } from '../../model/vocabulary.ts';

/** The vocabulary of this project, for evaluations and for tests on real data. */
export function projectVocabulary(): Promise<Vocabulary> {
  return readVocabulary(fileURLToPath(new URL('../../vocabulary', import.meta.url)));
}
