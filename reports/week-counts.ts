import { type Document, isRerelease } from '../model/document.ts';
import type { ComposeInput, RegionCount, WeekCounts } from '../model/edition.ts';
import { isWithin } from '../model/period.ts';
import type { Region } from '../model/vocabulary.ts';
import { isSelected, topicsFor } from './select-stories.ts';

/** What counting asks of a document; its text is not read. */
export type CountedDocument = Pick<
  Document,
  'sourceId' | 'lang' | 'topics' | 'regions' | 'published' | 'issuedOn'
>;

/** Weeks of a trend, the edition's own among them. */
export const TREND_WEEKS = 12;

/** Earlier weeks with documents below which "the usual" is not known. */
const KNOWN_WEEKS = 4;

/** Counts a week's documents as the digest tells them: selected, on topic, not put online again. */
export function weekCounts(
  week: string,
  documents: readonly CountedDocument[],
  input: Pick<ComposeInput, 'digest' | 'sources' | 'vocabulary'>,
): WeekCounts {
  const byTopic: Record<string, number> = {};
  const byRegion: Record<string, number> = {};
  let count = 0;
  for (const document of documents) {
    const [topic] = topicsFor(document, input.digest.select);
    if (topic === undefined || isRerelease(document) || !isSelected(document, input)) continue;
    count += 1;
    add(byTopic, topic);
    const speaksFor = input.sources.get(document.sourceId)?.region;
    for (const region of new Set([...document.regions, ...(speaksFor === undefined ? [] : [speaksFor])]))
      add(byRegion, region);
  }
  return { week, documents: count, byTopic: sorted(byTopic), byRegion: sorted(byRegion) };
}

/** Up to twelve weeks, the edition's own last; weeks before the first one with documents are not known. */
export function weeksOf(input: ComposeInput): readonly WeekCounts[] {
  const { period, history = [], stories } = input;
  const ofTheWeek = stories
    .flatMap(({ documents }) => documents)
    .filter(({ published }) => published !== undefined && isWithin(period, published.at));
  const recent = history.slice(-(TREND_WEEKS - 1));
  const first = recent.findIndex(({ documents }) => documents > 0);
  return [...(first < 0 ? [] : recent.slice(first)), weekCounts(period.week, ofTheWeek, input)];
}

/** Mean of the weeks before the last one; undefined while too few are known. */
export function usualOf(
  weeks: readonly WeekCounts[],
  count: (week: WeekCounts) => number,
): number | undefined {
  const earlier = weeks.slice(0, -1);
  if (earlier.length < KNOWN_WEEKS) return undefined;
  const mean = earlier.reduce((sum, week) => sum + count(week), 0) / earlier.length;
  return Math.round(mean * 10) / 10;
}

/** Every province on the map and the strategic regions named this week. */
export function regionCounts(weeks: readonly WeekCounts[], input: ComposeInput): RegionCount[] {
  const last = weeks.at(-1);
  return input.vocabulary.regions.flatMap((region) => {
    const documents = last?.byRegion[region.id] ?? 0;
    if (region.tile === undefined && documents === 0) return [];
    const usual = usualOf(weeks, ({ byRegion }) => byRegion[region.id] ?? 0);
    return [
      {
        id: region.id,
        name: input.digest.lang === 'en' ? region.en : region.zh,
        mark: markOf(region, input.digest.lang),
        ...(region.tile === undefined ? {} : { tile: region.tile }),
        documents,
        ...(usual === undefined ? {} : { usual }),
      },
    ];
  });
}

/** ISO 3166-2 ends in the letters by which a province is known in Latin script. */
function markOf({ id, short, zh }: Region, lang: 'zh-CN' | 'en'): string {
  return lang === 'en' ? (id.split('-')[1] ?? id) : (short ?? zh.slice(0, 1));
}

function add(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

function sorted(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).sort(([left], [right]) => (left < right ? -1 : 1)));
}
