// Makes the pictures of the README from the demo week: `npm run pictures`. Review them before you commit.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import puppeteer, { type Browser } from 'puppeteer';
import { findChromium } from '../net/chromium.ts';
import { fontFile, fontStyles } from '../reports/pdf-fonts.ts';

const ROOT = resolve(import.meta.dirname, '..');
const OUT = join(ROOT, 'docs/pictures');
const WEEK = 'demo/2021/2021-W25';
const MOST_BYTES = 300_000;
/** What the pages ask for so that every machine makes the same pictures. */
const FONT_ORIGIN = 'https://fonts.invalid/';

interface Shot {
  readonly name: string;
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly scheme?: 'light' | 'dark';
  /** Scrolled to, when not the top of the page. */
  readonly from?: string;
}

const SHOTS: readonly Shot[] = [
  { name: 'web', file: `${WEEK}/index.html`, width: 1180, height: 920 },
  {
    name: 'web-dark',
    file: `${WEEK}/index.html`,
    width: 1180,
    height: 760,
    scheme: 'dark',
    from: '#regions',
  },
  { name: 'mail', file: `${WEEK}/email.html`, width: 600, height: 1000 },
  { name: 'archive', file: 'index.html', width: 1180, height: 560 },
];
const PDF_PAGES = [1, 2, 3];
const PDF_SCALE = 0.9;

const folder = await mkdtemp(join(tmpdir(), 'policy-digest-pictures-'));
try {
  const archive = join(folder, 'archive');
  await promisify(execFile)(process.execPath, [join(ROOT, 'cli/main.ts'), 'demo'], {
    env: { ...process.env, DATA_DIR: join(folder, 'data'), ARCHIVE_DIR: archive },
    maxBuffer: 10_000_000,
  });
  const setting = process.env.CHROMIUM_PATH ?? '';
  const chromium = await findChromium({ cacheFolder: join(ROOT, '.cache/chromium'), setting });
  const browser = await puppeteer.launch({
    executablePath: chromium.executablePath,
    args: [...chromium.args, '--font-render-hinting=none'],
    headless: 'shell',
    ...(chromium.env === undefined ? {} : { env: { ...chromium.env } }),
  });
  try {
    await mkdir(OUT, { recursive: true });
    for (const shot of SHOTS) await save(shot.name, await picture(browser, archive, shot));
    for (const number of PDF_PAGES)
      await save(`pdf-${number}`, await pdfPicture(browser, join(archive, WEEK, 'digest.pdf'), number));
  } finally {
    await browser.close();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function save(name: string, bytes: Uint8Array): Promise<void> {
  if (bytes.byteLength > MOST_BYTES) throw new RangeError(`${name}: ${bytes.byteLength} bytes`);
  await writeFile(join(OUT, `${name}.png`), bytes);
  console.log(`docs/pictures/${name}.png  ${Math.round(bytes.byteLength / 1000)} kB`);
}

/** Pages carry no fonts: here they get ours, as if a reader had them. */
async function picture(browser: Browser, archive: string, shot: Shot): Promise<Uint8Array> {
  const page = await browser.newPage();
  await page.setBypassCSP(true);
  await page.setViewport({ width: shot.width, height: shot.height });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: shot.scheme ?? 'light' }]);
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const path = request.url().startsWith(FONT_ORIGIN) ? request.url().slice(FONT_ORIGIN.length) : undefined;
    const font = path === undefined ? undefined : fontFile(path);
    if (font === undefined) void request.continue();
    else
      void request.respond({
        contentType: 'font/woff2',
        headers: { 'access-control-allow-origin': '*' },
        body: font,
      });
  });
  await page.goto(pathToFileURL(join(archive, shot.file)).href);
  await page.addStyleTag({ content: fontStyles().replaceAll('url(fonts/', `url(${FONT_ORIGIN}`) });
  if (shot.from !== undefined) await page.$eval(shot.from, (part) => part.scrollIntoView());
  await page.evaluate('document.fonts.ready');
  const bytes = await page.screenshot({ type: 'png', optimizeForSpeed: false });
  await page.close();
  return bytes;
}

/** A page of the PDF as pdfjs draws it, on the browser's canvas. */
async function pdfPicture(browser: Browser, file: string, number: number): Promise<Uint8Array> {
  const bytes = await readFile(file);
  const { numPages } = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  if (number > numPages) throw new RangeError(`the PDF has ${numPages} pages`);
  const library = join(ROOT, 'node_modules/pdfjs-dist/legacy/build');
  const page = await browser.newPage();
  await page.setContent('<!doctype html><body style="margin:0"><canvas></canvas>');
  const asModule = async (name: string) =>
    `data:text/javascript;base64,${(await readFile(join(library, name))).toString('base64')}`;
  const script = `(async () => {
    const pdfjs = await import(${JSON.stringify(await asModule('pdf.min.mjs'))});
    pdfjs.GlobalWorkerOptions.workerSrc = ${JSON.stringify(await asModule('pdf.worker.min.mjs'))};
    const data = Uint8Array.from(atob(${JSON.stringify(bytes.toString('base64'))}), (c) => c.charCodeAt(0));
    const pdf = await pdfjs.getDocument({ data, verbosity: 0 }).promise;
    const page = await pdf.getPage(${number});
    const viewport = page.getViewport({ scale: ${PDF_SCALE} });
    const canvas = document.querySelector('canvas');
    [canvas.width, canvas.height] = [viewport.width, viewport.height];
    await page.render({ canvas, canvasContext: canvas.getContext('2d'), viewport }).promise;
  })()`;
  await page.evaluate(script);
  const canvas = await page.$('canvas');
  if (canvas === null) throw new RangeError('the page to draw on is gone');
  const picture = await canvas.screenshot({ type: 'png' });
  await page.close();
  return picture;
}
