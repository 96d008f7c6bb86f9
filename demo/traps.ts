/** What must come of a trap after both visits, in words a test can check. Addresses are those of `Trap.urls`. */
export type Expectation =
  /** All documents are in one story; the first is its lead. */
  | { readonly kind: 'oneStory'; readonly documents: number }
  /** No two of the documents share a story. */
  | { readonly kind: 'apart' }
  /** The page makes no document of the week, and a finding says why. */
  | { readonly kind: 'finding'; readonly code: string }
  /** The document has this many revisions; the newest says `words`. */
  | { readonly kind: 'revisions'; readonly revisions: number; readonly words: string }
  | { readonly kind: 'outsideWeek' }
  | { readonly kind: 'insideWeek' }
  | { readonly kind: 'rereleased'; readonly issuedOn: string }
  | { readonly kind: 'offTopic' }
  | { readonly kind: 'title'; readonly title: string }
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'publishedOn'; readonly on: string }
  | { readonly kind: 'deadline'; readonly on: string }
  | { readonly kind: 'noDocumentNumber' }
  | { readonly kind: 'attachments'; readonly count: number }
  /** A file that hangs on the document holds the words. */
  | { readonly kind: 'attachmentText'; readonly words: string }
  /** A file that hangs on the document is a finding. */
  | { readonly kind: 'attachmentFinding'; readonly code: string }
  /** The source's state in the edition's coverage. */
  | { readonly kind: 'source'; readonly state: 'refused' | 'failed' };

/** A status, or `cut`: the connection ends in the middle of the page. */
export type TrapAnswer = number | 'cut';

export type TrapAnswers = TrapAnswer | readonly TrapAnswer[];

/** Something the demo web does that a careless reader gets wrong. */
export interface Trap {
  readonly id: string;
  readonly urls: readonly string[];
  readonly what: string;
  /** The outcome, as a person reads it. */
  readonly expected: string;
  readonly expectation: Expectation;
  /** How the addresses answer on Thursday and on Monday: all alike, or one answer each. */
  readonly answers: readonly [thursday: TrapAnswers, monday: TrapAnswers];
}

const KJB = 'http://www.kjb.example/kjb';
const JIANGDONG = 'http://kjt.jiangdong.example/art';
const YUNZE = 'http://gxt.yunze.example/zwgk/tzgg/art/2021';

