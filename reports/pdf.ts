import puppeteer, { type CDPSession, type Page } from 'puppeteer';
import { AppError, errorText } from '../model/errors.ts';
import { inOurFonts } from './pdf-characters.ts';
import { numberContents } from './pdf-contents.ts';
import { finishPdf, type PdfFacts, type ReadPages, readPages } from './pdf-finish.ts';
import { fontFile, fontStylesFor } from './pdf-fonts.ts';

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
  /** For the manifest: `HeadlessChrome/153.0.8010.0`. */
  readonly chromium: string;
}

/** Our page and its fonts have this address; `.invalid` never resolves, and nothing else is answered. */
const ORIGIN = 'https://edition.invalid/';
const TIMEOUT_MS = 60_000;
/** A second pass knows the page numbers; a third settles a line that broke differently because of them. */
const MAX_PASSES = 4;

/**
 * Prints an edition: A4, tagged, with bookmarks, and contents whose page numbers were read back from the print.
 * @throws AppError `PDF_FAILED` when the browser does not print, `PDF_CONTENTS_UNSTABLE` when numbers never settle,
 *   `PDF_MISSING_GLYPH`, `PDF_FONT` when it does not come out in our fonts, `PDF_LONELY_HEADING` when one ends a page
 */
export async function printPdf(job: PdfJob, browser: PdfBrowser, signal?: AbortSignal): Promise<PrintedPdf> {
  signal?.throwIfAborted();
  const chromium = await puppeteer
    .launch({
      executablePath: browser.executablePath,
      // Glyphs stand where the font says, not where this machine's hinting would put them.
      args: [...browser.args, '--font-render-hinting=none'],
      headless: 'shell',
      // It ends when this process does, also when that is killed: a socket would leave it running for ever.
      pipe: true,
      timeout: TIMEOUT_MS,
      ...(browser.env === undefined ? {} : { env: { ...browser.env } }),
    })
    .catch((cause: unknown) => {
      throw new AppError('PDF_FAILED', `starting ${browser.executablePath}: ${errorText(cause)}`, { cause });
    });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= chromium.close();
    return closing;
  };
  const stop = (): void => void close();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    // A browser starts with an empty page.
    const [page = await chromium.newPage()] = await chromium.pages();
    const { print, pages } = await printUntilStable(job, page);
    const version = await chromium.version();
    // It ends in its own process while this one finishes the file; what becomes of it is told below.
    close().catch(() => undefined);
    return { pdf: await finishPdf(print, job.facts), pages, chromium: version };
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof AppError) throw cause;
    throw new AppError('PDF_FAILED', `printing "${job.facts.title}": ${errorText(cause)}`, { cause });
  } finally {
    signal?.removeEventListener('abort', stop);
    await close();
  }
}

async function printUntilStable(job: PdfJob, page: Page): Promise<ReadPages> {
  await page.setJavaScriptEnabled(false);
  let html = inOurFonts(job.print(new Map()));
  const session = await page.createCDPSession();
  session.on('Fetch.requestPaused', ({ requestId, request }) =>
    answer(session, requestId, request.url, html),
  );
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  await page.goto(ORIGIN, { waitUntil: 'load', timeout: TIMEOUT_MS });
  let read = await readPages(await printOnce(page));
  if (numberContents(read)) return read;
  for (let pass = 2; pass <= MAX_PASSES; pass += 1) {
    const known = read.anchors;
    html = inOurFonts(job.print(known));
    await page.evaluate(replaceBody, html);
    read = await readPages(await printOnce(page));
    if (isEqual(read.anchors, known)) return read;
  }
  throw new AppError(
    'PDF_CONTENTS_UNSTABLE',
    `printing "${job.facts.title}": page numbers still changed after ${MAX_PASSES} passes`,
  );
}

function printOnce(page: Page): Promise<Uint8Array> {
  return page.pdf({
    preferCSSPageSize: true,
    printBackground: true,
    outline: true,
    tagged: true,
    timeout: TIMEOUT_MS,
  });
}

/** Only the numbers in the body differ from pass to pass: the fonts of the head are not loaded again. Runs in the browser. */
function replaceBody(html: string): void {
  const { document, DOMParser } = globalThis as unknown as BrowserWindow;
  document.body.replaceWith(new DOMParser().parseFromString(html, 'text/html').body);
}

/** What `replaceBody` needs of a browser; the types of browsers are not known to this program. */
interface BrowserWindow {
  readonly document: { readonly body: { replaceWith(other: unknown): void } };
  readonly DOMParser: new () => {
    parseFromString(html: string, type: 'text/html'): { readonly body: unknown };
  };
}

/**
 * Gives the page itself, its fonts and nothing else. Puppeteer's own answers encode megabytes of fonts in small steps,
 * which took longer than the browser took to read them.
 */
function answer(session: CDPSession, requestId: string, address: string, html: string): void {
  const found = address.startsWith(ORIGIN) ? contentOf(address.slice(ORIGIN.length), html) : undefined;
  const done =
    found === undefined
      ? session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' })
      : session.send('Fetch.fulfillRequest', {
          requestId,
          responseCode: 200,
          responseHeaders: [{ name: 'content-type', value: found.type }],
          body: found.body,
        });
  // The browser was closed in between: whoever waits for the print is told.
  done.catch(() => undefined);
}

/** What lies at a path of ours, in base64. */
function contentOf(path: string, html: string): { readonly type: string; readonly body: string } | undefined {
  if (path === '') return { type: 'text/html; charset=utf-8', body: base64(html) };
  if (path === 'fonts.css') return { type: 'text/css; charset=utf-8', body: base64(fontStylesFor(html)) };
  const body = path.startsWith('fonts/') ? encodedFont(path.slice('fonts/'.length)) : undefined;
  return body === undefined ? undefined : { type: 'font/woff2', body };
}

/** Fonts are megabytes and never change: read and encoded once, however many editions are printed. */
const encodedFonts = new Map<string, string>();

function encodedFont(address: string): string | undefined {
  const known = encodedFonts.get(address);
  if (known !== undefined) return known;
  const font = fontFile(address);
  if (font === undefined) return undefined;
  const encoded = base64(font);
  encodedFonts.set(address, encoded);
  return encoded;
}

function base64(content: string | Uint8Array): string {
  return Buffer.from(content).toString('base64');
}

function isEqual(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): boolean {
  return left.size === right.size && [...left].every(([anchor, page]) => right.get(anchor) === page);
}
