import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectVocabulary } from '../../../bench/evaluate/vocabulary.ts';
import { findDatedFacts } from '../../../pipeline/fields/dated-facts.ts';
import { addWorkingDays } from '../../../pipeline/fields/working-days.ts';

const { holidays } = (await projectVocabulary()).lexicon;

test('counts over weekends, holidays and the weekends that are worked instead', () => {
  assert.deepEqual(addWorkingDays('2021-06-01', 5, holidays), { on: '2021-06-08', isAbout: false });
  // 30 September 2021: seven days off, then Saturday 9 October is worked.
  assert.deepEqual(addWorkingDays('2021-09-30', 2, holidays), { on: '2021-10-09', isAbout: false });
});

test('says "about" beyond the years whose holidays are known', () => {
  const last = Math.max(...holidays.years);
  assert.equal(addWorkingDays(`${last}-12-30`, 10, holidays).isAbout, true);
});

test('a window of working days becomes a deadline of the edition', () => {
  const [fact] = findDatedFacts(
    '有异议的，自公示之日起5个工作日内提出。',
    { publishedOn: '2021-06-10' },
    holidays,
  );
  // 14 June 2021 is the Dragon Boat festival.
  assert.deepEqual([fact?.kind, fact?.on, fact?.isAbout], ['deadline', '2021-06-18', undefined]);
  const late = Math.max(...holidays.years) + 1;
  const [about] = findDatedFacts('自公示之日起5个工作日内提出。', { publishedOn: `${late}-03-01` }, holidays);
  assert.equal(about?.isAbout, true);
});
