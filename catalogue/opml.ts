import type { Source } from '../model/source.ts';
import { foldSpace, parseXml } from '../text/html.ts';

/** One subscription of an OPML list. */
export interface OpmlFeed {
  readonly title: string;
  readonly xmlUrl: string;
  readonly htmlUrl?: string;
  readonly lang?: string;
}

/** The feeds of an OPML file (1.0 to 2.0), groups flattened; rows without an http address are left out. */
export function readOpml(text: string): readonly OpmlFeed[] {
  const $ = parseXml(text);
  const feeds = $('outline')
    .toArray()
    .flatMap((node): OpmlFeed[] => {
      // Readers write xmlUrl, xmlurl and XMLURL.
      const attributes = Object.entries(node.attribs).map(([key, value]) => [key.toLowerCase(), value]);
      const row = Object.fromEntries(attributes) as Readonly<Record<string, string>>;
      const xmlUrl = httpAddress(row.xmlurl);
      if (xmlUrl === undefined) return [];
      const htmlUrl = httpAddress(row.htmlurl);
      const lang = foldSpace(row.language ?? '');
      return [
        {
          title: foldSpace(row.title || row.text || xmlUrl),
          xmlUrl,
          ...(htmlUrl !== undefined && { htmlUrl }),
          ...(lang !== '' && lang !== 'unknown' && { lang }),
        },
      ];
    });
  return feeds.filter((feed, index) => feeds.findIndex(({ xmlUrl }) => xmlUrl === feed.xmlUrl) === index);
}

/** The feeds among the sources as OPML 2.0, one group a country. Other kinds have no address that a feed reader reads. */
export function writeOpml(sources: readonly Source[], title: string): string {
  const feeds = sources.filter((source) => source.enabled && source.scrape.kind === 'feed');
  const countries = [...new Set(feeds.map((source) => source.country))].sort();
  const groups = countries.map((country) => {
    const rows = feeds.filter((source) => source.country === country).map(outlineOf);
    return `    <outline text="${escaped(country)}">\n${rows.join('\n')}\n    </outline>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head><title>${escaped(title)}</title></head>
  <body>
${groups.join('\n')}
  </body>
</opml>
`;
}

function outlineOf({ name, url, homepage, lang }: Source): string {
  const page = homepage === undefined ? '' : ` htmlUrl="${escaped(homepage)}"`;
  return `      <outline type="rss" text="${escaped(name)}" title="${escaped(name)}" xmlUrl="${escaped(url)}"${page} language="${escaped(lang)}"/>`;
}

function httpAddress(text: string | undefined): string | undefined {
  const url = URL.parse((text ?? '').trim());
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : undefined;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
