import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf, misread } from './read.ts';

/** Each figure as `qualifier value unit`, with the upper end of a range. */
const figures = (text: string) =>
  factsOf('figure', text).map(
    ({ qualifier, value, valueMax, unit }) =>
      `${qualifier} ${Number(value.toFixed(4))}${valueMax === undefined ? '' : `..${valueMax}`} ${unit}`,
  );

test('numerals in digits, in words and mixed', () => {
  const table = `
    安置1.2万余台（套）设备。 → > 12000 台（套）
    他们投了12个亿。 → = 1200000000 CNY
    来了三四百人。 → range 300..400 人
    来了十五六家企业。 → range 15..16 家
    共有一千二百名学员。 → = 1200 名
    投入1千万元。 → = 10000000 CNY
    投入一亿三千万元。 → = 130000000 CNY
    全长3.5千米。 → = 3.5 千米
    转了一百七十度。 → = 170 度
    上百家企业和数十名专家到场。 → ~ 100 家; ~ 20 名
    上万名学生和几十万居民受益。 → ~ 10000 名; ~ 200000 居民
    百余家企业、千余名职工。 → > 100 家; > 1000 名
    聚集1000余名专家和60多个国家的代表。 → > 1000 名; > 60 国家
    印发1,200份材料。 → = 1200 份
    面积２５万平方米。 → = 250000 平方米
  `;
  assert.deepEqual(misread(table, figures), []);
});

test('lengths of time with halves and more', () => {
  const table = `
    历时两年半。 → = 2.5 年
    历时一年半。 → = 1.5 年
    历时一个半小时。 → = 1.5 小时
    历时两个多月。 → > 2 月
    历时3年多。 → > 3 年
    历时半年。 → = 0.5 年
    历时四十余年。 → > 40 年
    用时半个小时。 → = 0.5 小时
    24小时不间断服务。 → = 24 小时
    一个月内答复。 → <= 1 月
    发行5年期债券。 → = 5 年
    20年前的老厂。 → = 20 年
    一期工程工期为18个月。 → = 18 月
  `;
  assert.deepEqual(misread(table, figures), []);
});

test('shares, fractions, multiples and ratios', () => {
  const table = `
    增长百分之三点五。 → change 0.035 ratio
    占百分之八十以上。 → >= 0.8 ratio
    占三分之一。 → = 0.3333 ratio
    占比三分之二以上。 → >= 0.6667 ratio
    税率为千分之五。 → = 0.005 ratio
    税率为5‰。 → = 0.005 ratio
    近七成半受访者赞成。 → ~ 0.75 ratio
    九成以上受访者赞成。 → >= 0.9 ratio
    过半受访者赞成。 → > 0.5 ratio
    近半受访者赞成。 → ~ 0.5 ratio
    一半受访者赞成。 → = 0.5 ratio
    半数以上受访者赞成。 → >= 0.5 ratio
    按2:1的比例配套。 → = 2 ratio
    按照1:1比例配套。 → = 1 ratio
    央地按4:6比例分担。 → = 0.6667 ratio
    是去年的2倍。 → = 2 倍
    是去年的3倍以上。 → >= 3 倍
    同比增长1.2倍。 → change 2.2 倍
    产值翻一番。 → change 2 倍
    产值翻了两番。 → change 4 倍
    实现100%覆盖。 → = 1 ratio
    满意率达98.5%。 → = 0.985 ratio
  `;
  assert.deepEqual(misread(table, figures), []);
});

test('ranges', () => {
  const table = `
    建设期3至5年。 → range 3..5 年
    补助5-10万元。 → range 50000..100000 CNY
    补助100万到500万元。 → range 1000000..5000000 CNY
    投资20亿—30亿元。 → range 2000000000..3000000000 CNY
    占比30%~50%。 → range 0.3..0.5 ratio
    占比30～50%。 → range 0.3..0.5 ratio
    选派1至3名。 → range 1..3 名
    支持2—3个平台。 → range 2..3 平台
    气温零下4到零下1℃。 → range -4..-1 ℃
    气温二、三十度。 → range 20..30 度
    资助额度在50万—100万元之间。 → range 500000..1000000 CNY
    每家30万元至50万元。 → range 300000..500000 CNY
    气温在-5℃至3℃之间。 → range -5..3 ℃
    年龄在25至40岁之间。 → range 25..40 岁
  `;
  assert.deepEqual(misread(table, figures), []);
});

