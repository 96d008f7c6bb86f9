import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { before, describe, test } from 'node:test';
import { PDFDict, PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type Chromium, findChromium } from '../../net/chromium.ts';
import { itemsOf } from '../../reports/check-edition.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { evidenceOf } from '../../reports/evidence.ts';
import { type PrintedPdf, printPdf } from '../../reports/pdf.ts';
import { loadTemplate, renderEdition } from '../../reports/render.ts';
import { viewOf } from '../../reports/view.ts';
import { canonicalInput } from './canonical-edition.ts';
import { hasContentsRow, pdfAnchors, pdfPages } from './pdf-text.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const input = canonicalInput();
const edition = composeEdition(input);
const template = await loadTemplate(resolve(ROOT, 'templates/gazette'));
const { print } = renderEdition(template, { edition, evidence: evidenceOf(edition, input) }, {});
const FACTS = {
  title: '创新政策周报 2021-W25',
  author: '政策文摘',
  subject: '2021-06-21/2021-06-27',
  lang: 'zh-CN',
  at: edition.period.to,
};

let chromium: Chromium;
let printed: PrintedPdf;

function open(pdf: Uint8Array) {
  // pdfjs takes the bytes over, so it gets its own.
  return getDocument({ data: pdf.slice(), verbosity: 0 }).promise;
}

async function textOfPages(pdf: Uint8Array): Promise<string[]> {
  return (await pdfPages(pdf)).map((text) => text.replace(/\s/g, ''));
}

before(async () => {
  chromium = await findChromium({
    cacheFolder: resolve(ROOT, '.cache/chromium'),
    setting: process.env.CHROMIUM_PATH ?? '',
  });
  printed = await printPdf({ print, facts: FACTS }, chromium);
});

describe('printPdf', () => {
  test('holds every title shown and every off-topic one, rare characters included', async () => {
    const text = (await textOfPages(printed.pdf)).join('');
    const shown = itemsOf(edition).flatMap(({ documents }) => documents.map(({ title }) => title));
    const others = [
      ...edition.leftOut.map(({ document }) => document.title),
      ...edition.ahead.map((row) => row.document.title),
    ];
    for (const title of [...shown, ...others]) assert.ok(text.includes(title.replace(/\s/g, '')), title);
    assert.ok(text.includes('𬭎'));
  });

  test('has page numbers in its contents that are the real ones', async () => {
    const pages = await pdfAnchors(printed.pdf);
    const contents = (await textOfPages(printed.pdf))[1] ?? '';
    const { contents: rows, parts } = viewOf(edition);
    assert.ok(rows.length > 12);
    for (const { anchor, title } of [...rows, { anchor: 'notes', title: parts.notes }])
      assert.ok(hasContentsRow(contents, title, pages.get(anchor)), title);
    assert.ok(!contents.includes('00'));
  });

  test('prints its page once, with the numbers written over the first print', async () => {
    let prints = 0;
    const counted: typeof print = (pages) => {
      prints += 1;
      return print(pages);
    };
    await printPdf({ print: counted, facts: FACTS }, chromium);
    assert.equal(prints, 1);
  });

  test('prints the same bytes again', async () => {
    const again = await printPdf({ print, facts: FACTS }, chromium);
    assert.ok(Buffer.compare(printed.pdf, again.pdf) === 0);
  });

  test('says what it is: title, author, language, dates of the period, tags, bookmarks', async () => {
    const document = await open(printed.pdf);
    const { info } = await document.getMetadata();
    const facts = info as Record<string, unknown>;
    assert.deepEqual([facts.Title, facts.Author, facts.Subject], [FACTS.title, FACTS.author, FACTS.subject]);
    assert.equal(facts.Language, 'zh-CN');
    assert.match(String(facts.CreationDate), /20210627160000/);
    // The typings say object, the library gives a Map.
    const marks = (await document.getMarkInfo()) as unknown as ReadonlyMap<string, boolean>;
    assert.equal(marks.get('Marked'), true);
    const bookmarks = JSON.stringify(await document.getOutline());
    assert.match(bookmarks, /分领域/);
    assert.match(bookmarks, /科技体制/);
  });

  test('embeds every font as a subset of TrueType or CFF outlines, none as Type 3', async () => {
    const file = await PDFDocument.load(printed.pdf, { updateMetadata: false });
    const dicts = file.context
      .enumerateIndirectObjects()
      .map(([, object]) => object)
      .filter((object) => object instanceof PDFDict);
    const valuesOf = (type: string, key: string): string[] =>
      dicts
        .filter((dict) => dict.get(PDFName.of('Type')) === PDFName.of(type))
        .map((dict) => String(dict.get(PDFName.of(key))));
    assert.deepEqual([...new Set(valuesOf('Font', 'Subtype'))].sort(), ['/CIDFontType2', '/Type0']);
    const names = valuesOf('FontDescriptor', 'FontName');
    assert.ok(names.length >= 4);
    for (const name of names) assert.match(name, /^\/[A-Z]{6}\+(?:Noto(?:Sans|Serif)(?:SC)?|SourceHanSerif)/);
    assert.ok(!valuesOf('FontDescriptor', 'FontFile2').includes('undefined'));
  });

  test('numbers its pages and runs its title along the top', async () => {
    const pages = await textOfPages(printed.pdf);
    assert.equal(pages.length, printed.pages);
    for (const [index, text] of pages.entries()) {
      assert.ok(text.includes(`第${index + 1}页，共${pages.length}页`));
      if (index > 0) assert.ok(text.startsWith('创新政策周报2021年第25周'), text.slice(0, 40));
    }
  });

  test('answers a page with our fonts and nothing else', async () => {
    const asking =
      '<!doctype html><link rel="stylesheet" href="fonts.css"><link rel="stylesheet" href="https://example.com/x.css"><style>body{font-family:"Noto Sans SC"}</style><img src="http://127.0.0.1:1/x.png"><script>document.title="ran";document.body.textContent="ran"</script><p>words</p>';
    const { pdf } = await printPdf({ print: () => asking, facts: FACTS }, chromium);
    const text = (await textOfPages(pdf)).join('');
    assert.ok(text.includes('words') && !text.includes('ran'));
  });

  test('fails with a code when the browser does not start', async () => {
    await assert.rejects(
      printPdf({ print, facts: FACTS }, { executablePath: '/no/such/chromium', args: [] }),
      {
        code: 'PDF_FAILED',
      },
    );
  });
});
