import puppeteer, { type HTTPRequest, type Page } from 'puppeteer';
import { AppError } from '../model/errors.ts';
import { inOurFonts } from './pdf-characters.ts';
import { finishPdf, type PdfFacts, pagesOfAnchors } from './pdf-finish.ts';
import { fontFile, fontStyles } from './pdf-fonts.ts';

/** The Chromium to print with; found by the caller. */
export interface PdfBrowser {
  readonly executablePath: string;
  readonly args: readonly string[];
  /** The environment of the process; that of this one when absent. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface PdfJob {
  /** The page to print, with page numbers by anchor. */
  print(pages: ReadonlyMap<string, number>): string;
  readonly facts: PdfFacts;
}

export interface PrintedPdf {
  readonly pdf: Uint8Array;
  readonly pages: number;
  /** Headings that stand alone at the end of their page; none, unless a template lets them. */
  readonly lonelyHeadings: readonly string[];
  /** For the manifest: `HeadlessChrome/153.0.8010.0`. */
  readonly chromium: string;
}

/** Our page and its fonts have this address; `.invalid` never resolves, and nothing else is answered. */
const ORIGIN = 'https://edition.invalid/';
const TIMEOUT_MS = 60_000;
/** The second pass knows the page numbers; a third settles a line that broke differently because of them. */
const MAX_PASSES = 4;

/**
 * Prints an edition: A4, tagged, with bookmarks, and contents whose page numbers were read back from the print.
 * @throws AppError `PDF_FAILED` when the browser does not print, `PDF_CONTENTS_UNSTABLE` when numbers never settle,
 *   `PDF_MISSING_GLYPH`, `PDF_FONT` when it does not come out in our fonts
 */
export async function printPdf(job: PdfJob, browser: PdfBrowser, signal?: AbortSignal): Promise<PrintedPdf> {
  signal?.throwIfAborted();
  const chromium = await puppeteer
    .launch({
      executablePath: browser.executablePath,
      // Glyphs stand where the font says, not where this machine's hinting would put them.
      args: [...browser.args, '--font-render-hinting=none'],
      headless: 'shell',
      timeout: TIMEOUT_MS,
      ...(browser.env === undefined ? {} : { env: { ...browser.env } }),
    })
    .catch((cause: unknown) => {
      throw new AppError('PDF_FAILED', `starting ${browser.executablePath}: ${reasonOf(cause)}`, { cause });
    });
  const stop = (): void => void chromium.close();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const { bytes, pages } = await printUntilStable(job, () => chromium.newPage());
    return {
      ...(await finishPdf(bytes, job.facts)),
      pages,
      chromium: await chromium.version(),
    };
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof AppError) throw cause;
    throw new AppError('PDF_FAILED', `printing "${job.facts.title}": ${reasonOf(cause)}`, { cause });
  } finally {
    signal?.removeEventListener('abort', stop);
    await chromium.close();
  }
}

async function printUntilStable(
  job: PdfJob,
  open: () => Promise<Page>,
): Promise<{ readonly bytes: Uint8Array; readonly pages: number }> {
  const page = await open();
  await page.setJavaScriptEnabled(false);
  await page.setRequestInterception(true);
  let html = '';
  page.on('request', (request) => answer(request, html));
  let known: ReadonlyMap<string, number> = new Map();
  for (let pass = 1; pass <= MAX_PASSES; pass += 1) {
    html = inOurFonts(job.print(known));
    await page.goto(ORIGIN, { waitUntil: 'load', timeout: TIMEOUT_MS });
    const bytes = await page.pdf({
      preferCSSPageSize: true,
      printBackground: true,
      outline: true,
      tagged: true,
      timeout: TIMEOUT_MS,
    });
    const { anchors, pages } = await pagesOfAnchors(bytes);
    if (isEqual(anchors, known)) return { bytes, pages };
    known = anchors;
  }
  throw new AppError(
    'PDF_CONTENTS_UNSTABLE',
    `printing "${job.facts.title}": page numbers still changed after ${MAX_PASSES} passes`,
  );
}

/** Gives the page itself, its fonts and nothing else. */
function answer(request: HTTPRequest, html: string): void {
  const address = request.url();
  const path = address.startsWith(ORIGIN) ? address.slice(ORIGIN.length) : undefined;
  if (path === '') {
    void request.respond({ contentType: 'text/html; charset=utf-8', body: html });
  } else if (path === 'fonts.css') {
    void request.respond({ contentType: 'text/css; charset=utf-8', body: fontStyles() });
  } else {
    const font = path?.startsWith('fonts/') ? fontFile(path.slice('fonts/'.length)) : undefined;
    if (font === undefined) void request.abort('blockedbyclient');
    else void request.respond({ contentType: 'font/woff2', body: font });
  }
}

function isEqual(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): boolean {
  return left.size === right.size && [...left].every(([anchor, page]) => right.get(anchor) === page);
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
