import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RankedStory } from '../../model/edition.ts';
import { editionStories } from '../../reports/archive-stories.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { manifestEdition } from '../../reports/manifest.ts';
import { storyThreads } from '../../reports/story-threads.ts';
import { madeUpDocument, madeUpStory } from './made-up.ts';
import {
  ADOPTED,
  ALONE,
  DRAFT,
  FIRST,
  OTHER,
  REPRINT,
  SECOND,
  STORY_ID,
  weekInput,
} from './story-archive.ts';

function said(
  week: string,
  stories: readonly RankedStory[],
  parts: Parameters<typeof weekInput>[2] = {},
  revision = 1,
) {
  const edition = composeEdition(weekInput(week, stories, parts));
  return editionStories(edition, {
    folder: `weekly/2021/${week}${revision === 1 ? '' : `-r${revision}`}`,
    manifest: {
      schema: 1,
      edition: manifestEdition(edition, revision),
      files: [],
      versions: { program: '', chromium: null },
      previous: null,
      revises: null,
    },
  });
}

const W23 = said('2021-W23', [FIRST]);
const W24 = said('2021-W24', [ALONE], { stillAhead: [DRAFT] });
const W25 = said('2021-W25', [SECOND], { stillAhead: [DRAFT, OTHER] });

describe('a story over the weeks', () => {
  test('is one, under the name by which it was told first', () => {
    const threads = storyThreads([W23, W24, W25]);
    assert.deepEqual(
      threads.map(({ id, weeks }) => [id, weeks.map(({ edition }) => edition.week)]),
      [
        [STORY_ID, ['2021-W23', '2021-W25']],
        [ALONE.story.id, ['2021-W24']],
      ],
    );
    const [first] = threads;
    assert.equal(first?.weeks[1]?.tellings[0]?.item.headline, ADOPTED.title);
    assert.deepEqual(first?.otherIds, []);
  });

  test('keeps its page and leads from the new name when a revision has another first document', () => {
    const turned = madeUpStory(9, [REPRINT, DRAFT]);
    const revised = said('2021-W23', [turned], {}, 2);
    const [thread, ...others] = storyThreads([W23, revised, W24, W25]);
    assert.deepEqual([thread?.id, thread?.otherIds], [STORY_ID, [turned.story.id]]);
    assert.deepEqual(
      thread?.weeks.map(({ tellings }) =>
        tellings.map(({ edition, isWithdrawn }) => [edition.revision, isWithdrawn]),
      ),
      [[[2, false]], [[1, false]]],
    );
    assert.deepEqual(
      others.map(({ id }) => id),
      [ALONE.story.id],
    );
  });

  test('that a revision no longer tells stays, marked as withdrawn', () => {
    const revised = said('2021-W23', [], {}, 2);
    const threads = storyThreads([W23, revised]);
    assert.deepEqual(
      threads.map(({ id, weeks }) => [id, weeks[0]?.tellings.map(({ isWithdrawn }) => isWithdrawn)]),
      [[STORY_ID, [true]]],
    );
  });

  test('has each date once, those that passed included, and not one that was moved', () => {
    const dated = (quote: string, on: string) =>
      madeUpDocument({
        source: 'science',
        title: '关于申报的通知',
        on: '2021-06-09',
        topics: ['science'],
        text: `${quote}另于2021年6月12日截止预报。`,
        dates: [
          ['deadline', on, quote],
          ['deadline', '2021-06-15', '另于2021年6月12日截止预报。'],
        ],
      });
    const [before, after] = [dated('六月三十日截止。', '2021-06-30'), dated('七月九日截止。', '2021-07-09')];
    const threads = storyThreads([
      said('2021-W23', [madeUpStory(9, [before])]),
      said('2021-W24', [], { stillAhead: [after] }),
    ]);
    assert.deepEqual(
      threads[0]?.dates.map(({ on }) => on),
      ['2021-06-15', '2021-07-09'],
    );
  });

  test('tells what became of its documents, in a week that tells nothing else of it too', () => {
    const gone = said('2021-W26', [], {
      fates: [{ document: DRAFT, kind: 'gone', seenAt: '2021-06-28T20:00:00.000Z' }],
    });
    const [thread] = storyThreads([W23, W25, gone]);
    const last = thread?.weeks.at(-1);
    assert.deepEqual([last?.edition.week, last?.tellings], ['2021-W26', []]);
    // The day in the digest's zone.
    assert.deepEqual(
      last?.events.map(({ kind, on }) => [kind, on]),
      [['gone', '2021-06-29']],
    );
  });
});
