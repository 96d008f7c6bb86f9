import { titleKey } from '../../text/titles.ts';
import type { Block } from './blocks.ts';

/** Lines that belong to the site's frame around a text, not to the text. Matched on short blocks only. */
const FRAME_LINE =
  /^(?:[（([【]?\s*(?:本文)?(?:责任编辑|责编|编辑|编审|校对|审核|初审|终审|值班编辑|来源|文章来源|稿源|信息来源|原标题|作者|发布时间|发布日期|浏览次数|点击数|字号|字体)\s*[:：])|^(?:打印|关闭|【?打印本页】?|【?关闭窗口】?|分享到?|收藏|返回顶部|上一篇|下一篇|扫一扫|微信|微博|QQ空间|点赞|举报|展开全文|阅读全文|更多)|^(?:share|print|related|read more|see also|subscribe|follow us)\b/iu;
/** Heads of lists of other documents. */
const RELATED_HEAD =
  /^[【[]?(?:相关(?:新闻|阅读|文章|链接|报道|推荐|稿件|文件|解读|信息|专题)|延伸阅读|推荐阅读|热门(?:新闻|推荐|文章)|猜你喜欢|为您推荐|更多(?:新闻|精彩|阅读)|精彩推荐|related (?:articles|content|stories|links)|recommended|most read)[】\]]?[:：]?$/iu;
const LONGEST_FRAME_LINE = 60;
const EDGE = 12;
const LINKED_SHARE = 0.6;
const ATTACHMENT = /^附\s*件|\.(?:pdf|docx?|xlsx?|wps|zip|ofd)\b/iu;

/** Cuts share bars, editor lines and lists of other documents off both ends of a text; the middle stays as it is. */
export function trimBlocks(blocks: readonly Block[], title: string | undefined): readonly Block[] {
  const end = tailStart(blocks);
  const kept = blocks.slice(0, end);
  let from = 0;
  while (from < Math.min(EDGE, kept.length) && isLeadingFrame(kept[from], title)) from += 1;
  let to = kept.length;
  while (to > from && isFrame(kept[to - 1])) to -= 1;
  return kept.slice(from, to).filter((block, index) => !(index > 0 && isLinkList(block) && isShort(block)));
}

/** Where a list of related documents opens: its head, and mostly links behind it. */
function tailStart(blocks: readonly Block[]): number {
  for (const [index, { text }] of blocks.entries()) {
    if (index === 0 || !RELATED_HEAD.test(text)) continue;
    const behind = blocks.slice(index + 1);
    const linked = behind.filter((block) => block.linked * 2 > block.text.length).length;
    const length = lengthOf(behind);
    if (linked * 2 >= behind.length || length * 4 <= lengthOf(blocks)) return index;
  }
  return blocks.length;
}

/** `2021-06-21 10:00 来源：…`: the page's own line under its title. A bare 2021年6月21日 may be the document's date. */
export function isDateLine(text: string): boolean {
  return (
    text.length <= LONGEST_FRAME_LINE &&
    (/^(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s|$)/u.test(text) ||
      /^(?:19|20)\d{2}年\d{1,2}月\d{1,2}日\s*\d{1,2}[:：]\d{2}/u.test(text) ||
      /^(?:发布|更新|发表|公开)?(?:时间|日期)\s*[:：]\s*(?:19|20)\d{2}/u.test(text))
  );
}

function isLeadingFrame(block: Block | undefined, title: string | undefined): boolean {
  if (block === undefined) return false;
  const isRepeatedTitle = /^h[1-4]$/.test(block.tag) && titleKey(block.text) === titleKey(title ?? '');
  return isFrame(block) || isDateLine(block.text) || isRepeatedTitle;
}

function isFrame(block: Block | undefined): boolean {
  if (block === undefined || ATTACHMENT.test(block.text) || block.tag === 'tr') return false;
  return (FRAME_LINE.test(block.text) && isShort(block)) || isLinkList(block);
}

function lengthOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { text }) => sum + text.length, 0);
}

function isShort(block: Block): boolean {
  return block.text.length <= LONGEST_FRAME_LINE;
}

function isLinkList(block: Block): boolean {
  return (
    block.tag !== 'tr' &&
    !ATTACHMENT.test(block.text) &&
    block.linked > block.text.length * LINKED_SHARE &&
    !/[。！？]/u.test(block.text)
  );
}
