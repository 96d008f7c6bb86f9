import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datesOf, factsOf } from './read.ts';

test('days in brackets, first months, the year as it begins and ends', () => {
  const pairs = [
    ['今（22）日，平台启用。', ['2021-06-22']],
    ['今年前5个月进出口增长。', ['2021-01/2021-05']],
    ['前5个月，出口增长。', ['2021-01/2021-05']],
    ['订单已排到年底。', ['2021']],
    ['监管方从年初就在酝酿。', ['2021']],
    ['年内完成改造。', ['2021']],
    ['本办法自公布之日起施行。', [undefined]],
    ['合肥(常年11月19日)入冬。', [undefined]],
  ] as const;
  for (const [text, expected] of pairs) assert.deepEqual(datesOf(text), expected, text);
});

test('a year of the last century in two digits', () => {
  assert.deepEqual(datesOf('98年获政府津贴，土地使用权为50年。'), ['1998']);
});

test('words that only look like dates', () => {
  for (const text of [
    '增速较一季度加快。',
    '创下半年以来新低。',
    '这不是今天的中国。',
    '每当年末资金紧张。',
    '此前4个月没有消息。',
  ])
    assert.deepEqual(datesOf(text), [], text);
});

test('months that are over belong to the year of publication', () => {
  assert.deepEqual(datesOf('1-10月，投资增长。', { publishedOn: '2021-11-22' }), ['2021-01/2021-10']);
});

test('a plan of days to come goes on from one paragraph to the next', () => {
  const text =
    '一、元旦：2021年12月31日至2022年1月2日放假。\n二、清明节：4月5日（星期二）放假。\n三、端午节：6月3日放假。';
  assert.deepEqual(datesOf(text), ['2021-12-31/2022-01-02', '2022-04-05', '2022-06-03']);
});

test('a letter put on line years later counts from its own day', () => {
  const signed = '力争今年年内推出网站。\n国务院办公厅\n二〇〇五年七月十四日';
  assert.equal(datesOf(signed)[0], '2005');
  const numbered = '关于建设的复函\n国办函〔2004〕57号\n某省人民政府：\n预计今年可生产曲轴。';
  assert.equal(datesOf(numbered).at(-1), '2004');
});

test('a time limit that is put off is the later day', () => {
  const [due] = factsOf('deadline', '方案提交时间由6月28日延长至7月6日。');
  assert.equal(due?.iso, '2021-07-06');
  for (const text of [
    '申报截止时间仍为2021年7月6日。',
    '各省报送的最后期限是7月6日。',
    '网上填报通道7月6日关闭。',
  ])
    assert.equal(factsOf('deadline', text)[0]?.iso, '2021-07-06', text);
});

test('days of the month that is named before them, or not named at all', () => {
  assert.deepEqual(datesOf('双方本月6日会面。7日起，代表团在城南参观。'), ['2021-06-06', '2021-06-07']);
  assert.deepEqual(datesOf('今年4月政策出台后，名单来了。科技部20日公布24家。'), ['2021-04', '2021-06-20']);
  assert.deepEqual(datesOf('2021年4月，项目开工，12日完成测试。'), ['2021-04', '2021-04-12']);
  assert.deepEqual(datesOf('明年元旦起试行。'), ['2022-01-01']);
  assert.deepEqual(datesOf('十一月二十三日，会议在江城召开。', { publishedOn: '2021-11-24' }), [
    '2021-11-23',
  ]);
});

test('a number is cited without the verb before it', () => {
  const [number] = factsOf('documentNumber', '经研究，决定将江科资〔2021〕11号文件规定的时间延长。');
  assert.equal(number?.letters, '江科资');
  const [notice] = factsOf('documentNumber', '财政部与科技部联合发布2022年第41号公告。');
  assert.equal(notice?.key, '科技部公告|2022|41');
});

test('what came after a day came later', () => {
  assert.deepEqual(datesOf('自1995年7月12日江城地震后，又有2月3日、11月9日两次余震。'), [
    '1995-07-12',
    '1996-02-03',
    '1996-11-09',
  ]);
  assert.deepEqual(datesOf('1995年7月12日开工，工期从2月3日算起。'), ['1995-07-12', '1995-02-03']);
});

test('of months to act in each year the second is of each year, too', () => {
  const due = factsOf('deadline', '2022年起，每年2月底前各省完成考核，3月底前国家完成分析。');
  assert.deepEqual(
    due.map(({ quote, iso }) => [quote, iso]),
    [
      ['每年2月底前', undefined],
      ['3月底前', undefined],
    ],
  );
  assert.equal(factsOf('deadline', '2022年3月底前，全国推行统一编码。')[0]?.iso, '2022-03-31');
});

test('a period of years hands its end on to no day of the next paragraph', () => {
  const notice = '试点期限为2021年7月1日至2023年6月30日。\n请各单位于7月20日前报送信息。';
  assert.equal(factsOf('deadline', notice)[0]?.iso, '2021-07-20');
});

test('so many days into the next month are a limit without a day', () => {
  const [due] = factsOf('deadline', '义务人在代扣的次月十五日内报送信息。');
  assert.equal(due?.quote, '次月十五日内');
  assert.equal(due?.iso, undefined);
});

test('今晨 is today, 时至今日 is not', () => {
  assert.deepEqual(datesOf('今晨气温下降，时至今日仍未回升。'), ['2021-06-22']);
});

test('what is still to be done is not due in the year before', () => {
  const due = (text: string, publishedOn: string) => factsOf('deadline', text, { publishedOn })[0]?.iso;
  assert.equal(due('调研报告计划在12月底前完成。', '2022-05-06'), '2022-12-31');
  assert.equal(due('各市清单将在9月底前汇总到省里。', '2023-07-10'), '2023-09-30');
  assert.equal(due('2021年任务多，各县12月底前须完成。', '2022-05-06'), '2021-12-31');
});

test('what an office answers within days is owed, and a notice that was posted is over', () => {
  assert.equal(factsOf('deadline', '企业可在线申请，5个工作日内答复。')[0]?.quote, '5个工作日内');
  assert.deepEqual(factsOf('deadline', '首批名单于6月1日至7日进行了公示。'), []);
  assert.deepEqual(datesOf('首批名单于6月1日至7日进行了公示。'), ['2021-06-01/2021-06-07']);
  assert.equal(
    factsOf('date', '企业可自本公告发布之日起登录系统查询证书编号。')[0]?.quote,
    '自本公告发布之日起',
  );
});
