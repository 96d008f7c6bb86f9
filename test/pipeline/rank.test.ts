import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Document } from '../../model/document.ts';
import { rank, scoreOf } from '../../pipeline/rank.ts';
import { document, SOURCES } from './documents.ts';
import { VOCABULARY } from './vocabulary.ts';

const terms = (...documents: readonly Document[]) =>
  rank(documents, {
    vocabulary: VOCABULARY,
    sources: documents.map(({ sourceId }) => SOURCES.get(sourceId)),
    asOf: '2021-06-28',
  });
const points = (name: string, ...documents: readonly Document[]) =>
  terms(...documents).find(({ term }) => term === name)?.points;

test('a ministry weighs more than a paper that names it', () => {
  const own = document('a', { issuers: ['科技部'] });
  const told = document('b', { issuers: ['科技部'], sourceId: 'daily' as Document['sourceId'] });
  assert.equal(points('authority', own), 10);
  assert.equal(points('authority', told), 3);
});

test('counts publishers, not copies', () => {
  const copy = document('b');
  const reprint = document('c', { sourceId: 'daily' as Document['sourceId'] });
  assert.equal(points('breadth', document('a'), copy), undefined);
  assert.equal(points('breadth', document('a'), copy, reprint), 3);
});

test('a deadline counts while it lies ahead, more when it is near', () => {
  const due = (on: string) =>
    document('a', { dates: [{ kind: 'deadline', on, quote: '', start: 0, end: 0, rule: 'UNTIL' }] });
  assert.deepEqual(
    ['2021-06-27', '2021-06-30', '2021-08-01', '2022-01-01'].map((on) => points('deadline', due(on))),
    [undefined, 6, 4, undefined],
  );
});

test('what was written long ago leads nothing', () => {
  const old = document('a', { issuers: ['国务院'], documentType: 'plan', issuedOn: '2004-03-02' });
  assert.ok(scoreOf(terms(old)) < scoreOf(terms(document('b'))));
});

test('gives every term a reason', () => {
  const rich = document('a', {
    title: '专利规划',
    text: '投入300万元。',
    documentType: 'plan',
    issuers: ['国务院'],
    topics: [{ topic: 'ip', weight: 20, words: ['专利'] }],
  });
  const found = terms(rich);
  assert.deepEqual(
    found.map(({ term }) => term),
    ['authority', 'documentType', 'reach', 'topics', 'figures'],
  );
  assert.ok(found.every(({ reason }) => reason.length > 1));
});

test('bodies the vocabulary does not know are weighed by their name, before the letters of a number', () => {
  const told = (issuer: string) =>
    points('authority', document('a', { issuers: [issuer], sourceId: 'portal' as Document['sourceId'] }));
  assert.deepEqual(
    ['国家某某部', '云泽省人民政府', '云泽省望川市科学技术局', '望川高新技术产业开发区管委会'].map(told),
    [10, 6, 4, 4],
  );
});

test('a national draft for comment stands above a like call of a province', () => {
  const due = [{ kind: 'deadline', on: '2021-07-20', quote: '', start: 0, end: 0, rule: 'UNTIL' }] as const;
  const national = document('a', { issuers: ['国家某某部'], documentType: 'draft', dates: due });
  const provincial = document('b', {
    issuers: ['云泽省财政厅'],
    documentType: 'measures',
    dates: due,
    sourceId: 'portal' as Document['sourceId'],
  });
  assert.ok(scoreOf(terms(national)) > scoreOf(terms(provincial)));
});
