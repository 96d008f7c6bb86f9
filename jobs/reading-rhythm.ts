const HOUR_MS = 3_600_000;
/** Days after which a page is read again: edits come early; later ones are rare but matter. */
const READ_AGAIN_DAYS = [1, 3, 7, 30, 90] as const;
/** Hours before a page that could not be read is asked again. */
const TRY_AGAIN_HOURS = [1, 6, 24, 72] as const;

/** When a page that has been read `reads` times before is due again; undefined once that was often enough. */
export function nextReading(reads: number, now: Date): string | undefined {
  const days = READ_AGAIN_DAYS[reads];
  return days === undefined ? undefined : later(now, days * 24);
}

/**
 * When a page that failed now, after `failures` times before in a row, is tried again. A page that was read once is not
 * given up for its failures: it waits for the next reading of its rhythm.
 */
export function nextTry(failures: number, reads: number, now: Date): string | undefined {
  const hours = TRY_AGAIN_HOURS[failures];
  if (hours !== undefined) return later(now, hours);
  return reads === 0 ? undefined : nextReading(reads + failures - TRY_AGAIN_HOURS.length, now);
}

/** When a known page that is gone or refused is looked for again: it may come back, and a no may be a mistake. */
export function nextLook(failures: number, reads: number, now: Date): string | undefined {
  return reads === 0 ? undefined : nextReading(reads + failures, now);
}

function later(now: Date, hours: number): string {
  return new Date(now.getTime() + hours * HOUR_MS).toISOString();
}
