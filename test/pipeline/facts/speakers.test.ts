import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf } from './read.ts';

const speakers = (text: string) => factsOf('speaker', text).map(({ name, quote }) => name ?? quote);

test('names end where most names do, whatever word follows', () => {
  const pairs = [
    ['“我们很意外。”海川集团公关总监郑若兰显得有些激动地说。', ['郑若兰']],
    // The text calls the man 许岩 elsewhere, so that the third character is no part of his name.
    ['市监局办案人员许岩言辞恳切地告诉记者，广告违法。“还要取证。”许岩解释。', ['许岩']],
    ['首席经济学家谯远山认为，增速将回升。', ['谯远山']],
    ['云岭公司总工单海舟指着脚下的沟槽说，这里要防微振动。', ['单海舟']],
  ] as const;
  for (const [text, expected] of pairs) assert.deepEqual(speakers(text), expected, text);
});

test('reads titles behind a name, foreign names and their short forms', () => {
  assert.deepEqual(speakers('研究中心的宋明河教授通过分析数据表示，经济偏热。'), ['宋明河']);
  assert.deepEqual(speakers('法国财长皮埃尔·卢表示，将扩大合作。'), ['皮埃尔·卢']);
  assert.deepEqual(speakers('28岁的安娜·贝克尔在潜水馆上班。安娜解释说：“训练很苦。”'), ['安娜·贝克尔']);
});

test('a day may stand between the name and its verb', () => {
  assert.deepEqual(speakers('法国总理勒努瓦8日在接受采访时表示，改革将推行到底。'), ['勒努瓦']);
});

test('a pronoun means the person named last in the same paragraph', () => {
  assert.deepEqual(speakers('何静波副院长作了动员，她指出，要提高能力。'), ['何静波']);
  assert.deepEqual(
    speakers('公司副总裁余启主持论坛。\n来自社区的Kiven分享了经验。\n他指出，软件有漏洞。'),
    [],
  );
});

test('a colon opens a quotation without a verb', () => {
  assert.deepEqual(speakers('东坪村的晏守田记忆深刻：“那年颗粒无收。”'), ['晏守田']);
  assert.deepEqual(speakers('随后谢明远在社交平台上发文道歉称：“会继续努力。”'), ['谢明远']);
});

test('somebody who has spoken before is told once, bodies not at all', () => {
  assert.equal(speakers('省厅有关负责人表示，将扩大试点。该负责人介绍，经费已到位。').length, 1);
  assert.deepEqual(speakers('验收委员会认为，指标达到要求。三是设立技术经理人，建议配备助理。'), []);
});

test('whoever answers in an interview speaks', () => {
  assert.deepEqual(speakers('记者：怎样看待补贴？\n李金远：补贴能提高积极性。'), ['李金远']);
  assert.deepEqual(speakers('负责人：李金远\n李金远：总工程师'), []);
});

test('people without a name count when their role is told', () => {
  const pairs = [
    ['一位接近监管的人士对本报表示，整顿刚开始。', 1],
    ['一名从业者感慨：“谁也不知道下一家是谁。”', 1],
    ['工程师介绍，工艺线对全国开放。', 1],
    ['——市科技局有关负责人谈“揭榜挂帅”改革', 1],
    ['工人表示满意。', 0],
    ['公司有责任尽早向投资者披露情况。', 0],
    ['主持人有权提出警告。', 0],
  ] as const;
  for (const [text, count] of pairs) assert.equal(speakers(text).length, count, text);
});

test('a speech held, a proposal named and circumstances told are no statements', () => {
  for (const text of [
    '县长罗海平作了总结讲话。',
    '李长河总理对您关于节水的建议十分重视。',
    '省有关负责同志介绍了相关情况。',
    '姚岳对周启说了啥？',
    '负责人高度关注并表示感谢。',
  ])
    assert.deepEqual(
      factsOf('speaker', text).filter(({ name }) => name !== undefined || text.startsWith('省')),
      [],
      text,
    );
});

