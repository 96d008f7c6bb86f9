/** Query keys that only track where a reader came from; they never choose the content. */
const TRACKING = /^(?:utm_[a-z]+|spm|from|isappinstalled|share_token|fbclid|gclid|mc_[ce]id|_t|timestamp)$/i;
const INDEX_PAGE = /\/(?:index|default)\.(?:s?html?|jsp|aspx?|php)$/i;

/** The absolute http(s) address of a link found on a page; undefined for javascript:, mailto: and the like. */
export function absoluteUrl(link: string, base: string): string | undefined {
  const trimmed = link.trim();
  if (trimmed === '' || trimmed.startsWith('#')) return undefined;
  const url = URL.parse(trimmed, base);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined;
  return url.href;
}

/**
 * One spelling for addresses that open the same thing: no scheme, fragment, `www.`, default index page, tracking
 * parameters or trailing slash; query sorted. For comparing only, never for fetching.
 */
export function canonicalUrl(address: string): string {
  const url = URL.parse(address);
  if (url === null) return address;
  const kept = [...url.searchParams].filter(([key]) => !TRACKING.test(key)).sort(byText);
  const query = kept.length === 0 ? '' : `?${new URLSearchParams(kept).toString()}`;
  const path = url.pathname
    .replace(INDEX_PAGE, '/')
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '');
  const port = url.port === '' ? '' : `:${url.port}`;
  return `${url.hostname.replace(/^www\./, '')}${port}${path}${query}`;
}

/** Lower-case host name without port; empty for something that is no address. */
export function hostOf(address: string): string {
  return URL.parse(address)?.hostname ?? '';
}

function byText(left: [string, string], right: [string, string]): number {
  return `${left[0]}=${left[1]}` < `${right[0]}=${right[1]}` ? -1 : 1;
}
