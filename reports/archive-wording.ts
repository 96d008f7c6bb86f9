import type { InterfaceLanguage } from '../model/digest.ts';
import type { LifeEventKind } from './archive-lives.ts';
import type { CountName } from './difference.ts';

/** Words of the front door; `#` stands for a number that the page's script sets. */
export type FinderLabel =
  | 'search'
  | 'searchHint'
  | 'year'
  | 'topic'
  | 'region'
  | 'all'
  | 'clear'
  | 'results'
  | 'editions'
  | 'feeds'
  | 'calendar'
  | 'lives'
  | 'stories'
  | 'others'
  | 'found'
  | 'foundMore'
  | 'foundNone'
  | 'shownEditions'
  | 'noIndex';

/** Words of difference pages and errata. */
export type DifferenceLabel =
  | 'differenceTitle'
  | 'differenceLead'
  | 'sameContent'
  | 'before'
  | 'after'
  | 'added'
  | 'removed'
  | 'moved'
  | 'rewritten'
  | 'dates'
  | 'tables'
  | 'counts'
  | 'files'
  | 'none'
  | 'erratum'
  | 'seeAll'
  | 'lead'
  | 'running';

/** What the archive's front door, its difference pages and their errata say in their own voice. */
export interface ArchiveWording {
  readonly finder: Readonly<Record<FinderLabel, string>>;
  readonly difference: Readonly<Record<DifferenceLabel, string>>;
  readonly lifeEvents: Readonly<Record<LifeEventKind, string>>;
  readonly countNames: Readonly<Record<CountName, string>>;
  differenceOf(from: number, to: number): string;
  counted(row: { readonly added: number; readonly removed: number; readonly other: number }): string;
}

const zh: ArchiveWording = {
  finder: {
    search: '检索',
    searchHint: '标题、机关、文号、文中原话',
    year: '年份',
    topic: '领域',
    region: '地区',
    all: '全部',
    clear: '清除',
    results: '检索结果',
    editions: '各期',
    feeds: '订阅',
    calendar: '日历',
    lives: '文件历程',
    stories: '事件始末',
    others: '及另外 # 处',
    found: '找到 # 份文件。',
    foundMore: '找到 # 份文件，列出前 50 条。',
    foundNone: '没有找到。换一个词，或放宽上面的条件。',
    shownEditions: '列出 # 期。',
    noIndex: '检索数据（search-index.js）没有读到；它应与本页在同一文件夹。',
  },
  difference: {
    differenceTitle: '修订说明',
    differenceLead: '本期重新编制后与前版不同。以下逐项列出；前版仍保存在原处。',
    sameContent: '内容没有变化，只有排印不同。',
    before: '前版',
    after: '本版',
    added: '增加的要闻',
    removed: '删去的要闻',
    moved: '移动的要闻',
    rewritten: '文字有改动的要闻',
    dates: '日期',
    tables: '新发文件表',
    counts: '数目',
    files: '文件',
    none: '无',
    erratum: '更正',
    seeAll: '全部差别见',
    lead: '头条',
    running: '后续',
  },
  lifeEvents: {
    draft: '征求意见',
    adopted: '发文',
    interpreted: '解读',
    amended: '改动',
    deadline: '截止',
    effective: '施行',
  },
  countNames: {
    seen: '收到文件',
    shown: '列出',
    folded: '归并',
    leftOut: '未列出',
    newDocuments: '新发文件',
    ahead: '期限与生效日期',
    changes: '改动',
    due: '应查来源',
    answered: '应答',
    refused: '拒绝',
    failed: '失败',
    problems: '未能收入的页面',
  },
  differenceOf: (from, to) => `第 ${to} 版与第 ${from} 版的差别`,
  counted: ({ added, removed, other }) => `增加 ${added} 条，删去 ${removed} 条，改动或移动 ${other} 条。`,
};

const en: ArchiveWording = {
  finder: {
    search: 'Search',
    searchHint: 'Title, issuer, number, quoted words',
    year: 'Year',
    topic: 'Topic',
    region: 'Region',
    all: 'All',
    clear: 'Clear',
    results: 'Results',
    editions: 'Editions',
    feeds: 'Feeds',
    calendar: 'Calendar',
    lives: 'Lives of documents',
    stories: 'Whole stories',
    others: 'and # more',
    found: '# documents found.',
    foundMore: '# documents found; the first 50 are listed.',
    foundNone: 'Nothing found. Try another word, or widen the choices above.',
    shownEditions: '# editions listed.',
    noIndex:
      'The search data (search-index.js) could not be read; it belongs in the same folder as this page.',
  },
  difference: {
    differenceTitle: 'What was revised',
    differenceLead:
      'This edition was made again and came out different. Every difference is listed here; the earlier one stays where it was.',
    sameContent: 'The content is the same; only its setting differs.',
    before: 'Before',
    after: 'Now',
    added: 'Items added',
    removed: 'Items removed',
    moved: 'Items moved',
    rewritten: 'Items with other words',
    dates: 'Dates',
    tables: 'Table of new documents',
    counts: 'Counts',
    files: 'Files',
    none: 'none',
    erratum: 'Correction',
    seeAll: 'All differences',
    lead: 'The one thing',
    running: 'Still running',
  },
  lifeEvents: {
    draft: 'draft',
    adopted: 'adopted',
    interpreted: 'explained',
    amended: 'amended',
    deadline: 'deadline',
    effective: 'in force',
  },
  countNames: {
    seen: 'documents seen',
    shown: 'shown',
    folded: 'folded',
    leftOut: 'left out',
    newDocuments: 'new documents',
    ahead: 'dates ahead',
    changes: 'changed documents',
    due: 'sources due',
    answered: 'answered',
    refused: 'refused',
    failed: 'failed',
    problems: 'pages that could not enter',
  },
  differenceOf: (from, to) => `Revision ${to} against revision ${from}`,
  counted: ({ added, removed, other }) => `${added} added, ${removed} removed, ${other} changed or moved.`,
};

/** The archive's wording in each interface language. */
export const ARCHIVE_WORDING: Readonly<Record<InterfaceLanguage, ArchiveWording>> = { 'zh-CN': zh, en };
