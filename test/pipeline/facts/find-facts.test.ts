import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { projectVocabulary } from '../../../bench/evaluate/vocabulary.ts';
import type { Fact } from '../../../model/facts.ts';
import { type FactContext, findFacts } from '../../../pipeline/facts/find-facts.ts';

const vocabulary = await projectVocabulary();
const CONTEXT = { publishedOn: '2021-06-22', vocabulary };

function facts<Kind extends Fact['kind']>(
  kind: Kind,
  text: string,
  context: Partial<FactContext> = {},
): Extract<Fact, { kind: Kind }>[] {
  return findFacts(text, { ...CONTEXT, ...context }).filter(
    (fact): fact is Extract<Fact, { kind: Kind }> => fact.kind === kind,
  );
}
const figures = (text: string) =>
  facts('figure', text).map(({ qualifier, value, unit }) => `${qualifier} ${value} ${unit}`);
const dates = (text: string) =>
  facts('date', text).map(({ iso, precision, role }) => `${iso} ${precision} ${role}`);

test('reads amounts and counts with unit, magnitude and the comparator that touches them', () => {
  const pairs = [
    ['全年投入研发经费1.35万亿元。', ['= 1350000000000 CNY']],
    ['单个项目补助不超过200万元。', ['<= 2000000 CNY']],
    ['装机超过10亿千瓦。', ['> 1000000000 千瓦']],
    ['吸引企业超过一万家。', ['> 10000 家']],
    ['占比不低于3%。', ['>= 0.03 ratio']],
    ['建有平台40余个。', ['> 40 平台']],
    ['约三成企业受益。', ['~ 0.3 ratio']],
    ['周期为3至5年。', ['range 3 年']],
    ['覆盖三分之一的县。', ['= 0.3333333333333333 ratio']],
    ['经费增长到1.2倍。', ['= 1.2 倍']],
  ] as const;
  for (const [text, expected] of pairs) assert.deepEqual(figures(text), expected, text);
});

test('tells growth from level, and joins old and new values', () => {
  assert.deepEqual(figures('产值同比增长8.8%，增速达12.5%。'), ['change 0.088 ratio', '= 0.125 ratio']);
  assert.deepEqual(figures('毛利率分别下滑4.5个百分点和3.2个百分点。'), ['change -4.5 pp', 'change -3.2 pp']);
  assert.deepEqual(figures('专利增长2倍。'), ['change 3 倍']);
  const [before, after] = facts('figure', '增速从3%降至2.3%。');
  assert.deepEqual([before?.value, after?.value, after?.from], [0.03, 0.023, 0.03]);
});

test('a goal is a target, a comparator in it stays', () => {
  assert.deepEqual(figures('力争建成50个中试平台。'), ['target 50 中试平台']);
  assert.equal(facts('figure', '到2025年，投入超过300亿元。')[0]?.isTarget, true);
  assert.deepEqual(figures('截至去年，建成50个中试平台。'), ['= 50 中试平台']);
});

test('one qualifier may govern a list', () => {
  assert.deepEqual(figures('甲市80%、乙市30%、丙市15%左右的企业达标。'), [
    '~ 0.8 ratio',
    '~ 0.3 ratio',
    '~ 0.15 ratio',
  ]);
});

test('reads ranks, classes and memberships', () => {
  const [, rank] = facts('figure', '总量由全省第六位上升至第四位。');
  assert.deepEqual([rank?.value, rank?.from, rank?.unit], [4, 6, 'rank']);
  assert.deepEqual(figures('形成若干千亿级产业集群。'), ['class 100000000000 CNY']);
  assert.equal(facts('figure', '是全国九大枢纽之一。')[0]?.isMembership, true);
});

test('slogans, names, ordinals, times and addresses are no figures', () => {
  for (const text of [
    '共建一带一路，树立一盘棋思想。',
    '按照一个团队、一套机制推进。',
    '坚决做到“两个维护”。',
    '发布麒麟990和5G芯片。',
    '第三届大会于14:30开幕。',
    '地址：友谊路35号大厦12室，电话：010-12345678。',
    '党的十九大以来，三农工作取得进展。',
    '近日在附近签约，超算中心共建共享。',
  ])
    assert.deepEqual(figures(text), [], text);
});

