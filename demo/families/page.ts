import { readPublication } from '../../text/dates.ts';
import type { Article, Site } from '../site.ts';
import type { Answer } from './family.ts';

/** An HTML answer. */
export function html(text: string): Answer {
  return { type: 'text/html', text };
}

/** Text made safe for element content and double-quoted attributes, in HTML and XML. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** How a family writes the three kinds of block. */
export interface BlockStyle {
  readonly heading: (html: string) => string;
  readonly signature: (html: string) => string;
  readonly paragraph: (html: string) => string;
}

/** The blocks of an article as HTML. */
export function body(article: Article, style: BlockStyle): string {
  return article.blocks
    .map((block) => {
      if (block.startsWith('# ')) return style.heading(escaped(block.slice(2)));
      if (block.startsWith('> ')) return style.signature(escaped(block.slice(2)));
      return style.paragraph(escaped(block.replaceAll('\n', '')));
    })
    .join('\n');
}

/** The day an article was published, `2021-06-22`; empty when the page has no date. */
export function day(article: Article): string {
  return article.published?.slice(0, 10) ?? '';
}

/** The parts of the day: `{ year: '2021', month: '06', date: '22' }`. */
export function parts(article: Article): { year: string; month: string; date: string } {
  const [year = '', month = '', date = ''] = day(article).split('-');
  return { year, month, date };
}

/** The instant of publication; undefined when the page has no date. */
export function publishedAt(site: Site, article: Article): Date | undefined {
  const read = readPublication(article.published ?? '', site.zone, 'demo');
  return read === undefined ? undefined : new Date(read.at);
}

/** The full address of a page. */
export function address(site: Site, path: string): string {
  return `http://${site.host}${path}`;
}

/** Links of the navigation bar, the first of which is the front page. */
export function navigation(site: Site, item: (link: string) => string): string {
  return site.nav
    .map((word, index) => item(`<a href="${index === 0 ? '/' : `/col${index}/`}">${escaped(word)}</a>`))
    .join('');
}

/** Attachments as list items. */
export function attachments(article: Article): string {
  return article.attachments
    .map(({ path, title }) => `<li><a href="${path}">${escaped(title)}</a></li>`)
    .join('');
}

/** The footer's lines. */
export function footer(site: Site, line: (html: string) => string): string {
  return site.footer.map((text) => line(escaped(text))).join('\n');
}

/** Three other pages of the site, as the "related" box of a page shows them. */
export function related(site: Site, article: Article): readonly Article[] {
  const others = site.articles.filter((other) => other.path !== article.path && other.from <= article.from);
  return others.slice(-3);
}
