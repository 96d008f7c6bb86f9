import { storyFile } from './archive-stories.ts';
import {
  countedOf,
  type DigestStories,
  lastWeekOf,
  type StoryFrame,
  spanOf,
  storyFrame,
  tellingsOf,
  titleOf,
} from './story-summary.ts';
import type { StoryThread } from './story-threads.ts';
import { WORDING } from './wording.ts';

/** What `stories.hbs` of templates/archive sees: the stories last told in one year, the latest week first. */
export interface StoryYearView extends StoryFrame {
  readonly year: string;
  readonly otherYears: readonly string[];
  readonly weeks: readonly {
    readonly week: string;
    readonly stories: readonly {
      readonly href: string;
      readonly title: string;
      readonly lang: string;
      /** `2021 年第 23—25 周` for a story of several weeks; else null. */
      readonly span: string | null;
      readonly counted: string;
    }[];
  }[];
}

/** What `story-moved.hbs` sees: a story under a name that an edition gave it before it was made again. */
export interface StoryMovedView extends StoryFrame {
  readonly title: string;
  readonly titleLang: string;
  readonly href: string;
}

/** The stories of a digest by the year in which they were last told, newest year first. */
export function storyYearViews(stories: DigestStories): StoryYearView[] {
  const { lang, threads } = stories;
  const years = storyYears(threads);
  return years.map((year) => {
    const ofYear = threads.filter((thread) => lastWeekOf(thread).startsWith(year));
    const weeks = [...Map.groupBy(ofYear, lastWeekOf)].sort(([left], [right]) => (left > right ? -1 : 1));
    return {
      ...storyFrame(stories),
      year,
      otherYears: years.filter((other) => other !== year),
      weeks: weeks.map(([week, ended]) => ({
        week: WORDING[lang].week(week),
        stories: ended.map((thread) => {
          const { title, titleLang } = titleOf(thread);
          return {
            href: storyFile(thread.id),
            title,
            lang: titleLang,
            span: tellingsOf(thread)[0]?.edition.week === week ? null : spanOf(thread, lang),
            counted: countedOf(thread, lang),
          };
        }),
      })),
    };
  });
}

/** Years in which stories were last told, newest first. */
export function storyYears(threads: readonly StoryThread[]): string[] {
  return [...new Set(threads.map((thread) => lastWeekOf(thread).slice(0, 4)))].sort().toReversed();
}

/** The page that leads from a story's other name to its page. */
export function storyMovedView(thread: StoryThread, stories: DigestStories): StoryMovedView {
  return { ...storyFrame(stories), ...titleOf(thread), href: storyFile(thread.id) };
}
