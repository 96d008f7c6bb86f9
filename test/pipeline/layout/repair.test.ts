import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { articleText, isRepaired, repairLayout } from '../../../pipeline/layout/repair.ts';

const WHOLE_A =
  '某市的创新中心今年新建成了三个实验平台，吸引了一批年轻的科研人员前来工作，成果正在加快转化。';
const WHOLE_B =
  '“平台对企业开放以后，我们的试制周期缩短了一半。”当地一家企业的负责人这样告诉前来采访的记者。';
const CUT = '根据安排，有关部门将在今后几年支持园区联合高校开展产业共性技术研';
const REST = '发和成果转化，促进大中小企业在产业链上下游开展合作，提升发展的质量。';
const LEAD = '近年来，某地围绕重点产业布局创新平台，推动科技与产业更好结合，走出了一条新路。';

const PAGE = [
  '在新思想指引下 ——新时代新作为新篇章',
  '多点发力，某地创新平台加快建设',
  LEAD,
  'A 平台建设，多点开花',
  CUT,
  WHOLE_A,
  WHOLE_B,
  REST,
  'B 人才汇聚，后劲增强',
  '专家提出的《关于加快平台建设的若',
  '干意见》已经被有关部门采纳，正在研究具体的落实办法。',
  '相关链接：',
  '邻省发布平台建设新政策',
  `${WHOLE_A}${LEAD}`,
  '据新华社',
].join('\n');

test('rejoins cut paragraphs by mark and by word, also across whole ones, and records why', () => {
  const { joins, main } = repairLayout(PAGE);
  assert.deepEqual(
    joins.map(({ distance, evidence }) => [distance, evidence]),
    [
      [3, 'word'],
      [1, 'openMark'],
    ],
  );
  assert.deepEqual(main.sections[1]?.paragraphs, [CUT + REST, WHOLE_A, WHOLE_B]);
  assert.ok(articleText(main).includes('《关于加快平台建设的若干意见》'));
});

test('finds title, sections, side article, credit and slogan', () => {
  const { main, sides, credit, removed } = repairLayout(PAGE);
  assert.equal(main.title, '多点发力，某地创新平台加快建设');
  assert.deepEqual(
    main.sections.map(({ head }) => head),
    [undefined, '平台建设，多点开花', '人才汇聚，后劲增强'],
  );
  assert.deepEqual(
    sides.map((side) => [side.title, articleText(side)]),
    [['邻省发布平台建设新政策', `${WHOLE_A}${LEAD}`]],
  );
  assert.equal(credit, '新华社');
  assert.deepEqual(
    removed.map(({ kind }) => kind),
    ['slogan', 'sideMark', 'credit'],
  );
});

test('never joins over a head, and not without evidence', () => {
  const head = [LEAD, CUT, 'B 人才汇聚，后劲增强', REST].join('\n');
  assert.deepEqual(repairLayout(head).joins, []);
  assert.deepEqual(repairLayout([LEAD, CUT, WHOLE_A].join('\n')).joins, []);
});

test('leaves a notice alone: repeated titles, signatures and lists of links', () => {
  const notice = [
    '各有关单位：',
    '现将《创新平台管理办法》印发给你们，请认真贯彻执行，并按要求报送材料。',
    '某省科学技术厅',
    '2021年6月21日',
    '创新平台管理办法',
    LEAD,
    '相关链接：',
    '某市召开创新大会',
    '某县建成新平台',
  ].join('\n');
  const repaired = repairLayout(notice);
  assert.equal(isRepaired(repaired), false);
  assert.deepEqual(repaired.removed, []);
});

test('keeps every character of any text that it does not record as removed', () => {
  const line = fc.oneof(
    fc.constantFrom(...PAGE.split('\n'), '第3版', '图为新平台。', '2', '一、总体要求'),
    fc.string({ unit: fc.constantFrom(...'一二，。“”《》（）、abc 研发') }),
  );
  const sorted = (text: string) => [...text.replace(/\s/gu, '')].sort().join('');
  fc.assert(
    fc.property(fc.array(line, { maxLength: 14 }), (lines) => {
      const { main, sides, removed } = repairLayout(lines.join('\n'));
      const words = [main, ...sides]
        .map((article) => `${article.title ?? ''}${articleText(article)}`)
        .join('');
      const kept = new Set(sorted(words + removed.map(({ text }) => text).join('')));
      // Marks of heads (A, 一、) are stripped for display; nothing else may get lost.
      for (const sign of sorted(lines.join('')))
        assert.ok(kept.has(sign) || /[A-Z0-9一二三四五六七八九十、.．]/u.test(sign), sign);
    }),
  );
});
