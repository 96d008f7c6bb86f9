import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf } from './read.ts';

const titles = (text: string) => factsOf('citation', text).map(({ title }) => title);

test('laws by their short titles, rules that are applied, treaties and reports that are heard', () => {
  const pairs = [
    ['外商投资法实施情况良好，违反劳动法规定的要处罚。', ['外商投资法', '劳动法']],
    ['成熟的做法写进国家实验动物管理办法。', ['国家实验动物管理办法']],
    ['履行关于禁止某类武器国际公约规定的义务。', ['禁止某类武器国际公约']],
    ['听取和审议国务院关于科技创新情况的报告。', ['国务院关于科技创新情况的报告']],
    ['完善劳动法规，制定具体管理办法。', []],
  ] as const;
  for (const [text, expected] of pairs) assert.deepEqual(titles(text), expected, text);
});

test('a plan of rules to make lists their names, one a line; one such line is a heading', () => {
  const plan =
    '立法计划\n1\n江南省科学技术奖励办法（修订）\n省科技厅\n2\n江南省电梯安全管理办法\n3\n江南省中药饮片监督管理规定\n';
  assert.deepEqual(titles(plan), [
    '江南省科学技术奖励办法',
    '江南省电梯安全管理办法',
    '江南省中药饮片监督管理规定',
  ]);
  assert.deepEqual(titles('江南省电梯安全管理办法\n第一条 为了安全。'), []);
});

test('an article is cited by its title, its medium is not', () => {
  assert.deepEqual(titles('《泰晤河报》发表题为《城市再次充满笑语》的报道。'), ['城市再次充满笑语']);
});

test('a medium that people speak to is no document, at any of its mentions', () => {
  assert.deepEqual(titles('《经纬》推出专题。一位人士对《经纬》表示，整顿刚开始。'), []);
  assert.deepEqual(titles('企业对《意见》表示欢迎。'), ['意见']);
});

test('a number in brackets of its own behind an announcement', () => {
  const [number] = factsOf('documentNumber', '根据江南房地产经纪学会公告2006年(第9号），共有10人注册。');
  assert.equal(number?.key, '江南房地产经纪学会公告|2006|9');
});

test('下称 declares a short title as 以下简称 does', () => {
  assert.deepEqual(titles('《江城风控研究报告》（下称“《报告》”）显示，企业增多。《报告》统计了573家。'), [
    '江城风控研究报告',
    '江城风控研究报告',
  ]);
});

test('《办法》 alone in a reading is what the heading names', () => {
  const text = '为此，我部起草了《办法》。';
  const [cited] = factsOf('citation', text, { title: '《创新联合体管理办法（试行）》政策解读' });
  assert.equal(cited?.title, '创新联合体管理办法（试行）');
  assert.equal(factsOf('citation', text, { title: '一图读懂' })[0]?.title, '办法');
});
