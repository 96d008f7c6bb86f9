import assert from 'node:assert/strict';
import { test } from 'node:test';
import { understandWeek } from '../../pipeline/understand-week.ts';
import { document, SOURCES } from './documents.ts';
import { VOCABULARY } from './vocabulary.ts';

test('gives stories best first, each with documents in the order of its members, terms that add up and sentences', () => {
  const text = '科技部对中试平台给予补助，每家最高300万元。平台每年接受一次评估并公开结果。';
  const documents = [
    document('old', { title: '关于旧事的函', text: '这是多年以前写成的一封信函。', issuedOn: '2005-01-01' }),
    document('report', { title: '补助来了', text, sourceId: 'daily' as never }),
    document('own', { title: '中试平台补助规划', text, issuers: ['科技部'], documentType: 'plan' }),
  ];
  const input = { sources: SOURCES, vocabulary: VOCABULARY, asOf: '2021-06-28' };
  const stories = understandWeek({ documents, ...input });
  assert.deepEqual(
    stories.map(({ documents: members }) => members.map(({ id }) => id)),
    [['own', 'report'], ['old']],
  );
  for (const { score, why, story, sentences, documents: members } of stories) {
    assert.equal(
      score,
      why.reduce((sum, term) => sum + term.points, 0),
    );
    assert.deepEqual(
      story.members.map(({ documentId }) => documentId),
      members.map(({ id }) => id),
    );
    assert.ok(sentences.length > 0);
  }
  assert.deepEqual(understandWeek({ documents: [...documents].reverse(), ...input }), stories);
});
