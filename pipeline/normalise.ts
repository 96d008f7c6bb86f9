import { type DocumentDraft, type Extract, isRerelease } from '../model/document.ts';
import type { Entry } from '../model/entry.ts';
import type { Finding, FindingCode } from '../model/finding.ts';
import type { Page } from '../model/page.ts';
import type { Source } from '../model/source.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import { simplifiedWords } from '../text/simplify.ts';
import { classify } from './classify.ts';
import { mainFacets } from './classify-facets.ts';
import { findFacts } from './facts/find-facts.ts';
import { provincesOfTitle } from './facts/title-places.ts';
import { findDatedFacts } from './fields/dated-facts.ts';
import { contentHash, documentIdentity, sideIdentity } from './identity.ts';
import { applyLayout, type SideArticle } from './layout/apply-layout.ts';
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
  /** Articles that stood beside it on a newspaper page (相关链接), documents of their own. */
  readonly sides: readonly DocumentDraft[];
  readonly findings: readonly Finding[];
}

/** Clocks of servers and zones differ; more than a day ahead is a mistake. */
const AHEAD_MS = 36 * 3_600_000;

/** Makes a document of an extract. Pure: "now" is the moment of the fetch. */
export function normalise(input: NormaliseInput): Normalised {
  const { source, page, entry, vocabulary } = input;
  const { extract, sides } = applyLayout(input.extract, input.extract.lang ?? source.lang);
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
  if (title === '' || (text === '' && extract.attachments.length === 0)) return { sides: [], findings };

  const published = publicationOf(extract, entry, page.fetchedAt, note);
  const { issuedOn } = extract.fields;
  if (issuedOn !== undefined && published !== undefined && isRerelease({ issuedOn, published }))
    note(
      'DOCUMENT_RERELEASED',
      'published within 90 days of being written',
      `written ${issuedOn}, published ${published.on}`,
    );
  const document: DocumentDraft = {
    ...extract.fields,
    id: identity.id,
    canonicalUrl: identity.canonicalUrl,
    sourceId: source.id,
    url: page.finalUrl,
    lang: extract.lang ?? source.lang,
    ...(published !== undefined && { published }),
    bodyHtml: extract.bodyHtml ?? '',
    snapshotId: page.snapshot.id,
    fetchedAt: page.fetchedAt,
    attachments: extract.attachments,
    trace: extract.trace,
    ...wordsOf({ title, text }, { source, vocabulary, published, issuedOn }),
    // Spans refer to the words as they stand after the layout was undone.
    ...(extract !== input.extract && {
      dates: findDatedFacts(text, { publishedOn: published?.on, issuedOn }, vocabulary.lexicon.holidays),
    }),
  };
  return {
    document,
    sides: sides.map((side, index) => sideDocument(document, side, index + 1, { source, vocabulary })),
    findings,
  };
}

type Surroundings = Pick<NormaliseInput, 'source' | 'vocabulary'> & {
  readonly published?: Extract['published'];
  readonly issuedOn?: string | undefined;
};

/** Everything that is read from title and text alone. */
function wordsOf(
  { title, text }: { readonly title: string; readonly text: string },
  { source, vocabulary, published, issuedOn }: Surroundings,
): Pick<DocumentDraft, 'title' | 'text' | 'contentHash' | 'topics' | 'regions' | 'facts' | 'facets'> {
  // Rules and vocabularies are in simplified characters; the words that are kept stay as they were published.
  const read = simplifiedWords({ title, text });
  const facts = findFacts(read.text, {
    title: read.title,
    publishedOn: published?.on,
    issuedOn,
    region: source.region,
    vocabulary,
  });
  return {
    title,
    text,
    contentHash: contentHash(title, text),
    topics: classify(read, vocabulary.topics),
    regions: findRegions(
      {
        ...read,
        sourceRegion: source.region,
        titlePlaces: provincesOfTitle(read.title, { region: source.region, vocabulary }),
      },
      vocabulary.regions,
    ),
    facets: mainFacets(read, vocabulary.facets ?? []),
    facts:
      read.text === text
        ? facts
        : facts.map((fact) => ({ ...fact, quote: text.slice(fact.start, fact.end) })),
  };
}

/** The article beside the main one: published with it, but with words, facts and regions of its own. */
function sideDocument(
  main: DocumentDraft,
  { title, text, bodyHtml }: SideArticle,
  number: number,
  { source, vocabulary }: Pick<NormaliseInput, 'source' | 'vocabulary'>,
): DocumentDraft {
  const { published, credit } = main;
  return {
    ...sideIdentity(main.canonicalUrl, number),
    sourceId: main.sourceId,
    url: main.url,
    lang: main.lang,
    ...(published !== undefined && { published }),
    bodyHtml,
    snapshotId: main.snapshotId,
    fetchedAt: main.fetchedAt,
    issuers: [],
    documentType: 'side',
    ...(credit !== undefined && { credit }),
    dates: findDatedFacts(text, { publishedOn: published?.on }, vocabulary.lexicon.holidays),
    attachments: [],
    trace: [{ step: 'layout', rule: 'side article', value: main.canonicalUrl }],
    ...wordsOf({ title, text }, { source, vocabulary, published }),
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
