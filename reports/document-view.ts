import type { AttachmentRef, DocumentRef, Edition } from '../model/edition.ts';
import { minuteOf } from '../text/calendar.ts';
import type { AttachmentView, DocumentView, TitleView } from './edition-view.ts';
import { WORDING, type Wording } from './wording.ts';

/** Enough of a hash to find the page by in print. */
const HASH_SHORT = 16;

/** What templates see of a document shown, under its number. */
export function documentView(document: DocumentRef, note: number, { lang, period }: Edition): DocumentView {
  const words = WORDING[lang];
  const fetchedMinute = minuteOf(document.kept.fetchedAt, period.zone);
  return {
    note,
    title: document.title,
    lang: document.lang,
    foreign: foreignName(document.lang, lang),
    href: webAddress(document.url),
    address: document.url,
    keptHref: keptFile(document.documentId),
    source: document.sourceName,
    issuers:
      document.issuers.length === 0 ? document.publisher : document.issuers.join(lang === 'en' ? ', ' : '、'),
    documentNumber: document.documentNumber ?? null,
    type: document.documentType ?? null,
    credit: document.credit ?? null,
    published: words.shortDay(document.publishedOn),
    publishedDay: words.day(document.publishedOn),
    issued: document.issuedOn === undefined ? null : words.day(document.issuedOn),
    issuedShort: document.issuedOn === undefined ? null : words.shortDay(document.issuedOn),
    role: words.roles[document.role],
    because: document.because,
    fetched: `${fetchedMinute} (${period.zone})`,
    fetchedMinute,
    hash: document.kept.contentHash,
    attachments: document.attachments.map((attachment) => attachmentView(attachment, words)),
    hashShort: document.kept.contentHash.slice(0, HASH_SHORT),
  };
}

/** What templates see of a file that hangs on a document. */
export function attachmentView({ title, url, kind, state }: AttachmentRef, words: Wording): AttachmentView {
  return {
    title,
    href: webAddress(url),
    kind: kind === 'other' ? null : kind.toUpperCase(),
    state: words.attachmentStates[state],
  };
}

/** What templates see of a document that is only named. */
export function titleView(
  { title, lang, url, sourceName, publishedOn }: DocumentRef,
  words: Wording,
): TitleView {
  return { title, lang, href: webAddress(url), source: sourceName, published: words.shortDay(publishedOn) };
}

/** The address as a link; null when it is not http or https. */
export function webAddress(address: string): string | null {
  const url = URL.parse(address);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null;
}

/** The file of a document's kept copy, relative to the edition's folder. */
export function keptFile(documentId: string): string {
  return `kept/${encodeURIComponent(documentId)}.html`;
}

function foreignName(lang: string, editionLang: string): string | null {
  const primary = lang.toLowerCase().split('-')[0] ?? lang;
  if (primary === editionLang.split('-')[0]) return null;
  return WORDING[editionLang === 'en' ? 'en' : 'zh-CN'].languages[primary] ?? lang;
}
