import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { classify, isOnTopic } from '../../pipeline/classify.ts';
import type { Evaluation } from './corpus.ts';
import { projectVocabulary } from './vocabulary.ts';

interface LabelledTitle {
  readonly title: string;
  readonly relevant: 'yes' | 'borderline' | 'no';
  readonly themes: readonly string[];
  readonly themesEither: readonly string[];
}

/** Classifies titles alone and compares with the labels. */
export async function evaluateRelevance(dir: string): Promise<Evaluation> {
  const vocabulary = await projectVocabulary();
  const lines = (await readFile(join(dir, 'docs.jsonl'), 'utf8')).split('\n').filter((line) => line !== '');
  const titles: readonly LabelledTitle[] = lines.map((line) => JSON.parse(line));
  const on = { right: 0, wrong: 0, missed: 0 };
  const themes = { right: 0, wrong: 0, missed: 0 };
  const notes: string[] = [];
  for (const { title, relevant, themes: expected, themesEither } of titles) {
    const topics = classify({ title, text: '' }, vocabulary.topics);
    const got = topics.map(({ topic }) => topic);
    for (const topic of got) if (expected.includes(topic)) themes.right += 1;
    themes.wrong += got.filter((topic) => !expected.includes(topic) && !themesEither.includes(topic)).length;
    themes.missed += expected.filter((topic) => !got.includes(topic)).length;
    if (relevant === 'borderline') continue;
    const isOn = isOnTopic(topics);
    if (isOn && relevant === 'yes') on.right += 1;
    else if (isOn) on.wrong += 1;
    else if (relevant === 'yes') on.missed += 1;
    if (isOn !== (relevant === 'yes'))
      notes.push(
        `${relevant}: ${title} (${topics.map(({ topic, words }) => `${topic}: ${words.join(', ')}`).join('; ')})`,
      );
  }
  const precision = on.right / (on.right + on.wrong);
  const recall = on.right / (on.right + on.missed);
  return {
    set: basename(dir),
    n: titles.length,
    figures: {
      precision,
      recall,
      f1: (2 * precision * recall) / (precision + recall),
      themeF1: (2 * themes.right) / (2 * themes.right + themes.wrong + themes.missed),
    },
    notes,
  };
}
