import type { InterfaceLanguage } from '../model/digest.ts';
import type { Edition } from '../model/edition.ts';
import { type MailView, mailViewOf } from './mail-view.ts';
import { type RenderOptions, render, revisionView, type Template } from './render.ts';
import type { SelectedEdition } from './select-for-reader.ts';
import { viewOf } from './view.ts';

interface SelectionWords {
  /** Where the whole edition is read: on the web, else in the PDF that is attached then. */
  place(isOnWeb: boolean): string;
  part(shown: number, of: number, place: string): string;
  readonly noneTitle: string;
  none(of: number, place: string): string;
}

const WORDS: Readonly<Record<InterfaceLanguage, SelectionWords>> = {
  'zh-CN': {
    place: (isOnWeb) => (isOnWeb ? '网页版' : '所附 PDF'),
    part: (shown, of, place) => `按您的选择：${of} 条中的 ${shown} 条，其余见${place}。`,
    noneTitle: '本周没有与您的选择相符的条目',
    none: (of, place) => `本期共 ${of} 条，完整内容见${place}；选择可以随时更改。`,
  },
  en: {
    place: (isOnWeb) => (isOnWeb ? 'the web edition' : 'the attached PDF'),
    part: (shown, of, place) => `Your selection: ${shown} of ${of} items, the rest in ${place}.`,
    noneTitle: 'Nothing matched your selection this week',
    none: (of, place) =>
      `The edition has ${of} items, all in ${place}; the selection can be changed at any time.`,
  },
};

/** The mail of an edition as a reader selected it: the same look, with a line that says how much of the whole it is. */
export function renderReaderMail(
  template: Template,
  { edition, shown, of }: SelectedEdition,
  options: RenderOptions,
): { readonly html: string; readonly text: string } {
  const words = WORDS[edition.lang];
  const place = words.place(options.publicUrl !== undefined);
  const view = viewOf(edition);
  const mail = mailViewOf(
    {
      ...view,
      ...revisionView(edition, options.revision),
      // Without a lead the templates tell an empty week; here it is the selection that is empty.
      labels: { ...view.labels, emptyTitle: words.noneTitle },
      emptyWeek: words.none(of, place),
    },
    options.publicUrl,
    words.part(shown, of, place),
  );
  return mailFiles(template, mail);
}

/** The mail with the whole edition, as publishing renders it. */
export function renderWholeMail(
  template: Template,
  edition: Edition,
  options: RenderOptions,
): { readonly html: string; readonly text: string } {
  const view = { ...viewOf(edition), ...revisionView(edition, options.revision) };
  return mailFiles(template, mailViewOf(view, options.publicUrl));
}

function mailFiles(template: Template, mail: MailView): { readonly html: string; readonly text: string } {
  return { html: render(template, 'email', mail), text: render(template, 'email-text', mail) };
}
