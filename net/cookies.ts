/** The cookies a run was given, by host; forgotten with the process. Some portals answer only to their own first cookie. */
export interface Cookies {
  take(scope: string, url: URL, setCookie: string | readonly string[] | undefined): void;
  /** The Cookie field for a request; undefined when there is none. */
  give(scope: string, url: URL): string | undefined;
}

interface Cookie {
  readonly value: string;
  readonly secure: boolean;
}

const MAX_JARS = 500;
const MAX_COOKIES = 50;
const MAX_BYTES = 4096;

/** Host-only cookies, kept apart by scope (the run) and host; Domain and Path are not honoured, so nothing is shared. */
export function createCookies(nowMs: () => number): Cookies {
  const jars = new Map<string, Map<string, Cookie>>();
  return {
    take(scope, url, setCookie) {
      if (setCookie === undefined) return;
      const key = `${scope} ${url.host}`;
      const jar = jars.get(key) ?? new Map<string, Cookie>();
      for (const field of [setCookie].flat()) {
        const [pair = '', ...attributes] = field.split(';').map((part) => part.trim());
        const equals = pair.indexOf('=');
        if (equals < 1 || pair.length > MAX_BYTES || /[^\x20-\x7e]/.test(pair)) continue;
        const name = pair.slice(0, equals);
        jar.delete(name);
        if (isExpired(attributes, nowMs()) || jar.size >= MAX_COOKIES) continue;
        jar.set(name, {
          value: pair.slice(equals + 1),
          secure: attributes.some((one) => /^secure$/i.test(one)),
        });
      }
      // Newest last, so that the oldest jar is the first to go.
      jars.delete(key);
      jars.set(key, jar);
      const [oldest] = jars.keys();
      if (jars.size > MAX_JARS && oldest !== undefined) jars.delete(oldest);
    },
    give(scope, url) {
      const jar = jars.get(`${scope} ${url.host}`);
      if (jar === undefined) return undefined;
      const pairs = [...jar]
        .filter(([, cookie]) => !cookie.secure || url.protocol === 'https:')
        .map(([name, cookie]) => `${name}=${cookie.value}`);
      return pairs.length === 0 ? undefined : pairs.join('; ');
    },
  };
}

function isExpired(attributes: readonly string[], nowMs: number): boolean {
  const attribute = (name: string) =>
    attributes.find((one) => one.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
  const maxAge = attribute('max-age');
  if (maxAge !== undefined) return Number(maxAge) <= 0;
  return Date.parse(attribute('expires') ?? '') <= nowMs;
}
