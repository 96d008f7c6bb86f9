import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import type { AheadRow } from '../../model/edition.ts';
import type { DocumentId } from '../../model/ids.ts';
import { itemsOf } from '../../reports/check-edition.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { renderReaderMail, renderWholeMail } from '../../reports/reader-mail.ts';
import { loadTemplate, renderEdition } from '../../reports/render.ts';
import { documentsToLookUp, selectForReader } from '../../reports/select-for-reader.ts';
import { canonicalInput } from './canonical-edition.ts';

const edition = composeEdition(canonicalInput());
const NOTHING_KNOWN = new Map();
const ALL = itemsOf(edition).length;
const DIGITAL = itemsOf(edition).filter(({ topics }) => topics.includes('digital'));
assert.ok(DIGITAL.length > 1 && DIGITAL.length < ALL && !DIGITAL.includes(edition.lead as never));
const template = await loadTemplate(path.resolve(import.meta.dirname, '../../templates/gazette'));

test('items of one of the topics and one of the regions are kept, and the best of them leads', () => {
  const digital = selectForReader(edition, { topics: ['digital'], regions: [] }, NOTHING_KNOWN);
  assert.deepEqual([digital.shown, digital.of], [DIGITAL.length, ALL]);
  assert.ok(itemsOf(digital.edition).every(({ topics }) => topics.includes('digital')));
  assert.equal(digital.edition.lead?.score, Math.max(...DIGITAL.map(({ score }) => score)));
  assert.equal(new Set(itemsOf(digital.edition)).size, DIGITAL.length, 'the new lead stands in no section');
  const both = selectForReader(edition, { topics: ['digital'], regions: ['CN-SH'] }, NOTHING_KNOWN);
  assert.equal(both.shown, 1);
  assert.equal(both.edition.lead?.regions.includes('CN-SH'), true);
});

test('a lead that matches stays, and an empty selection is the whole edition', () => {
  const topics = edition.lead?.topics ?? [];
  const own = selectForReader(edition, { topics, regions: [] }, NOTHING_KNOWN);
  assert.equal(own.edition.lead?.headline, edition.lead?.headline);
  const all = selectForReader(edition, { topics: [], regions: [] }, NOTHING_KNOWN);
  assert.equal(all.shown, all.of);
  assert.equal(all.edition.ahead.length, edition.ahead.length);
});

test('dates and sentences of what is kept stay, also of documents that no item tells', () => {
  const { edition: part } = selectForReader(edition, { topics: ['digital'], regions: [] }, NOTHING_KNOWN);
  const told = new Set(itemsOf(part).flatMap(({ documents }) => documents.map((one) => one.documentId)));
  assert.ok(part.ahead.length > 0 && part.ahead.length < edition.ahead.length);
  assert.ok(part.ahead.every(({ document }) => told.has(document.documentId)));
  assert.ok(part.brief.every(({ documentId }) => told.has(documentId)));
  const other = edition.ahead.find(({ document }) => !told.has(document.documentId));
  assert.ok(other);
  assert.ok(documentsToLookUp(edition).includes(other.document.documentId));
  const subjects = new Map([[other.document.documentId as DocumentId, { topics: ['digital'], regions: [] }]]);
  const more = selectForReader(edition, { topics: ['digital'], regions: [] }, subjects);
  assert.equal(more.edition.ahead.length, part.ahead.length + 1);
});

test('the counts of the edition are left alone: they tell of the whole', () => {
  const { edition: part } = selectForReader(edition, { topics: ['digital'], regions: [] }, NOTHING_KNOWN);
  assert.deepEqual(part.counts, edition.counts);
  assert.deepEqual(part.coverage, edition.coverage);
});

test('the mail says how much of the edition it is, in both formats, and shows nothing else', () => {
  const digital = selectForReader(edition, { topics: ['digital'], regions: [] }, NOTHING_KNOWN);
  const { html, text } = renderReaderMail(template, digital, { publicUrl: 'https://news.example/weekly/' });
  for (const mail of [html, text]) {
    assert.ok(mail.includes(`按您的选择：${ALL} 条中的 ${DIGITAL.length} 条，其余见网页版。`));
    assert.ok(mail.includes(DIGITAL[0]?.headline ?? ''));
    assert.doesNotMatch(mail, /科研诚信案件/);
  }
});

test('where there is no web edition the mail names the PDF that is attached then', () => {
  const digital = selectForReader(edition, { topics: ['digital'], regions: [] }, NOTHING_KNOWN);
  assert.match(renderReaderMail(template, digital, {}).text, /其余见所附 PDF。/);
  const english = { ...digital, edition: { ...digital.edition, lang: 'en' as const } };
  assert.match(renderReaderMail(template, english, {}).text, /items, the rest in the attached PDF\./);
  const long = { ...edition, ahead: Array.from({ length: 12 }, () => edition.ahead[0] as AheadRow) };
  assert.match(renderWholeMail(template, long, {}).text, /另有 \d+ 条，见所附 PDF/);
  assert.match(
    renderWholeMail(template, { ...long, lang: 'en' }, {}).html,
    /\d+ more lines in the attached PDF/,
  );
  const files = renderEdition(
    template,
    { edition: long, evidence: [] },
    { publicUrl: 'https://news.example/' },
  ).files;
  const again = renderWholeMail(template, long, { publicUrl: 'https://news.example/' });
  assert.deepEqual([again.html, again.text], [files.get('email.html'), files.get('email.txt')]);
  assert.match(again.text, /见完整版/);
});

test('a week without a match is a short note that does not call the week empty', () => {
  const none = selectForReader(edition, { topics: ['no-such-topic'], regions: [] }, NOTHING_KNOWN);
  assert.equal(none.isEmpty, true);
  const { text } = renderReaderMail(template, none, { publicUrl: 'https://news.example/weekly/' });
  assert.match(text, /本周没有与您的选择相符的条目/);
  assert.ok(text.includes(`本期共 ${ALL} 条`));
  assert.match(text, /https:\/\/news\.example\/weekly\//);
  assert.ok(text.length < 600, text);
});
