import type { Entry, ScrapeResult } from '../model/entry.ts';
import type { FindingCode } from '../model/finding.ts';
import type { Source } from '../model/source.ts';
import { type FamilySigns, familyChange } from '../scrapers/family-signs.ts';
import { daysBetween } from '../text/calendar.ts';

/** One way in which a list falls short of what its source file promises. */
export interface Shortfall {
  readonly code: FindingCode;
  readonly expected: string;
  readonly seen: string;
}

export interface ListPage {
  readonly url: string;
  readonly text: string;
  readonly families: readonly FamilySigns[];
  /** The day in the source's zone. */
  readonly today: string;
}

/** No list worth reading is longer; a flood must not hold up the other sources. */
const MOST_ENTRIES = 2000;
/** Items of one list told one by one when they cannot be read. */
const MOST_UNREADABLE = 20;

/** What a list owes us, and what it does not give. */
export function shortfallsOf(source: Source, scraped: ScrapeResult, page: ListPage): Shortfall[] {
  const { minEntries, maxAgeDays } = source.expect;
  const { entries, dropped, seen } = scraped;
  const found: Shortfall[] = [];
  const tell = (code: FindingCode, expected: string, shown: string) =>
    found.push({ code, expected, seen: shown });

  for (const { reason, text } of dropped.slice(0, MOST_UNREADABLE))
    tell('LIST_ITEM_UNREADABLE', 'an item with title and address', `${reason}: ${text.slice(0, 120)}`);
  if (dropped.length > MOST_UNREADABLE)
    tell('LIST_ITEM_UNREADABLE', 'items that can be read', `${dropped.length - MOST_UNREADABLE} more`);
  const families = familyChange(source, page.families, page);
  if (families !== undefined)
    tell('LIST_FAMILY_CHANGED', `signs of ${source.family}`, `none of them; signs of ${families.join(', ')}`);
  if (seen === 0) {
    tell('LIST_EMPTY', `at least ${minEntries} entries`, 'none');
    return found;
  }
  if (entries.length < minEntries)
    tell('LIST_FEW_ENTRIES', `at least ${minEntries} entries`, `${entries.length} entries`);
  if (entries.length > MOST_ENTRIES)
    tell('LIST_TOO_LONG', `at most ${MOST_ENTRIES} entries`, `${entries.length}; the newest were taken`);
  const newest = newestDay(entries);
  if (newest !== undefined && daysBetween(newest, page.today) > maxAgeDays)
    tell('LIST_STALE', `newest entry at most ${maxAgeDays} days old`, `newest is of ${newest}`);
  return found;
}

/** The entries that are taken: a very long list is cut at its old end; without dates its own order stands. */
export function takenEntries(entries: readonly Entry[]): readonly Entry[] {
  if (entries.length <= MOST_ENTRIES) return entries;
  const timeOf = ({ published }: Entry) => (published === undefined ? 0 : Date.parse(published.at));
  return entries.toSorted((one, other) => timeOf(other) - timeOf(one)).slice(0, MOST_ENTRIES);
}

function newestDay(entries: readonly Entry[]): string | undefined {
  const days = entries.flatMap((entry) => (entry.published === undefined ? [] : [entry.published.on]));
  return days.sort().at(-1);
}
