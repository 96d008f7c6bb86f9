import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import { finishPdf } from '../../reports/pdf-finish.ts';

const FACTS = { title: '周报', author: '甲', subject: '乙', lang: 'zh-CN', at: '2021-06-27T16:00:00.000Z' };

/** A print whose table cells the browser numbered from `first`, at some time of day, with a random id. */
async function printFrom(first: number, madeAt: string): Promise<PDFDocument> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  pdf.addPage();
  const name = (offset: number) => PDFString.of(`node${String(first + offset).padStart(8, '0')}`);
  const head = pdf.context.obj({ S: 'TH', ID: name(0) });
  const cell = pdf.context.obj({ S: 'TD', A: [{ O: 'Table', Headers: [name(0), name(1)] }] });
  const names = pdf.context.obj({
    Names: [name(0), pdf.context.register(head), name(1), pdf.context.register(cell)],
  });
  pdf.catalog.set(PDFName.of('IDTree'), pdf.context.register(names));
  pdf.setCreationDate(new Date(madeAt));
  pdf.context.trailerInfo.ID = pdf.context.obj([PDFString.of(madeAt), PDFString.of(madeAt)]);
  return PDFDocument.load(await pdf.save(), { updateMetadata: false });
}

test('two prints that differ in node numbers, time and id become the same bytes', async () => {
  const one = await finishPdf(await printFrom(17, '2021-06-28T01:00:00.000Z'), FACTS);
  const other = await finishPdf(await printFrom(1126, '2026-01-01T00:00:00.000Z'), FACTS);
  assert.deepEqual(one, other);
});

test('cells keep pointing to their heads', async () => {
  const pdf = await PDFDocument.load(
    await finishPdf(await printFrom(1126, '2021-06-28T01:00:00.000Z'), FACTS),
  );
  const objects = pdf.context.enumerateIndirectObjects().map(([, object]) => object.toString());
  assert.ok(objects.some((text) => /\/TH/.test(text) && /\(node00000001\)/.test(text)));
  assert.ok(objects.some((text) => /\/TD/.test(text) && /\(node00000001\) \(node00000002\)/.test(text)));
});
