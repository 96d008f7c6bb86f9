import type { SourceId } from './ids.ts';
import type { Publication } from './publication.ts';

/** What a source listed, before we looked at the page. Absent means the source was silent. */
export interface Entry {
  readonly sourceId: SourceId;
  /** Absolute http(s) address. */
  readonly url: string;
  readonly title: string;
  readonly published?: Publication;
  /** The date as the source wrote it, also when it could not be read. */
  readonly dateText?: string;
  readonly summary?: string;
  /** Full HTML text, when the list carries it. */
  readonly bodyHtml?: string;
  readonly issuer?: string;
  readonly author?: string;
  /** The source's own id of the item (RSS guid, document number of an API). */
  readonly guid?: string;
  readonly lang?: string;
}

/** What a scraper made of one list page. */
export interface ScrapeResult {
  readonly entries: readonly Entry[];
  /** Items that matched but could not be read, each with its reason; they become findings. */
  readonly dropped: readonly { readonly reason: string; readonly text: string }[];
  /** How many items the page showed: entries + dropped. */
  readonly seen: number;
}
