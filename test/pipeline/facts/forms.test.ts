import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { projectVocabulary } from '../../../bench/evaluate/vocabulary.ts';
import { findFacts } from '../../../pipeline/facts/find-facts.ts';
import { type Form, Seeker } from '../../../text/forms.ts';

const vocabulary = await projectVocabulary();

/** One line for each form that is sought in whole texts. */
const LINES = [
  '新华社北京6月21日电（记者张泉、胡喆）会议召开。',
  '新京报讯（记者 王明）会议召开。',
  '【上海证券报】会议召开。',
  '原标题：某市印发办法',
  '文章来源：科技日报',
  '（据新华社电）',
  '据新华社拉萨2月10日电（记者 王明）会议召开。',
  '据《科技日报》报道，会议召开。',
  '英国广播公司网站（BBC）刊文称，会议召开。某晚报说，会议召开。',
  '英国《泰晤士报》：会议召开。',
  '《棱镜》作者 王明',
  '（文/观察网专栏作者 王明）',
  '本报记者 王明',
  '新华社记者王明、李红',
  '（记者 王明）',
  '责任编辑：王明',
  '编辑 王明 校对 李红',
  '山东某学院供图',
  '王明 摄',
  '新华社发',
  '新京报记者从会议获悉，会议召开。',
  '10:30，上午9点，9时30分，在6号楼，大厦12层，电话：010-12345678，https://a.example/b，a@b.example',
  '2020年3月1日至5日，3月1日至3月底，3月5日，1-3月，3月份，2019-2020年，上半年，前4个月，2020年，二〇二〇年，98年参加',
  '二〇二〇年十月，2018、2019和2020年，今年7、8月份，19日至21日，June 18–20, 2021, June 2020 to May 2021.',
  '自发布之日起施行，27日，昨天，上周三，上个月，今年，年底前，从年初就，年内，今（9）日，每年6月30日前',
  'June 2020, by 2030, from 2014 to 2020, 2014-2020, 2024-25, first quarter of 2021, FY2021, the end of 2025, in 2019 again.',
  '某学会公告2006年(第9号)，教育部令第40号，国科发〔2016〕32号，海关总署2014年第30号公告，财政部公告2019年第66号，（95）国办字第12号，国务院第638号令，国发1980年223号。',
  '86 FR 32345, FR Doc. 2021-13110, Docket No. NIST-2021-0004, EPA-HQ-OAR-2021-0317, 32021R0695, Regulation (EU) 2021/695, Directive 2009/28/EC, COM(2021) 206, CP 403, Public Law 116-92.',
  'Grants of $100 million, EUR 5 million, 20 million euros, 5 percent, 3 percentage points are due within 30 days and must be received within 30 days.',
  '21 June 2021, June 21, 2021, 2021. június 21., 21 tháng 6, 2021, 21.06.2021',
  '到2030年，力争达到50%，去年完成20%。',
  '党的十九大报告、2021年政府工作报告、中国制造2025、某省“十四五”科技创新规划、2020年中期报告、2020年度财务报告、2021年工作要点。',
  '根据科学数据管理办法，依照关于禁止生物武器公约，编制某区域发展规划纲要，违反劳动法，根据国务院关于加快科技服务业发展的若干意见，制定方案。',
  '你们关于设立试验区的请示收悉。',
  '江南省电梯安全管理办法',
  '北新建材（昆明）有限公司在中国（上海）自由贸易试验区设厂，会议在南平召开。',
  '四川、陕西省（自治区、直辖市）人民政府：现通知如下。',
  '茉莉·西尔斯说：“会议召开。”',
  '院长发表了重要看法。',
  '记者：会议怎么样？',
  '王明：很好。',
  '（某县发改局）',
  '十一月二十三日，本月6日，明年元旦，会议召开。',
  '（实习生王明对此文亦有贡献）',
  '次月十五日内',
  '（刊于《半月谈》2019年第24期）',
  '《半月谈》（2022年2月13日 02版）',
  '（作者系某研究院研究员）',
  '王明\n会议昨天召开，人们认真总结，继续努力工作，再接再厉。',
  '【本报讯】会议召开。',
  '某某报道，5月22日消息，会议召开。',
  '某网·某报记者王明/文 受访者供图',
  '■ 王明',
  '（江州日报 王明）',
  '本文转载自江州发布，版权归原作者所有',
  'By Ann Lee, China Herald',
  'Source: China Herald',
  '图片由江南大学提供',
];
/** So much else that a stretch around a word is not the whole text. */
const FILLER = '人们认真总结，继续努力工作。'.repeat(12);

test('every form finds near its words, and where its signs are, what its pattern finds in the whole text', () => {
  const tried = new Set<Form>();
  const met = new Set<Form>();
  const seek = Seeker.prototype.matches;
  const placed = (matches: Iterable<RegExpExecArray>) => [...matches].map((match) => [match.index, ...match]);
  mock.method(Seeker.prototype, 'matches', function (this: Seeker, form: Form) {
    const found = seek.call(this, form);
    tried.add(form);
    const whole = placed(this.text.matchAll(form.pattern));
    assert.deepEqual(placed(found), whole, `${form.pattern}`);
    if (whole.length > 0) met.add(form);
    return found;
  });
  const read = (text: string) => findFacts(text, { vocabulary, publishedOn: '2021-06-22' });
  for (const line of LINES) {
    read(line);
    read(`${FILLER}\n${line}\n${FILLER}`);
  }
  read(LINES.join('\n'));
  mock.restoreAll();
  const unmet = [...tried].filter((form) => !met.has(form)).map(({ pattern }) => `${pattern}`);
  assert.deepEqual(unmet, [], 'a form without a line that holds it');
  assert.ok(tried.size > 90);
});
