import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Edition } from '../../model/edition.ts';
import { itemsOf } from '../../reports/check-edition.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { canonicalInput } from './canonical-edition.ts';
import { type DocumentParts, madeUpDocument, madeUpInput, madeUpSource, madeUpStory } from './made-up.ts';

const MINISTRY = madeUpSource({ id: 'ministry', name: '科技部' });
const PAPER = madeUpSource({ id: 'paper', name: '日报', trust: 'media' });
const ABROAD = madeUpSource({ id: 'abroad', name: 'Agency', country: 'GB', lang: 'en' });
const SOURCES = [MINISTRY, PAPER, ABROAD];

function doc(title: string, parts: Partial<DocumentParts> = {}) {
  return madeUpDocument({
    source: 'ministry',
    title,
    text: `${title}的正文。第二句话。`,
    on: '2021-06-23',
    topics: ['science'],
    ...parts,
  });
}

function balance({ counts }: Edition): boolean {
  return counts.seen === counts.shown + counts.folded + counts.leftOut;
}

describe('composeEdition', () => {
  test('accounts for every document of the canonical week once', () => {
    const input = canonicalInput();
    const edition = composeEdition(input);
    const shown = itemsOf(edition).flatMap(({ documents }) => documents.map(({ documentId }) => documentId));
    const leftOut = edition.leftOut.map(({ document }) => document.documentId);
    const seen = input.stories.flatMap(({ documents }) => documents.map(({ id }) => id));
    assert.deepEqual([...shown, ...leftOut].sort(), [...seen].sort());
    assert.deepEqual(edition.counts, { seen: 19, shown: 11, folded: 5, leftOut: 3, stories: 11 });
  });

  test('gives the same edition for the same input', () => {
    assert.equal(
      JSON.stringify(composeEdition(canonicalInput())),
      JSON.stringify(composeEdition(canonicalInput())),
    );
  });

  test('says nothing new in an empty week, and what was checked', () => {
    const edition = composeEdition(madeUpInput({ stories: [], sources: SOURCES }));
    assert.equal(edition.lead, undefined);
    assert.deepEqual(edition.brief, []);
    assert.equal(edition.coverage.due, 3);
    assert.ok(balance(edition));
  });

  test('tells a thin week with its only story as lead, once', () => {
    const edition = composeEdition(
      madeUpInput({ stories: [madeUpStory(1, [doc('通知')])], sources: SOURCES }),
    );
    assert.equal(edition.lead?.headline, '通知');
    assert.deepEqual(edition.brief, []);
    assert.deepEqual(edition.sections, []);
  });

  test('leads with the best official story even when the press stands higher', () => {
    const stories = [madeUpStory(9, [doc('报道', { source: 'paper' })]), madeUpStory(3, [doc('通知')])];
    const edition = composeEdition(madeUpInput({ stories, sources: SOURCES }));
    assert.equal(edition.lead?.headline, '通知');
    assert.deepEqual(
      edition.sections.map(({ id }) => id),
      ['press'],
    );
  });

  test('leaves out what was written long before, with its reprint, and never leads with it', () => {
    const old = doc('旧函', { issuedOn: '2019-01-01' });
    const reprint = doc('旧函转载', { source: 'paper' });
    const stories = [madeUpStory(9, [old, reprint], ['reprint']), madeUpStory(1, [doc('通知')])];
    const edition = composeEdition(madeUpInput({ stories, sources: SOURCES }));
    assert.equal(edition.lead?.headline, '通知');
    assert.deepEqual(
      edition.rereleased.map(({ title }) => title),
      ['旧函', '旧函转载'],
    );
    assert.ok(balance(edition));
  });

  test('leaves out what no topic of the digest matches', () => {
    const stories = [
      madeUpStory(9, [doc('防汛', { topics: [] })]),
      madeUpStory(1, [doc('人才', { topics: ['talent'] })]),
    ];
    const edition = composeEdition(
      madeUpInput({ stories, sources: SOURCES, digest: { select: { topics: ['science'] } } }),
    );
    assert.deepEqual(
      edition.leftOut.map(({ document, reason }) => [document.title, reason]),
      [
        ['防汛', 'offTopic'],
        ['人才', 'offTopic'],
      ],
    );
    assert.equal(edition.lead, undefined);
  });

  test('selects by country, language, source and region, a strategic region standing for its provinces', () => {
    const stories = [
      madeUpStory(4, [doc('境外', { source: 'abroad', lang: 'en' })]),
      madeUpStory(3, [doc('江苏', { regions: ['CN-JS'] })]),
      madeUpStory(2, [doc('云南', { regions: ['CN-YN'] })]),
    ];
    const headlines = (select: object) =>
      itemsOf(composeEdition(madeUpInput({ stories, sources: SOURCES, digest: { select } }))).map(
        ({ headline }) => headline,
      );
    assert.deepEqual(headlines({ countries: ['CN'] }), ['江苏', '云南']);
    assert.deepEqual(headlines({ languages: ['en'] }), ['境外']);
    assert.deepEqual(headlines({ sources: ['abroad'] }), ['境外']);
    assert.deepEqual(headlines({ regions: ['yangtze-delta'] }), ['江苏']);
  });

  test('tells only documents of the week, and no sentence of an older one', () => {
    const older = doc('上周通知', { on: '2021-06-17' });
    const reading = doc('本周解读');
    const edition = composeEdition(
      madeUpInput({ stories: [madeUpStory(5, [older, reading], ['interpretation'])], sources: SOURCES }),
    );
    assert.equal(edition.lead?.headline, '本周解读');
    assert.deepEqual(edition.lead?.sentences, []);
    assert.equal(edition.counts.seen, 1);
  });

  test('tells what was published before the week but found only now', () => {
    const late = doc('迟到的通知', { on: '2021-06-17', seenOn: '2021-06-22' });
    const edition = composeEdition(madeUpInput({ stories: [madeUpStory(5, [late])], sources: SOURCES }));
    assert.equal(edition.lead?.headline, '迟到的通知');
    assert.equal(edition.counts.seen, 1);
  });

  test('keeps a section to its limit and says how many are beyond it', () => {
    const stories = Array.from({ length: 9 }, (_, index) => madeUpStory(9 - index, [doc(`通知${index}`)]));
    const edition = composeEdition(madeUpInput({ stories, sources: SOURCES }));
    assert.equal(edition.sections[0]?.items.length, 5);
    assert.equal(edition.sections[0]?.more, 3);
    assert.equal(edition.leftOut.filter(({ reason }) => reason === 'limit').length, 3);
    assert.ok(balance(edition));
  });

  test('puts the weakest topics into one section when there are too many', () => {
    const topics = ['science', 'industry', 'digital'];
    const stories = [doc('头条'), ...topics.map((topic) => doc(topic, { topics: [topic] }))].map(
      (one, index) => madeUpStory(9 - index, [one]),
    );
    const limits = { itemsPerSection: 5, sections: 2 };
    const edition = composeEdition(madeUpInput({ stories, sources: SOURCES, digest: { limits } }));
    assert.deepEqual(
      edition.sections.map(({ id }) => id),
      ['science', 'industry', 'other'],
    );
  });

  test('looks 30 days ahead, soonest first, and names a date once though reprints repeat it', () => {
    const dated = (title: string, on: string, source = 'ministry') =>
      doc(title, { source, text: `${title}。截止${on}。`, dates: [['deadline', on, `截止${on}。`]] });
    const first = dated('指南', '2021-07-10');
    const reprint = doc('指南转载', {
      source: 'paper',
      text: first.text,
      dates: [['deadline', '2021-07-10', '截止2021-07-10。']],
    });
    const stories = [madeUpStory(5, [first, reprint], ['reprint'])];
    const stillAhead = [
      dated('上月', '2021-06-28'),
      dated('已过', '2021-06-27'),
      dated('太远', '2021-07-29'),
    ];
    const edition = composeEdition(madeUpInput({ stories, stillAhead, sources: SOURCES }));
    assert.deepEqual(
      edition.ahead.map(({ document, daysLeft }) => [document.title, daysLeft]),
      [
        ['上月', 0],
        ['指南', 12],
      ],
    );
  });

  test('lists official documents with a number or a type, not readings, reports or the press', () => {
    const numbered = doc('意见', { number: '国发〔2021〕1号' });
    const stories = [
      madeUpStory(5, [numbered, doc('解读', { type: 'notice' })], ['interpretation']),
      madeUpStory(4, [doc('通知', { type: 'notice' })]),
      madeUpStory(3, [doc('动态', { type: 'news' })]),
      madeUpStory(2, [doc('报道', { source: 'paper', type: 'notice' })]),
    ];
    const edition = composeEdition(madeUpInput({ stories, sources: SOURCES }));
    assert.deepEqual(
      edition.newDocuments.map(({ document }) => document.title),
      ['意见', '通知'],
    );
  });

  test('shows the words that changed, before and after', () => {
    const [change] = composeEdition(canonicalInput()).changes;
    assert.deepEqual(change?.removed, [
      '申报材料应于2021年6月30日17时前通过系统提交。',
      '每家企业限报两项。',
    ]);
    assert.deepEqual(change?.added, ['申报材料应于2021年7月9日17时前通过系统提交。', '每家企业限报一项。']);
  });

  test('fails with EDITION_SPAN when a sentence does not stand where it says', () => {
    const input = canonicalInput();
    const [first] = input.stories;
    const [sentence] = first?.sentences ?? [];
    assert.ok(first !== undefined && sentence !== undefined);
    const corrupt = { ...first, sentences: [{ ...sentence, start: sentence.start + 1 }] };
    assert.throws(() => composeEdition({ ...input, stories: [corrupt, ...input.stories.slice(1)] }), {
      code: 'EDITION_SPAN',
    });
  });

  test('fails with EDITION_SPAN when a sentence is of other words than the document has now', () => {
    const input = canonicalInput();
    const [first] = input.stories;
    const [sentence] = first?.sentences ?? [];
    assert.ok(first !== undefined && sentence !== undefined);
    const stale = { ...first, sentences: [{ ...sentence, contentHash: '0'.repeat(64) }] };
    assert.throws(() => composeEdition({ ...input, stories: [stale] }), { code: 'EDITION_SPAN' });
  });

  test('fails with EDITION_REPEATED when two stories hold one document', () => {
    const same = doc('通知');
    const stories = [madeUpStory(2, [same]), madeUpStory(1, [same])];
    assert.throws(() => composeEdition(madeUpInput({ stories, sources: SOURCES })), {
      code: 'EDITION_REPEATED',
    });
  });

  test('fails with EDITION_NO_EVIDENCE when the page behind a document is not kept', () => {
    const input = canonicalInput();
    assert.throws(() => composeEdition({ ...input, snapshots: new Map() }), { code: 'EDITION_NO_EVIDENCE' });
  });
});
