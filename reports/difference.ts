import type { AheadRow, DocumentRef, Edition, Item } from '../model/edition.ts';
import { itemsOf } from './check-edition.ts';
import { stableJson } from './stable-json.ts';

/** How an edition differs from the one it revises. Lists are in reading order; nothing is told twice. */
export interface EditionDifference {
  /** Nothing in the edition changed: only how it is set. */
  readonly isSame: boolean;
  readonly added: readonly PlacedItem[];
  readonly removed: readonly PlacedItem[];
  readonly moved: readonly { readonly item: Item; readonly from: Place; readonly to: Place }[];
  readonly rewritten: readonly Rewriting[];
  readonly dates: readonly DateChange[];
  /** Rows of the table of new documents. */
  readonly documentsAdded: readonly DocumentRef[];
  readonly documentsRemoved: readonly DocumentRef[];
  readonly counts: readonly { readonly name: CountName; readonly before: number; readonly after: number }[];
}

export interface PlacedItem {
  readonly item: Item;
  readonly place: Place;
}

/** `lead`, `running` or the id of a section, and how many of the items that both have stand before it there. */
export interface Place {
  readonly id: string;
  /** The section's title; empty for `lead` and `running`. */
  readonly title: string;
  readonly index: number;
}

export interface Rewriting {
  readonly item: Item;
  /** The headline and the sentences before and now, line by line; a line on one side only is undefined on the other. */
  readonly lines: readonly { readonly before?: ChangedText; readonly after?: ChangedText }[];
}

/** A text whose middle is other than its counterpart's. */
export interface ChangedText {
  readonly head: string;
  readonly changed: string;
  readonly tail: string;
}

export interface DateChange {
  readonly document: DocumentRef;
  readonly kind: AheadRow['kind'];
  readonly before?: string;
  readonly after?: string;
}

export type CountName = keyof ReturnType<typeof countsOf>;

/** Compares two editions of one week. */
export function differenceOf(before: Edition, after: Edition): EditionDifference {
  const pairs = pairsOf(before, after);
  const [oldPlaces, newPlaces] = [
    placesOf(before, new Set(pairs.keys())),
    placesOf(after, new Set(pairs.values())),
  ];
  const placed = (item: Item, places: ReadonlyMap<Item, Place>): PlacedItem[] => {
    const place = places.get(item);
    return place === undefined ? [] : [{ item, place }];
  };
  const kept = new Set(pairs.values());
  return {
    isSame: stableJson(before) === stableJson(after),
    added: itemsOf(after)
      .filter((item) => !kept.has(item))
      .flatMap((item) => placed(item, newPlaces)),
    removed: itemsOf(before)
      .filter((item) => !pairs.has(item))
      .flatMap((item) => placed(item, oldPlaces)),
    moved: [...pairs].flatMap(([old, item]) => {
      const [from, to] = [oldPlaces.get(old), newPlaces.get(item)];
      if (from === undefined || to === undefined) return [];
      return from.id === to.id && from.index === to.index ? [] : [{ item, from, to }];
    }),
    rewritten: [...pairs].flatMap(([old, item]) => rewriting(old, item)),
    dates: dateChanges(before, after),
    documentsAdded: rowsOnlyIn(after, before),
    documentsRemoved: rowsOnlyIn(before, after),
    counts: countChanges(before, after),
  };
}

/**
 * Items of both editions that tell the same event, older to newer: those with the same first document, and of the
 * others those that share one.
 */
function pairsOf(before: Edition, after: Edition): Map<Item, Item> {
  const pairs = new Map<Item, Item>();
  const paired = new Set<Item>();
  const pair = (old: Item | undefined, item: Item): void => {
    if (old === undefined || pairs.has(old) || paired.has(item)) return;
    pairs.set(old, item);
    paired.add(item);
  };
  const [olds, items] = [itemsOf(before), itemsOf(after)];
  const idsOf = ({ documents }: Item): string[] => documents.map(({ documentId }) => documentId);
  const byFirst = new Map(olds.map((old) => [idsOf(old)[0], old]));
  for (const item of items) pair(byFirst.get(idsOf(item)[0]), item);
  const byAny = new Map(
    olds.flatMap((old) => (pairs.has(old) ? [] : idsOf(old).map((id) => [id, old] as const))),
  );
  for (const item of items)
    pair(
      idsOf(item)
        .map((id) => byAny.get(id))
        .find((old) => old !== undefined),
      item,
    );
  return pairs;
}

function placesOf(edition: Edition, counted: ReadonlySet<Item>): Map<Item, Place> {
  const places = new Map<Item, Place>();
  const groups = new Map<string, number>();
  for (const item of itemsOf(edition)) {
    const section = edition.sections.find(({ items }) => items.includes(item));
    const id = item === edition.lead ? 'lead' : (section?.id ?? 'running');
    const index = groups.get(id) ?? 0;
    places.set(item, { id, title: section?.title ?? '', index });
    if (counted.has(item)) groups.set(id, index + 1);
  }
  return places;
}