test('reads money and shares in English', () => {
  assert.deepEqual(figures('The fund offers up to €95.5 bn and at least 3 per cent.'), [
    '<= 95500000000 EUR',
    '>= 0.03 ratio',
  ]);
});

test('reads dates, horizons and windows in English', () => {
  const text =
    'In June 2021 the rule was adopted. It is effective August 6, 2021 and aims at 3 percent by 2030. Comments must be received within 30 days.';
  assert.deepEqual(dates(text), ['2021-06 month event', '2021-08-06 day effective', '2030 year horizon']);
  assert.deepEqual(
    facts('deadline', text).map(({ relative }) => relative),
    ['within 30 days'],
  );
});

test('resolves dates from the day of publication and keeps horizons apart', () => {
  const pairs = [
    ['会议于6月21日召开。', ['2021-06-21 day event']],
    ['昨天，平台启用。', ['2021-06-21 day event']],
    ['今年4月，平台启用。', ['2021-04 month event']],
    ['到2030年，建成体系。', ['2030 year horizon']],
    ['5月10-12日，会议举行。', ['2021-05-10/2021-05-12 period other']],
    ['本办法自2021年7月1日起施行。', ['2021-07-01 day effective']],
    ['2021—2025年规划期内。', ['2021/2025 period other']],
    ['上半年经济运行平稳。', ['2021-01/2021-06 period other']],
  ] as const;
  for (const [text, expected] of pairs) assert.deepEqual(dates(text), expected, text);
  for (const text of ['近日召开会议。', '较去年同期增长。', '《2020年工作方案》印发。'])
    assert.deepEqual(dates(text), [], text);
});

test('reads deadlines, and windows of working days by the calendar', () => {
  const due = (text: string) => facts('deadline', text).map(({ iso, relative }) => iso ?? relative);
  assert.deepEqual(due('请于2021年6月25日前报送材料。'), ['2021-06-25']);
  assert.deepEqual(due('2021年9月底前完成整改。'), ['2021-09-30']);
  assert.deepEqual(due('应当自收到申请书之日起15个工作日内作出决定。'), ['自收到申请书之日起15个工作日内']);
  assert.deepEqual(due('自公示之日起10个工作日内提出。'), ['2021-07-06']);
  assert.deepEqual(due('力争2025年底前建成十家平台。'), []);
});

test('names documents, resolves aliases and knows nested titles', () => {
  const text =
    '《关于推进集群高质量发展的意见》（以下简称《意见》）印发。《意见》提出，落实《部门关于印发〈甲办法〉和〈乙办法〉的通知》（某科发〔2020〕3号）。据《某某日报》报道。';
  const found = facts('citation', text).map(({ title, inner }) => [title, ...inner]);
  assert.deepEqual(found, [
    ['关于推进集群高质量发展的意见'],
    ['关于推进集群高质量发展的意见'],
    ['部门关于印发〈甲办法〉和〈乙办法〉的通知', '甲办法', '乙办法'],
  ]);
});

test('tells own document numbers from cited ones, and reads foreign registers', () => {
  const text = '某科发〔2021〕7号\n各市科技局：\n根据国科发火〔2016〕32号文件，现通知如下。';
  assert.deepEqual(
    facts('documentNumber', text).map(({ key, isOwn }) => [key, isOwn]),
    [
      ['某科发|2021|7', true],
      ['国科发火|2016|32', false],
    ],
  );
  const foreign = 'See 86 FR 32345, FR Doc. 2021-13110, CELEX 32021R0695, CP 403 and docket NIST-2021-0004.';
  assert.deepEqual(
    facts('documentNumber', foreign).map(({ scheme, serial }) => `${scheme} ${serial}`),
    [
      'federal-register 32345',
      'federal-register 13110',
      'celex 32021R0695',
      'command-paper 403',
      'docket NIST-2021-0004',
    ],
  );
});

test('names regions once, with their province, never inside a body or a trap', () => {
  const found = facts(
    'region',
    '在湖北武汉和昆山市调研，湖北经验在武汉大学受到关注，中东部、西南交通大学除外。',
  );
  assert.deepEqual(
    found.map(({ id, name, province }) => [id ?? name, province]),
    [
      ['CN-HB', undefined],
      ['武汉', 'CN-HB'],
      ['昆山', 'CN-JS'],
    ],
  );
});

