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

test('descriptions of pictures, cameras and road maps are no credits', () => {
  for (const text of [
    '资料图：市民在寒风中出行。',
    '后置1200 万主摄，支持变焦。',
    '公布改革路线图',
    '据通讯员介绍，平台启用。',
  ])
    assert.deepEqual(credits(text), [], text);
});