test('qualifiers before and behind', () => {
  const table = `
    投入不低于500万元。 → >= 5000000 CNY
    推荐不超过3家。 → <= 3 家
    至少5名。 → >= 5 名
    补助上限为100万元。 → <= 1000000 CNY
    补助下限20万元。 → >= 200000 CNY
    营收200万元以上。 → >= 2000000 CNY
    人数在200人以内。 → <= 200 人
    人数在200人以下。 → <= 200 人
    近300家企业。 → ~ 300 家
    收入逾2000亿元。 → > 200000000000 CNY
    总数超1万户。 → > 10000 户
    总数突破5000件。 → > 5000 件
    约30%的企业。 → ~ 0.3 ratio
    参加者100人左右。 → ~ 100 人
    不少于10人。 → >= 10 人
    不得少于10人。 → >= 10 人
    年龄原则上不超过60周岁。 → <= 60 周岁
    占比低于5%。 → < 0.05 ratio
    占比不足5%。 → < 0.05 ratio
    给予最高50万元奖励。 → <= 500000 CNY
    给予最高不超过50万元奖励。 → <= 500000 CNY
    参加者达300人之多。 → = 300 人
    每年不多于2项。 → <= 2 项
    注册满3年。 → >= 3 年
    占比大于等于60%。 → >= 0.6 ratio
    研发投入占比≥3%，负债率≤60%。 → >= 0.03 ratio; <= 0.6 ratio
    投入不高于500万元（含）。 → <= 5000000 CNY
    投入500万元（含）以上。 → >= 5000000 CNY
    销售额500万元及以上。 → >= 5000000 CNY
    差不多200人。 → ~ 200 人
    大概200人。 → ~ 200 人
  `;
  assert.deepEqual(misread(table, figures), []);
});

test('changes against levels', () => {
  const table = `
    覆盖率由45%提高到60%。 → = 0.45 ratio; change 0.6 ratio
    增长12.5%。 → change 0.125 ratio
    增速为6.5%。 → = 0.065 ratio
    企业增至1.5万家。 → = 15000 家
    提高0.5个百分点。 → change 0.5 pp
    比全国高2个百分点。 → change 2 pp
    增速比上年快0.3个百分点。 → change 0.3 pp
    路上多花二十分钟。 → change 20 分钟
    价格比市场低四成。 → change -0.4 ratio
    工期从3个月拉到5个月。 → = 3 月; change 5 月
    时限由30天缩短至10天。 → = 30 天; change 10 天
    时限缩短20天。 → change -20 天
    时限压减50%以上。 → >= -0.5 ratio
    同比下降3.2%。 → change -0.032 ratio
    增速为-3.2%。 → = -0.032 ratio
    贷款同比多增3000亿元。 → change 300000000000 CNY
    利率上调25个基点。 → change 25 基点
    电量增长近3倍。 → ~ 4 倍
    从业人员增加200人。 → change 200 人
    试点扩大到50个城市。 → = 50 城市
    失业率降至5%以下。 → <= 0.05 ratio
    利润总额增加了3亿元，达到20亿元。 → change 300000000 CNY; = 2000000000 CNY
    成本降低两成。 → change -0.2 ratio
    用电量较上年同期增长8.1%。 → change 0.081 ratio
    用电量比上年少用300万度。 → change -3000000 度
    比计划提前20天完工。 → = 20 天
    日均客流比节前多出5万人。 → change 50000 人
  `;
  assert.deepEqual(misread(table, figures), []);
});

