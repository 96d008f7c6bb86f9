import type { SourceId } from './ids.ts';

/** How far a publisher's word counts as official. */
export type Trust = 'government' | 'stateMedia' | 'media';

/**
 * Where in an item a value stands: a CSS selector, optionally followed by `@attribute`; `@attribute` alone reads the
 * item itself, `.` is the item's own text, `@#comment` what HTML comments say. Several alternatives are tried in order.
 */
export type Selector = readonly string[];

/** Shared by every kind that reads a list out of HTML. */
export interface ListRules {
  readonly item: string;
  readonly title: Selector;
  readonly link: Selector;
  /** Absent: the list shows no dates (then `dateInLink` or the page must tell). */
  readonly date?: Selector;
  /** The date is part of each address (`/202106/t20210621_1.html`, `/2021-06/21/…`). */
  readonly dateInLink?: boolean;
  /** CSS of headings that date the items after them (`<summary>2026年08月19日</summary><ul>…`). */
  readonly heading?: string;
  readonly issuer?: Selector;
  /** Only links matching this pattern are items. */
  readonly linkPattern?: string;
  /** Rows whose title matches are no items (the editors' names below a newspaper page). */
  readonly skip?: string;
}

/**
 * A page that is asked for first: some lists answer only to its cookie, and some pages tell only in a script where
 * their list lies. With neither `unit` nor `find` it is fetched for its cookie alone.
 */
export interface PrimeRules {
  /** @default the source's homepage, else its address: the column page that a reader opens */
  readonly url?: string;
  /** CSS of an element that names the list in its attributes `url` and `querydata` (Hanweb JPaaS). */
  readonly unit?: string;
  /** Where on the page the list's address, or a part of it, stands. */
  readonly find?: Selector;
  /** Applied to what `find` read; its groups fill `address`. */
  readonly pattern?: string;
  /** The list's address with `{1}` for the first group; absent: what was found is the address. */
  readonly address?: string;
}

/** How to ask for the list; GET of `url` when absent. */
export interface RequestRules {
  readonly method?: 'GET' | 'POST';
  /** Sent as application/x-www-form-urlencoded (POST) or added to the query (GET). */
  readonly form?: Readonly<Record<string, string | readonly string[]>>;
  /** Sent as JSON (POST). */
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly prime?: PrimeRules;
}

/** Field paths in a JSON answer, dot separated; `urls.pc` also looks into a JSON text. */
export interface JsonRules {
  readonly items: string;
  readonly title: Selector;
  readonly link: Selector;
  readonly date?: Selector;
  readonly summary?: Selector;
  readonly issuer?: Selector;
  /** The whole text as HTML, when the answer carries it. */
  readonly body?: Selector;
  /** The source's own id of the item. */
  readonly guid?: Selector;
  /** Only links matching this pattern are items. */
  readonly linkPattern?: string;
}

export type Scrape =
  | { readonly kind: 'feed' }
  | { readonly kind: 'listing'; readonly list: ListRules }
  /** A sitemap (sitemaps.org, with or without the news extension); only addresses matching `linkPattern` are items. */
  | { readonly kind: 'sitemap'; readonly linkPattern?: string }
  | { readonly kind: 'api'; readonly json: JsonRules }
  /** An answer that wraps an HTML fragment: `in` is a JSON path (JPaaS `data.html`) or `xml:record` (Hanweb CDATA). */
  | { readonly kind: 'api'; readonly fragment: string; readonly list: ListRules }
  /** A page whose list is filled by script: wait for `waitFor`, then read like a listing. */
  | { readonly kind: 'browser'; readonly waitFor: string; readonly list: ListRules };

export type SourceKind = Scrape['kind'];

/** What is known about the pages that the list links to. All optional: generic extraction fills the rest. */
export interface ArticleRules {
  readonly title?: Selector;
  readonly body?: Selector;
  readonly date?: Selector;
  readonly issuer?: Selector;
  readonly attachments?: Selector;
  /** The address of a view of the whole article on one page (`a.print@href`), read in place of its pages. */
  readonly wholePage?: Selector;
  /** Read the item from the list alone (feeds that carry the whole text, APIs with abstracts). */
  readonly fromEntry?: boolean;
}

/**
 * Where a list goes on. Asked for only while nearly all items of the page before were new, so that nothing is missed
 * after days without a visit; a page that does not exist is the end.
 */
export interface PagingRules {
  /** Relative to the list's address, `{n}` is the number: `index_{n}.html`. */
  readonly address?: string;
  /** In place of an address: the field of the request's form or JSON that carries the number. */
  readonly field?: string;
  /** The number of the second page. */
  readonly second: number;
  /** Pages in all. */
  readonly max: number;
}

/** Held against every run; what falls short becomes a finding. */
export interface Expectations {
  readonly minEntries: number;
  /** The newest entry may be at most this old. */
  readonly maxAgeDays: number;
}

/** A public place where the facts of a source file were seen. */
export interface Evidence {
  readonly repo?: string;
  readonly path?: string;
  readonly date?: string;
  readonly note?: string;
}

/** A place that publishes, as declared in `sources/<country>/<id>.yml` (family defaults already merged in). */
export interface Source {
  readonly id: SourceId;
  /** The name in the source's own language. */
  readonly name: string;
  readonly nameEn: string;
  /** The organisation behind the source, in its own language. */
  readonly publisher: string;
  /** ISO 3166-1 alpha-2, or EU, OECD. */
  readonly country: string;
  /** ISO 3166-2. */
  readonly region?: string;
  /** BCP 47. */
  readonly lang: string;
  /** IANA zone in which the source's day-only dates are meant. */
  readonly zone: string;
  readonly trust: Trust;
  readonly family?: string;
  readonly enabled: boolean;
  /** Why a person switched it off; always present when `enabled` is false. */
  readonly disabledReason?: string;
  /** The address that is fetched for the list. */
  readonly url: string;
  /** The address a reader would open, when it differs from `url`. */
  readonly homepage?: string;
  readonly request?: RequestRules;
  /** Overrides what the answer says of its charset; only for sites known to lie. */
  readonly encoding?: string;
  readonly scrape: Scrape;
  readonly paging?: PagingRules;
  readonly article: ArticleRules;
  readonly everyMinutes: number;
  readonly expect: Expectations;
  readonly evidence: readonly Evidence[];
}

/** What sources of one CMS or host share: a file of `sources/families/`. */
export interface SourceFamily {
  readonly name: string;
  readonly about: string;
  /** Patterns on the address or the text of a page that tell the family. */
  readonly signs: readonly string[];
  /** Keys of a source file, as the family gives them. */
  readonly parts: Readonly<Record<string, unknown>>;
}