function rewriting(old: Item, item: Item): Rewriting[] {
  const linesOf = ({ headline, sentences }: Item): string[] => [
    headline,
    ...sentences.map(({ text }) => text),
  ];
  const [one, other] = [linesOf(old), linesOf(item)];
  if (one.join('\n') === other.join('\n')) return [];
  return [{ item, lines: changedLines(one, other) }];
}

/** Sets equal lines side by side, and between them what was changed, in order. */
function changedLines(one: readonly string[], other: readonly string[]): Rewriting['lines'] {
  const lines: { before?: ChangedText; after?: ChangedText }[] = [];
  let [left, right] = [0, 0];
  while (left < one.length || right < other.length) {
    // The next line that both have; a handful of sentences needs no cleverer way.
    const next = one.findIndex((line, index) => index >= left && other.indexOf(line, right) >= 0);
    const leftEnd = next < 0 ? one.length : next;
    const rightEnd = next < 0 ? other.length : other.indexOf(one[next] ?? '', right);
    for (let index = 0; index < Math.max(leftEnd - left, rightEnd - right); index += 1)
      lines.push(
        sideBySide(
          left + index < leftEnd ? one[left + index] : undefined,
          right + index < rightEnd ? other[right + index] : undefined,
        ),
      );
    if (next >= 0) lines.push(sideBySide(one[next], one[next]));
    [left, right] = [leftEnd + 1, rightEnd + 1];
  }
  return lines;
}

function sideBySide(
  one: string | undefined,
  other: string | undefined,
): { before?: ChangedText; after?: ChangedText } {
  const whole = (text: string): ChangedText => ({ head: '', changed: text, tail: '' });
  if (one === undefined) return other === undefined ? {} : { after: whole(other) };
  return other === undefined ? { before: whole(one) } : changedMiddle(one, other);
}

const WORD = /^[\p{Script=Latin}\p{Nd}]$/u;

/** Cuts what two texts have in common at both ends, never within a character, a number or a Latin word. */
export function changedMiddle(one: string, other: string): { before: ChangedText; after: ChangedText } {
  const [left, right] = [[...one], [...other]];
  const most = Math.min(left.length, right.length);
  let head = 0;
  while (head < most && left[head] === right[head]) head += 1;
  while (head > 0 && [left, right].some((text) => isWithinWord(text, head))) head -= 1;
  let tail = 0;
  while (tail < most - head && left.at(-1 - tail) === right.at(-1 - tail)) tail += 1;
  while (tail > 0 && [left, right].some((text) => isWithinWord(text, text.length - tail))) tail -= 1;
  const cut = (text: readonly string[]): ChangedText => ({
    head: text.slice(0, head).join(''),
    changed: text.slice(head, text.length - tail).join(''),
    tail: text.slice(text.length - tail).join(''),
  });
  return { before: cut(left), after: cut(right) };
}

function isWithinWord(text: readonly string[], at: number): boolean {
  return WORD.test(text[at - 1] ?? '') && WORD.test(text[at] ?? '');
}

/** Dates that came, went or moved; a date of the same document and kind is the same date moved. */
function dateChanges(before: Edition, after: Edition): DateChange[] {
  const keyOf = ({ kind, document }: AheadRow): string => `${document.documentId} ${kind}`;
  const old = Map.groupBy([...before.ahead, ...before.later], keyOf);
  const now = Map.groupBy([...after.ahead, ...after.later], keyOf);
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((key) => {
    const [olds, nows] = [old.get(key) ?? [], now.get(key) ?? []];
    const gone = olds.filter(({ on }) => !nows.some((row) => row.on === on));
    const come = nows.filter(({ on }) => !olds.some((row) => row.on === on));
    return Array.from({ length: Math.max(gone.length, come.length) }, (_, index): DateChange => {
      const [from, to] = [gone[index], come[index]];
      const row = to ?? from;
      if (row === undefined) throw new RangeError('a change without a date');
      return {
        document: row.document,
        kind: row.kind,
        ...(from === undefined ? {} : { before: from.on }),
        ...(to === undefined ? {} : { after: to.on }),
      };
    });
  });
}

function rowsOnlyIn(one: Edition, other: Edition): DocumentRef[] {
  const known = new Set(other.newDocuments.map(({ document }) => document.documentId));
  return one.newDocuments.map(({ document }) => document).filter(({ documentId }) => !known.has(documentId));
}

function countsOf({ counts, newDocuments, ahead, later, changes, coverage }: Edition) {
  return {
    seen: counts.seen,
    shown: counts.shown,
    folded: counts.folded,
    leftOut: counts.leftOut,
    newDocuments: newDocuments.length,
    ahead: ahead.length + later.length,
    changes: changes.length,
    due: coverage.due,
    answered: coverage.answered,
    refused: coverage.refused,
    failed: coverage.failed,
    problems: coverage.problems.length,
  };
}

function countChanges(before: Edition, after: Edition): EditionDifference['counts'] {
  const [old, now] = [countsOf(before), countsOf(after)];
  // Both are made by the same function, so they have the same names.
  const names = Object.keys(now) as CountName[];
  return names
    .filter((name) => old[name] !== now[name])
    .map((name) => ({ name, before: old[name], after: now[name] }));
}