test('targets against what is achieved', () => {
  const table = `
    力争营收达到100亿元。 → target 10000000000 CNY
    到2027年达到5000亿元。 → target 500000000000 CNY
    目标是培育企业200家、平台30个。 → target 200 家; target 30 平台
    力争培育企业200家、示范区3个、平台30个。 → target 200 家; target 3 示范区; target 30 平台
    已建成基站10万个。 → = 100000 基站
    累计培育企业200家。 → = 200 家
    计划投资20亿元。 → target 2000000000 CNY
    预计年产值30亿元。 → target 3000000000 CNY
    去年完成投资20亿元，今年计划完成30亿元。 → = 2000000000 CNY; target 3000000000 CNY
    总盘100亿、首期30亿元。 → = 10000000000 CNY; = 3000000000 CNY
    发展目标：到2025年，高企突破1万家。 → > 10000 家
    确保完成投资50亿元。 → target 5000000000 CNY
    目标任务为新增就业20万人。 → target 200000 人
    建成后，可年产电池5万套。 → target 50000 套
    五年内实现产值100亿元。 → <= 5 年; target 10000000000 CNY
  `;
  assert.deepEqual(misread(table, figures), []);
});

test('money', () => {
  const table = `
    出口额500万美元、3亿欧元、2亿港元。 → = 5000000 USD; = 300000000 EUR; = 200000000 HKD
    售价50亿日元和100万英镑。 → = 5000000000 JPY; = 1000000 GBP
    投资5000万元人民币。 → = 50000000 CNY
    投资人民币5亿元。 → = 500000000 CNY
    单价￥300。 → = 300 CNY
    每股12.5元，另付100块钱。 → = 12.5 CNY; = 100 CNY
    花了两百多块钱。 → > 200 CNY
    给予一次性奖励100万元。 → = 1000000 CNY
    每家每年不超过10万元。 → <= 100000 CNY
    分别给予10万元、5万元、3万元奖励。 → = 100000 CNY; = 50000 CNY; = 30000 CNY
    分别奖励50、30、20万元。 → = 500000 CNY; = 300000 CNY; = 200000 CNY
    融资额达US$5亿。 → = 500000000 USD
    合同金额2.3亿。 → = 230000000 CNY
  `;
  assert.deepEqual(misread(table, figures), []);
});

test('counts', () => {
  const table = `
    覆盖12个省份。 → = 12 省份
    发布报告14个。 → = 14 报告
    建成示范园区28个、特色小镇6座。 → = 28 示范园区; = 6 座
    二等奖3项，一等奖1项。 → = 3 项; = 1 项
    第一批20家企业入选。 → = 20 家
    首批30个项目开工。 → = 30 项目
    5位院士、20多名专家到场。 → = 5 位; > 20 名
    2个市、3个县参加。 → = 2 市; = 3 县
    每万人口发明专利拥有量12.5件。 → = 12.5 件
    人均80平方米。 → = 80 平方米
    全国排名第3位。 → = 3 rank
    进入全国前10名。 → <= 10 rank
    位居全国第5。 → = 5 rank
    装机300MW，容量1.5亿千瓦时。 → = 300 MW; = 150000000 千瓦时
    功率50kW，气温1.5℃，零下20摄氏度。 → = 50 kW; = 1.5 ℃; = -20 摄氏度
    1.2万名博士、3.4万名硕士。 → = 12000 名; = 34000 名
    涉及三个方面、十条措施。 → = 3 方面; = 10 条
    10所高校、20家医院、30支队伍。 → = 10 所; = 20 家; = 30 支
  `;
  assert.deepEqual(misread(table, figures), []);
});

