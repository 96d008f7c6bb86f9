import type { InterfaceLanguage } from '../model/digest.ts';
import type { StoryRole } from '../model/story.ts';
import type { StoryEvent } from './archive-stories.ts';
import { yearOf } from './wording-parts.ts';

export type StoryLabel =
  | 'stories'
  | 'dates'
  | 'numbers'
  | 'course'
  | 'firstSeen'
  | 'original'
  | 'kept'
  | 'withdrawn'
  | 'movedHere';

/** What the pages of stories say in their own voice. */
export interface StoryWording {
  readonly labels: Readonly<Record<StoryLabel, string>>;
  readonly roles: Readonly<Record<StoryRole, string>>;
  readonly events: Readonly<Record<StoryEvent['kind'], string>>;
  /** How far it went: weeks told, documents, sources. */
  counted(counts: { readonly weeks: number; readonly documents: number; readonly sources: number }): string;
  /** From the first ISO week told to the last. */
  span(first: string, last: string): string;
  furtherCopies(count: number): string;
}

function weekOf(week: string): number {
  return Number(week.slice(6));
}

const zh: StoryWording = {
  labels: {
    stories: '事件始末',
    dates: '期限与生效',
    numbers: '文号',
    course: '经过',
    firstSeen: '最先发布',
    original: '原文',
    kept: '存档',
    withdrawn: '后来的修订版不再列出',
    movedHere: '本页改在：',
  },
  roles: { lead: '主文', copy: '同站副本', reprint: '转载', report: '报道', interpretation: '解读' },
  events: {
    amended: '文字改动',
    gone: '原页面撤下',
    moved: '原页面迁移',
    refused: '原页面拒绝访问',
    unreachable: '原页面未能打开',
  },
  counted: ({ weeks, documents, sources }) => `${weeks} 期 · ${documents} 份文件 · ${sources} 个来源`,
  span: (first, last) =>
    yearOf(first) === yearOf(last)
      ? `${yearOf(first)} 年第 ${weekOf(first)}—${weekOf(last)} 周`
      : `${yearOf(first)} 年第 ${weekOf(first)} 周—${yearOf(last)} 年第 ${weekOf(last)} 周`,
  furtherCopies: (count) => `再列 ${count} 处`,
};

const en: StoryWording = {
  labels: {
    stories: 'Whole stories',
    dates: 'Deadlines and effective dates',
    numbers: 'Document numbers',
    course: 'What happened',
    firstSeen: 'first published by',
    original: 'original',
    kept: 'kept copy',
    withdrawn: 'A later revision no longer tells it',
    movedHere: 'This page is now at:',
  },
  roles: {
    lead: 'main document',
    copy: 'copy on the same site',
    reprint: 'reprint',
    report: 'report',
    interpretation: 'official reading',
  },
  events: {
    amended: 'Words changed',
    gone: 'Page taken down',
    moved: 'Page moved',
    refused: 'Page refused',
    unreachable: 'Page could not be reached',
  },
  counted: ({ weeks, documents, sources }) =>
    [
      `${weeks} ${weeks === 1 ? 'edition' : 'editions'}`,
      `${documents} ${documents === 1 ? 'document' : 'documents'}`,
      `${sources} ${sources === 1 ? 'source' : 'sources'}`,
    ].join(' · '),
  span: (first, last) =>
    yearOf(first) === yearOf(last)
      ? `Weeks ${weekOf(first)}–${weekOf(last)}, ${yearOf(first)}`
      : `Week ${weekOf(first)}, ${yearOf(first)} – week ${weekOf(last)}, ${yearOf(last)}`,
  furtherCopies: (count) => `${count} more`,
};

/** The wording of stories in each interface language. */
export const STORY_WORDING: Readonly<Record<InterfaceLanguage, StoryWording>> = { 'zh-CN': zh, en };
