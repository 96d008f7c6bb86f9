import { type Span, splitLines } from '../../text/sentences.ts';

/** What a line of a newspaper page is. */
export type BlockKind =
  | 'paragraph'
  | 'title'
  | 'head'
  | 'slogan'
  | 'sideMark'
  | 'credit'
  | 'caption'
  | 'running';

export interface Block extends Span {
  readonly kind: BlockKind;
}

const SLOGAN =
  /习近平新时代中国特色社会主义思想|在.{0,12}指引下|不忘初心|牢记使命|奋进新征程|建功新时代|新时代新(?:作为|气象|征程|篇章)|砥砺奋进|喜迎.{2,8}大|学习贯彻.{2,20}精神$|奋斗百年路|启航新征程|——.{0,4}新[\u4e00-\u9fa5]{1,3}新[\u4e00-\u9fa5]{1,3}/u;
const VERB_OF_NEWS =
  /召开|举行|发布|印发|推进|启动|加快|出台|部署|支持|强调|指出|开工|签署|揭牌|崛起|增长|建设/u;
const SIDE_MARK =
  /^[【[〔]?(?:相关链接|新闻链接|延伸阅读|背景链接|名词解释|新闻背景|背景资料|链接|短评|编后|记者手记|新闻附件)[】\]〕]?\s*[:：]?$/u;
/** A 区域协同…, 一、…, 1.…: the letter or number is only for the eye. */
const MARKED_HEAD =
  /^(?<mark>[A-Z]|[一二三四五六七八九十]{1,2}|[0-9]{1,2})(?:[\s　]+|[、.．]\s*)(?<head>[^。！？；]{4,25})$/u;
const CREDIT =
  /^[（(]?(?:(?:据|摘自|综合)(?<reprint>新华社|[\u4e00-\u9fa5]{2,12}?)(?:[\u4e00-\u9fa5\d]{0,12}电|报道|消息)?|(?:来源|稿源|转自)\s*[:：]\s*(?<source>\S{2,30}))[）)]?$/u;
const CAPTION = /^.{0,60}(?:摄|资料图片|供图|资料照片)[）)]?$|^图为/u;
const RUNNING =
  /^(?:第?\s?[A-Z]?\d{1,3}\s?版|\d{1,3}|[A-Z]\d{1,3}|20\d\d年\d{1,2}月\d{1,2}日\s*星期.|(?:责任?编辑?|版式|美编|校对|主编|电话|热线)[:：\s].{0,40})$/u;
/** Marks that come in pairs. */
export const CLOSERS: Readonly<Record<string, string>> = {
  '《': '》',
  '“': '”',
  '（': '）',
  '(': ')',
  '「': '」',
};
const FINAL = /[。！？…：；:;!?.”』」）)》"]$/u;
/** Head and title lengths, in characters. */
const SHORTEST_TITLE = 6;
const LONGEST_TITLE = 40;
const SHORTEST_PARAGRAPH = 40;
/** Nothing but a paragraph is longer than a caption. */
const LONGEST_FRAME_LINE = 70;

/** Sorts the lines of a page: what stands above the title, the title, heads, side marks, credits, and paragraphs. */
export function readBlocks(text: string, title?: string): readonly Block[] {
  const lines = splitLines(text);
  const titleAt = titleIndex(lines, title);
  return lines.map((line, index): Block => {
    if (index === titleAt) return { ...line, kind: 'title' };
    if (index < titleAt) return { ...line, kind: isSlogan(line.text) ? 'slogan' : 'running' };
    return { ...line, kind: kindOf(lines, index) };
  });
}

function kindOf(lines: readonly Span[], index: number): BlockKind {
  const line = lines[index]?.text ?? '';
  if (line.length > LONGEST_FRAME_LINE) return 'paragraph';
  if (SIDE_MARK.test(line)) return 'sideMark';
  if (CREDIT.test(line)) return 'credit';
  if (CAPTION.test(line) && !/。./u.test(line)) return 'caption';
  if (RUNNING.test(line)) return 'running';
  if (SIDE_MARK.test(lines[index - 1]?.text ?? '')) return isTitle(line) ? 'title' : 'paragraph';
  if (MARKED_HEAD.test(line)) return 'head';
  const next = lines[index + 1]?.text ?? '';
  const isHead =
    line.length <= 25 &&
    line.length >= 4 &&
    !FINAL.test(line) &&
    !/[，、]$/u.test(line) &&
    openMarks(line).length === 0 &&
    next.length >= SHORTEST_PARAGRAPH;
  return isHead && isComplete(lines[index - 1]?.text ?? '。') ? 'head' : 'paragraph';
}

/** The known title, or the first line behind slogans that looks like one; -1 when the text opens with a paragraph. */
function titleIndex(lines: readonly Span[], title: string | undefined): number {
  const top = lines.slice(0, 6);
  if (title !== undefined) {
    const words = bare(title);
    const known = top.findIndex(({ text }) => text.length >= words.length && bare(text) === words);
    if (known >= 0) return known;
  }
  for (const [index, { text }] of top.entries()) {
    if (isSlogan(text) || RUNNING.test(text)) continue;
    return isTitle(text) ? index : -1;
  }
  return -1;
}

function isTitle(line: string): boolean {
  return line.length >= SHORTEST_TITLE && line.length <= LONGEST_TITLE && !/[。；，、：;,:]$/u.test(line);
}

function isSlogan(line: string): boolean {
  return line.length <= 30 && !/[。，]$/u.test(line) && SLOGAN.test(line) && !VERB_OF_NEWS.test(line);
}

/** Whether a block ends as a paragraph does. */
export function isComplete(line: string): boolean {
  return FINAL.test(line);
}

/** The head without its letter or number. */
export function headWords(line: string): string {
  return MARKED_HEAD.exec(line)?.groups?.head ?? line;
}

/** The medium that a credit line names. */
export function creditMedium(line: string): string | undefined {
  const groups = CREDIT.exec(line)?.groups;
  return groups?.reprint ?? groups?.source;
}

function bare(words: string): string {
  return words.replace(/[^\p{L}\p{N}]/gu, '');
}

/** The marks that a block opens and does not close. */
export function openMarks(text: string): readonly string[] {
  const open: string[] = [];
  for (const sign of text)
    if (CLOSERS[sign] !== undefined) open.push(sign);
    else {
      const at = open.findLastIndex((opener) => CLOSERS[opener] === sign);
      if (at >= 0) open.splice(at, 1);
    }
  return open;
}
