import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf, figuresOf } from './read.ts';

function holds(pairs: readonly (readonly [string, readonly string[]])[]): void {
  for (const [text, expected] of pairs) assert.deepEqual(figuresOf(text), expected, text);
}

test('more and half inside and before the unit', () => {
  holds([
    ['提前5个多月获释。', ['> 5 月']],
    ['比赛还剩8分多钟。', ['> 8 分钟']],
    ['送出去学半年，再谈设备。', ['= 0.5 年']],
    ['半年后换了用户。', ['= 0.5 年']],
    ['上半年开了半年报会。', []],
    ['盘点率刚到八成二。', ['= 0.82 ratio']],
    ['还凑出一只百亿基金。', ['class 10000000000 CNY']],
    ['影响成千上万户家庭。', ['class 1000 户']],
    ['民办学校开出年薪两百多万。', ['> 2000000 CNY']],
  ]);
});

test('directions that go with the unit, and none that do not', () => {
  holds([
    ['使用者年龄减小12.06岁。', ['change -12.06 岁']],
    ['增速较一季度加快0.7个百分点。', ['change 0.7 pp']],
    ['加快10个项目。', ['= 10 项目']],
    ['实施环境整治提升五年行动。', ['= 5 年']],
    ['上限从300万元一口气提到500万元。', ['= 3000000 CNY', 'change 5000000 CNY']],
    ['今年新增4个综合试点。', ['= 4 综合试点']],
    ['新芯片的性能高5倍。', ['change 6 倍']],
    ['租金高达15元。', ['= 15 CNY']],
    ['指数从2019年的109%上升到2020年的114%。', ['= 1.09 ratio', 'change 1.14 ratio']],
  ]);
});

test('what is counted: before 的, in quotation marks, before the number, without the verb behind it', () => {
  holds([
    ['合肥等5个市被评为先进。', ['= 5 市']],
    ['超过一半的设区市有6个。', ['> 0.5 ratio', '= 6 设区市']],
    ['12个省市的代表参加会议。', ['= 12 省市']],
    ['六个类别的33名模范受到表彰。', ['= 6 类别', '= 33 名']],
    ['视频获得8千多个“赞”。', ['> 8000 赞']],
    ['创建认定示范村220个。', ['= 220 示范村']],
    ['几十个人挤在宿舍。', ['~ 20 人']],
    ['试点城市由上年的88个增加到317个。', ['= 88 试点城市', 'change 317 试点城市']],
    ['话题阅读量已经达5600多万。', ['> 56000000 话题阅读量']],
    ['参保人数增加7359万，总计达到1.17亿。', ['change 73590000 人', '= 117000000 人']],
    ['如果两个都不动，只能另想办法。', []],
  ]);
});

test('one counts where it is set against others', () => {
  holds([
    ['事故致一人死亡，三人受伤。', ['= 1 人', '= 3 人']],
    ['一人前往。', []],
  ]);
});

test('ordinals, set words and times that measure nothing', () => {
  for (const text of [
    '十届三次会议的提案。',
    '在北楼二层举行，市委五届二次全会提出目标。',
    '救命二字写在纸上。',
    '日复一日，年复一年。',
    '这是重要一年，也是头一年。',
    '重返工厂的一天。',
    '卡在最后一公里。',
    '打好三大攻坚战，提升一线人员素养。',
    '活动走进万家。',
  ])
    assert.deepEqual(figuresOf(text), [], text);
});

test('ranks by size and by the world', () => {
  holds([
    ['法国是第三大贸易伙伴。', ['= 3 rank']],
    ['亚洲第一的车展落幕。', ['= 1 rank']],
    ['第三大厅正在维修。', []],
  ]);
});

test('goals of the next step, and none where a year is past or 将 only moves the object', () => {
  holds([
    ['下一步将持续行动，改造厕所4万座。', ['target 40000 座']],
    ['计划创建30个“示范社区”。', ['target 30 示范社区']],
    ['南江打算再选派300名特派员。', ['target 300 名']],
    ['下一步，省厅将对三家单位给予支持。', ['= 3 家']],
    ['年内新引进总部50家。', ['target 50 家']],
    ['从2010年到2013年，建成50座水厂。', ['= 50 座']],
    ['如果，将热度看成100度，温度为40度左右。', ['= 100 度', '~ 40 度']],
    ['恢复有望、不裁员的企业返还50%。', ['= 0.5 ratio']],
  ]);
});

test('a comparator reaches over the verb behind 最高', () => {
  assert.equal(factsOf('figure', '屏幕最高只支持60Hz。')[0]?.qualifier, '<=');
  assert.equal(factsOf('figure', '企业最多可抵30万元。')[0]?.qualifier, '<=');
});

test('halves of more times, numbers about, and neighbours behind the tens', () => {
  holds([
    ['相隔半年多的时间。', ['> 0.5 年']],
    ['不到半月演了十场。', ['< 0.5 月', '= 10 场']],
    ['只干半天活，南方半天晴。', ['= 0.5 天']],
    ['芝麻收了三百来斤。', ['~ 300 斤']],
    ['看上去十三四岁。', ['range 13 岁']],
    ['仓库写了两万多行代码。', ['> 20000 行']],
  ]);
});

