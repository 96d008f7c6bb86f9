import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { before, describe, test } from 'node:test';
import { type Chromium, findChromium } from '../../net/chromium.ts';
import { printPdf } from '../../reports/pdf.ts';
import { pdfPages } from './pdf-text.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const FACTS = { title: 't', author: 'a', subject: 's', lang: 'en', at: '2021-06-27T16:00:00.000Z' };
let chromium: Chromium;

before(async () => {
  const setting = process.env.CHROMIUM_PATH ?? '';
  chromium = await findChromium({ cacheFolder: resolve(ROOT, '.cache/chromium'), setting });
});

/** Contents on the first page, each part on the page it asks for, and the number of each page at its foot. */
async function printed(
  parts: Readonly<Record<string, number>>,
  { after = '', foot = '@bottom-right { content: counter(page); font: 10pt "Noto Sans SC" }' } = {},
): Promise<{ readonly prints: number; readonly first: string; readonly pages: number }> {
  let prints = 0;
  const print = (known: ReadonlyMap<string, number>): string => {
    prints += 1;
    const rows = Object.keys(parts).map(
      (anchor) =>
        `<li><a href="#${anchor}">${anchor}: <span class="page">${known.get(anchor) ?? '00'}</span></a>;</li>`,
    );
    let page = 1;
    const body = Object.entries(parts).map(([anchor, at]) => {
      const breaks = '<p class="break">words</p>'.repeat(at - page);
      page = at;
      return `${breaks}<p id="${anchor}">here</p>`;
    });
    return `<!doctype html><html lang="en"><link rel="stylesheet" href="fonts.css"><style>@page { size: A5; ${foot} } ul { list-style: none } body { font: 10pt "Noto Sans SC" } .page { display: inline-block; font-variant-numeric: tabular-nums } .break { break-before: page }</style><ul>${rows.join('')}</ul>${after}${body.join('')}`;
  };
  const { pdf, pages } = await printPdf({ print, facts: FACTS }, chromium);
  const [first = ''] = await pdfPages(pdf);
  return { prints, pages, first: first.replace(/\s/g, '') };
}

describe('the page numbers of the contents', () => {
  test('are written into the first print', async () => {
    const { prints, first } = await printed({ one: 1, two: 2, three: 12 });
    assert.match(first, /one:1;two:2;three:12;/);
    assert.equal(prints, 1);
  });

  test('take a second print where other text looks like one of them', async () => {
    const { prints, first } = await printed({ one: 1, two: 3 }, { after: '<p>00</p>' });
    assert.match(first, /one:1;two:3;00/);
    assert.equal(prints, 2);
  });

  test('take a second print where the font was embedded without a digit', async () => {
    const { prints, first } = await printed({ one: 1, two: 7 }, { foot: '' });
    assert.match(first, /one:1;two:7;/);
    assert.equal(prints, 2);
  });

  test('take a second print where one has three digits', async () => {
    const { prints, first, pages } = await printed({ one: 2, two: 101 });
    assert.match(first, /one:2;two:101;/);
    assert.deepEqual([prints, pages], [2, 101]);
  });
});