test('knows who says something: names with traps, roles, bodies, and nobody by name', () => {
  const speaker = (text: string) =>
    facts('speaker', text).map(({ name, organisation, roles }) => [name, organisation, roles.join('、')]);
  const pairs = [
    ['某某研究院院长李必定表示，前景良好。', ['李必定', '某某研究院', '院长']],
    ['某某集团董事长周全向记者表示，进展顺利。', ['周全', '某某集团', '董事长']],
    ['“很好。”某某大学政策研究中心主任陈明教授说。', ['陈明', '某某大学政策研究中心', '主任、教授']],
    ['某学会副理事长、某所所长王小明指出，要加快。', ['王小明', '某学会、某所', '副理事长、所长']],
    ['江东省科技厅相关负责人透露。', [undefined, '江东省科技厅', '相关负责人']],
  ] as const;
  for (const [text, expected] of pairs) assert.deepEqual(speaker(text), [expected], text);
  assert.deepEqual(speaker('主任王小明出席会议。记者获悉，平台启用。'), []);
});

test('reads datelines and credits', () => {
  const [dateline] = facts('dateline', '新华社北京6月21日电（记者张明、胡小兰）近日，平台启用。');
  assert.deepEqual(
    [dateline?.medium, dateline?.place, dateline?.on, dateline?.reporters],
    ['新华社', '北京', '2021-06-21', ['张明', '胡小兰']],
  );
  const forms = (text: string) => facts('credit', text).map(({ form, medium }) => `${form} ${medium}`);
  assert.deepEqual(forms('正文。\n据新华社'), ['reprint 新华社']);
  assert.deepEqual(forms('来源：科技日报'), ['source 科技日报']);
  assert.deepEqual(forms('责任编辑：张三'), ['editor undefined']);
  assert.deepEqual(forms('记者获悉，平台启用。'), []);
});

test('headlines of other pages below 延伸阅读 state nothing here', () => {
  assert.deepEqual(figures('投资5亿元。\n延伸阅读\n某市投资8亿元建园区\n某县引进三家企业'), [
    '= 500000000 CNY',
  ]);
});

/** Signs and words of which real texts are made, so that the patterns are reached. */
const PIECES = [
  ...'《》〈〉“”（）()。，、；：！？…—-~至到%\n 　０１5',
  ...[
    '2021年',
    '6月',
    '21日',
    '1.5',
    '亿元',
    '一',
    '两',
    '十',
    '万',
    '家',
    '个',
    '增长',
    '不超过',
    '到',
    '前',
    '第',
    '位',
  ],
  ...[
    '自',
    '之日起',
    '10个工作日内',
    '主任',
    '王小明',
    '表示',
    '记者',
    '北京',
    '市',
    '大学',
    '某科发',
    '〔2021〕',
    '7号',
    '令',
  ],
  ...[
    '以下简称',
    '$1.2 billion',
    'FR',
    '的',
    '来源：',
    '据',
    '新华社',
    '今年',
    '上半年',
    '报送',
    '申报',
    '截止',
  ],
];

test('any text is read without a fault, and every span holds its quote', () => {
  const made = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(
      fc.oneof(made, fc.string({ unit: 'binary', maxLength: 200 })),
      fc.boolean(),
      (text, isDated) => {
        const found = findFacts(text, isDated ? CONTEXT : { vocabulary });
        for (const fact of found) {
          assert.equal(text.slice(fact.start, fact.end), fact.quote);
          assert.ok(fact.start < fact.end, JSON.stringify(fact));
          if (fact.kind === 'figure') assert.ok(Number.isFinite(fact.value), JSON.stringify(fact));
        }
        assert.deepEqual(
          found.map(({ start }) => start),
          found.map(({ start }) => start).sort((left, right) => left - right),
        );
      },
    ),
    { numRuns: 300 },
  );
});

test('takes no longer for a paragraph without an end than it is long', () => {
  const startedAt = performance.now();
  assert.equal(facts('figure', '增长5%，'.repeat(120_000)).length, 120_000);
  // Where a rule looks back to the beginning of the paragraph at each figure, this takes minutes.
  assert.ok(performance.now() - startedAt < 15_000);
});
