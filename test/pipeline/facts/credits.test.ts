import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf } from './read.ts';

const credits = (text: string) =>
  factsOf('credit', text).map(({ form, medium }) => `${form} ${medium ?? '-'}`);

test('a medium opens its report in many ways', () => {
  const pairs = [
    ['东湖日报讯 近日，平台启用。', ['byline 东湖日报']],
    ['南江科技讯 6月20日，平台启用。', ['byline 南江科技']],
    ['数码之家6月20日消息 平台启用。', ['byline 数码之家']],
    ['本站讯（通讯员 李青 刘慧）为推进工作，大赛举行。', ['byline -']],
    ['据新华社贵阳电（记者 王小雅）记者了解到，平台启用。', ['reprint 新华社']],
    ['本报南江讯（记者 江听远）“虫子怕的是天敌。”', ['byline 本报']],
    ['据南江广播电视总台《早间摘要》报道，平台启用。', ['reprint 南江广播电视总台']],
    ['来源 | 南江区人民政府', ['source 南江区人民政府']],
    ['南江网记者从市科技局了解到，平台启用。', ['self 南江网']],
    ['新华社记者邹明为、唐诗远', ['byline 新华社']],
  ] as const;
  for (const [text, expected] of pairs) assert.deepEqual(credits(text), expected, text);
});

test('reads writers, pictures and what others wrote', () => {
  const pairs = [
    ['【文/南江网专栏作者 王文远】', ['byline 南江网']],
    ['文丨江上评特约评论员 韩朝', ['byline 江上评']],
    ['会议圆满结束。(文/图 刘玺 易赛南)', ['byline -']],
    ['《经纬》作者 周纯一\n数据行业正在整顿。', ['byline 经纬']],
    ['大坝全景。省水利厅供图', ['caption 省水利厅']],
    ['孩子的作业。孩子母亲供图', ['caption -']],
    ['工地一角。中新社记者 贾天远 摄', ['caption 中新社']],
    ['英国《泰晤河报》：\n城市充满笑语', ['reprint 泰晤河报']],
    ['视察施工现场。城市摄影队 周斌 摄', ['caption 城市摄影队']],
    ['投资结构趋优。（清溪县发改局）', ['source 清溪县发改局']],
    ['英国广播公司网站（BBC）刊文称，公园很受欢迎。', ['reprint 英国广播公司']],
    ['医技支部供稿 摄影/张燕 编辑/苏芳', ['caption 医技支部', 'caption -', 'editor -']],
  ] as const;
  for (const [text, expected] of pairs) assert.deepEqual(credits(text), expected, text);
});

test('reads credits of whole lines, whatever the medium is called', () => {
  const pairs = [
    ['瞭望江记者 史明燕\n江水之阳，城市更新。', ['byline 瞭望江']],
    ['江南报·江南网记者 魏其明 来源：江南青年报', ['byline 江南报·江南网', 'source 江南青年报']],
    ['    晨光新闻·江南商报记者马俊生/文受访者供图', ['byline 晨光新闻·江南商报']],
    ['文/栗阳', ['byline -']],
    ['(江报记者 蔡青青)', ['byline 江报']],
    ['（评论员 罗望 萧海）', ['byline -']],
    ['（排版：江小圈）', ['editor -']],
    ['（实习生王小雅对此文亦有贡献）', ['byline -']],
    ['【本报讯】平台昨日启用。', ['byline 本报']],
    ['牛角士报道，5月22日消息，平台启用。', ['byline 牛角士']],
    ['记者 莫子谦：我在现场。', ['byline -']],
    ['列车开往江城。 通讯员刘青 摄', ['caption -']],
  ] as const;
  for (const [text, expected] of pairs) assert.deepEqual(credits(text), expected, text);
});

test('several media of one source line, and one desk of several editors, are one credit each', () => {
  assert.deepEqual(credits('来源 | 综合江南黑板报、江南晚报'), ['source 江南黑板报、江南晚报']);
  assert.deepEqual(credits('（资料来源：江城消息、江城网等）'), ['source 江城消息、江城网']);
  const [desk] = factsOf('credit', '责编：阿青 校对：小江');
  assert.deepEqual(desk?.authors, ['阿青', '小江']);
});

test('tells the writer above a text, the note about them, and where a text stood before', () => {
  const text =
    '贺维明\n几个部门日前发文，要在两年多时间里建起一批中试平台，文件的价值不在数字。\n（作者系南江研究院研究员）';
  assert.deepEqual(credits(text), ['byline -', 'byline -']);
  assert.deepEqual(credits('成都\n这座城市三年来建起一批中试平台，文件的价值不在数字，在于算账。'), []);
  assert.deepEqual(credits('转型不停步。（刊于《南江评论》2019年第24期）'), ['source 南江评论']);
  assert.deepEqual(credits('坚持创新。（原题为《是收割还是回归》）'), ['originalTitle -']);
  assert.deepEqual(factsOf('citation', '坚持创新。（原题为《是收割还是回归》）'), []);
  assert.deepEqual(factsOf('date', '据新江社江城十一月二十三日电 会议召开。'), []);
  assert.deepEqual(credits('西班牙《世间报》：\n城市充满笑语'), ['reprint 世间报']);
});

test('descriptions of pictures, cameras and road maps are no credits', () => {
  for (const text of [
    '资料图：市民在寒风中出行。',
    '后置1200 万主摄，支持变焦。',
    '公布改革路线图',
    '据通讯员介绍，平台启用。',
  ])
    assert.deepEqual(credits(text), [], text);
});

test('an editor in brackets, the page of a newspaper and what a paper just said are credits', () => {
  assert.deepEqual(credits('（江城网编辑 孙桂兰）'), ['byline 江城网']);
  assert.deepEqual(credits('《 江城日报 》（ 2022年02月13日 02版）'), ['source 江城日报']);
  assert.deepEqual(credits('正如《江城经济新闻》近日报道，企业不怕比拼耐力。'), ['reprint 江城经济新闻']);
  assert.deepEqual(credits('《江城日报》（2022年创刊）改版。'), []);
});
