import { readFileSync } from 'node:fs';
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { extractPage } from '../pipeline/extract/extract-page.ts';
import { type CorpusPage, readManifest, readPageText } from './evaluate/corpus.ts';
import { projectVocabulary } from './evaluate/vocabulary.ts';

// `node bench/speed.ts <dir> [<dir> …]`: how long the whole reading of a page takes (parsing, title, date, fields, text),
// beside what Mozilla's Readability with linkedom takes for the text alone, on the same pages in the same run.

/** Pages of about this many characters are measured. */
const SIZE = { least: 40_000, most: 90_000 };
const MOST_PAGES = 40;
const ROUNDS = 3;

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
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const { page, html } of samples) {
      const source = { article: {}, zone: 'UTC', lang: page.lang ?? 'en', name: '', publisher: '' };
      const url = page.url ?? 'https://page.example/';
      const own = timed(() => extractPage({ html, url, source, vocabulary }));
      const other = timed(() =>
        new Readability(parseHTML(html).document as unknown as ReadabilityDocument).parse(),
      );
      // The first round warms both up.
      if (round === 0) continue;
      ours.push(own);
      theirs.push(other);
    }
  const figures = {
    set: 'speed',
    n: samples.length,
    pageMsMedian: median(ours),
    readabilityMsMedian: median(theirs),
    ratio: median(ours) / median(theirs),
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

function timed(run: () => unknown): number {
  const from = performance.now();
  run();
  return performance.now() - from;
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}
