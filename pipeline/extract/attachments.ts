import type { Attachment } from '../../model/document.ts';
import { foldSpace, type HtmlSelection } from '../../text/html.ts';
import { absoluteUrl } from '../../text/urls.ts';
import { elementsTagged, type OpenPage, selectAll } from './page.ts';
import { isElement, NOTHING, rawText } from './tree.ts';

/** The ending of an address or of a file's name given in a query. */
const FILE = /\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar)(?=$|[?#&])/iu;
/** Words that link a file whose address does not say so (`download.jsp?id=3`). */
const FILE_NAME = /\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar)\s*[）)」》】\]]?$/iu;
/** Parts of a page that belong to the site: forms and guides that hang on every page are no part of a document. */
const FRAME =
  'nav,header,footer,aside,[role=navigation],[role=contentinfo],[class*=footer],[id*=footer],[class*=sidebar],[class*=related]';
/** A viewer in the page that shows a file: the file's own address, or in the viewer's query. */
const VIEWERS = ['iframe', 'embed', 'object'];

/** Files that a page links as part of what it publishes, each address once, in page order. */
export function findAttachments({
  $,
  url,
  source,
}: Pick<OpenPage, '$' | 'url' | 'source'>): readonly Attachment[] {
  const [stated] = elementsTagged($, 'base').filter(({ attribs }) => attribs.href !== undefined);
  const base = absoluteUrl(stated?.attribs.href ?? '', url) ?? url;
  const within = selectAll($, source.article.attachments);
  const found = new Map<string, Attachment>();
  const add = (address: string | undefined, title: string) => {
    if (address === undefined || found.has(address)) return;
    found.set(address, { url: address, title: title || nameOf(address) });
  };
  const links =
    within === undefined ? elementsTagged($, 'a') : within.find('a').addBack('a').toArray().filter(isElement);
  for (const link of links) {
    const { href, title = '', download = '' } = link.attribs;
    if (href === undefined) continue;
    const raw = rawText(link, NOTHING);
    const isFile =
      FILE.test(href) || isFileName(raw) || isFileName(download) || (raw.trim() === '' && isFileName(title));
    if (within === undefined && (!isFile || isFramed($(link)))) continue;
    const words = foldSpace(raw) || foldSpace(title);
    // A bare 下载 says less than the file's own name.
    add(
      absoluteUrl(href, base),
      /^(?:下载|点击下载|附件下载|查看|download|pdf)?$/iu.test(words) ? download || words : words,
    );
  }
  if (within !== undefined) return [...found.values()];
  for (const { attribs } of VIEWERS.flatMap((tag) => elementsTagged($, tag)))
    add(shownFile(attribs.src ?? attribs.data ?? '', base), foldSpace(attribs.title ?? ''));
  return [...found.values()];
}

/** Most links have no full stop, and no file's name. */
function isFileName(text: string): boolean {
  return text.includes('.') && FILE_NAME.test(foldSpace(text));
}

function isFramed(link: HtmlSelection): boolean {
  return link.closest(FRAME).length > 0;
}

function shownFile(address: string, base: string): string | undefined {
  const url = absoluteUrl(address, base);
  if (url === undefined) return undefined;
  const { pathname, searchParams } = new URL(url);
  if (FILE.test(pathname)) return url;
  const inQuery = searchParams.get('file') ?? searchParams.get('src') ?? searchParams.get('url') ?? '';
  return FILE.test(inQuery) ? absoluteUrl(inQuery, url) : undefined;
}

function nameOf(address: string): string {
  const name = new URL(address).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(name) || address;
  } catch {
    // A stray % is part of the name.
    return name;
  }
}
