import type { Tables } from '../db/store.ts';
import type { Digest } from '../model/digest.ts';
import type { Period } from '../model/period.ts';
import { addWeeks, periodOfWeek } from '../text/calendar.ts';

/** The Monday reading that an edition waits for still belongs to its week; later ones belong to the next. */
const GRACE_MS = 24 * 3_600_000;

/** What was seen after `after` and not later than `until` is an edition's to tell: no gap and no overlap between weeks. */
export interface SeenWindow {
  /** UTC ISO instant, exclusive. */
  readonly after: string;
  /** UTC ISO instant, inclusive. */
  readonly until: string;
}

/**
 * The stretch of observation that belongs to a week: from the moment the last edition was closed to the moment this one
 * is. Read from what is on record, so that a rebuild years later tells the same.
 */
export async function seenWindow(
  tables: Pick<Tables, 'editions'>,
  digest: Digest,
  period: Period,
  now: Date,
): Promise<SeenWindow> {
  const before = periodOfWeek(addWeeks(period.week, -1, digest.zone), digest.zone);
  const closed = await closedAt(tables, digest, before);
  const latest = latestClose(period);
  const until = (await closedAt(tables, digest, period)) ?? earlier(now.toISOString(), latest);
  return { after: closed ?? latestClose(before), until };
}

/** When a week's edition was closed: its first publication after the week had ended, at most a day later. */
async function closedAt(
  tables: Pick<Tables, 'editions'>,
  digest: Digest,
  period: Period,
): Promise<string | undefined> {
  const at = await tables.editions.firstPublishedSince(digest.id, period.week, period.to);
  return at === undefined ? undefined : earlier(at, latestClose(period));
}

function latestClose(period: Period): string {
  return new Date(Date.parse(period.to) + GRACE_MS).toISOString();
}

/** UTC ISO texts sort as times do. */
function earlier(left: string, right: string): string {
  return left < right ? left : right;
}
