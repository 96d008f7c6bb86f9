import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { before, describe, test } from 'node:test';
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import { type Chromium, findChromium } from '../../net/chromium.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { evidenceOf } from '../../reports/evidence.ts';
import { charactersOf } from '../../reports/font-cmap.ts';
import { printPdf } from '../../reports/pdf.ts';
import { inOurFonts } from '../../reports/pdf-characters.ts';
import { checkFonts } from '../../reports/pdf-check.ts';
import { loadTemplate, renderEdition } from '../../reports/render.ts';
import { viewOf } from '../../reports/view.ts';
import { canonicalInput } from './canonical-edition.ts';
import { madeUpDocument, madeUpInput, madeUpSource, madeUpStory } from './made-up.ts';
import { hasContentsRow, pdfAnchors, pdfLines, pdfPages } from './pdf-text.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const FACTS = { title: 't', author: 'a', subject: 's', lang: 'zh-CN', at: '2021-06-27T16:00:00.000Z' };
let chromium: Chromium;

before(async () => {
  const setting = process.env.CHROMIUM_PATH ?? '';
  chromium = await findChromium({ cacheFolder: resolve(ROOT, '.cache/chromium'), setting });
});

function page(body: string, style = ''): string {
  return `<!doctype html><html lang="zh-CN"><link rel="stylesheet" href="fonts.css"><style>@page { size: A4; margin: 22mm } body { margin: 0; font: 10.5pt "Noto Sans SC" } ${style}</style>${body}`;
}

function print(html: string) {
  return printPdf({ print: () => html, facts: FACTS }, chromium);
}

describe('charactersOf', () => {
  test('reads what a font has and nothing else', () => {
    const folder = dirname(createRequire(import.meta.url).resolve('@fontsource/noto-sans-sc/package.json'));
    const read = (name: string) =>
      new Set(charactersOf(readFileSync(join(folder, 'files', `noto-sans-sc-${name}-400-normal.woff`))));
    const latin = read('latin');
    assert.ok(latin.has('a'.codePointAt(0)!) && latin.has('é'.codePointAt(0)!));
    assert.ok(!latin.has('策'.codePointAt(0)!));
    assert.ok(read('chinese-simplified').has('策'.codePointAt(0)!));
    assert.throws(() => charactersOf(Buffer.alloc(60)), RangeError);
  });
});

describe('inOurFonts', () => {
  test('names what no font of ours has and leaves the rest as it is', () => {
    const kept = '国发〔2021〕5号 Łódź Ősi Чехов さくら 漢字 α ≥ Ⅲ 𬭎 镕 喆\u2060';
    assert.equal(inOurFonts(kept), kept);
    assert.equal(inOurFonts('한국어로 ok 😀'), '[U+D55C U+AD6D U+C5B4 …] ok [U+1F600]');
    assert.equal(inOurFonts('a\u0001b❤\uFE0F'), 'ab[U+2764]');
  });
});

describe('printPdf', () => {
  test('prints names in Han, kana, Cyrillic, Greek and Latin with marks, and says what it cannot print', async () => {
    const names = '𬭎 镕 喆 さくら 髙橋 Чехов αβ Łódź Ősi Ștefan Dvořák';
    const both = `<p>${names}</p><p style="font-family: 'Noto Serif SC'">${names}</p><p>한국</p>`;
    const text = (await pdfPages((await print(page(both))).pdf)).join('').replace(/\s/g, '');
    assert.equal(text, `${names}${names}[U+D55CU+AD6D]`.replace(/\s/g, ''));
  });

  test('fails when a template itself asks for a character without a glyph', async () => {
    await assert.rejects(print(page('<p>words</p>', 'p::before { content: "\\d55c" }')), {
      code: 'PDF_MISSING_GLYPH',
      message: /한/,
    });
  });

  test('fails when a heading stands alone at the end of its page, and says which', async () => {
    const at = (height: string, rule: string) =>
      print(
        page(
          `<h2>first</h2><p style="height: ${height}">words</p><h2>alone</h2><p>words</p>`,
          `h2, p { margin: 0 } h2 { ${rule} }`,
        ),
      );
    const end = '237mm';
    await assert.rejects(at(end, 'break-after: auto;'), {
      code: 'PDF_LONELY_HEADING',
      message: /: "alone" on page 1;/,
    });
    assert.equal((await at(end, 'break-after: avoid;')).pages, 2);
    assert.equal((await at('100mm', 'break-after: auto;')).pages, 1);
  });

  test('takes a heading with a line below it at the very end of a page', async () => {
    const { pages } = await print(
      page(
        '<div style="height: 240mm"></div><h2>not alone</h2><p style="margin: 0">words</p><p style="break-before: page">more</p>',
        'h2 { margin: 0; font-size: 10pt }',
      ),
    );
    assert.equal(pages, 2);
  });
});

