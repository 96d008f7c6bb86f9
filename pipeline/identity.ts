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

/** The identity of the `number`th article beside the main one of a newspaper page, from 1. */
export function sideIdentity(canonical: string, number: number): ReturnType<typeof documentIdentity> {
  const own = `${canonical}#side-${number}`;
  return { id: idFrom('document', own) as DocumentId, canonicalUrl: own };
}

/** Lines that change with every visit or with the rest of the site, not with the document. */
const NOISE_LINE = new RegExp(
  `^(?:${[
    '.{0,8}(?:浏览|阅读|点击|访问)(?:次数|量|数)?\\s*[:：]?\\s*\\d*\\s*(?:次)?',
    '您是.{0,12}第?\\s*\\d+\\s*(?:位|个).{0,6}',
    '(?:评论|点赞|收藏|转发|回复|参与|分享|人气|赞)(?:数|量)?\\s*[(（:：]?\\s*\\d*\\s*[)）]?\\s*(?:次|人|条|个)?',
    '[\\d,.]+\\s*k?\\s*(?:views?|comments?|shares?|likes?|reads?)',
    '(?:今天是|今日是|现在是|当前(?:时间|日期)|打印(?:时间|日期)|访问时间|(?:最后|最近)?更新(?:时间|日期|于)?)\\s*[:：]?\\s*\\d.{0,30}',
    '(?:last |page )?updated:?\\s*(?:on\\s)?.{0,9}\\d.{0,24}',
    '【?(?:打印|打印本页|关闭|关闭窗口|收藏本页|返回顶部)】?(?:\\s*【?(?:打印|打印本页|关闭|关闭窗口|收藏本页|返回顶部)】?)*',
    '[【\\[]?\\s*字[体号]\\s*[:：]?.{0,12}|[【\\[]\\s*大\\s*中\\s*小\\s*[】\\]]',
    '分享到.*|扫一扫.{0,40}|用微信扫.{0,40}',
    '上一[篇条].*|下一[篇条].*',
    '(?:相关|推荐|热门|延伸)(?:新闻|阅读|文章|链接|推荐|稿件).*',
    '(?:print|share)(?: this (?:page|article|story))?',
  ].join('|')})$`,
  'iu',
);
/** Longer lines are sentences, whatever they open with. */
const LONGEST_NOISE = 80;

/** SHA-256 over the words of title and text; counters, print links, marks and spacing do not count. */
export function contentHash(title: string, text: string): string {
  return sha256(`${titleKey(title)}\n${textKey(text)}`);
}

/** The words of a text without page noise, marks and spacing. */
export function textKey(text: string): string {
  const lines = text.split('\n').filter((line) => !isNoise(line.trim()));
  return titleKey(lines.join('\n'));
}

function isNoise(line: string): boolean {
  return line.length <= LONGEST_NOISE && NOISE_LINE.test(line);
}
