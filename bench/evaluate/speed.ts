import { loadavg } from 'node:os';
import { basename } from 'node:path';
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import type { SnapshotId, SourceId } from '../../model/ids.ts';
import type { Vocabulary } from '../../model/vocabulary.ts';
import { extractPage } from '../../pipeline/extract/extract-page.ts';
import { normalise } from '../../pipeline/normalise.ts';
import { type CorpusPage, type Evaluation, readManifest, readPageText } from './corpus.ts';
import { projectVocabulary } from './vocabulary.ts';

/** Pages of about 60,000 characters are measured. */
const SIZE = { least: 40_000, most: 90_000 };
const MOST_PAGES = 40;
/** Few pages are read the more often. */
const LEAST_READINGS = 120;
const FETCHED_AT = '2026-11-25T00:00:00.000Z';

type ReadabilityDocument = ConstructorParameters<typeof Readability>[0];

interface Sample {
  readonly page: CorpusPage;
  readonly html: string;
}

/** Milliseconds for one page, one after the other in the same moment. */
interface Reading {
  readonly reading: number;
  readonly whole: number;
  readonly theirs: number;
}

/**
 * How long the reading of a page takes (parsing, title, date, fields, text), and the whole understanding of it (topics,
 * regions, facets and every fact of the text besides), against what Mozilla's Readability with linkedom takes for the
 * text alone. Both read a page right after each other, so the median of their ratios says more than their times do.
 */
export async function evaluateSpeed(dir: string): Promise<Evaluation> {
  const vocabulary = await projectVocabulary();
  const samples = await samplesOf(dir);
  const rounds = Math.ceil(LEAST_READINGS / Math.max(1, samples.length));
  const readings: Reading[] = [];
  for (let round = 0; round <= rounds; round += 1)
    for (const sample of samples) {
      const one = readBoth(sample, vocabulary);
      // The first round warms both up.
      if (round > 0) readings.push(one);
    }
  const middle = (of: (one: Reading) => number) => median(readings.map(of));
  return {
    set: `speed ${basename(dir)}`,
    n: samples.length,
    figures: {
      ratio: middle(({ whole, theirs }) => whole / theirs),
      readingRatio: middle(({ reading, theirs }) => reading / theirs),
      wholeMs: middle(({ whole }) => whole),
      readingMs: middle(({ reading }) => reading),
      readabilityMs: middle(({ theirs }) => theirs),
    },
    notes: [
      `${samples.length} pages, each read ${rounds} times; load of the machine ${loadavg()[0]?.toFixed(1)}`,
    ],
  };
}

async function samplesOf(dir: string): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (const page of await readManifest(dir)) {
    const html = await readPageText(dir, page);
    if (html.length >= SIZE.least && html.length <= SIZE.most) samples.push({ page, html });
  }
  return samples.slice(0, MOST_PAGES);
}

function readBoth({ page, html }: Sample, vocabulary: Vocabulary): Reading {
  const source = {
    ...{ article: {}, zone: 'UTC', lang: page.lang ?? 'en', name: '', publisher: '' },
    id: 'bench' as SourceId,
  };
  const url = page.url ?? 'https://page.example/';
  const from = performance.now();
  const extract = extractPage({ html, url, source, vocabulary });
  const read = performance.now();
  const fetched = { url, finalUrl: url, fetchedAt: FETCHED_AT, snapshot: { id: 'bench' as SnapshotId } };
  normalise({ extract, source, page: fetched, vocabulary });
  const understood = performance.now();
  new Readability(parseHTML(html).document as unknown as ReadabilityDocument).parse();
  return { reading: read - from, whole: understood - from, theirs: performance.now() - understood };
}

function median(values: readonly number[]): number | null {
  const middle = values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)];
  return middle === undefined ? null : Math.round(middle * 1000) / 1000;
}