test('names, ordinals and set words are no figures', () => {
  const table = `
    取得三类医疗器械注册证，进入“双一流”高校。 → –
    第三产业占主导，第四次工业革命到来。 → –
    参加863计划、211工程、985高校建设。 → –
    G20峰会讨论5G网络和3D打印、4K电视。 → –
    一带一路合作，减少二氧化碳排放。 → –
    拨打12345热线，企业通过ISO9001认证。 → –
    三甲医院、一等奖、一号文件、101号文。 → –
    5A级景区，第十三届全国人大四次会议。 → –
    十八届三中全会和二十大报告。 → –
    三一重工、三七互娱、万向集团、五粮液签约。 → –
    波音737、歼-20、C919和嫦娥五号。 → –
    北斗三号、神舟十二号、长征五号、天宫一号。 → –
    执行GB/T 1234-2020，邮编100083。 → –
    一方面，另一方面，一定程度上，一系列。 → –
    新冠肺炎COVID-19，PM2.5和维生素B12。 → –
    Windows 10系统，iPhone 12，14纳米以下另说。 → <= 14 纳米
    千岛湖、九江、六安和三门峡。 → –
    四川省、三亚市和百色市。 → –
    三伏天，二十四节气，五谷丰登。 → –
    七匹狼、六神、九阳股份签约。 → –
  `;
  assert.deepEqual(misread(table, figures), []);
});

test('figures in English', () => {
  const table = `
    The fund offers $5 million and €20 million. → = 5000000 USD; = 20000000 EUR
    It is worth £1.5 billion. → = 1500000000 GBP
    Exports rose 25 per cent. → change 0.25 ratio
    Up to $2 million is available. → <= 2000000 USD
    Emissions fell by 3.5 percent. → change -0.035 ratio
    The grant covers at least 50% of costs. → >= 0.5 ratio
  `;
  assert.deepEqual(misread(table, figures), []);
});

test('figures among other figures', () => {
  const table = `
    年产能由5万吨扩至12万吨。 → = 50000 吨; change 120000 吨
    用工成本从每小时20元涨到25元。 → = 20 CNY; change 25 CNY
    同比增长一倍多。 → > 2 倍
    三年累计减税1.2万亿元。 → = 3 年; = 1200000000000 CNY
    比去年多了3个百分点。 → change 3 pp
    净利润同比下降超过两成。 → > -0.2 ratio
    占全国总量的四分之一强。 → = 0.25 ratio
    八成左右的企业。 → ~ 0.8 ratio
    力争到2025年，研发投入年均增长7%以上。 → >= 0.07 ratio
    年均增长10%左右。 → ~ 0.1 ratio
    规模以上工业增加值增长8.8%。 → change 0.088 ratio
    3亿多人次。 → > 300000000 人次
    十万余件专利。 → > 100000 件
    每3人中有1人使用。 → = 3 人; = 1 人
    一家企业获奖，一项技术突破。 → –
    两家企业获奖，三项技术突破。 → = 2 家; = 3 项
    10年磨一剑。 → = 10 年
    海拔4500多米。 → > 4500 米
    总投资约12.6亿美元。 → ~ 1260000000 USD
    首期规模不低于50亿元，总规模100亿元。 → >= 5000000000 CNY; = 10000000000 CNY
    缩短了三分之一。 → change -0.3333 ratio
    提速近40%。 → ~ 0.4 ratio
    费用降低30%至50%。 → range 0.3..0.5 ratio
    高出平均水平5.2个百分点。 → = 5.2 pp
    时速350公里。 → = 350 公里
    每公里造价1亿元。 → = 100000000 CNY
    得票率为51.2%，比对手高3.1个百分点。 → = 0.512 ratio; change 3.1 pp
    第15届世界杯，第3代半导体，第2.0版。 → –
    一期投资3亿元，二期投资5亿元。 → = 300000000 CNY; = 500000000 CNY
    新增确诊病例12例，其中境外输入8例。 → = 12 例; = 8 例
    5个工作日内办结率达99%。 → <= 5 工作日; = 0.99 ratio
    建成全国首个5G全覆盖园区。 → –
    七八十家企业。 → range 70..80 家
    数据中心PUE值降至1.3以下。 → –
    价格上涨了1至2倍。 → range 1..2 倍
    上榜企业数量占三成，居全国第一。 → = 0.3 ratio; = 1 rank
  `;
  assert.deepEqual(misread(table, figures), []);
});
