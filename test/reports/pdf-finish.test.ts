import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import { finishPdf } from '../../reports/pdf-finish.ts';

const FACTS = { title: '周报', author: '甲', subject: '乙', lang: 'zh-CN', at: '2021-06-27T16:00:00.000Z' };

/** A print whose table heads the browser numbered so, at some time of day, with a random id. */
async function printWith(numbers: readonly [number, number], madeAt: string): Promise<PDFDocument> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  pdf.addPage();
  const names = numbers.map((number) => PDFString.of(`node${String(number).padStart(8, '0')}`));
  const heads = names.map((name) => pdf.context.register(pdf.context.obj({ S: 'TH', ID: name })));
  pdf.context.register(pdf.context.obj({ S: 'TD', A: [{ O: 'Table', Headers: names }] }));
  const pairs = names.map((name, index) => [name, heads[index]] as const);
  pairs.sort(([left], [right]) => (left.asString() < right.asString() ? -1 : 1));
  const leaves = pairs.map(([name, head]) =>
    pdf.context.register(pdf.context.obj({ Limits: [name, name], Names: [name, head!] })),
  );
  const tree = pdf.context.register(pdf.context.obj({ Kids: leaves }));
  pdf.catalog.set(
    PDFName.of('StructTreeRoot'),
    pdf.context.register(pdf.context.obj({ Type: 'StructTreeRoot', IDTree: tree })),
  );
  pdf.setCreationDate(new Date(madeAt));
  pdf.context.trailerInfo.ID = pdf.context.obj([PDFString.of(madeAt), PDFString.of(madeAt)]);
  return PDFDocument.load(await pdf.save(), { updateMetadata: false });
}

test('prints that differ in node numbers, their order, time and id become the same bytes', async () => {
  const one = await finishPdf(await printWith([17, 18], '2021-06-28T01:00:00.000Z'), FACTS);
  const later = await finishPdf(await printWith([1126, 1127], '2026-01-01T00:00:00.000Z'), FACTS);
  const crossed = await finishPdf(await printWith([1127, 1126], '2026-01-01T00:00:00.000Z'), FACTS);
  assert.deepEqual(one, later);
  assert.deepEqual(one, crossed);
});

test('cells keep pointing to their heads', async () => {
  const pdf = await PDFDocument.load(
    await finishPdf(await printWith([1127, 1126], '2021-06-28T01:00:00.000Z'), FACTS),
  );
  const objects = pdf.context.enumerateIndirectObjects().map(([, object]) => object.toString());
  assert.ok(objects.some((text) => /\/TH/.test(text) && /\(node00000001\)/.test(text)));
  assert.ok(objects.some((text) => /\/TD/.test(text) && /\(node00000001\) \(node00000002\)/.test(text)));
  assert.ok(objects.some((text) => /\/Names \[ \(node00000001\) \S+ \S+ R \(node00000002\)/.test(text)));
});
