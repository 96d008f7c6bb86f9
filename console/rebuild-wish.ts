import type { Clock } from '../model/clock.ts';
import type { Digest } from '../model/digest.ts';
import { UsageError } from '../model/errors.ts';
import type { RebuildRequest, RebuildWish } from '../model/rebuild.ts';
import { periodOfWeek } from '../text/calendar.ts';

/** What a form or a program sends to ask for a rebuild. */
export interface WishInput {
  readonly digest?: unknown;
  readonly week?: unknown;
  readonly from?: unknown;
  /** A program may publish without a look before; a page never does. */
  readonly publish?: unknown;
}

/**
 * The wish behind a request.
 * @throws UsageError DIGEST_UNKNOWN, WEEK_INVALID, REQUEST_INVALID, each saying what to send instead
 */
export function readWish(
  { digest, week, from = 'kept', publish = false }: WishInput,
  { digests, clock }: { readonly digests: readonly Digest[]; readonly clock: Clock },
): RebuildWish {
  const chosen = digests.find(({ id }) => id === digest);
  if (chosen === undefined) {
    const known = digests.map(({ id }) => id).join(', ');
    throw new UsageError('DIGEST_UNKNOWN', `"digest" must be one of ${known}`);
  }
  if (typeof week !== 'string' || !hasBegun(week, chosen.zone, clock.now()))
    throw new UsageError('WEEK_INVALID', '"week" must be an ISO week that has begun, for instance 2026-W47');
  if (from !== 'kept' && from !== 'snapshots')
    throw new UsageError('REQUEST_INVALID', '"from" must be "kept" or "snapshots"');
  if (typeof publish !== 'boolean')
    throw new UsageError('REQUEST_INVALID', '"publish" must be true or false');
  return { digestId: chosen.id, week, from, aim: publish ? 'publish' : 'look' };
}

/**
 * Publishes what a finished look has shown, and only that.
 * @throws UsageError NOTHING_TO_PUBLISH when there is no draft that differs from the archive
 */
export function publishingWish({ digestId, week, aim, outcome }: RebuildRequest): RebuildWish {
  if (aim !== 'look' || outcome === undefined || outcome.isPublished) {
    throw new UsageError(
      'NOTHING_TO_PUBLISH',
      `${digestId} ${week}: this rebuild has no draft that waits for publication`,
    );
  }
  return { digestId, week, from: 'kept', aim: 'publish', expected: outcome.contentHash };
}

function hasBegun(week: string, zone: string, now: Date): boolean {
  try {
    return Date.parse(periodOfWeek(week, zone).from) <= now.getTime();
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
