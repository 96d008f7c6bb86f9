import type { InterfaceLanguage } from '../model/digest.ts';
import type { Life } from './archive-lives.ts';
import type { EditionStories, StoryDate } from './archive-stories.ts';
import { ARCHIVE_WORDING } from './archive-wording.ts';
import { reprintTree, type StoryTextView } from './reprint-tree.ts';
import {
  countedOf,
  type DigestStories,
  documentsOf,
  fromStories,
  lastWeekOf,
  type StoryFrame,
  spanOf,
  storyFrame,
  titleOf,
} from './story-summary.ts';
import type { StoryThread, StoryWeek } from './story-threads.ts';
import { STORY_WORDING } from './story-wording.ts';
import { WORDING } from './wording.ts';

/** What `story.hbs` of templates/archive sees. */
export interface StoryView extends StoryFrame {
  readonly title: string;
  readonly titleLang: string;
  /** `2021 年第 23—25 周`. */
  readonly span: string;
  readonly counted: string;
  /** The list of the year's stories. */
  readonly yearHref: string;
  readonly year: string;
  /** Who published first; null for a story without documents. */
  readonly first: { readonly source: string; readonly day: string; readonly keptHref: string } | null;
  readonly dates: readonly StoryDateView[];
  /** Document numbers, each with what is known of its life. */
  readonly numbers: readonly {
    readonly number: string;
    readonly href: string;
    readonly events: readonly { readonly day: string; readonly kind: string }[];
  }[];
  readonly weeks: readonly StoryWeekView[];
}

interface StoryDateView {
  readonly day: string;
  readonly time: string | null;
  readonly kind: string;
  readonly isDeadline: boolean;
  /** The words that set it. */
  readonly quote: string;
  readonly title: string;
  readonly lang: string;
  readonly keptHref: string;
  /** `原页面撤下 2021年6月29日` when its page was taken down since, else null. */
  readonly gone: string | null;
}

interface StoryWeekView {
  readonly week: string;
  readonly days: string;
  /** Its place in the edition. */
  readonly href: string;
  readonly tellings: readonly {
    readonly href: string;
    readonly headline: string;
    readonly lang: string;
    /** What became of it in a later revision, or null. */
    readonly note: string | null;
    readonly sentences: readonly {
      readonly text: string;
      readonly lang: string;
      readonly keptHref: string;
      /** What stands before the next one. */
      readonly gap: string;
    }[];
    readonly texts: readonly StoryTextView[];
  }[];
  /** What became of its documents. */
  readonly events: readonly {
    readonly day: string;
    readonly kind: string;
    readonly title: string;
    readonly lang: string;
    readonly source: string;
    readonly keptHref: string;
  }[];
}

/** The page of one story. */
export function storyView(thread: StoryThread, stories: DigestStories): StoryView {
  const { lang, lives } = stories;
  const words = WORDING[lang];
  const documents = documentsOf(thread);
  const [first] = documents.toSorted((left, right) => (left.on < right.on ? -1 : left.on > right.on ? 1 : 0));
  const numbers = [...new Set(documents.flatMap(({ number }) => number ?? []))];
  const year = lastWeekOf(thread).slice(0, 4);
  return {
    ...storyFrame(stories),
    ...titleOf(thread),
    span: spanOf(thread, lang),
    counted: countedOf(thread, lang),
    yearHref: `${year}.html`,
    year,
    first:
      first === undefined
        ? null
        : { source: first.source, day: words.day(first.on), keptHref: fromStories(first.keptHref) },
    dates: datesOnce(thread.dates).map((date) => ({
      day: words.fullDay(date.on),
      time: date.time ?? null,
      kind: words.aheadKinds[date.kind],
      isDeadline: date.kind === 'deadline',
      quote: date.quote,
      title: date.title,
      lang: date.lang,
      keptHref: fromStories(date.keptHref),
      gone: goneWords(date, thread, lang),
    })),
    numbers: numbers.flatMap((number) => {
      const life = lives.get(number);
      return life === undefined ? [] : [numberView(life, lang)];
    }),
    weeks: thread.weeks.map((week) => weekView(week, lang)),
  };
}

/** A date that a report or reprint repeats is told in the words of the first document that sets it. */
function datesOnce(dates: readonly StoryDate[]): StoryDate[] {
  const once = new Map(dates.toReversed().map((date) => [`${date.kind} ${date.on}`, date]));
  return dates.filter((date) => once.get(`${date.kind} ${date.on}`) === date);
}

/** When and that the page of the document that sets a date was taken down, as far as editions told it. */
function goneWords(
  { documentId }: StoryDate,
  { weeks }: StoryThread,
  lang: InterfaceLanguage,
): string | null {
  const event = weeks
    .flatMap(({ events }) => events)
    .findLast((one) => one.documentId === documentId && one.kind === 'gone');
  return event === undefined ? null : `${STORY_WORDING[lang].events.gone} ${WORDING[lang].day(event.on)}`;
}

function numberView(
  { number, id, year, events }: Life,
  lang: InterfaceLanguage,
): StoryView['numbers'][number] {
  return {
    number,
    href: fromStories(`documents/${year}.html#n-${id}`),
    events: events.map(({ on, kind }) => ({
      day: WORDING[lang].day(on),
      kind: ARCHIVE_WORDING[lang].lifeEvents[kind],
    })),
  };
}

function weekView({ edition, tellings, events }: StoryWeek, lang: InterfaceLanguage): StoryWeekView {
  const words = WORDING[lang];
  const told = tellings.map(({ edition: teller, item, isWithdrawn }) => ({
    href: `${editionHref(teller)}#${item.anchor}`,
    headline: item.headline,
    lang: item.lang,
    note: isWithdrawn ? STORY_WORDING[lang].labels.withdrawn : null,
    sentences: item.sentences.map((sentence) => ({ ...sentence, keptHref: fromStories(sentence.keptHref) })),
    texts: reprintTree(item.documents, item.headline, lang),
  }));
  return {
    week: words.week(edition.week),
    days: words.days(edition.firstDay, edition.lastDay),
    href: told[0]?.href ?? `${editionHref(edition)}#changes`,
    tellings: told,
    events: events.map((event) => ({
      day: words.day(event.on),
      kind: STORY_WORDING[lang].events[event.kind],
      title: event.title,
      lang: event.lang,
      source: event.source,
      keptHref: fromStories(event.keptHref),
    })),
  };
}

function editionHref({ folder }: EditionStories): string {
  return fromStories(`${folder}/index.html`);
}
