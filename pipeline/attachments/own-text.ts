import type { StoredAttachment } from '../../model/attachment.ts';
import type { DocumentDraft } from '../../model/document.ts';

/** The file that is the document, with what is used of its words. */
export interface OwnFile {
  readonly title: string;
  readonly text: string;
  /** Characters of the whole file. */
  readonly length: number;
}

/** A page that says less than this beside its files only points to them. */
const FEW_CHARACTERS = 80;
/** What a text may cost that every later step reads; laws and plans stay below. */
const MOST_CHARACTERS = 150_000;
/** To be filled in by the reader: never the document itself. */
const FORM =
  /(?:申报|申请|推荐|登记|汇总|报名|备案|信息|意见|反馈|承诺)(?:书|表)|回执|模板|样表|格式|\b(?:form|template)\b/i;

/** True for a page whose own words are only "see the attachment", or none: a list's summary is not the page's. */
export function leavesToFile({
  text,
  attachments,
  trace,
}: Pick<DocumentDraft, 'text' | 'attachments' | 'trace'>): boolean {
  if (attachments.length === 0) return false;
  if (trace.some(({ step, rule }) => step === 'body' && rule === 'summary')) return true;
  const own = attachments.reduce((words, { title }) => words.replaceAll(title, ''), text);
  return own.replace(/\s/g, '').length < FEW_CHARACTERS;
}

/** The one file with words that is the document, the first where it is offered in several formats; several tell nothing. */
export function ownFile(files: readonly StoredAttachment[]): OwnFile | undefined {
  const read = files.filter(
    ({ kind, state, title }) => state === 'read' && (kind === 'pdf' || kind === 'docx') && !FORM.test(title),
  );
  const [first] = read;
  if (first === undefined || new Set(read.map(({ title }) => bareName(title))).size > 1) return undefined;
  const { title, text } = first;
  if (text.length <= MOST_CHARACTERS) return { title, text, length: text.length };
  const end = text.lastIndexOf('\n', MOST_CHARACTERS);
  return { title, text: text.slice(0, end < 0 ? MOST_CHARACTERS : end), length: text.length };
}

/** True for a document whose words were read from its file. */
export function isToldByFile({ trace }: Pick<DocumentDraft, 'trace'>): boolean {
  return trace.some(({ step }) => step === 'attachment');
}

function bareName(title: string): string {
  return title.replace(/\s|[(（]?\.?(?:pdf|docx?|wps|ofd)(?:版|格式)?[)）]?$/gi, '');
}
