import type { InterfaceLanguage } from '../model/digest.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import type { ArchivedEdition } from './archive.ts';
import { type Life, livesOf } from './archive-lives.ts';
import { STORIES_FOLDER } from './archive-stories.ts';
import { ARCHIVE_WORDING, type ArchiveWording } from './archive-wording.ts';
import { ATOM_FILE, JSON_FEED_FILE } from './feeds.ts';
import { CALENDAR_FILE } from './ics-deadlines.ts';
import { DIFFERENCE_FILE } from './manifest.ts';
import type { IndexedEdition } from './search-index.ts';
import { storyYears } from './story-lists.ts';
import type { DigestStories } from './story-summary.ts';
import { WORDING, type Wording } from './wording.ts';

/** What the archive's front door shows, see docs/add-a-template.md. */
export interface ArchiveView {
  readonly lang: InterfaceLanguage;
  readonly labels: Wording['labels'] & ArchiveWording['finder'];
  /** What the list can be narrowed by; null while there is no edition. */
  readonly finder: {
    readonly years: readonly string[];
    readonly topics: readonly Choice[];
    readonly regions: readonly Choice[];
  } | null;
  /** Years of which there is a page with the lives of documents, newest first. */
  readonly lifeYears: readonly string[];
  readonly digests: readonly {
    readonly title: string;
    readonly subtitle: string;
    readonly lang: InterfaceLanguage;
    readonly atomHref: string;
    readonly jsonFeedHref: string;
    /** Lists of its stories by the year in which they were last told, newest first. */
    readonly storyYears: readonly { readonly year: string; readonly href: string }[];
    readonly years: readonly { readonly year: string; readonly editions: readonly ArchiveRow[] }[];
  }[];
}

interface Choice {
  readonly id: string;
  readonly name: string;
}

export interface ArchiveRow {
  readonly folder: string;
  readonly href: string;
  readonly pdfHref: string | null;
  readonly calendarHref: string | null;
  readonly differenceHref: string | null;
  readonly number: string;
  readonly week: string;
  readonly days: string;
  readonly cover: string;
  readonly coverLang: string;
  readonly isEmpty: boolean;
  readonly counts: string;
  readonly coverage: string;
  /** Ids, separated by spaces. */
  readonly topicIds: string;
  readonly regionIds: string;
  /** `修订版 2`; null for a first printing. */
  readonly revision: string | null;
  /** Earlier revisions of the week, newest first. */
  readonly earlier: readonly { readonly href: string; readonly label: string }[];
}

/** What the front door is made of besides the editions themselves. */
export interface ArchiveViewInput {
  /** The page's own language while there is no edition. */
  readonly lang: InterfaceLanguage;
  readonly indexed: readonly IndexedEdition[];
  /** By digest. */
  readonly stories: ReadonlyMap<string, DigestStories>;
  /** Names topics and regions in the page's language, whichever editions name them; absent: as an edition names them. */
  readonly vocabulary?: Pick<Vocabulary, 'topics' | 'regions'>;
}

/** Groups editions by digest and year, newest first; a week's newest revision stands for it. */
export function archiveView(
  editions: readonly ArchivedEdition[],
  { lang, indexed, stories, vocabulary }: ArchiveViewInput,
): ArchiveView {
  const byHash = new Map(indexed.map((edition) => [edition.manifestHash, edition]));
  const groups = byDigest(editions);
  const digests = [...groups].flatMap(([digestId, ofDigest]) => {
    const weeks = [...Map.groupBy(ofDigest, ({ manifest }) => manifest.edition.week).values()].toReversed();
    const newest = ofDigest.at(-1)?.manifest.edition;
    if (newest === undefined) return [];
    const years = Map.groupBy(weeks, ([first]) => first?.manifest.edition.week.slice(0, 4) ?? '');
    return {
      title: newest.title,
      subtitle: newest.subtitle,
      lang: newest.lang,
      atomHref: `${digestId}/${ATOM_FILE}`,
      jsonFeedHref: `${digestId}/${JSON_FEED_FILE}`,
      storyYears: storyYears(stories.get(digestId)?.threads ?? []).map((year) => ({
        year,
        href: `${digestId}/${STORIES_FOLDER}/${year}.html`,
      })),
      years: [...years].map(([year, rows]) => ({
        year,
        editions: rows.flatMap((revisions) => rowOf(revisions, byHash)),
      })),
    };
  });
  const [most] = [...groups.values()].sort((left, right) => right.length - left.length);
  const own = most?.at(-1)?.manifest.edition.lang ?? lang;
  return {
    lang: own,
    labels: { ...WORDING[own].labels, ...ARCHIVE_WORDING[own].finder },
    finder: editions.length === 0 ? null : finderOf(indexed, own, vocabulary),
    lifeYears: yearsOf(livesOf(indexed.flatMap(({ events }) => events))),
    digests,
  };
}

