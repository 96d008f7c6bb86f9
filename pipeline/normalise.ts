import { type DocumentDraft, type Extract, isRerelease } from '../model/document.ts';
import type { Entry } from '../model/entry.ts';
import type { Finding, FindingCode } from '../model/finding.ts';
import type { Page } from '../model/page.ts';
import type { Source } from '../model/source.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import { classify } from './classify.ts';
import { contentHash, documentIdentity } from './identity.ts';
import { findRegions } from './regions.ts';

/** Everything known about one document before it is stored. */
export interface NormaliseInput {
  readonly extract: Extract;
  readonly source: Pick<Source, 'id' | 'lang' | 'region' | 'zone'>;
  readonly page: Pick<Page, 'url' | 'finalUrl' | 'fetchedAt'> & {
    readonly snapshot: Pick<Page['snapshot'], 'id'>;
  };
  /** Absent for pages that no list led to (import). */
  readonly entry?: Entry | undefined;
  readonly vocabulary: Vocabulary;
}

/** A document ready for the store, or none when the page could not be read; and what a person should look at. */
export interface Normalised {
  readonly document?: DocumentDraft;
  readonly findings: readonly Finding[];
}

/** Clocks of servers and zones differ; more than a day ahead is a mistake. */
const AHEAD_MS = 36 * 3_600_000;

/** Makes a document of an extract. Pure: "now" is the moment of the fetch. */
export function normalise({ extract, source, page, entry, vocabulary }: NormaliseInput): Normalised {
  const address = entry?.url ?? page.url;
  const identity = documentIdentity(address);
  const findings: Finding[] = [];
  const note = (code: FindingCode, expected: string, seen: string) =>
    findings.push({
      code,
      sourceId: source.id,
      documentId: identity.id,
      url: address,
      snapshotId: page.snapshot.id,
      expected,
      seen,
      at: page.fetchedAt,
    });

  const title = extract.title ?? '';
  const text = extract.text ?? '';
  if (title === '' || text === '') note('PAGE_UNREADABLE', 'a title and a text', unreadable(extract));
  // A notice that is only a file still is a notice.
  if (title === '' || (text === '' && extract.attachments.length === 0)) return { findings };

  const published = publicationOf(extract, entry, page.fetchedAt, note);
  const { issuedOn } = extract.fields;
  if (issuedOn !== undefined && published !== undefined && isRerelease({ issuedOn, published }))
    note(
      'DOCUMENT_RERELEASED',
      'published within 90 days of being written',
      `written ${issuedOn}, published ${published.on}`,
    );
  return {
    document: {
      ...extract.fields,
      id: identity.id,
      canonicalUrl: identity.canonicalUrl,
      sourceId: source.id,
      url: page.finalUrl,
      title,
      lang: extract.lang ?? source.lang,
      ...(published !== undefined && { published }),
      text,
      bodyHtml: extract.bodyHtml ?? '',
      contentHash: contentHash(title, text),
      snapshotId: page.snapshot.id,
      fetchedAt: page.fetchedAt,
      topics: classify({ title, text }, vocabulary.topics),
      regions: findRegions({ title, text, sourceRegion: source.region }, vocabulary.regions),
      attachments: extract.attachments,
      trace: extract.trace,
    },
    findings,
  };
}

/** A date that lies ahead of the fetch is no publication date; the list's own date is asked next. */
function publicationOf(
  extract: Extract,
  entry: Entry | undefined,
  fetchedAt: string,
  note: (code: FindingCode, expected: string, seen: string) => void,
): Extract['published'] {
  const candidates = [extract.published, entry?.published].filter((published) => published !== undefined);
  const latest = Date.parse(fetchedAt) + AHEAD_MS;
  const ahead = candidates.find((published) => Date.parse(published.at) > latest);
  if (ahead !== undefined)
    note('DOCUMENT_FUTURE_DATE', `a date up to ${fetchedAt.slice(0, 10)}`, `${ahead.on} (${ahead.rule})`);
  const published = candidates.find((candidate) => Date.parse(candidate.at) <= latest);
  if (candidates.length === 0)
    note('DOCUMENT_UNDATED', 'a publication date in list, page or address', entry?.dateText ?? 'none');
  return published;
}

function unreadable(extract: Extract): string {
  const missing = [
    extract.title === undefined ? 'no title' : '',
    (extract.text ?? '') === '' ? 'no text' : '',
  ];
  return missing.filter((part) => part !== '').join(', ');
}
