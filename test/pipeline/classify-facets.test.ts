import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectVocabulary } from '../../bench/evaluate/vocabulary.ts';
import { classifyFacets, mainFacets } from '../../pipeline/classify-facets.ts';

test('tells instrument, field and target group with the words that say so', async () => {
  const { facets = [] } = await projectVocabulary();
  const found = classifyFacets(
    {
      title: '关于申领2021年度人工智能领域科技创新券的通知',
      text: '创新券面向科技型中小企业发放，用于购买人工智能算法测试服务。人工智能企业优先，中小企业每家最高20万元。',
    },
    facets,
  );
  const told = new Map(found.map(({ facet, words }) => [`${facet.kind} ${facet.id}`, words]));
  assert.ok(
    told.get('instrument PI014')?.includes('创新券') || told.get('instrument PI014')?.includes('科技创新券'),
  );
  assert.ok(told.has('target firms-small'));
  assert.ok([...told.keys()].some((key) => key.startsWith('field ')));
});

test('a cited title is no instrument of the document that cites it', async () => {
  const { facets = [] } = await projectVocabulary();
  const found = classifyFacets(
    { title: '某市召开工作会议', text: '会议学习了《科技创新券管理办法》。' },
    facets,
  );
  assert.deepEqual(found, []);
});

test('a document is told by its strongest facets, a few of each kind', async () => {
  const { facets = [] } = await projectVocabulary();
  const told = mainFacets(
    {
      title: '关于申领2021年度人工智能领域科技创新券的通知',
      text: '创新券面向科技型中小企业发放，用于购买人工智能算法测试服务。集成电路、量子计算、区块链、生物医药企业亦可申领，集成电路企业优先。',
    },
    facets,
  );
  const kindOf = (id: string) => facets.find((facet) => facet.id === id)?.kind;
  assert.deepEqual(
    told.map(kindOf),
    [...told.map(kindOf)].sort((left, right) => rank(left) - rank(right)),
  );
  assert.equal(told[0], 'PI014');
  assert.ok(told.includes('ai'));
  assert.ok(told.filter((id) => kindOf(id) === 'field').length <= 2);
});

function rank(kind: string | undefined): number {
  return ['instrument', 'field', 'target'].indexOf(kind ?? '');
}
