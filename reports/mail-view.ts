import { LINK_WORDS } from '../text/mail-links.ts';
import type { DocumentView, EditionView, ItemView } from './edition-view.ts';
import { WORDING, type Wording } from './wording.ts';

/** What the mail templates see: the front page in one column, cut to what is read in a mail. */
export interface MailView extends EditionView {
  readonly preheader: string;
  /** Of the web edition; null when it is not published on the web. */
  readonly webHref: string | null;
  readonly mail: {
    readonly brief: readonly MailLine[];
    readonly lead: (MailLine & { readonly sentences: string }) | null;
    readonly ahead: readonly (MailLine & {
      readonly day: string;
      readonly kind: string;
      readonly daysLeft: string;
      /** `原页面已撤下` when the date may no longer stand, else null. */
      readonly gone: string | null;
    })[];
    readonly documents: readonly MailLine[];
    readonly sections: readonly { readonly title: string; readonly lines: readonly MailLine[] }[];
    /** Stands where each reader's mail has the links to unsubscribe and to choose; see text/mail-links.ts. */
    readonly linksNote: string;
    /** How much of the edition a reader's selection is; null in the mail with everything. */
    readonly selection: string | null;
    /** Lines that did not fit, as words; null when all did. */
    readonly more: string | null;
  };
}

/** A line of the mail and where it leads: the web edition, else the original. */
export interface MailLine {
  readonly text: string;
  readonly lang: string;
  readonly href: string | null;
  readonly source: string;
}

/** A mail is read on the way: beyond this many words people stop. A Han character counts as half a word. */
const MAX_WORDS = 850;
const MAX_CHARACTERS = 600;
const LEAD_CHARACTERS = 400;
/** The next dates; a list of all of them would leave no room for the news. */
const AHEAD_LINES = 8;

/** The mail's part of an edition, most important lines first until the mail is full. */
export function mailViewOf(
  view: EditionView,
  publicUrl: string | undefined,
  selection: string | null = null,
): MailView {
  let left = MAX_WORDS;
  let dropped = 0;
  const fits = (line: MailLine): boolean => {
    const words = wordsIn(line.text) + wordsIn(line.source);
    if (words > left) {
      dropped += 1;
      return false;
    }
    left -= words;
    return true;
  };
  const line = (text: string, document: DocumentView, anchor: string): MailLine => ({
    text: clipped(text),
    lang: document.lang,
    href: publicUrl === undefined ? document.href : `${publicUrl}#${anchor}`,
    source:
      document.documentNumber === null ? document.source : `${document.source} · ${document.documentNumber}`,
  });
  const itemLine = (item: ItemView, anchor: string): MailLine => {
    const own = line(item.headline, item.document, anchor);
    return item.since === null ? own : { ...own, source: `${own.source} · ${item.since}` };
  };
  const brief = view.brief.map(({ text, document }) => line(text, document, 'minute')).filter(fits);
  const lead =
    view.lead === null
      ? null
      : {
          ...itemLine(view.lead, 'lead'),
          sentences: wholeSentences(view.lead.sentences),
        };
  left -= lead === null ? 0 : wordsIn(lead.text) + wordsIn(lead.sentences);
  dropped += Math.max(0, view.ahead.length - AHEAD_LINES);
  const ahead = view.ahead
    .slice(0, AHEAD_LINES)
    .map((row) => ({
      ...line(row.document.title, row.document, 'ahead'),
      day: row.day,
      kind: row.kind,
      daysLeft: row.daysLeft,
      isDeadline: row.isDeadline,
      gone: row.gone,
    }))
    .filter(fits);
  const running = view.running.map(({ item }) => item);
  const told = [
    ...view.sections,
    ...(view.press === null ? [] : [view.press]),
    ...(running.length === 0 ? [] : [{ title: view.parts.running, items: running }]),
  ];
  const sections = told
    .map(({ title, items }) => ({
      title,
      lines: items.map((item) => itemLine(item, item.anchor)).filter(fits),
    }))
    .filter(({ lines }) => lines.length > 0);
  // A document that a story already names is not told twice.
  const named = new Set(
    [view.lead, ...told.flatMap(({ items }) => items)].map((item) => item?.document.note),
  );
  const documents = view.documents
    .filter(({ document }) => !named.has(document.note))
    .map(({ document }) => line(document.title, document, 'documents'))
    .filter(fits);
  return {
    ...view,
    preheader: brief[0]?.text ?? view.emptyWeek ?? view.subtitle,
    webHref: publicUrl ?? null,
    mail: {
      brief,
      lead,
      ahead,
      documents,
      sections,
      linksNote: LINK_WORDS[view.lang].neutral,
      selection,
      more: dropped === 0 ? null : moreWords(WORDING[view.lang], publicUrl)(dropped),
    },
  };
}

/** Where there is no web edition, the PDF is attached to every mail. */
function moreWords(words: Wording, publicUrl: string | undefined): (count: number) => string {
  return publicUrl === undefined ? words.moreInPdf : words.moreInEdition;
}

/** As many whole sentences as the mail's lead has room for, the first one always. */
function wholeSentences(sentences: EditionView['brief']): string {
  let told = '';
  for (const { text, gap } of sentences) {
    if (told !== '' && told.length + text.length > LEAD_CHARACTERS) break;
    told += text + gap;
  }
  return clipped(told.trim());
}

function wordsIn(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const others = text.match(/[^\s\p{Script=Han}\p{P}]+/gu)?.length ?? 0;
  return han / 2 + others;
}

/** Long words of a source are cut at a character, never inside one. */
function clipped(text: string): string {
  const characters = [...text];
  return characters.length <= MAX_CHARACTERS ? text : `${characters.slice(0, MAX_CHARACTERS - 1).join('')}…`;
}
