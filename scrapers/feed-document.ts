import type { Publication } from '../model/publication.ts';
import { readJsonFeed } from './feed-json.ts';
import { readXmlFeed } from './feed-xml.ts';
import { parseJsonAnswer } from './json-path.ts';

export type FeedFormat = 'rss' | 'rdf' | 'atom' | 'json';

/** A piece of text with what is needed to read it: HTML or plain, its language and what its links are relative to. */
export interface FeedText {
  /** Links inside are absolute already. */
  readonly value: string;
  readonly type: 'text' | 'html';
  readonly base: string;
  readonly lang?: string;
}

/** One item as the feed has it; absent means the feed was silent. */
export interface FeedItem {
  readonly title?: FeedText;
  /** Absolute. */
  readonly link?: string;
  readonly guid?: string;
  readonly summary?: FeedText;
  readonly content?: FeedText;
  readonly publishedText?: string;
  readonly published?: Publication;
  readonly updatedText?: string;
  readonly updated?: Publication;
  readonly author?: string;
  readonly lang?: string;
}

/** A feed of any format, before anything is decided about its items. */
export interface FeedDocument {
  readonly format: FeedFormat;
  readonly title?: FeedText;
  readonly link?: string;
  readonly lang?: string;
  readonly items: readonly FeedItem[];
}

/**
 * Reads RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, and JSON Feed; undefined for something that is no feed.
 * @param url base of relative links
 */
export function parseFeed(text: string, url: string, zone: string): FeedDocument | undefined {
  const start = text.replace(/^\uFEFF/, '').trimStart();
  if (start.startsWith('{')) return readJsonFeed(parseJsonAnswer(start), url, zone);
  return readXmlFeed(start, url, zone);
}
