import type { Attachment } from '../../model/document.ts';
import { foldSpace, type Html, type HtmlSelection } from '../../text/html.ts';
import { absoluteUrl } from '../../text/urls.ts';

const FILE = /\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar)(?:$|[?#])/iu;

/** Links to office files, PDFs and archives, each address once, in page order. */
export function findAttachments(
  $: Html,
  base: string,
  within: HtmlSelection | undefined,
): readonly Attachment[] {
  const found = new Map<string, Attachment>();
  const links = within === undefined ? $('a[href]') : within.find('a[href]').addBack('a[href]');
  for (const element of links.toArray()) {
    const link = $(element);
    const url = absoluteUrl(link.attr('href') ?? '', base);
    if (url === undefined || found.has(url)) continue;
    if (within === undefined && !FILE.test(url)) continue;
    const title = foldSpace(link.text()) || foldSpace(link.attr('title') ?? '');
    found.set(url, { url, title: title || (url.split('/').at(-1) ?? url) });
  }
  return [...found.values()];
}
