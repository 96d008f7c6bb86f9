import type { InterfaceLanguage } from '../model/digest.ts';
import { mailViewOf } from './mail-view.ts';
import { type RenderOptions, render, revisionView, type Template } from './render.ts';
import type { SelectedEdition } from './select-for-reader.ts';
import { viewOf } from './view.ts';

interface SelectionWords {
  part(shown: number, of: number): string;
  readonly noneTitle: string;
  none(of: number): string;
}

const WORDS: Readonly<Record<InterfaceLanguage, SelectionWords>> = {
  'zh-CN': {
    part: (shown, of) => `按您的选择：${of} 条中的 ${shown} 条，其余见网页版。`,
    noneTitle: '本周没有与您的选择相符的条目',
    none: (of) => `本期共 ${of} 条，完整内容见网页版；选择可以随时更改。`,
  },
  en: {
    part: (shown, of) => `Your selection: ${shown} of ${of} items, the rest in the web edition.`,
    noneTitle: 'Nothing matched your selection this week',
    none: (of) =>
      `The edition has ${of} items, all in the web edition; the selection can be changed at any time.`,
  },
};

/** The mail of an edition as a reader selected it: the same look, with a line that says how much of the whole it is. */
export function renderReaderMail(
  template: Template,
  { edition, shown, of }: SelectedEdition,
  options: RenderOptions,
): { readonly html: string; readonly text: string } {
  const words = WORDS[edition.lang];
  const view = viewOf(edition);
  const mail = mailViewOf(
    {
      ...view,
      ...revisionView(edition, options.revision),
      // Without a lead the templates tell an empty week; here it is the selection that is empty.
      labels: { ...view.labels, emptyTitle: words.noneTitle },
      emptyWeek: words.none(of),
    },
    options.publicUrl,
    words.part(shown, of),
  );
  return { html: render(template, 'email', mail), text: render(template, 'email-text', mail) };
}
