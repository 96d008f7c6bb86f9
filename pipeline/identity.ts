import type { DocumentId } from '../model/ids.ts';
import { idFrom, sha256 } from '../text/hash.ts';
import { titleKey } from '../text/titles.ts';
import { canonicalUrl } from '../text/urls.ts';

/** The identity of whatever an address opens: known before the page is fetched, the same for every spelling. */
export function documentIdentity(url: string): { readonly id: DocumentId; readonly canonicalUrl: string } {
  const canonical = canonicalUrl(url);
  // The one place where a document's id is made.
  return { id: idFrom('document', canonical) as DocumentId, canonicalUrl: canonical };
}

/** Lines that change with every visit or with the rest of the site, not with the document. */
const NOISE_LINE =
  /^(?:.{0,8}(?:浏览|阅读|点击|访问)(?:次数|量|数)?\s*[:：]?\s*\d*\s*(?:次)?|【?打印(?:本页)?】?|【?关闭(?:窗口)?】?|分享到.*|上一[篇条].*|下一[篇条].*|(?:相关|推荐)(?:新闻|阅读|文章|链接).*|print|share)$/iu;

/** SHA-256 over the words of title and text; counters, print links, marks and spacing do not count. */
export function contentHash(title: string, text: string): string {
  return sha256(`${titleKey(title)}\n${textKey(text)}`);
}

/** The words of a text without page noise, marks and spacing. */
export function textKey(text: string): string {
  const lines = text.split('\n').filter((line) => !NOISE_LINE.test(line.trim()));
  return titleKey(lines.join('\n'));
}