test('checkFonts refuses a font that is only named', async () => {
  const pdf = await PDFDocument.create();
  pdf.addPage().drawText('x', { font: await pdf.embedFont(StandardFonts.Helvetica) });
  const saved = await PDFDocument.load(await pdf.save());
  assert.throws(() => checkFonts(saved), { code: 'PDF_FONT', message: /Helvetica/ });
});

test('a brief is two pages', async () => {
  const input = canonicalInput();
  const edition = composeEdition(input);
  const template = await loadTemplate(join(ROOT, 'templates/brief'));
  const brief = renderEdition(template, { edition, evidence: evidenceOf(edition, input) }, {});
  assert.equal((await printPdf({ print: brief.print, facts: FACTS }, chromium)).pages, 2);
});

test('thirty pages hold every row whole, no heading alone, contents that tell the truth', async () => {
  const source = madeUpSource({ id: 'ministry', name: '科技部' });
  const stories = Array.from({ length: 160 }, (_, index) =>
    madeUpStory(1000 - index, [
      madeUpDocument({
        source: 'ministry',
        title: `第${index}号关于组织申报年度重点研发计划产业前瞻与关键核心技术项目并做好有关推荐工作的通知${'及其补充说明'.repeat(index % 4)}`,
        text: `第${index}号项目自2021年7月${1 + (index % 28)}日起申报。${'申报单位应当具备研发条件。'.repeat(index % 7)}`,
        on: '2021-06-23',
        number: `国科发〔2021〕${1000 + index}号`,
        topics: [['science', 'industry', 'digital', 'energy', 'talent'][index % 5] ?? 'science'],
        dates: [
          [
            'deadline',
            `2021-07-${String(1 + (index % 28)).padStart(2, '0')}`,
            `第${index}号项目自2021年7月${1 + (index % 28)}日起申报。`,
          ],
        ],
      }),
    ]),
  );
  const input = madeUpInput({
    stories,
    sources: [source],
    digest: { limits: { itemsPerSection: 12, sections: 6 } },
  });
  const edition = composeEdition(input);
  const template = await loadTemplate(join(ROOT, 'templates/gazette'));
  const view = renderEdition(template, { edition, evidence: evidenceOf(edition, input) }, {});
  const { pdf, pages } = await printPdf({ print: view.print, facts: FACTS }, chromium);
  assert.ok(pages >= 30, String(pages));
  const texts = (await pdfPages(pdf)).map((text) => text.replace(/\s/g, ''));
  const pagesOf = await pdfAnchors(pdf);
  for (const { anchor, title } of viewOf(edition).contents)
    assert.ok(hasContentsRow(texts[1] ?? '', title, pagesOf.get(anchor)), title);
  // A row that is cut has its title on one page and the end of its title or its number on the next.
  for (const { document } of edition.newDocuments)
    assert.ok(
      texts.some(
        (text) => text.includes(`${document.title}`) && text.includes(document.documentNumber ?? ''),
      ),
      document.title,
    );
  for (const { document, quote } of edition.ahead)
    assert.ok(
      texts.some((text) => text.includes(document.title) && text.includes(quote.text)),
      document.title,
    );
  // Nothing is printed in the margin at the foot but the page number.
  const FOOT = 53;
  for (const [index, lines] of (await pdfLines(pdf)).entries())
    for (const { text, y } of lines.filter((line) => line.y < FOOT))
      assert.match('第页，共0123456789 ', new RegExp(`[${text}]`), `page ${index + 1}: ${text} at ${y}`);
});
