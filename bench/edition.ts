import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import puppeteer from 'puppeteer';
import { readCatalogue } from '../catalogue.ts';
import type { Document } from '../model/document.ts';
import type { Source } from '../model/source.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import { type Chromium, findChromium } from '../net/chromium.ts';
import { classify } from '../pipeline/classify.ts';
import { findFacts } from '../pipeline/facts/find-facts.ts';
import { findDatedFacts } from '../pipeline/fields/dated-facts.ts';
import { understandWeek } from '../pipeline/understand-week.ts';
import { madeUpInput, madeUpSource } from '../reports/canonical/made-up.ts';
import { composeEdition } from '../reports/compose-edition.ts';
import { documentsFile } from '../reports/csv-documents.ts';
import { figuresFile } from '../reports/csv-figures.ts';
import { evidenceOf } from '../reports/evidence.ts';
import { readCalendar } from '../reports/ics.ts';
import { deadlinesFile } from '../reports/ics-deadlines.ts';
import { printPdf } from '../reports/pdf.ts';
import { inOurFonts } from '../reports/pdf-characters.ts';
import { fontFile, fontStylesFor } from '../reports/pdf-fonts.ts';
import { loadTemplate, renderEdition } from '../reports/render.ts';
import { addDays, periodOfWeek } from '../text/calendar.ts';
import { madeDocuments } from './cluster.ts';
import { toDocument } from './evaluate/documents-of-texts.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MOST_SECONDS = 20;
const MOST_RATIO = 1.3;
const WEEK = '2021-W25';
const DAYS = 7;

/**
 * A week of many documents, folded into stories, composed and rendered in this process: the whole has one promise.
 * Printing has another, beside a bare Chromium with the same page.
 */