test('more kinds of people, and a verb that begins with a sign of names', () => {
  const pairs = [
    ['编剧宋知遥介绍说：“结尾重写过。”', '宋知遥'],
    ['片中站长的扮演者骆明川动情地说，拍摄很难忘。', '骆明川'],
    ['梁州市委书记瞿海认为，转型不能等。', '瞿海'],
    ['自由联盟候选人巴尔米罗7日晚在总部宣布参选。', '巴尔米罗'],
    ['护理专业毕业生林若宁态度坚决：“我想回乡。”', '林若宁'],
  ] as const;
  for (const [text, name] of pairs) assert.deepEqual(speakers(text), [name], text);
});

test('paragraphs may be indented, and a day may stand before a pronoun', () => {
  assert.deepEqual(speakers('　　董某说，店早就关了。董某的合伙人在外地。'), ['董某']);
  assert.deepEqual(speakers('安东·贝克尔接手了工坊，3月5日他在谈到学徒时说：“人太少。”'), ['安东·贝克尔']);
});

test('whoever acts right behind a quotation has said it', () => {
  assert.deepEqual(speakers('“种子该放在哪里？”植物学家柳望川翻开手稿。'), ['柳望川']);
  assert.deepEqual(speakers('会场挂着“科技兴农”植物学家柳望川走上台。'), []);
});

test('people in general count when they tell somebody, or when they are heard', () => {
  assert.equal(speakers('经营者告诉本报记者，收成不错。').length, 1);
  assert.equal(speakers('据护士介绍，床位紧张。').length, 1);
  assert.equal(speakers('有研究者指出，样本太少。').length, 1);
  assert.deepEqual(speakers('不少音乐创作者表达了类似看法。'), []);
});

test('no speaker: whom somebody talks with, who drew a proposal up, a penalty, a clause before a noun', () => {
  for (const text of [
    '他还和车间员工开玩笑说想退休。',
    '方案由项目核心人物贝诺·阿隆提出，并获支持。',
    '矿业公司董事长欧阳其川受到严重警告处分。',
    '市民杨某描述的地点有一座桥。',
    '特斯拉表示将扩大投资。',
    '哈马斯宣布同意停火。',
    '有居民开始戏称它为摆设。',
  ])
    assert.deepEqual(
      factsOf('speaker', text).filter(({ name }) => name !== undefined),
      [],
      text,
    );
});

test('也 and 则 tell a subject of two signs', () => {
  assert.deepEqual(speakers('沈巍也谈到定价。'), ['沈巍']);
});

test('this captain is the one named before, and sympathy is no statement', () => {
  assert.deepEqual(speakers('高级船长李启航出发了。这位江城船长描述着港口：“船很多。”'), ['李启航']);
  for (const text of ['对周明同志逝世表示沉痛哀悼。', '严格地说，样本太少。', '乔氏夫妇曾表示希望回国。'])
    assert.deepEqual(speakers(text), [], text);
});

test('位 and 名 count people, whatever they do; bodies and papers are 上述, too', () => {
  assert.equal(speakers('“十五年够长。”一位投了多只基金的GP说。').length, 1);
  assert.equal(speakers('“以前只供货。”上述老板说。').length, 1);
  assert.deepEqual(speakers('上述公司表示，将扩产。上述报告称，企业增多。'), []);
});

test('some manager speaks, a share of people does not, and who was told of before has no new name', () => {
  assert.deepEqual(speakers('某高管表示，订单够做到年底。'), ['某高管']);
  assert.deepEqual(speakers('调查中，60%投资者认为行情会持续。近七成受访者表示满意。'), []);
  assert.deepEqual(
    speakers('电厂的有关人士坦承，亏损已久。该人士付之一笑：“不干也得干。”').filter(
      (who) => who === '付之一',
    ),
    [],
  );
});

test('正如 leads to whoever said it, with a title behind the name', () => {
  assert.deepEqual(speakers('正如林启明主席在三方会晤时所指出，开放才有出路。'), ['林启明']);
});

test('a name written by its sounds needs no dot behind a role', () => {
  assert.deepEqual(speakers('公司首席执行官詹姆士潘德森说：“市场很大。”'), ['詹姆士潘德森']);
});

test('analysts reckon and owners complain', () => {
  assert.equal(speakers('某券商新材料研究员测算，市场约六亿元。').length, 1);
  assert.deepEqual(speakers('经测算，全国符合条件的企业不少。'), []);
});

test('与会代表 is at the meeting, 与代表 talks with somebody', () => {
  assert.deepEqual(speakers('与会专家认为，合作要再进一步。'), ['与会专家']);
});
