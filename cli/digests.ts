import type { Digest } from '../model/digest.ts';
import { UsageError } from '../model/errors.ts';
import { addWeeks, periodOfWeek, weeksBetween } from '../text/calendar.ts';

/** Longer ranges are almost surely a slip of the finger. */
const MOST_WEEKS = 260;

/**
 * The digests named by `ids`, or every enabled one.
 * @throws UsageError DIGEST_UNKNOWN
 */
export function chooseDigests(digests: readonly Digest[], ids: readonly string[] | undefined): Digest[] {
  if (ids === undefined || ids.length === 0) return digests.filter((digest) => digest.enabled);
  return ids.map((id) => {
    const digest = digests.find((candidate) => candidate.id === id);
    if (digest === undefined) {
      const known = digests.map((candidate) => candidate.id).join(', ');
      throw new UsageError('DIGEST_UNKNOWN', `there is no digest "${id}"; known are: ${known}`);
    }
    return digest;
  });
}

/**
 * `2026-W47` or a range `2018-W45..2019-W07`, both ends included.
 * @throws UsageError WEEK_INVALID
 */
export function parseWeeks(text: string): string[] {
  const [first = '', last = first, ...rest] = text.split('..');
  try {
    if (rest.length > 0) throw new RangeError(`${text} has more than one ".."`);
    for (const week of [first, last]) periodOfWeek(week, 'UTC');
    const count = weeksBetween(first, last, 'UTC') + 1;
    if (count < 1) throw new RangeError(`${last} comes before ${first}`);
    if (count > MOST_WEEKS)
      throw new RangeError(`${count} weeks at once are too many (at most ${MOST_WEEKS})`);
    return Array.from({ length: count }, (_, index) => addWeeks(first, index, 'UTC'));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError('WEEK_INVALID', `${error.message}; write 2026-W47 or 2018-W45..2019-W07`);
  }
}
