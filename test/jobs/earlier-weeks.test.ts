import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStore, type Store } from '../../db/store.ts';
import { earlierStories, earlierWeeks, toldBefore } from '../../jobs/earlier-weeks.ts';
import type { RankedStory } from '../../model/edition.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { madeUpDocument, madeUpInput, madeUpSource, madeUpStory } from '../reports/made-up.ts';

const SHANGHAI = madeUpSource({ id: 'shanghai', name: '上海', region: 'CN-SH' });

function doc(title: string, on: string, topics: readonly string[] = ['science']) {
  return madeUpDocument({ source: 'shanghai', title, text: `${title}。`, on, topics, regions: ['CN-JS'] });
}

async function withStore(work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore('sqlite::memory:', '');
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

test('counts eleven weeks before an edition by the rule of its digest', async () => {
  await withStore(async (store) => {
    const documents = [
      doc('上上周', '2021-06-09'),
      doc('上周一', '2021-06-14'),
      doc('上周日', '2021-06-20'),
      doc('题外', '2021-06-16', []),
      doc('本周', '2021-06-21'),
    ];
    for (const document of documents) await store.transaction((tables) => tables.documents.save(document));
    const input = madeUpInput({ stories: [], sources: [SHANGHAI] });
    const weeks = await earlierWeeks({ store, vocabulary: input.vocabulary }, input);
    assert.deepEqual(
      weeks.map(({ week, documents: count }) => [week, count]),
      [
        ...Array.from({ length: 9 }, (_, index) => [`2021-W${14 + index}`, 0]),
        ['2021-W23', 1],
        ['2021-W24', 2],
      ],
    );
    assert.deepEqual(weeks.at(-1)?.byRegion, { 'CN-JS': 2, 'CN-SH': 2 });
    assert.deepEqual(weeks.at(-1)?.byTopic, { science: 2 });
  });
});

test('knows what the last editions told, by story', async () => {
  await withStore(async (store) => {
    const input = madeUpInput({ stories: [], sources: [SHANGHAI] });
    const told = madeUpStory(9, [doc('起', '2021-06-16')]);
    const edition = composeEdition(madeUpInput({ stories: [told], sources: [SHANGHAI], week: '2021-W24' }));
    await store.editions.record({
      digestId: input.digest.id,
      week: '2021-W24',
      revision: 1,
      number: 24,
      edition,
      manifestHash: 'h',
      folder: 'f',
      publishedAt: '2021-06-21T00:00:00.000Z',
    });
    const earlier = [{ id: told.story.id, documents: told.documents }];
    const found = await toldBefore({ store }, { ...input, earlier });
    const { id } = told.story;
    const expected = {
      week: '2021-W24',
      headline: '起',
      first: id,
      firstWeek: '2021-W24',
      documents: told.documents,
    };
    assert.deepEqual([...found], [[id, expected]]);
  });
});

test('keeps the first name of a story through all that go on with it, told or not', async () => {
  await withStore(async (store) => {
    const digestId = madeUpInput({ stories: [], sources: [] }).digest.id;
    const documentsTold: string[][] = [];
    const publish = async (week: string, isTold: boolean, story: RankedStory) => {
      const base = madeUpInput({ stories: [], sources: [], week });
      const earlier = await earlierStories({ store }, base.digest, base.period);
      const told = await toldBefore({ store }, { ...base, earlier });
      documentsTold.push(
        [...new Set([...told.values()].flatMap(({ documents }) => documents))].map(({ title }) => title),
      );
      const input = madeUpInput({ stories: [story], sources: [SHANGHAI], week, told });
      const edition = composeEdition(isTold ? input : { ...input, stories: [] });
      await store.transaction(async (tables) => {
        for (const document of story.documents) await tables.documents.save(document);
        await tables.stories.replaceWeek(digestId, week, [story]);
      });
      await store.editions.record({
        digestId,
        week,
        revision: 1,
        number: Number(week.slice(-2)),
        edition,
        manifestHash: 'h',
        folder: week,
        publishedAt: `${week}`,
      });
      return edition;
    };
    const first = madeUpStory(9, [doc('起', '2021-06-02')]);
    const second = madeUpStory(9, [doc('承', '2021-06-09')], [], first.story.id);
    // Left out by a limit: readers never heard of it, the next one still goes on with the first.
    const third = madeUpStory(9, [doc('转', '2021-06-16')], [], second.story.id);
    const fourth = madeUpStory(9, [doc('合', '2021-06-23')], [], third.story.id);
    await publish('2021-W22', true, first);
    await publish('2021-W23', true, second);
    await publish('2021-W24', false, third);
    const { running } = await publish('2021-W25', true, fourth);
    assert.deepEqual(
      running.map(({ since }) => since),
      [{ week: '2021-W23', headline: '承', first: first.story.id, firstWeek: '2021-W22' }],
    );
    // The third was told by no edition.
    assert.deepEqual(documentsTold, [[], ['起'], ['起', '承'], ['起', '承']]);
    assert.equal((await store.stories.ofWeek(digestId, '2021-W24'))[0]?.follows, second.story.id);
  });
});