export async function benchEdition(args: readonly string[]): Promise<readonly string[]> {
  const { values } = parseArgs({
    args: [...args],
    options: { documents: { type: 'string', default: '10000' }, rounds: { type: 'string', default: '7' } },
  });
  const [count, rounds] = [Number(values.documents), Number(values.rounds)];
  const catalogue = await readCatalogue({
    sourcesDir: path.join(ROOT, 'sources'),
    digestsDir: path.join(ROOT, 'digests'),
    vocabularyDir: path.join(ROOT, 'vocabulary'),
  });
  const digest = catalogue.digests.find(({ id }) => id === 'weekly');
  if (digest === undefined) throw new RangeError('there is no digest "weekly"');
  const documents = weekOf(count, catalogue.vocabulary);
  const chromium = await findChromium({
    setting: process.env.CHROMIUM_PATH ?? '',
    cacheFolder: path.join(ROOT, '.cache', 'chromium'),
  });
  const clock = stopwatch();
  const sources = sourcesOf(documents);
  const { vocabulary } = catalogue;
  const stories = clock.step('understand', () =>
    understandWeek({
      documents,
      sources: new Map(sources.map((source) => [source.id, source])),
      vocabulary,
      asOf: addDays(periodOfWeek(WEEK, digest.zone).lastDay, 1),
    }),
  );
  const input = { ...madeUpInput({ stories, sources, week: WEEK, digest }), vocabulary };
  const edition = clock.step('compose', () => composeEdition(input));
  const template = await loadTemplate(path.join(ROOT, 'templates', digest.template));
  const renditions = clock.step('web and mail', () =>
    renderEdition(template, { edition, evidence: evidenceOf(edition, input) }, {}),
  );
  clock.step('data', () => [
    documentsFile(edition),
    figuresFile(edition),
    deadlinesFile({
      edition,
      before: readCalendar(''),
      documents: new Map(),
      zoneOf: () => digest.zone,
    }),
  ]);
  const facts = { title: edition.title, author: '', subject: WEEK, lang: edition.lang, at: input.period.to };
  let html = '';
  const print = (pages: ReadonlyMap<string, number>): string => {
    html = renditions.print(pages);
    return html;
  };
  const [ours, bare]: [number[], number[]] = [[], []];
  let pages = 0;
  const printed = async (): Promise<void> => {
    ({ pages } = await printPdf({ print, facts }, chromium));
  };
  await clock.stepAsync('pdf', printed);
  // By turns, so that a busy moment of the machine meets both.
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await barePrint(chromium, inOurFonts(html)));
    ours.push(await secondsOf(printed));
  }
  const ratio = least(ours) / least(bare);
  const seconds = clock.total();
  const figures = {
    documents: count,
    shown: edition.counts.shown,
    pages,
    ...clock.steps,
    withoutUnderstand: seconds - (clock.steps.understand ?? 0),
    seconds,
    pdfLeast: least(ours),
    bareLeast: least(bare),
    pdfRatio: ratio,
    loadAverage: loadavg()[0] ?? 0,
  };
  for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(18)} ${round3(value)}`);
  console.log(JSON.stringify(figures));
  return [
    ...(seconds > MOST_SECONDS
      ? [`folding, composing and rendering ${count} documents took ${round3(seconds)} s of ${MOST_SECONDS}`]
      : []),
    ...(ratio > MOST_RATIO ? [`printing took ${round3(ratio)} × a bare Chromium, of ${MOST_RATIO}`] : []),
  ];
}

/** Made texts of one week with all that the pipeline reads from a text. */
function weekOf(count: number, vocabulary: Vocabulary): Document[] {
  const first = periodOfWeek(WEEK, 'Asia/Shanghai').firstDay;
  return madeDocuments(count, count).map((made, index) => {
    const day = addDays(first, index % DAYS);
    const document = toDocument({ ...made, publishedAt: `${day}T08:00:00+08:00` }, vocabulary);
    const { title, text } = document;
    const fetchedAt = `${day}T03:00:00.000Z`;
    return {
      ...document,
      firstSeenAt: fetchedAt,
      fetchedAt,
      revisedAt: fetchedAt,
      topics: classify({ title, text }, vocabulary.topics),
      dates: findDatedFacts(text, { publishedOn: day }, vocabulary.lexicon.holidays),
      facts: findFacts(text, { title, publishedOn: day, issuedOn: undefined, region: undefined, vocabulary }),
    };
  });
}

function sourcesOf(documents: readonly Document[]): Source[] {
  const ids = [...new Set(documents.map(({ sourceId }) => sourceId))].sort();
  return ids.map((id, index) =>
    madeUpSource({ id, name: id, trust: index % 2 === 0 ? 'government' : 'media' }),
  );
}

/**
 * Chromium by itself, from its start to its end: driven by the same library with the same arguments, it opens the very
 * page that we print out of a folder with the very fonts that we give it, prints once with the same options, and ends.
 * Nothing is set, read back, numbered, checked or kept. Writing the folder is not counted.
 */
async function barePrint({ executablePath, args, env }: Chromium, html: string): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'policy-digest-bench-'));
  try {
    await writeBare(folder, html);
    return await secondsOf(async () => {
      const browser = await puppeteer.launch({
        executablePath,
        args: [...args, '--font-render-hinting=none'],
        headless: 'shell',
        env: { ...process.env, ...env },
      });
      try {
        const [page = await browser.newPage()] = await browser.pages();
        await page.goto(`file://${path.join(folder, 'page.html')}`, { waitUntil: 'load' });
        await page.pdf({ preferCSSPageSize: true, printBackground: true, outline: true, tagged: true });
      } finally {
        await browser.close();
      }
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeBare(folder: string, html: string): Promise<void> {
  await writeFile(path.join(folder, 'page.html'), html);
  const styles = fontStylesFor(html);
  await writeFile(path.join(folder, 'fonts.css'), styles);
  for (const [, address = ''] of styles.matchAll(/url\(fonts\/([^)]+\.woff2)\)/g)) {
    const file = path.join(folder, 'fonts', address);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, fontFile(address) ?? '');
  }
}

interface Stopwatch {
  readonly steps: Record<string, number>;
  step<Value>(name: string, run: () => Value): Value;
  stepAsync(name: string, run: () => Promise<void>): Promise<void>;
  total(): number;
}

function stopwatch(): Stopwatch {
  const steps: Record<string, number> = {};
  return {
    steps,
    step(name, run) {
      const from = performance.now();
      const value = run();
      steps[name] = (performance.now() - from) / 1000;
      return value;
    },
    async stepAsync(name, run) {
      steps[name] = await secondsOf(run);
    },
    total: () => Object.values(steps).reduce((sum, seconds) => sum + seconds, 0),
  };
}

async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await run();
  return (performance.now() - from) / 1000;
}

/** What other work on the machine adds is not what is measured. */
function least(values: readonly number[]): number {
  return Math.min(...values);
}

function round3(value: number): number {
  return Math.round(value * 1000) / 1000;
}
