import type { Publication } from '../../model/publication.ts';
import { dayOf, daysBetween } from '../../text/calendar.ts';
import { readPublication } from '../../text/dates.ts';
import { type DateLine, dateLines } from './date-lines.ts';
import { markedDates } from './marked-dates.ts';
import { type OpenPage, selectText } from './page.ts';
import * as stated from './stated-dates.ts';

/** A date and how much it counts. Of equal days the earlier witness tells the time, of equal weights it wins. */
interface Witness {
  readonly publication: Publication;
  readonly weight: number;
}

/** A shown line of this score is named as a date beside the title, or labelled. */
const SURE_LINE = 5;
const GOOD_LINE = 3;
const FAIR_LINE = 2;
/** The weight of one statement that nothing else confirms. */
const SINGLE = 3;
/** Below this a line stands in another text's box twice over; even as the only date of a page it is not the page's. */
const FARTHEST = -3;

/**
 * When the page says it was published. Source rules and labels are taken at their word; else meta elements, JSON-LD, the
 * lines shown to readers, the list and the address are weighed, for any of them may be wrong: search engine fields tell of
 * another page, lines beside the title tell of today. Nothing undated gets a date invented.
 */
export function findPublication(page: OpenPage, title: string | undefined): Publication | undefined {
  const certain = ruledDate(page) ?? labelledDate(page);
  if (certain !== undefined) return certain;
  const lines = dateLines(page, title);
  const listed = listedWitnesses(page);
  const found = heaviest([...statedWitnesses(page), ...shownWitnesses(page, lines), ...listed]);
  if (found === undefined) return stated.scriptDate(page) ?? stated.describedDate(page);
  const isListed = listed.some(({ publication }) => publication.on === found.publication.on);
  return !isListed && isContradicted(found, lines) ? undefined : onOwnDay(page, found.publication, lines);
}

function ruledDate({ $, source }: OpenPage): Publication | undefined {
  const text = selectText($, source.article.date);
  return text === undefined ? undefined : readPublication(text, source.zone, 'source');
}

function labelledDate({ labels, source }: OpenPage): Publication | undefined {
  const label = labels.get('publishedOn');
  return label === undefined ? undefined : readPublication(label.value, source.zone, `label:${label.label}`);
}

function statedWitnesses(page: OpenPage): readonly Witness[] {
  const news = stated.newsDate(page);
  const marked = markedDates(page);
  return weighed([
    [stated.publishedMeta(page), 3],
    [news, 3],
    [news === undefined ? stated.jsonLdDate(page) : undefined, 1.5],
    [marked.published, 2],
    [stated.vagueMeta(page) ?? marked.updated, 1.5],
  ]);
}

/** The surest line counts, and one that says when the page changed where no line says when it was published. */
function shownWitnesses(page: OpenPage, lines: readonly DateLine[]): readonly Witness[] {
  const plain = lines.filter(({ role }) => role !== 'changed');
  const [first, ...others] = plain.filter(({ score }) => score >= 0);
  if (first !== undefined) {
    // The best line of each further day; of two lines as sure as each other, one that something else confirms wins.
    const days = new Map(others.toReversed().map((line) => [line.publication.on, line]));
    days.delete(first.publication.on);
    const further = [...days.values()].map((line) => {
      return {
        publication: line.publication,
        weight: line.score < first.score ? 0.5 : lineWeight(line) - 0.5,
      };
    });
    return [{ publication: first.publication, weight: lineWeight(first) }, ...further];
  }
  const [only] = plain;
  if (
    only !== undefined &&
    only.score >= FARTHEST &&
    lines.every(({ publication }) => publication.on === only.publication.on)
  )
    return [{ publication: only.publication, weight: 0.5 }];
  const [changed] = lines.filter(({ role, score }) => role === 'changed' && score >= 0);
  if (changed === undefined || (stated.isStanding(page) && stated.jsonLdDate(page) === undefined)) return [];
  return [{ publication: changed.publication, weight: changed.score >= FAIR_LINE ? 2 : 1 }];
}

function lineWeight({ role, score }: DateLine): number {
  const base = score >= SURE_LINE ? 3 : score >= GOOD_LINE ? 2 : 1;
  return role === 'published' && score >= GOOD_LINE ? base + 1 : base;
}

function listedWitnesses(page: OpenPage): readonly Witness[] {
  return weighed([
    [page.entry?.published, 2],
    [stated.addressDate(page), 2],
  ]);
}

function weighed(pairs: readonly (readonly [Publication | undefined, number])[]): readonly Witness[] {
  return pairs.flatMap(([publication, weight]) =>
    publication === undefined ? [] : [{ publication, weight }],
  );
}

function heaviest(witnesses: readonly Witness[]): Witness | undefined {
  const weights = new Map<string, number>();
  for (const { publication, weight } of witnesses)
    weights.set(publication.on, (weights.get(publication.on) ?? 0) + weight);
  const [day, weight = 0] = [...weights].sort((left, right) => right[1] - left[1])[0] ?? [];
  const same = witnesses.map(({ publication }) => publication).filter(({ on }) => on === day);
  const publication = same.find(({ precision }) => precision !== 'day') ?? same[0];
  return publication === undefined ? undefined : { publication, weight };
}

/**
 * True when readers are surely shown another day than the one stated for machines: one of them is wrong, and the page does
 * not say which. A fair line is enough against a single statement.
 */
function isContradicted({ publication, weight }: Witness, lines: readonly DateLine[]): boolean {
  const least = weight > SINGLE ? SURE_LINE : GOOD_LINE;
  const sure = lines.filter(({ role, score }) => role !== 'changed' && score >= least);
  return sure.length > 0 && !sure.some((line) => isNear(line.publication.on, publication.on));
}

/** The same day, or the next one in another zone. */
function isNear(left: string, right: string): boolean {
  return Math.abs(daysBetween(left, right)) <= 1;
}

/**
 * An instant in UTC may fall on the day before or after in the place of a site whose zone is not known; the day shown to
 * readers, else the day in the address, then says which it was there.
 */
function onOwnDay(page: OpenPage, found: Publication, lines: readonly DateLine[]): Publication {
  if (found.precision === 'day' || page.source.zone !== 'UTC' || !found.at.startsWith(found.on)) return found;
  const address = stated.addressDate(page)?.on;
  const shown = lines.filter(({ score }) => score >= GOOD_LINE).map(({ publication }) => publication.on);
  if (address === found.on || shown.includes(found.on)) return found;
  const [first] = lines.filter(({ role, score }) => role !== 'changed' && score >= GOOD_LINE);
  const own = first?.publication.on ?? address;
  return own !== undefined && isNear(dayOf(found.at, 'UTC'), own) ? { ...found, on: own } : found;
}
