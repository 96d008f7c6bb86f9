import type { InterfaceLanguage } from '../model/digest.ts';

/**
 * A reader's own links stand in the mail to that reader and nowhere else. The published mail holds neutral words in
 * their place, which archive and preview show; sending puts the links there.
 */
interface LinkWords {
  /** What the published mail says. In the text mail this line is also the place. */
  readonly neutral: string;
  readonly unsubscribe: string;
  readonly preferences: string;
}

export const LINK_WORDS: Readonly<Record<InterfaceLanguage, LinkWords>> = {
  'zh-CN': {
    neutral: '退订和设置的链接，在寄给每位读者的邮件里。',
    unsubscribe: '退订',
    preferences: '设置',
  },
  en: {
    neutral: 'Links to unsubscribe and to choose what is sent stand in the mail to each reader.',
    unsubscribe: 'Unsubscribe',
    preferences: 'Preferences',
  },
};

/** Where to unsubscribe and where to choose what is sent, as far as there is such a place. */
export interface MailLinks {
  readonly unsubscribe?: string;
  readonly preferences?: string;
}

/** `email.hbs` sets the neutral words between these; no value can write them, values are escaped. */
const OPENING = '<!--reader-links-->';
const CLOSING = '<!--/reader-links-->';

/** The HTML mail with links in the place of the neutral words; a template without the place gets them at its end. */
export function fillHtmlLinks(html: string, links: MailLinks, lang: InterfaceLanguage): string {
  const anchors = linesOf(links, lang)
    .map(({ words, href }) => anchor(words, href))
    .join(' · ');
  const from = html.lastIndexOf(OPENING);
  const to = from < 0 ? -1 : html.indexOf(CLOSING, from);
  if (to >= 0) return html.slice(0, from) + anchors + html.slice(to + CLOSING.length);
  if (anchors === '') return html;
  const end = html.lastIndexOf('</body>');
  const at = end < 0 ? html.length : end;
  return `${html.slice(0, at)}<p>${anchors}</p>\n${html.slice(at)}`;
}

/** The same for the text mail. The last such line is the template's: words of a source stand before it. */
export function fillTextLinks(text: string, links: MailLinks, lang: InterfaceLanguage): string {
  const { neutral } = LINK_WORDS[lang];
  const lines = linesOf(links, lang)
    .map(({ words, href }) => `${words}: ${href}`)
    .join('\n');
  const at = text.lastIndexOf(neutral);
  if (at >= 0) return text.slice(0, at) + lines + text.slice(at + neutral.length);
  return lines === '' ? text : `${text.trimEnd()}\n\n${lines}\n`;
}

function linesOf(links: MailLinks, lang: InterfaceLanguage): { words: string; href: string }[] {
  return (['unsubscribe', 'preferences'] as const).flatMap((name) => {
    const href = links[name];
    return href === undefined ? [] : [{ words: LINK_WORDS[lang][name], href }];
  });
}

function anchor(words: string, href: string): string {
  const escaped = href.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return `<a href="${escaped}" style="color: #1d4f91;">${words}</a>`;
}
