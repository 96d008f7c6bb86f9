// The canonical edition: a made-up week in June 2021 with everything an edition can hold. Its renditions are the
// golden files, and templates are previewed with it.
import type { StoredAttachment } from '../../model/attachment.ts';
import type { ComposeInput, WeekCounts } from '../../model/edition.ts';
import type { SourceId, StoryId } from '../../model/ids.ts';
import { type DocumentParts, madeUpDocument, madeUpInput, madeUpSource, madeUpStory } from './made-up.ts';

const SOURCES = [
  madeUpSource({ id: 'state-council', name: '国务院', nameEn: 'State Council' }),
  madeUpSource({ id: 'science-ministry', name: '科学技术部', nameEn: 'Ministry of Science' }),
  madeUpSource({ id: 'industry-ministry', name: '工业和信息化部', nameEn: 'Ministry of Industry' }),
  madeUpSource({
    id: 'shanghai-science',
    name: '上海市科学技术委员会',
    nameEn: 'Shanghai Science Commission',
    region: 'CN-SH',
  }),
  madeUpSource({ id: 'jiangsu', name: '江苏省人民政府', nameEn: 'Jiangsu Government', region: 'CN-JS' }),
  madeUpSource({
    id: 'eu-research',
    name: '欧盟委员会研究与创新总司',
    nameEn: 'European Commission, Research',
    country: 'EU',
    lang: 'en',
  }),
  madeUpSource({ id: 'science-daily', name: '科技新报', nameEn: 'Science News Daily', trust: 'stateMedia' }),
  madeUpSource({ id: 'economy-weekly', name: '创新经济观察', nameEn: 'Innovation Economy', trust: 'media' }),
  madeUpSource({
    id: 'guangdong',
    name: '广东省科学技术厅',
    nameEn: 'Guangdong Science Department',
    region: 'CN-GD',
  }),
];

/** The canonical week, ready to compose. */
export function canonicalInput(): ComposeInput {
  const changed = doc({
    source: 'science-ministry',
    title: '关于组织申报2021年度科技型中小企业创新专项的通知',
    number: '国科办函〔2021〕208号',
    type: 'notice',
    on: '2021-06-16',
    revision: 2,
    topics: ['science'],
    text: '各省、自治区、直辖市科技厅（委、局）：\n现就组织申报2021年度科技型中小企业创新专项有关事项通知如下。\n申报材料应于2021年7月9日17时前通过系统提交。每家企业限报一项。\n联系电话以系统公布为准。',
    dates: [['deadline', '2021-07-09', '申报材料应于2021年7月9日17时前通过系统提交。']],
  });
  const before = changed.text
    .replace('2021年7月9日17时', '2021年6月30日17时')
    .replace('每家企业限报一项。', '每家企业限报两项。');
  const revision = (number: number, text: string) => ({
    documentId: changed.id,
    number,
    title: changed.title,
    text,
    bodyHtml: '',
    contentHash: changed.contentHash,
    snapshotId: changed.snapshotId,
    seenAt: number === 1 ? '2021-06-16T08:00:00.000Z' : '2021-06-24T02:30:00.000Z',
  });
  const moved = doc({
    source: 'jiangsu',
    title: '关于公布2021年度省级科技企业孵化器名单的通知',
    type: 'notice',
    on: '2021-06-10',
    topics: ['science'],
    text: '现将2021年度省级科技企业孵化器名单予以公布，共48家。',
  });
  const file = (title: string, kind: 'pdf' | 'doc', text: string): StoredAttachment => ({
    documentId: changed.id,
    url: `https://science-ministry.example/files/${kind === 'pdf' ? 'guide.pdf' : 'form.doc'}`,
    title,
    kind,
    state: text === '' ? 'kept' : 'read',
    text,
  });
  return madeUpInput({
    sources: SOURCES,
    stories: STORIES,
    attachments: new Map([
      [
        changed.id,
        [
          file('附件1：申报指南', 'pdf', '一、支持方向\n量子信息与脑机接口两个方向。'),
          file('附件2：申报书', 'doc', ''),
        ],
      ],
    ]),
    fates: [
      {
        document: moved,
        kind: 'moved',
        seenAt: '2021-06-24T02:40:00.000Z',
        movedTo: 'https://jiangsu.example/new/20210610.html',
      },
    ],
    changes: [{ document: changed, before: revision(1, before), after: revision(2, changed.text) }],
    stillAhead: [changed],
    history: HISTORY,
    told: new Map([
      [
        HYDROGEN,
        {
          week: '2021-W24',
          headline: '氢能汽车城市群示范方案通过评审',
          first: HYDROGEN,
          firstWeek: '2021-W23',
          // Told when another site had it first.
          documents: [
            doc({
              source: 'economy-weekly',
              title: '燃料电池汽车示范城市群名单公布',
              number: DEMONSTRATION,
              on: '2021-06-18',
              text: '五个城市群入选。',
            }),
          ],
        },
      ],
      [
        CONSORTIA,
        {
          week: '2021-W23',
          headline: '江苏将支持企业牵头组建创新联合体',
          first: CONSORTIA,
          firstWeek: '2021-W23',
          documents: [],
        },
      ],
    ]),
    coverage: {
      due: 11,
      answered: 9,
      refused: 1,
      failed: 1,
      sources: [
        ...madeUpInput({ sources: SOURCES, stories: STORIES }).coverage.sources,
        {
          sourceId: 'yunnan' as SourceId,
          name: '云南省科学技术厅',
          state: 'refused',
          entries: 0,
          documents: 0,
          detail: 'robots.txt 不允许访问列表页',
        },
        {
          sourceId: 'energy' as SourceId,
          name: '能源局',
          state: 'failed',
          entries: 0,
          documents: 0,
          detail: 'FETCH_TIMEOUT：10 秒内没有应答',
        },
      ],
      problems: [
        {
          code: 'DOCUMENT_UNDATED',
          sourceName: '江苏省人民政府',
          title: '关于公布第三批未来产业先导区名单的公示',
          url: 'https://jiangsu.example/notice/undated.html',
          detail: '列表与正文都没有日期，不能判断是否属于本周',
        },
        {
          code: 'PAGE_UNREADABLE',
          sourceName: '工业和信息化部',
          title: '',
          url: 'https://industry-ministry.example/broken.html',
          detail: '页面在正文之前中断',
        },
      ],
    },
  });
}

