import type { Article, Site } from '../site.ts';

/** What a site is asked. */
export interface Ask {
  readonly method: string;
  readonly path: string;
  /** Query of a GET, form of a POST. */
  readonly fields: URLSearchParams;
  readonly now: Date;
  /** How often this path was asked for, this time included. */
  readonly visits: number;
}

/** What it answers, before charset and headers. */
export interface Answer {
  readonly type: string;
  readonly text: string;
}

/** A way of building web sites: how its lists and its pages look. */
export interface Family {
  /** The answer at the list's address (and at addresses that belong to it); undefined for any other path. */
  list(site: Site, articles: readonly Article[], ask: Ask): Answer | undefined;
  article(site: Site, article: Article, ask: Ask): Answer;
}
