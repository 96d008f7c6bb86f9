import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf } from './read.ts';

const regions = (text: string, region?: string) =>
  factsOf('region', text, { region }).map(({ id, name }) => id ?? name);

test('a place inside the name of a body is no region', () => {
  for (const text of [
    '北京市、天津市、河北省人民政府：现通知如下。',
    '沈阳、济南军区负责管理。',
    '江北建材（昆明）有限公司、太原钢铁（集团）有限公司入选。',
    '重庆市国土资源和房屋管理局进行了调查。',
    '到上海市房地产经纪行业协会领取。',
    '庐江县农业技术推广中心、北京第二实验小学参加。',
    '据新华社拉萨电（记者 王小雅）记者了解到，平台启用。',
    '中国男篮战胜韩国队。',
    '曾任黑龙江省勃利县农机修造厂厂长。',
  ])
    assert.deepEqual(regions(text), [], text);
});

test('towns, counties of two characters, landscapes and all countries', () => {
  assert.deepEqual(regions('冠县企业与萧县合作。'), ['冠县', '萧县']);
  assert.deepEqual(regions('黄淮、江淮一带降温，秦岭有雪。'), ['黄淮', '江淮', '秦岭']);
  assert.deepEqual(regions('与冰岛、吉尔吉斯斯坦和蒙古签署协定。'), ['IS', 'KG', '蒙古']);
  assert.deepEqual(regions('设立中国上海自由贸易试验区。'), ['中国上海自由贸易试验区']);
});

test('citizens, bureaus in other words and free trade areas between countries', () => {
  const [wuxi] = factsOf('region', '对无锡市民影响最大。');
  assert.equal(wuxi?.quote, '无锡');
  assert.deepEqual(regions('河北中南部等局地降温。'), ['CN-HE']);
  assert.deepEqual(regions('打造中国－东盟自贸区升级版。'), []);
});

test('a name that is also a word is a place among places, or where something is held', () => {
  assert.deepEqual(regions('与九江、宜春并列。'), ['九江', '宜春']);
  assert.deepEqual(regions('现场会在南平召开。'), ['南平']);
  assert.deepEqual(regions('这里四季宜春，南平北顺。'), []);
  assert.deepEqual(regions('他对农业非常熟悉，其中西部单位11家。'), []);
});

test('the same name in two places', () => {
  assert.deepEqual(regions('吉林市的企业与吉林全省协作。'), ['吉林', 'CN-JL']);
  assert.deepEqual(regions('海南州位于青海。'), ['CN-QH']);
  assert.equal(factsOf('region', '位于辽宁朝阳市。').at(-1)?.province, 'CN-LN');
  assert.equal(factsOf('region', '注册地在北京市朝阳区。').at(-1)?.province, 'CN-BJ');
  assert.deepEqual(regions('朝阳产业前景广阔。'), []);
});

test('a body shared by a list of places hides them all, whatever stands in brackets between', () => {
  assert.deepEqual(regions('四川、陕西、甘肃省（自治区、直辖市）人民政府：'), []);
  assert.deepEqual(regions('辽宁、吉林省（区）财政厅：'), []);
  assert.deepEqual(regions('在四川、陕西等2个省（市）试点。'), ['CN-SC', 'CN-SN']);
});

test('a county is known behind its province, also without its kind or with an older one', () => {
  assert.deepEqual(regions('四川芦山地震灾区已恢复供电。'), ['CN-SC', '芦山']);
  assert.deepEqual(regions('四川省会理县列入名单。'), ['CN-SC', '会理县']);
  assert.deepEqual(regions('上海黄浦江两岸，云南澜沧江上游。'), ['CN-SH', 'CN-YN']);
  assert.deepEqual(regions('芦山的茶农增收。'), []);
});

test('autonomous prefectures, states, capitals and towns of science', () => {
  assert.deepEqual(regions('凉山州、南平和泸州参加。'), ['凉山', '南平', '泸州']);
  assert.deepEqual(regions('会谈在圣多明各和内布拉斯加州举行。'), ['圣多明各', '内布拉斯加州']);
  assert.deepEqual(regions('光明科学城对外开放。'), ['光明科学城']);
  assert.deepEqual(regions('新疆西部地区有雪，西部地区增速最快。'), ['CN-XJ', 'west']);
});

test('what is named after a place is none: villages, short names of schools, papers, offices', () => {
  for (const text of ['河南村煤矿停产。', '河北农大的毕业生。', '河南商报记者采访。', '江苏省原副省长出席。'])
    assert.deepEqual(regions(text), [], text);
});

test('a place before 一家 or 有 does not belong to the body behind', () => {
  assert.deepEqual(regions('广西一家研究所转让专利，合肥刚刚有新实验室成立。'), ['CN-GX', '合肥']);
  assert.deepEqual(regions('广西有色金属集团公司获奖。'), []);
});

test('a county keeps its name without its kind, and its old kind, once a text tells it is one', () => {
  assert.deepEqual(regions('禹州市人民医院出具报告，禹州全市开展检查。'), ['禹州']);
  assert.deepEqual(regions('酒店在延庆县龙庆峡，延庆的冬天很冷。'), ['延庆县']);
  assert.deepEqual(regions('绥德县的企业到绥德中学参观，绥德军地联欢。'), ['绥德县']);
  assert.deepEqual(regions('广德县农业技术推广中心获奖。'), []);
  assert.deepEqual(regions('友谊县的农民珍惜友谊。'), ['友谊县']);
});

test('people, money and bays named after a place are none', () => {
  assert.deepEqual(regions('江西人花在研发上的钱多了，要拿出真金白银。'), []);
  assert.deepEqual(regions('深圳湾口岸开通，成都维初训犬俱乐部到场。'), []);
  assert.deepEqual(regions('普通的武汉人家，江西人才大会。'), ['武汉', 'CN-JX']);
  assert.deepEqual(regions('南昌、九江、宜春三市均过50亿元。'), ['南昌', '九江', '宜春']);
});
