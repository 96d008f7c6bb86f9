import { foldSpace, parseHtml } from '../../text/html.ts';

/** How a page says with a good status that there is nothing. */
const WORDS =
  /(?:页面|网页|文章|链接|资源|访问的内容|查看的信息)[^。，,\n<]{0,12}(?:不存在|已被?(?:删除|移除)|已下线|找不到|未找到)|(?:找不到|无法找到)[^。，,\n<]{0,8}(?:页面|网页)|(?:page|article)[^.\n<]{0,40}(?:not (?:be )?found|no longer (?:available|exists)|does(?:n.t| not) exist|been (?:removed|deleted))/iu;
const FRAME = 'script,style,noscript,template,nav,header,footer';
/** Such pages say little else. */
const LONGEST_PAGE = 60_000;
const LONGEST_TEXT = 300;

/** True for a page that tells its reader that what he asks for is not there, whatever its status. */
export function saysGone(html: string): boolean {
  if (html.length > LONGEST_PAGE || !WORDS.test(html)) return false;
  const $ = parseHtml(html);
  const title = foldSpace($('title').text());
  const body = $('body');
  body.find(FRAME).remove();
  const text = foldSpace(body.text());
  return text.length <= LONGEST_TEXT && WORDS.test(`${title}\n${text}`);
}
