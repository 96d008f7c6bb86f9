import type { DocumentId } from '../model/ids.ts';
import type { EditionStories, StoryDate, StoryEvent, StoryItem } from './archive-stories.ts';

/** A story through all the weeks in which a digest told it. */
export interface StoryThread {
  /** Of the edition that told it first; it stays, whatever is told later or made again. */
  readonly id: string;
  /** Other names by which editions link it. */
  readonly otherIds: readonly string[];
  /** Oldest first. */
  readonly weeks: readonly StoryWeek[];
  /** Soonest first. */
  readonly dates: readonly StoryDate[];
}

/** What one week's edition said of it. */
export interface StoryWeek {
  readonly edition: EditionStories;
  readonly tellings: readonly StoryTelling[];
  readonly events: readonly StoryEvent[];
}

export interface StoryTelling {
  readonly edition: EditionStories;
  readonly item: StoryItem;
  /** A later revision of the week no longer tells it. */
  readonly isWithdrawn: boolean;
}

/**
 * Puts together what the editions of a digest say of each story. Items belong together when they have a name in common,
 * or when they tell one week's event in two revisions. Of each week the newest revision counts; what only an older one
 * told stays, marked as withdrawn, because that edition still leads here.
 * @param editions of one digest, every revision, by week and revision
 */
export function storyThreads(editions: readonly EditionStories[]): StoryThread[] {
  const weeks = [...Map.groupBy(editions, ({ week }) => week).values()];
  const names = new Names();
  const tellings = weeks.flatMap((revisions) => tellingsOf(revisions, names));
  const newest = weeks.flatMap((revisions) => revisions.at(-1) ?? []);
  const datesOf = Map.groupBy(standingDates(newest), ({ documentId }) => documentId);
  const eventsOf = Map.groupBy(
    newest.flatMap((edition) => edition.events.map((event) => ({ edition, event }))),
    ({ event }) => event.documentId,
  );
  // By week and revision: the first printing's name comes first, and a later one does not move the page.
  const linked = [...new Set(editions.flatMap(({ items }) => items.map(({ ids }) => ids[0])))];
  const idsOf = Map.groupBy(linked, (name) => names.rootOf(name));
  const threads = Map.groupBy(tellings, ({ item }) => names.rootOf(item.ids[0]));
  return [...idsOf].map(([root, [id = root, ...otherIds]]) => {
    const told = threads.get(root) ?? [];
    const documents = [
      ...new Set(told.flatMap(({ item }) => item.documents.map(({ documentId }) => documentId))),
    ];
    const events = documents.flatMap((documentId) => eventsOf.get(documentId) ?? []);
    return {
      id,
      otherIds,
      weeks: weeksOf(told, events),
      dates: documents.flatMap((documentId) => datesOf.get(documentId) ?? []).sort(byDay),
    };
  });
}

/** The items of a week, the newest revision's first; names of items that tell one event are joined. */
function tellingsOf(revisions: readonly EditionStories[], names: Names): StoryTelling[] {
  const tellings: StoryTelling[] = [];
  const taken = new Map<DocumentId, StoryItem>();
  for (const edition of revisions.toReversed()) {
    const isNewest = edition === revisions.at(-1);
    const before = new Map(taken);
    for (const item of edition.items) {
      names.join(item.ids);
      const ids = item.documents.map(({ documentId }) => documentId);
      // The newer one with the same first document, else one that shares any.
      const newer = ids.map((id) => before.get(id)).find((one) => one !== undefined);
      if (newer !== undefined) names.join([item.ids[0], newer.ids[0]]);
      else tellings.push({ edition, item, isWithdrawn: !isNewest });
      for (const id of ids) if (!taken.has(id)) taken.set(id, item);
    }
  }
  return tellings;
}

function weeksOf(
  tellings: readonly StoryTelling[],
  events: readonly { readonly edition: EditionStories; readonly event: StoryEvent }[],
): StoryWeek[] {
  const editions = [...tellings, ...events].map(({ edition }) => edition);
  const byWeek = Map.groupBy(editions, ({ week }) => week);
  return [...byWeek]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([week, [edition]]) => {
      if (edition === undefined) return [];
      const told = tellings.filter((one) => one.edition.week === week);
      const happened = events.filter((one) => one.edition.week === week).map(({ event }) => event);
      return [{ edition, tellings: told, events: happened.sort(byDay) }];
    });
}

/**
 * The dates as the newest edition that speaks of them has them: a date that a later edition would still have listed,
 * had it stood, was moved or dropped.
 */
function standingDates(editions: readonly EditionStories[]): StoryDate[] {
  const keyOf = ({ documentId, kind }: StoryDate): string => `${documentId} ${kind}`;
  const standing = new Map<string, StoryDate[]>();
  for (const edition of editions)
    for (const [key, rows] of Map.groupBy(edition.dates, keyOf)) {
      const passed = (standing.get(key) ?? []).filter(({ on }) => on <= edition.lastDay);
      standing.set(key, [...passed, ...rows]);
    }
  return [...standing.values()].flat();
}

function byDay(left: { readonly on: string }, right: { readonly on: string }): number {
  return left.on < right.on ? -1 : left.on > right.on ? 1 : 0;
}

/** Names that mean one story. */
class Names {
  readonly #parents = new Map<string, string>();

  rootOf(name: string): string {
    const parent = this.#parents.get(name) ?? name;
    return parent === name ? name : this.rootOf(parent);
  }

  join([one, other]: readonly [string, string]): void {
    const [from, to] = [this.rootOf(one), this.rootOf(other)];
    if (from !== to) this.#parents.set(from, to);
  }
}
