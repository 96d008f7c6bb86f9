import type { Extract, TraceStep } from '../../model/document.ts';
import type { Entry } from '../../model/entry.ts';
import type { Vocabulary } from '../../model/vocabulary.ts';
import { foldSpace, parseHtml } from '../../text/html.ts';
import { detectLanguage } from '../../text/language.ts';
import type { OwnFile } from '../attachments/own-text.ts';
import { readFields } from '../fields/read-fields.ts';
import { sanitise } from '../sanitise.ts';
import { findAttachments } from './attachments.ts';
import { findAuthor } from './author.ts';
import { htmlOf, paragraphOf, textOf } from './blocks.ts';
import { blocksOfHtml, type FoundBody, findBody } from './body.ts';
import { readLabels } from './labels.ts';
import { outlineOf } from './outline.ts';
import { type Found, type OpenPage, type PageSource, selectText } from './page.ts';
import { type FurtherPage, withFurther } from './paging.ts';
import { findPublication } from './publication.ts';
import { readStructuredData } from './structured-data.ts';
import { findTitle } from './title.ts';

/** A page to be read, with what is known about it beforehand. */
export interface PageInput {
  readonly html: string;
  /** Final address; links are made absolute against it. */
  readonly url: string;
  readonly source: PageSource;
  readonly entry?: Entry;
  readonly vocabulary: Vocabulary;
  /** The article's further pages, in order. */
  readonly further?: readonly FurtherPage[];
  /** A view of the whole article on one page: its text is read there. */
  readonly whole?: FurtherPage;
  /** The file that is the document, where the page leaves its words to it. */
  readonly file?: OwnFile;
}

/**
 * Reads title, date, text, attachments and fields from a page, each with the rule that found it. Pure: the same page
 * gives the same extract. What a page does not say is absent, never guessed.
 */
export function extractPage(input: PageInput): Extract {
  const { html, url, source, entry, vocabulary } = input;
  const $ = parseHtml(html);
  const runs = outlineOf($)?.runs ?? [];
  const page: OpenPage = {
    $,
    url,
    source,
    entry,
    runs,
    labels: readLabels($, runs),
    structured: readStructuredData($),
  };
  const title = findTitle(page);
  const published = findPublication(page, title?.value);
  const further = (input.further ?? []).map((one): OpenPage => {
    return { ...page, $: parseHtml(one.html), url: one.url, runs: [], labels: new Map(), structured: [] };
  });
  const { body, joined } = withFurther(
    bodyOfWhole(page, input.whole, title?.value) ?? findBody(page, title?.value) ?? bodyOfEntry(entry),
    further.map((one) => findBody(one, title?.value)?.value ?? []),
  );
  const attachments = [page, ...further].flatMap((one) => findAttachments(one));
  const withWords = withFile(body, input.file);
  return finish({
    page,
    title,
    published,
    body: withWords,
    attachments: eachOnce(attachments),
    vocabulary,
    joined,
  });
}

function bodyOfWhole(page: OpenPage, whole: FurtherPage | undefined, title: string | undefined) {
  if (whole === undefined) return undefined;
  const body = findBody({ ...page, $: parseHtml(whole.html), url: whole.url }, title);
  return body && { ...body, rule: `whole page, ${body.rule}` };
}

/** Further pages repeat what hangs on the first one. */
function eachOnce(attachments: Extract['attachments']): Extract['attachments'] {
  return [...new Map(attachments.toReversed().map((one) => [one.url, one])).values()].toReversed();
}

/** Reads an entry that carries all there is (feeds with the whole text, APIs with abstracts); no page is needed. */
export function extractEntry(input: Omit<PageInput, 'html'> & { readonly entry: Entry }): Extract {
  const { url, source, entry, vocabulary } = input;
  const $ = parseHtml(entry.bodyHtml ?? '');
  const page: OpenPage = { $, url, source, entry, runs: [], labels: new Map(), structured: [] };
  const title = entry.title.trim() === '' ? undefined : { value: entry.title.trim(), rule: 'list' };
  const attachments = findAttachments(page);
  return finish({
    page,
    title,
    published: entry.published,
    body: withFile(bodyOfEntry(entry), input.file),
    attachments,
    vocabulary,
  });
}

/** The page's own words first, then those of its file; a list's summary says the same in short and gives way. */
function withFile(body: FoundBody | undefined, file: OwnFile | undefined): FoundBody | undefined {
  if (file === undefined) return body;
  const own = body === undefined || body.rule === 'summary' ? undefined : body;
  const words = file.text
    .split('\n')
    .map(foldSpace)
    .filter((line) => line !== '');
  const used = file.text.length < file.length ? `the first ${file.text.length} of ` : '';
  return {
    value: [...(own?.value ?? []), ...words.map(paragraphOf)],
    rule: own === undefined ? 'attachment' : `${own.rule}, attachment`,
    steps: [
      ...(own?.steps ?? []),
      {
        step: 'attachment',
        rule: 'the page leaves it to its file',
        value: `${file.title}: ${used}${file.length} characters`,
      },
    ],
  };
}

interface Findings {
  readonly page: OpenPage;
  readonly title: Found<string> | undefined;
  readonly published: Extract['published'];
  readonly body: FoundBody | undefined;
  readonly attachments: Extract['attachments'];
  readonly vocabulary: Vocabulary;
  /** Pages whose text was joined. @default 1 */
  readonly joined?: number;
}

function finish({ page, title, published, body, attachments, vocabulary, joined = 1 }: Findings): Extract {
  const text = body === undefined ? undefined : textOf(body.value);
  const lang = detectLanguage(`${title?.value ?? ''}\n${text ?? ''}`);
  const { fields, trace } = readFields({
    title: title?.value ?? '',
    text: text ?? '',
    labels: page.labels,
    entry: page.entry,
    publishedOn: published?.on,
    ruledIssuer: selectText(page.$, page.source.article.issuer),
    author: findAuthor(page),
    vocabulary,
  });
  const steps: TraceStep[] = [];
  if (title !== undefined) steps.push({ step: 'title', rule: title.rule, value: title.value });
  if (published !== undefined) steps.push({ step: 'published', rule: published.rule, value: published.at });
  if (body !== undefined)
    steps.push({ step: 'body', rule: body.rule, value: `${text?.length ?? 0} characters` }, ...body.steps);
  if (joined > 1) steps.push({ step: 'paging', rule: 'same stem', value: `${joined} pages joined` });
  return {
    ...(title !== undefined && { title: title.value }),
    ...(published !== undefined && { published }),
    ...(lang !== undefined && { lang }),
    ...(body !== undefined && { bodyHtml: sanitise(htmlOf(body.value)) }),
    ...(text !== undefined && { text }),
    fields,
    attachments,
    trace: [...steps, ...trace],
  };
}

function bodyOfEntry(entry: Entry | undefined): FoundBody | undefined {
  const html = entry?.bodyHtml ?? entry?.summary;
  if (entry === undefined || html === undefined) return undefined;
  const blocks = blocksOfHtml(html, entry.url);
  return blocks.length === 0
    ? undefined
    : { value: blocks, rule: entry.bodyHtml === undefined ? 'summary' : 'list', steps: [] };
}