/** What `lives.hbs` sees: the documents with a number of one year, the latest first. */
export interface LivesView {
  readonly lang: InterfaceLanguage;
  readonly labels: ArchiveView['labels'];
  readonly year: string;
  readonly otherYears: readonly string[];
  readonly lives: readonly {
    readonly id: string;
    readonly number: string;
    readonly title: string;
    readonly lang: string;
    readonly events: readonly {
      readonly day: string;
      readonly kind: string;
      readonly title: string;
      readonly lang: string;
      readonly source: string;
      readonly href: string;
      /** The page of its story; null without one and where the event before has the same. */
      readonly storyHref: string | null;
    }[];
  }[];
}

/** One view for each year that has documents with a number. */
export function livesViews({ lang, labels }: ArchiveView, indexed: readonly IndexedEdition[]): LivesView[] {
  const lives = livesOf(indexed.flatMap(({ events }) => events));
  const years = yearsOf(lives);
  return years.map((year) => ({
    lang,
    labels,
    year,
    otherYears: years.filter((other) => other !== year),
    lives: lives
      .filter((life) => life.year === year)
      .map((life) => ({
        ...life,
        events: life.events.map((event, index) => ({
          ...event,
          day: event.on,
          // Once for events of one story that follow each other.
          storyHref: event.story === '' || event.story === life.events[index - 1]?.story ? null : event.story,
          kind: ARCHIVE_WORDING[lang].lifeEvents[event.kind],
        })),
      })),
  }));
}

function yearsOf(lives: readonly Life[]): string[] {
  return [...new Set(lives.map(({ year }) => year))].sort().toReversed();
}

/** Editions by digest, in the order given. */
export function byDigest(editions: readonly ArchivedEdition[]): Map<string, ArchivedEdition[]> {
  return Map.groupBy(editions, ({ manifest }) => manifest.edition.digestId);
}

/** Years, and the topics and regions that occur, the most frequent first. */
function finderOf(
  indexed: readonly IndexedEdition[],
  lang: InterfaceLanguage,
  vocabulary: ArchiveViewInput['vocabulary'],
): NonNullable<ArchiveView['finder']> {
  const names = namesIn(lang, indexed, vocabulary);
  const choices = (idsOf: (edition: IndexedEdition) => readonly string[]): Choice[] => {
    const counts = new Map<string, number>();
    for (const id of indexed.flatMap(idsOf)) counts.set(id, (counts.get(id) ?? 0) + 1);
    return [...counts]
      .sort(([left, many], [right, more]) => more - many || (left < right ? -1 : 1))
      .map(([id]) => ({ id, name: names.get(id) ?? id }));
  };
  return {
    years: [...new Set(indexed.map(({ week }) => week.slice(0, 4)))].sort().toReversed(),
    topics: choices(({ topics }) => topics),
    regions: choices(({ regions }) => regions),
  };
}

/** Names of topics and regions in one language; one that only editions of another language have keeps theirs. */
function namesIn(
  lang: InterfaceLanguage,
  indexed: readonly IndexedEdition[],
  vocabulary: ArchiveViewInput['vocabulary'],
): Map<string, string> {
  const declared = [...(vocabulary?.topics ?? []), ...(vocabulary?.regions ?? [])];
  const namesOf = (isOwn: boolean): [string, string][] =>
    indexed
      .filter((edition) => (edition.lang === lang) === isOwn)
      .flatMap(({ names }) => Object.entries(names));
  return new Map([
    ...namesOf(false),
    ...namesOf(true),
    ...declared.map(({ id, zh, en }): [string, string] => [id, lang === 'en' ? en : zh]),
  ]);
}

function rowOf(
  revisions: readonly ArchivedEdition[],
  indexed: ReadonlyMap<string, IndexedEdition>,
): ArchiveRow[] {
  const newest = revisions.at(-1);
  if (newest === undefined) return [];
  const { edition, files } = newest.manifest;
  const words = WORDING[edition.lang];
  const found = indexed.get(newest.manifestHash);
  const hrefOf = (name: string): string | null =>
    files.some(({ path }) => path === name) ? `${newest.folder}/${name}` : null;
  const label = (revision: number): string => `${words.labels.revision} ${revision}`;
  return [
    {
      folder: newest.folder,
      href: `${newest.folder}/index.html`,
      pdfHref: hrefOf('digest.pdf'),
      calendarHref: edition.datesAhead === 0 ? null : hrefOf(CALENDAR_FILE),
      differenceHref: hrefOf(DIFFERENCE_FILE),
      number: words.editionNumber(edition.number),
      week: words.week(edition.week),
      days: words.days(edition.firstDay, edition.lastDay),
      cover: edition.cover ?? words.labels.emptyTitle,
      coverLang: edition.coverLang ?? edition.lang,
      isEmpty: edition.cover === null,
      counts: words.cover({
        shown: edition.counts.shown,
        documents: edition.newDocuments,
        deadlines: edition.datesAhead,
      }),
      coverage: words.covered(edition.sources),
      topicIds: found?.topics.join(' ') ?? '',
      regionIds: found?.regions.join(' ') ?? '',
      revision: edition.revision === 1 ? null : label(edition.revision),
      earlier: revisions
        .slice(0, -1)
        .toReversed()
        .map(({ folder, manifest }) => ({
          href: `${folder}/index.html`,
          label: label(manifest.edition.revision),
        })),
    },
  ];
}
