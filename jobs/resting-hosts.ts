import type { FetchResult, Http } from '../model/page.ts';
import { hostOf } from '../text/urls.ts';

/** So many failures in a row, and a host is left in peace for the rest of the run. */
const FAILURES_BEFORE_REST = 3;
const HOST_FAULTS = /^(?:FETCH_(?:TIMEOUT|CONNECT|DNS|TLS)|ROBOTS_\w+)$/;

/**
 * Asks through `http`, but no further at a host that has just failed several times: it would cost the run a minute for
 * each page, and a host in trouble is not helped by more questions. What is not asked fails as HOST_RESTING.
 */
export function restingHosts(http: Http): Http {
  const failures = new Map<string, number>();
  return {
    async fetch(request, signal) {
      const host = hostOf(request.url);
      const before = failures.get(host) ?? 0;
      if (before >= FAILURES_BEFORE_REST) return resting(request.url, before);
      const result = await http.fetch(request, signal);
      failures.set(host, isHostFault(result) ? (failures.get(host) ?? 0) + 1 : 0);
      return result;
    },
  };
}

function resting(url: string, count: number): FetchResult {
  const detail = `not asked: its host failed ${count} times in a row in this run`;
  return { outcome: 'failed', url, code: 'HOST_RESTING', detail };
}

/** The host's trouble, not the page's: one broken page says nothing about the next. */
function isHostFault(result: FetchResult): boolean {
  if (result.outcome !== 'failed') return false;
  return HOST_FAULTS.test(result.code) || result.status === 429 || result.status === 503;
}
