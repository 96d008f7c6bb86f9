import { placeFacts } from '../scrapers/draft.ts';
import type { SourceDraft } from './propose-source.ts';

/** A feed as a list of subscriptions names it. */
export interface NamedFeed {
  readonly title: string;
  readonly url: string;
  readonly homepage?: string;
  readonly lang?: string;
  /** Where the address does not tell it. */
  readonly country?: string;
}

/** A source file, switched off, for a feed that nobody has looked at; undefined when its country is not known. */
export function feedDraft(feed: NamedFeed, isTaken: (id: string) => boolean): SourceDraft | undefined {
  const facts = placeFacts(`<title>${feed.title}</title>`, feed.url);
  const country = (facts.country ?? feed.country)?.toUpperCase();
  if (country === undefined) return undefined;
  const wanted = facts.id.replace(/^[a-z]+/, country.toLowerCase());
  let id = wanted;
  for (let number = 2; isTaken(id); number += 1) id = `${wanted}-${number}`;
  return {
    id,
    name: feed.title,
    nameEn: feed.title,
    publisher: feed.title,
    country,
    lang: feed.lang ?? facts.lang,
    trust: facts.trust,
    kind: 'feed',
    enabled: false,
    disabledReason: 'imported from a list of subscriptions; nobody has looked at it yet',
    url: feed.url,
    ...(feed.homepage !== undefined && { homepage: feed.homepage }),
    evidence: [{ note: 'from an OPML file' }],
  };
}
