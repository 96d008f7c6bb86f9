const MINUTE_MS = 60_000;
/** More domains than this are looked through for those that rest. */
const MOST_BUCKETS = 1000;

/** How fast mail may go out: in total, and to each domain. */
export interface Throttle {
  /** `yes` uses up one mail of the total and of the domain; the others use up nothing and say which is exhausted. */
  take(domain: string, now: Date): 'yes' | 'total' | 'domain';
  /**
   * Lets nothing out between two instants: the server refuses us, and asking again at once helps nobody. A clock that
   * was put back to before the first lets mail out again.
   */
  hold(from: Date, until: Date): void;
  isHeld(now: Date): boolean;
}

interface Bucket {
  tokens: number;
  at: number;
}

/**
 * Token buckets that hold one minute's worth and fill evenly: what was not sent in a quiet minute is not made up for.
 * A rate of 0 is no limit.
 */
export function createThrottle(rates: {
  readonly perMinute: number;
  readonly domainPerMinute: number;
}): Throttle {
  const buckets = new Map<string, Bucket>();
  let held = { from: 0, until: 0 };
  const filled = (key: string, rate: number, now: number): Bucket => {
    const before = buckets.get(key) ?? { tokens: rate, at: now };
    const since = Math.max(0, now - before.at);
    // One that is full is like one that was never used: strangers' domains are not kept for years.
    if (buckets.size >= MOST_BUCKETS) {
      for (const [name, { at }] of buckets) if (now - at >= MINUTE_MS) buckets.delete(name);
    }
    const bucket = { tokens: Math.min(rate, before.tokens + (since * rate) / MINUTE_MS), at: now };
    buckets.set(key, bucket);
    return bucket;
  };
  return {
    take(domain, now) {
      const at = now.getTime();
      const total = rates.perMinute === 0 ? undefined : filled('', rates.perMinute, at);
      const own = rates.domainPerMinute === 0 ? undefined : filled(domain, rates.domainPerMinute, at);
      if (total !== undefined && total.tokens < 1) return 'total';
      if (own !== undefined && own.tokens < 1) return 'domain';
      if (total !== undefined) total.tokens -= 1;
      if (own !== undefined) own.tokens -= 1;
      return 'yes';
    },
    hold(from, until) {
      held = { from: from.getTime(), until: until.getTime() };
    },
    isHeld: (now) => now.getTime() >= held.from && now.getTime() < held.until,
  };
}
