import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sentencesOf } from '../../reports/check-edition.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { evidenceOf, markQuotes } from '../../reports/evidence.ts';
import { canonicalInput } from './canonical-edition.ts';

test('every quoted sentence is marked in the kept text of its document, under its anchor', () => {
  const input = canonicalInput();
  const edition = composeEdition(input);
  const kept = evidenceOf(edition, input);
  for (const { documentId, start, text } of sentencesOf(edition)) {
    const lines = kept.find(({ document }) => document.documentId === documentId)?.lines ?? [];
    const pieces = lines.flat();
    const from = pieces.findIndex(({ anchor }) => anchor === `s-${start}`);
    assert.ok(from >= 0 && pieces[from]?.isQuoted, text);
    assert.ok(
      pieces
        .slice(from)
        .map((piece) => piece.text)
        .join('')
        .startsWith(text),
      text,
    );
  }
});

test('the words of a file that is the document are shown once', () => {
  const input = canonicalInput();
  const edition = composeEdition(input);
  const [id, files = []] = [...(input.attachments ?? [])][0] ?? [];
  const document = input.stillAhead.find((one) => one.id === id);
  assert.ok(id !== undefined && document !== undefined && files[0]?.text !== '');
  const shown = (text: string) => {
    const attachments = new Map([[id, files.map((file, index) => (index === 0 ? { ...file, text } : file))]]);
    const kept = evidenceOf(edition, { ...input, attachments });
    return kept.find((one) => one.document.documentId === id)?.attachments[0]?.lines.length;
  };
  assert.equal(shown('别的话。'), 1);
  assert.equal(shown(document.text.replaceAll('。', '。\n')), 0);
});

test('pieces put together are the text, also where quotes overlap and cross lines', () => {
  const text = '一二三四\n五六七八\n九十';
  const lines = markQuotes(text, [
    { start: 1, end: 3 },
    { start: 2, end: 7 },
  ]);
  assert.equal(lines.map((line) => line.map((piece) => piece.text).join('')).join('\n'), text);
  assert.deepEqual(
    lines
      .flat()
      .filter(({ isQuoted }) => isQuoted)
      .map((piece) => piece.text),
    ['二', '三', '四', '五六'],
  );
  assert.deepEqual(
    lines.flat().flatMap(({ anchor }) => anchor ?? []),
    ['s-1', 's-2'],
  );
});