/** Every planted trap, in the order of demo/README.md. */
export const TRAPS: readonly Trap[] = [
  {
    id: 'three-reprints',
    urls: [
      'http://www.xinwen.example/2021-06/23/c_1127590023.htm',
      'http://paper.keji.example/html/2021-06/24/content_48120.htm',
      'http://www.chuangxin.example/archives/2021/06/5031',
    ],
    what: 'One agency story in three media: without dateline, with another comma in the title, with 【转载】 and two sentences cut',
    expected: 'one story of 3 documents, led by the agency',
    expectation: { kind: 'oneStory', documents: 3 },
    answers: [200, 200],
  },
  {
    id: 'same-text-two-addresses',
    urls: [`${KJB}/tzgg/202106/t20210623_175330.html`, `${KJB}/kjzc/202106/t20210623_175331.html`],
    what: 'The ministry lists one notice in two columns under two addresses',
    expected: 'one story of 2 documents',
    expectation: { kind: 'oneStory', documents: 2 },
    answers: [200, 200],
  },
  {
    id: 'interpretation',
    urls: [`${KJB}/tzgg/202106/t20210621_175288.html`, `${KJB}/zcjd/202106/t20210622_175310.html`],
    what: 'An official reading names the document it explains in 《》',
    expected: 'one story of 2 documents, the reading under the document',
    expectation: { kind: 'oneStory', documents: 2 },
    answers: [200, 200],
  },
  {
    id: 'interpretation-loose-name',
    urls: [`${JIANGDONG}/2021/6/24/art_80179_9864190.html`, `${JIANGDONG}/2021/6/25/art_80179_9866021.html`],
    what: 'A reading names a document whose own title has issuer, 印发 and 的通知 around the name',
    expected: 'one story of 2 documents or more, the reading under the document',
    expectation: { kind: 'oneStory', documents: 2 },
    answers: [[200, 404], 200],
  },
  {
    id: 'cited-number',
    urls: [`${KJB}/zcjd/202106/t20210622_175310.html`],
    what: 'The reading cites the number of the document in its first sentence',
    expected: 'no document number of its own',
    expectation: { kind: 'noDocumentNumber' },
    answers: [200, 200],
  },
  {
    id: 'yearly-look-alike',
    urls: [`${JIANGDONG}/2021/6/22/art_80179_9860012.html`, `${JIANGDONG}/2020/6/23/art_80179_9211047.html`],
    what: 'Calls for 2021 and for 2020 in the same words but for year and figures',
    expected: 'two stories; the call of 2020 is outside the week',
    expectation: { kind: 'apart' },
    answers: [200, 200],
  },
  {
    id: 'batch-look-alike',
    urls: [`${JIANGDONG}/2021/6/21/art_80179_9857730.html`, `${JIANGDONG}/2021/6/24/art_80179_9864805.html`],
    what: 'Lists of the first and of the second batch of firms, in the same week',
    expected: 'two stories',
    expectation: { kind: 'apart' },
    answers: [200, 200],
  },
  {
    id: 'updated-notice',
    urls: [`${KJB}/tzgg/202106/t20210622_175301.html`],
    what: 'On Friday 00:00 the deadline in a notice moves from 10 to 20 July',
    expected: 'revision 2 with the new deadline, shown as a change',
    expectation: { kind: 'revisions', revisions: 2, words: '申报截止时间为2021年7月20日17:00' },
    answers: [200, 200],
  },
  {
    id: 'visit-counter',
    urls: [`${KJB}/tzgg/202106/t20210621_175288.html`],
    what: 'The number of visits on the page differs with every request',
    expected: 'one revision',
    expectation: { kind: 'revisions', revisions: 1, words: '跨区域技术合同成交额突破1.2万亿元' },
    answers: [200, 200],
  },
  {
    id: 'gone-later',
    urls: [`${YUNZE}/art_e4410bd96f2c4a7b.html`],
    what: 'The list still shows a notice whose page was taken down on Saturday',
    expected: 'finding PAGE_GONE; the document of Thursday is kept',
    expectation: { kind: 'finding', code: 'PAGE_GONE' },
    answers: [200, 404],
  },
  {
    id: 'undated',
    urls: ['http://fgw.beiling.example/ztzl/cxfd/jsqk.html'],
    what: 'No date in list, address or page',
    expected: 'finding DOCUMENT_UNDATED; never news',
    expectation: { kind: 'finding', code: 'DOCUMENT_UNDATED' },
    answers: [200, 200],
  },
  {
    id: 'future-date',
    urls: ['http://www.gaoxin.example/detail/2021/1026.html'],
    what: 'A slip of the year: published 2022-06-24',
    expected: 'finding DOCUMENT_FUTURE_DATE; not in the week',
    expectation: { kind: 'finding', code: 'DOCUMENT_FUTURE_DATE' },
    answers: [200, 200],
  },
  {
    id: 'old-document',
    urls: [`${JIANGDONG}/2021/6/23/art_80179_9862416.html`],
    what: 'Rules issued on 15 August 2012, put on line this week',
    expected: 'marked as re-released, leads nothing',
    expectation: { kind: 'rereleased', issuedOn: '2012-08-15' },
    answers: [200, 200],
  },
  {
    id: 'half-page',
    urls: [`${YUNZE}/art_8ab3305d7c1e4f92.html`],
    what: 'The page stops after its breadcrumb: no text',
    expected: 'finding PAGE_UNREADABLE',
    expectation: { kind: 'finding', code: 'PAGE_UNREADABLE' },
    answers: [200, 200],
  },
  {
    id: 'cut-connection',
    urls: [`${YUNZE}/art_b93fe2c4076d48e5.html`],
    what: 'The server promises a whole page and hangs up in the middle of it',
    expected: 'finding PAGE_FAILED; half a page is never read as a whole one',
    expectation: { kind: 'finding', code: 'PAGE_FAILED' },
    answers: ['cut', 'cut'],
  },
  {
    id: 'empty-page',
    urls: ['http://www.xinwen.example/2021-06/25/c_1127598802.htm'],
    what: 'Status 200 and not one byte',
    expected: 'finding PAGE_UNREADABLE',
    expectation: { kind: 'finding', code: 'PAGE_UNREADABLE' },
    answers: [404, 200],
  },
  {
    id: 'server-error',
    urls: ['http://www.chuangxin.example/archives/2021/06/5047'],
    what: 'The page of a listed article answers 500',
    expected: 'finding PAGE_FAILED',
    expectation: { kind: 'finding', code: 'PAGE_FAILED' },
    answers: [404, 500],
  },
  {
    id: 'week-before',
    urls: ['http://www.xinwen.example/2021-06/20/c_1127578890.htm'],
    what: 'Published on Sunday 20 June, 23:50',
    expected: 'outside the week',
    expectation: { kind: 'outsideWeek' },
    answers: [200, 200],
  },
  {
    id: 'week-after',
    urls: [`${KJB}/tzgg/202106/t20210628_175390.html`],
    what: 'Published on Monday 28 June, before the job runs',
    expected: 'outside the week',
    expectation: { kind: 'outsideWeek' },
    answers: [404, 200],
  },
  {
    id: 'last-evening',
    urls: ['http://www.xinwen.example/2021-06/27/c_1127604431.htm'],
    what: 'Published on Sunday 27 June, 22:30',
    expected: 'inside the week',
    expectation: { kind: 'insideWeek' },
    answers: [404, 200],
  },
  {
    id: 'other-zone',
    urls: ['http://www.innovation-office.example/government/news/science-park-network-statement'],
    what: 'Published on Sunday 27 June, 17:30 in London, which is Monday 00:30 in Shanghai',
    expected: 'outside the week',
    expectation: { kind: 'outsideWeek' },
    answers: [404, 200],
  },
  {
    id: 'road-works',
    urls: ['http://paper.keji.example/html/2021-06/25/content_48139.htm'],
    what: 'A newspaper of science also reports that a road is closed',
    expected: 'left out as off topic',
    expectation: { kind: 'offTopic' },
    answers: [404, 200],
  },
  {
    id: 'canteen',
    urls: ['http://www.gaoxin.example/detail/2021/1027.html'],
    what: 'A high-tech zone buys food for its canteen',
    expected: 'left out as off topic',
    expectation: { kind: 'offTopic' },
    answers: [200, 200],
  },
  {
    id: 'drawbridge',
    urls: ['http://www.register.example/documents/2021/06/23/2021-13110/drawbridge-operation-willow-creek'],
    what: 'A register of all notices also tells when a bridge opens',
    expected: 'left out as off topic',
    expectation: { kind: 'offTopic' },
    answers: [200, 200],
  },
  {
    id: 'cut-title',
    urls: [`${YUNZE}/art_5f0c2b71a9d84e16.html`],
    what: 'The list cuts a title of 64 characters with …',
    expected: 'the whole title, from the page',
    expectation: {
      kind: 'title',
      title:
        '云泽省工业和信息化厅 云泽省财政厅关于组织开展2021年度首台（套）重大技术装备和首批次新材料保险补偿机制试点项目申报工作的通知',
    },
    answers: [200, 200],
  },
  {
    id: 'rare-character',
    urls: [`${KJB}/tzgg/202106/t20210625_175371.html`],
    what: 'A name with 𬭎, outside the basic plane',
    expected: 'the character as it is',
    expectation: { kind: 'words', words: '副研究员周𬭎' },
    answers: [404, 200],
  },
  {
    id: 'gb2312',
    urls: ['http://paper.keji.example/html/2021-06/25/content_48133.htm'],
    what: 'Bytes in GB2312, said in the page alone; 𬭎 as a numeric reference',
    expected: 'readable, with the character',
    expectation: { kind: 'words', words: '首席工程师刘𬭎介绍' },
    answers: [404, 200],
  },
  {
    id: 'date-in-address',
    urls: ['http://fgw.beiling.example/gztz/2021-06/24/content_40138.html'],
    what: 'The only full date in the page is the deadline; the day of publication stands in the address',
    expected: 'published on 24 June',
    expectation: { kind: 'publishedOn', on: '2021-06-24' },
    answers: [200, 200],
  },
  {
    id: 'comment-window',
    urls: [`${KJB}/tzgg/202106/t20210621_175290.html`],
    what: 'A draft for comment with a window',
    expected: 'deadline 21 July, attachment kept',
    expectation: { kind: 'deadline', on: '2021-07-21' },
    answers: [200, 200],
  },
  {
    id: 'english-deadline',
    urls: ['http://www.innovation-office.example/government/calls-for-evidence/regional-innovation-clusters'],
    what: 'A call for evidence “closes at 11:45pm on 19 July 2021”',
    expected: 'deadline 19 July',
    expectation: { kind: 'deadline', on: '2021-07-19' },
    answers: [200, 200],
  },
  {
    id: 'attachment',
    urls: ['http://www.innovation-office.example/government/news/joint-laboratories-call-opens'],
    what: 'Guidance for applicants hangs on the page as PDF',
    expected: 'one attachment',
    expectation: { kind: 'attachments', count: 1 },
    answers: [404, 200],
  },
  {
    id: 'attachment-text',
    urls: [`${JIANGDONG}/2021/6/22/art_80179_9860012.html`],
    what: 'What a call asks for stands in a PDF set in a font that is not in it; the form is an old .doc',
    expected: 'the words of the PDF are stored, the form is named',
    expectation: {
      kind: 'attachmentText',
      words: '八英寸碳化硅衬底的低缺陷长晶技术，微管密度每平方厘米不高于0.2个',
    },
    answers: [200, 200],
  },
  {
    id: 'attachment-table',
    urls: [`${JIANGDONG}/2021/6/21/art_80179_9857730.html`],
    what: 'The list that a notice announces is a workbook',
    expected: 'the rows of the workbook are stored',
    expectation: { kind: 'attachmentText', words: '望川量子精密仪器有限公司 望川市' },
    answers: [200, 200],
  },
  {
    id: 'attachment-scanned',
    urls: [`${JIANGDONG}/2021/6/23/art_80179_9862416.html`],
    what: 'Old rules hang on the page as pictures of pages',
    expected: 'finding ATTACHMENT_SCANNED; the file is kept',
    expectation: { kind: 'attachmentFinding', code: 'ATTACHMENT_SCANNED' },
    answers: [200, 200],
  },
  {
    id: 'robots',
    urls: ['http://stats.kjfz.example/tjsj/index.html'],
    what: 'robots.txt disallows the whole host; the pages would answer',
    expected: 'source refused, said in the coverage',
    expectation: { kind: 'source', state: 'refused' },
    answers: [200, 200],
  },
  {
    id: 'maintenance',
    urls: ['http://www.weihu.example/kjt/tzgg/index.html'],
    what: '503 with Retry-After for everything but robots.txt',
    expected: 'source failed, said in the coverage',
    expectation: { kind: 'source', state: 'failed' },
    answers: [503, 503],
  },
];
