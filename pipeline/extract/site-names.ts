import { foldSpace } from '../../text/html.ts';
import { titleKey } from '../../text/titles.ts';
import { metaContent, type OpenPage } from './page.ts';

/** A last part of <title> that names a site or a column, not a document. */
const SITE_PART =
  /网$|网站|频道|门户|人民政府$|政府网|部$|厅$|局$|委员会$|委$|日报|晚报|时报|新闻|公司|中心$|首页|资讯|客户端|平台|\.(?:com|cn|org|net|gov|uk|eu|jp)\b|公众号|头条|百家号|博客|论坛|专栏|要闻|快讯|通知公告|政策文件|工作动态|GOV\.UK|Home/iu;
const SEPARATOR = /\s+[-–—|·:]\s+|\s*[_|｜]+\s*|\s*--+\s*|(?<=[^\x21-\x7e])-|-(?=[^\x21-\x7e])/gu;

/** <title> or og:title without the site's and the column's name behind it. */
export function stripSite(title: string, siteNames: readonly string[]): string {
  let rest = foldSpace(title);
  const names = siteNames.map(titleKey).filter((name) => name !== '');
  for (;;) {
    // A hyphen between Latin letters and the Chinese dash —— are parts of titles, not separators.
    const separator = [...rest.matchAll(SEPARATOR)].at(-1);
    if (separator === undefined) return rest;
    const head = rest.slice(0, separator.index).trim();
    const tail = rest.slice(separator.index + separator[0].length).trim();
    const key = titleKey(tail);
    const isSite = key === '' || names.some((name) => isNameOf(name, key)) || SITE_PART.test(tail);
    const isColumn = /[_|｜]/u.test(separator[0]) && titleKey(head).length > key.length;
    if (titleKey(head).length < 4 || tail.length > 40 || !(isSite || isColumn)) return rest;
    rest = head;
  }
}

/** A heading without the site's name behind it; a column's name there is more likely part of the title. */
export function stripName(heading: string, page: OpenPage): string {
  const separator = [...heading.matchAll(SEPARATOR)].at(-1);
  if (separator === undefined) return heading;
  const key = titleKey(heading.slice(separator.index));
  const names = siteNames(page).map(titleKey);
  return key !== '' && names.some((name) => isNameOf(name, key))
    ? heading.slice(0, separator.index)
    : heading;
}

/** `Example Tires` and `Exam` are names of Example, a sentence that has the word in it is not. */
function isNameOf(name: string, key: string): boolean {
  if (name.startsWith(key) || name.endsWith(key)) return key.length >= 2;
  return (key.startsWith(name) || key.endsWith(name)) && key.length <= name.length * 2;
}

/** What the page calls its site, and the site's name in its address (`example` of www.example.co.uk). */
export function siteNames({ $, url }: Pick<OpenPage, '$' | 'url'>): readonly string[] {
  const name = metaContent($, ['og:site_name', 'sitename', 'application-name'])?.value;
  const labels = (URL.parse(url)?.hostname ?? '').split('.').filter((label) => label.length > 4);
  return name === undefined ? labels : [name, ...labels];
}