test('comparators behind a verb or the number, and ranges that differ', () => {
  holds([
    ['每家每年至少做20个项目。', ['>= 20 项目']],
    ['24小时30元封顶。', ['= 24 小时', '<= 30 CNY']],
    ['月租从100元到150元不等。', ['range 100 CNY']],
    ['月租从100元到150元。', ['change 150 CNY']],
    ['南江以5家居首。', ['= 5 家']],
  ]);
});

test('what is counted stands before the number when a new value follows it', () => {
  holds([
    ['表格字段由首批的286个精简至214个。', ['= 286 表格字段', 'change 214 表格字段']],
    ['货架期从9天延长到21天。', ['= 9 天', 'change 21 天']],
    ['日均订单量保持在3000万左右。', ['~ 30000000 日均订单量']],
    ['成交额增长18.6%，八成集中在装备业。', ['change 0.186 ratio', '= 0.8 ratio']],
  ]);
});

test('a comparator may stand between the number and what it counts', () => {
  holds([
    ['有50个以上的成员，在10个左右领域开展试点。', ['>= 50 成员', '~ 10 领域']],
    ['在两个以上代理机构，不得兼职。', ['>= 2 代理机构']],
  ]);
});

test('money that is given and names of a list are no goals', () => {
  holds([
    [
      '到2025年，建设中心30家。财政每年安排2亿元，给予一次性200万元补助。',
      ['target 30 家', '= 200000000 CNY', '= 2000000 CNY'],
    ],
    ['现将拟认定的1873家企业予以公示。', ['= 1873 家']],
  ]);
});

test('more halves, falls, least amounts and goals of a year to come', () => {
  holds([
    ['价格低四成，一多半是集装箱船。', ['change -0.4 ratio', '> 0.5 ratio']],
    ['交付刚过半个月。', ['> 0.5 月']],
    ['基金规模下限150亿元。', ['>= 15000000000 CNY']],
    ['2025年全国培训中心要达到100家。', ['target 100 家']],
    ['培训中心全国只有七个。', ['= 7 培训中心']],
    ['部属高校每校不超过2个。', ['<= 2 个']],
    ['三样缺一样，按难度分四档定价。', ['= 3 样', '= 4 档']],
    ['外贸“新三样”走俏，任何一年都一样。', []],
  ]);
});

test('the year before is no length of time, and 多了 is growth', () => {
  holds([
    ['研发经费比前一年多了近56亿元。', ['~ 5600000000 CNY']],
    ['计划听取两类意见：报告14个、专题5个。', ['target 2 类', 'target 14 报告', 'target 5 专题']],
  ]);
});

test('halves behind a length of time, heat in degrees, and old values of a plan', () => {
  holds([
    ['取证少说两年半，排队半年是常态。', ['>= 2.5 年', '= 0.5 年']],
    ['这批一半年轻人读了一年半载的书。', ['= 0.5 ratio']],
    ['井下温度一百七十度，炉心上亿度。', ['= 170 度', '~ 100000000 度']],
    ['企业产能将由目前的200吨提高到2000吨。', ['= 200 吨', 'change 2000 吨']],
    ['产能从300吨拉到900吨。', ['= 300 吨', 'change 900 吨']],
    ['上报项目半年和全年总结。', []],
  ]);
});

test('what is counted ends before what was done, and may stand among others', () => {
  holds([
    ['拍卖会上28个标的卖了3亿元。', ['= 28 标的', '= 300000000 CNY']],
    ['7个部门网站开通了外文版。', ['= 7 部门网站']],
    ['20个联盟中有3个因活跃度不足被摘牌。', ['= 20 联盟', '= 3 联盟']],
    ['在总结9个省份试点经验的基础上起草。', ['= 9 省份']],
    ['母基金总盘80亿、首期20亿。', ['= 8000000000 CNY', '= 2000000000 CNY']],
    ['本市首批拟认定企业，一共2146家。', ['= 2146 家']],
    ['拟支持集成项目2项。', ['target 2 项']],
  ]);
});

test('proportions, sums as one says them, and what a meeting has done under a horizon', () => {
  holds([
    ['自筹与拨款比例不低于3:1。', ['>= 3 ratio']],
    ['比赛以3:1结束，时间是18:30。', []],
    ['实验室投了12个亿，卖了三个亿。', ['= 1200000000 CNY', '= 300000000 CNY']],
    ['他不是第5个亿万富翁。', []],
    ['冷到接近绝对零度。', []],
    ['试运行的一年里排队不断，每半年通报一次。', ['= 1 年', '= 0.5 年']],
    [
      '到2030年，产业规模达到300亿元。会上，各市设立总规模50亿元的基金。',
      ['target 30000000000 CNY', '= 5000000000 CNY'],
    ],
  ]);
});