const HYDROGEN = 'story-hydrogen' as StoryId;
const CONSORTIA = 'story-consortia' as StoryId;
const DEMONSTRATION = '工信部联通装〔2021〕90号';

/** Eleven weeks that make the week's counts look like more or less than usual. */
const HISTORY: readonly WeekCounts[] = [3, 4, 2, 5, 3, 6, 4, 4, 5, 3, 7].map((documents, index) => ({
  week: `2021-W${14 + index}`,
  documents,
  byTopic: { science: documents - 1, digital: index % 3, energy: 1 },
  byRegion: { 'CN-SH': index % 4, 'CN-GD': 1 },
}));

function doc(parts: DocumentParts) {
  return madeUpDocument(parts);
}

const STORIES = [
  madeUpStory(
    6.9,
    [
      doc({
        source: 'industry-ministry',
        title: '关于公布燃料电池汽车示范城市群名单的通知',
        issuers: ['工业和信息化部'],
        number: DEMONSTRATION,
        type: 'notice',
        on: '2021-06-24',
        topics: ['energy'],
        text: '确定五个城市群为燃料电池汽车示范城市群，示范期四年。有关事项自2021年9月1日起施行。',
        dates: [['effective', '2021-09-01', '有关事项自2021年9月1日起施行。']],
      }),
    ],
    [],
    HYDROGEN,
  ),
  madeUpStory(
    9.4,
    [
      doc({
        source: 'state-council',
        title: '国务院关于完善科技成果转化激励机制若干问题的意见',
        issuers: ['国务院'],
        number: '国发〔2021〕112号',
        type: 'opinions',
        issuedOn: '2021-06-18',
        on: '2021-06-22',
        topics: ['science'],
        figures: [['百分之五十', { unit: 'ratio', value: 0.5, qualifier: 'target', measures: '本人份额' }]],
        text: '科研人员完成的职务科技成果，可以由单位与本人约定共享所有权，本人份额不低于百分之五十。利用财政资金形成的成果三年内没有实施转化的，由主管部门组织公开交易。各省级人民政府应当在2021年9月底前制定实施细则。本意见自2021年7月15日起施行。',
        dates: [['effective', '2021-07-15', '本意见自2021年7月15日起施行。']],
      }),
      doc({
        source: 'science-ministry',
        title: '《关于完善科技成果转化激励机制若干问题的意见》解读',
        on: '2021-06-23',
        topics: ['science'],
        text: '有关负责人就文件的背景和主要内容回答了提问。',
      }),
      doc({
        source: 'science-daily',
        title: '国务院出台科技成果转化激励意见',
        on: '2021-06-23',
        topics: ['science'],
        text: '科研人员完成的职务科技成果，可以由单位与本人约定共享所有权。',
      }),
      doc({
        source: 'economy-weekly',
        title: '国务院出台科技成果转化激励意见（转载）',
        on: '2021-06-24',
        topics: ['science'],
        credit: '科技新报',
        text: '科研人员完成的职务科技成果，可以由单位与本人约定共享所有权。',
      }),
    ],
    ['interpretation', 'reprint', 'reprint'],
  ),
  madeUpStory(8.1, [
    doc({
      source: 'industry-ministry',
      title: '工业和信息化部关于开展新型数据中心绿色等级评估工作的通知',
      issuers: ['工业和信息化部'],
      number: '工信部通信函〔2021〕77号',
      type: 'notice',
      issuedOn: '2021-06-21',
      on: '2021-06-23',
      topics: ['energy', 'digital'],
      regions: ['yangtze-delta', 'CN-GD'],
      figures: [['1.3', { unit: 'ratio', value: 1.3, qualifier: 'target', measures: '电能利用效率' }]],
      text: '到2023年底，新建大型数据中心电能利用效率应当降到1.3以下。评估结果作为安排能耗指标的依据，每年公布一次。申报单位请于2021年7月5日前报送材料。',
      dates: [['deadline', '2021-07-05', '申报单位请于2021年7月5日前报送材料。']],
    }),
  ]),
  madeUpStory(7.6, [
    doc({
      source: 'science-ministry',
      title: '科技部关于《科研诚信案件调查处理办法（征求意见稿）》公开征求意见的通知',
      issuers: ['科学技术部'],
      type: 'draft',
      issuedOn: '2021-06-20',
      on: '2021-06-21',
      topics: ['science'],
      text: '征求意见稿把署名不实和重复发表列入调查范围，并规定被调查人有申辩的权利。调查一般应在受理后六个月内结束。意见请于2021年7月2日前反馈。',
      dates: [['deadline', '2021-07-02', '意见请于2021年7月2日前反馈。']],
    }),
  ]),
  madeUpStory(7.1, [
    doc({
      source: 'shanghai-science',
      title: '上海市促进人工智能算法创新行动方案（2021—2023年）',
      issuers: ['上海市科学技术委员会', '上海市经济和信息化委员会'],
      number: '沪科规〔2021〕9号',
      type: 'measures',
      issuedOn: '2021-06-15',
      on: '2021-06-24',
      topics: ['digital'],
      regions: ['CN-SH'],
      figures: [['二十亿元', { value: 2_000_000_000, currency: 'CNY', measures: '算法专项基金' }]],
      text: '对首次开源且被广泛采用的算法框架，给予最高三百万元的奖励。设立总额二十亿元的算法专项基金，单个项目支持不超过五千万元。本方案自2021年7月1日起施行。',
      dates: [['effective', '2021-07-01', '本方案自2021年7月1日起施行。']],
    }),
  ]),
  madeUpStory(6.6, [
    doc({
      source: 'eu-research',
      title: 'Commission opens first calls of the new partnership for clean hydrogen',
      on: '2021-06-23',
      lang: 'en',
      topics: ['energy'],
      issuers: ['European Commission'],
      figures: [
        ['105 million euros', { value: 105_000_000, currency: 'EUR', unit: 'EUR', measures: 'partnership' }],
      ],
      text: 'The partnership will spend 105 million euros on electrolysers and storage in its first year. Projects must include partners from at least three member states. Applications close on 20 July 2021.',
      dates: [['deadline', '2021-07-20', 'Applications close on 20 July 2021.']],
    }),
  ]),
  madeUpStory(
    6.2,
    [
      doc({
        source: 'jiangsu',
        title: '江苏省政府办公厅关于支持企业牵头组建创新联合体的实施意见',
        issuers: ['江苏省人民政府办公厅'],
        number: '苏政办发〔2021〕51号',
        type: 'opinions',
        issuedOn: '2021-06-17',
        on: '2021-06-25',
        topics: ['industry'],
        regions: ['CN-JS', 'yangtze-delta'],
        text: '由龙头企业牵头的创新联合体，省级财政按研发投入的百分之二十给予补助。首批支持集成电路、生物医药和高端装备三个方向。',
      }),
      doc({
        source: 'jiangsu',
        title: '江苏：企业牵头组建创新联合体有了实施意见',
        on: '2021-06-25',
        topics: ['industry'],
        text: '由龙头企业牵头的创新联合体，省级财政按研发投入的百分之二十给予补助。',
      }),
    ],
    ['copy'],
    CONSORTIA,
  ),
  madeUpStory(5.9, [
    doc({
      source: 'guangdong',
      title: '广东省科学技术厅关于发布2021年度基础研究青年提升项目申报指南的通知',
      issuers: ['广东省科学技术厅'],
      number: '粤科函基字〔2021〕640号',
      type: 'notice',
      on: '2021-06-24',
      issuedOn: '2021-06-22',
      topics: ['talent', 'science'],
      regions: ['CN-GD'],
      text: '项目面向三十五周岁以下的博士，每项资助一百万元，不设中期考核。依托单位应于2021年7月28日前完成推荐。',
      dates: [['deadline', '2021-07-28', '依托单位应于2021年7月28日前完成推荐。']],
    }),
  ]),
  madeUpStory(5.5, [
    doc({
      source: 'science-ministry',
      title: '钅𬭎（dà）等元素命名与喆、镕姓名用字纳入科研系统字库',
      on: '2021-06-25',
      type: 'news',
      topics: ['digital'],
      text: '科研管理系统完成字库升级，𬭎、镕、喆等字可以正常录入和打印。',
    }),
  ]),
  madeUpStory(5.0, [
    doc({
      source: 'science-daily',
      title: '我国首台自主研制的量子精密测量仪通过验收',
      on: '2021-06-22',
      topics: ['science'],
      regions: ['CN-SH'],
      text: '测量仪的灵敏度比上一代提高了一个数量级，核心部件全部由国内企业制造。验收专家组建议尽快开放共享。',
    }),
    doc({
      source: 'economy-weekly',
      title: '首台自主研制的量子精密测量仪通过验收',
      on: '2021-06-22',
      topics: ['science'],
      text: '测量仪的灵敏度比上一代提高了一个数量级。',
    }),
  ]),
  madeUpStory(4.2, [
    doc({
      source: 'economy-weekly',
      title: 'Ученые и инженеры: 中俄联合实验室在哈尔滨启用',
      on: '2021-06-26',
      topics: ['science'],
      text: '联合实验室将开展低温材料研究，首批十二个课题已经立项。',
    }),
  ]),
  madeUpStory(3.1, [
    doc({
      source: 'state-council',
      title: '对有关县（市、区）优秀科技特派员的复函',
      number: '国办函〔2019〕31号',
      issuedOn: '2019-03-08',
      on: '2021-06-24',
      topics: ['talent'],
      text: '同意有关事项。',
    }),
  ]),
  madeUpStory(2.0, [
    doc({
      source: 'state-council',
      title: '国务院关于同意将某市列为国家历史文化名城的批复',
      number: '国函〔2021〕59号',
      type: 'notice',
      on: '2021-06-25',
      text: '同意将该市列为国家历史文化名城。',
    }),
  ]),
  madeUpStory(1.4, [
    doc({
      source: 'jiangsu',
      title: '省政府召开防汛工作会议',
      on: '2021-06-23',
      text: '会议要求落实各项防汛措施。',
    }),
  ]),
];
