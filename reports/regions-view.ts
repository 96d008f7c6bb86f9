import type { Edition, RegionCount } from '../model/edition.ts';
import { sparkline } from './charts/sparkline.ts';
import { tileMap } from './charts/tile-map.ts';
import type { RegionsView, TrendView } from './edition-view.ts';
import { TREND_WEEKS, usualOf } from './week-counts.ts';
import { WORDING } from './wording.ts';

/** Rows of the table beside the map; further provinces are named in a sentence. */
const ROWS = 10;

/** The map with its table, and the strategic regions; null when no document of the week is about a region. */
export function regionsView({ regions, weeks, lang }: Edition): RegionsView | null {
  const words = WORDING[lang];
  const named = regions.filter(({ documents }) => documents > 0);
  if (named.length === 0) return null;
  const provinces = named.filter(({ tile }) => tile !== undefined).sort(byCount);
  const strategic = named.filter(({ tile }) => tile === undefined).sort(byCount);
  const rest = provinces.slice(ROWS);
  const listed = (all: readonly RegionCount[]) =>
    all.map(({ name, documents }) => words.regionCount(name, documents)).join(words.listComma);
  const isUsualKnown = regions.some(({ usual }) => usual !== undefined);
  return {
    map: tileMap(regions),
    rows: provinces.slice(0, ROWS).map(({ name, documents, usual }) => ({
      name,
      count: String(documents),
      usual: usual === undefined ? null : String(usual),
    })),
    isUsualKnown,
    rest: rest.length === 0 ? null : listed(rest),
    strategic: strategic.length === 0 ? null : listed(strategic),
    note: words.regionsNote(isUsualKnown ? weeks.length - 1 : 0),
  };
}

/** How many documents a topic brought, week by week; null while too few weeks are known. */
export function trendView({ weeks, lang }: Edition, topic: string): TrendView | null {
  const countOf = (week: (typeof weeks)[number]): number => week.byTopic[topic] ?? 0;
  const usual = usualOf(weeks, countOf);
  const now = weeks.at(-1);
  if (usual === undefined || now === undefined) return null;
  return {
    ...sparkline(weeks.map(countOf), TREND_WEEKS),
    label: WORDING[lang].trend(countOf(now), usual, weeks.length - 1),
  };
}

/** Most documents first; equal ones keep the order of the vocabulary. */
function byCount(left: RegionCount, right: RegionCount): number {
  return right.documents - left.documents;
}
