import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StoryId } from '../../model/ids.ts';
import { cluster } from '../../pipeline/cluster.ts';
import { withFollows } from '../../pipeline/stories/follows.ts';
import { document, SOURCES } from './documents.ts';

const CALL = document('call', {
  title: '某省启动深海装备揭榜挂帅',
  text: '某省科技厅21日发布深海装备揭榜挂帅榜单，共1872万元，征集37项难题，蓝鲸二号水池同时开放，最长执行期26个月。',
  on: '2021-06-21',
});
const RESULT = document('result', {
  title: '深海装备揭榜挂帅首批团队公布',
  text: '深海装备揭榜挂帅37项难题中16项成功揭榜，1872万元经费下达，蓝鲸二号水池为团队免费开放，执行期26个月。',
  on: '2021-07-05',
});
const OTHER = document('other', {
  title: '某市消防演练举行',
  text: '某市在体育馆举行消防演练，市民踊跃参加，现场秩序井然。',
  on: '2021-07-06',
});
const earlier = [{ id: 'before' as StoryId, documents: [CALL] }];

test('a later step follows the story of an earlier week, another event does not', () => {
  const documents = [RESULT, OTHER];
  const stories = withFollows(cluster(documents, SOURCES), documents, { earlier, sources: SOURCES });
  const follows = new Map(stories.map(({ members, follows: before }) => [members[0]?.documentId, before]));
  assert.deepEqual([follows.get(RESULT.id), follows.get(OTHER.id)], ['before', undefined]);
});

test('a story that holds the earlier document itself follows nothing', () => {
  const stories = withFollows(cluster([CALL], SOURCES), [CALL], { earlier, sources: SOURCES });
  assert.deepEqual(
    stories.map(({ follows }) => follows),
    [undefined],
  );
});
