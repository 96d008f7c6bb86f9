import { readFileSync } from 'node:fs';
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import type { SnapshotId, SourceId } from '../model/ids.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import { extractPage } from '../pipeline/extract/extract-page.ts';
import { normalise } from '../pipeline/normalise.ts';
import { type CorpusPage, readManifest, readPageText } from './evaluate/corpus.ts';
import { projectVocabulary } from './evaluate/vocabulary.ts';

// `node bench/speed.ts <dir> [<dir> …]`: how long the reading of a page takes (parsing, title, date, fields, text), and the
// whole understanding of it (topics, regions, facets and every fact of the text besides), beside what Mozilla's
// Readability with linkedom takes for the text alone, on the same pages in the same run.

/** Pages of about this many characters are measured. */
const SIZE = { least: 40_000, most: 90_000 };
const MOST_PAGES = 40;
const ROUNDS = 3;
const FETCHED_AT = '2026-11-25T00:00:00.000Z';

type ReadabilityDocument = ConstructorParameters<typeof Readability>[0];

interface Sample {
  readonly page: CorpusPage;
  readonly html: string;
}

const dirs = process.argv.slice(2);
if (dirs.length === 0) {
  console.error('usage: node bench/speed.ts <page set> [<page set> …]');
  process.exitCode = 2;
} else await measure(dirs);

async function measure(sets: readonly string[]): Promise<void> {
  const vocabulary = await projectVocabulary();
  const samples = (await Promise.all(sets.map(samplesOf))).flat().slice(0, MOST_PAGES);
  const reading: number[] = [];
  const whole: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const { page, html } of samples) {
      const [readMs, wholeMs] = understand(html, page, vocabulary);
      const other = timed(() =>
        new Readability(parseHTML(html).document as unknown as ReadabilityDocument).parse(),
      );
      // The first round warms both up.
      if (round === 0) continue;
      reading.push(readMs);
      whole.push(wholeMs);
      theirs.push(other);
    }
  const figures = {
    set: 'speed',
    n: samples.length,
    readingMsMedian: median(reading),
    wholeMsMedian: median(whole),
    readabilityMsMedian: median(theirs),
    readingRatio: median(reading) / median(theirs),
    ratio: median(whole) / median(theirs),
    loadAverage: Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]),
  };
  for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(22)} ${value}`);
  console.log(JSON.stringify(figures));
}

async function samplesOf(dir: string): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (const page of await readManifest(dir)) {
    const html = await readPageText(dir, page);
    if (html.length >= SIZE.least && html.length <= SIZE.most) samples.push({ page, html });
  }
  return samples;
}

/** Milliseconds until the page is read, and until it is understood. */
function understand(html: string, page: CorpusPage, vocabulary: Vocabulary): readonly [number, number] {
  const source = {
    ...{ article: {}, zone: 'UTC', lang: page.lang ?? 'en', name: '', publisher: '' },
    id: 'bench' as SourceId,
  };
  const url = page.url ?? 'https://page.example/';
  const from = performance.now();
  const extract = extractPage({ html, url, source, vocabulary });
  const readMs = performance.now() - from;
  const fetched = { url, finalUrl: url, fetchedAt: FETCHED_AT, snapshot: { id: 'bench' as SnapshotId } };
  normalise({ extract, source, page: fetched, vocabulary });
  return [readMs, performance.now() - from];
}

function timed(run: () => unknown): number {
  const from = performance.now();
  run();
  return performance.now() - from;
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}
