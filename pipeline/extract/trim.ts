import { titleKey } from '../../text/titles.ts';
import type { Block } from './blocks.ts';
import { CLOSING, FILLER, FRAME_LINE, OPENING, POINTER, RELATED_HEAD } from './frame-lines.ts';

const LONGEST_FRAME_LINE = 60;
const LONGEST_FILLER = 130;
const LONGEST_POINTER = 200;
const LONGEST_CLOSING = 400;
/** Shorter lines (headings, refrains) may stand twice. */
const SHORTEST_REPEAT = 60;
const CLOSING_LINES = 8;
const OPENING_LINES = 6;
/** A text of which less is left was made of such lines; then they are its text. */
const LEAST_LEFT = 0.5;
const EDGE = 12;
const LINKED_SHARE = 0.6;
/** A block with this many characters outside its links says something itself. */
const OWN_WORDS = 100;
/** Marks of a post in a forum; one may stand in any text, three are a thread. */
const FLOOR = /^(?:楼层\s*[:：]|第?\s*\d{1,4}\s*楼|(?:post|reply) #\d+)/iu;
const FEWEST_FLOORS = 3;
const ATTACHMENT = /^附\s*件|\.(?:pdf|docx?|xlsx?|wps|zip|ofd)\b/iu;

/** Cuts share bars, editor lines and lists of other documents off both ends of a text, pointers and fillers anywhere. */
export function trimBlocks(blocks: readonly Block[], title: string | undefined): readonly Block[] {
  const kept = blocks.slice(0, Math.min(tailStart(blocks), repliesStart(blocks)));
  let from = 0;
  while (from < Math.min(EDGE, kept.length) && isLeadingFrame(kept[from], title)) from += 1;
  let to = kept.length;
  while (to > from && isFrame(kept[to - 1])) to -= 1;
  const middle = withoutRelated(kept.slice(from, to));
  const seen = new Set<string>();
  const trimmed = middle.filter((block, index) => {
    // Pop-ups and cards repeat a text word for word; articles do not.
    if (block.text.length >= SHORTEST_REPEAT && block.tag !== 'tr') {
      if (seen.has(block.text)) return false;
      seen.add(block.text);
    }
    if (index > 0 && isLinkList(block) && isShort(block)) return false;
    if (isPointer(block) || isFiller(block)) return false;
    return (
      !(index >= middle.length - CLOSING_LINES && isClosing(block)) &&
      !(index < OPENING_LINES && isOpening(block))
    );
  });
  return lengthOf(trimmed) >= lengthOf(middle) * LEAST_LEFT ? withoutBareHeadings(trimmed) : middle;
}

/** A heading at the very end heads nothing. */
function withoutBareHeadings(blocks: readonly Block[]): readonly Block[] {
  const last = blocks.findLastIndex((block) => !/^h[1-4]$/u.test(block.tag));
  return last < 0 ? blocks : blocks.slice(0, last + 1);
}

function isPointer(block: Block): boolean {
  if (block.tag === 'tr' || block.text.length > LONGEST_POINTER) return false;
  if (POINTER.test(block.text)) return block.linked > 0 || block.text.length < 40;
  // A line that is nothing but a link and no sentence points elsewhere.
  return (
    block.tag === 'p' &&
    block.linked >= block.text.length * 0.9 &&
    !ATTACHMENT.test(block.text) &&
    /[\p{Ll}\p{Lu}]/u.test(block.text) &&
    !/\.$/u.test(block.text)
  );
}

function isFiller(block: Block): boolean {
  return block.tag !== 'tr' && block.text.length <= LONGEST_FILLER && FILLER.test(block.text);
}

function isClosing(block: Block): boolean {
  return block.tag !== 'tr' && block.text.length <= LONGEST_CLOSING && CLOSING.test(block.text);
}

function isOpening(block: Block): boolean {
  return block.tag !== 'tr' && block.text.length <= LONGEST_FILLER && OPENING.test(block.text);
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

/** A list of related documents in the middle of a text: its head, and what is mostly link right behind it. */
function withoutRelated(blocks: readonly Block[]): readonly Block[] {
  let isBehindHead = false;
  return blocks.filter((block) => {
    const isHead = block.tag !== 'tr' && RELATED_HEAD.test(block.text);
    isBehindHead = isHead || (isBehindHead && block.linked * 2 > block.text.length);
    return !isBehindHead;
  });
}

/** Where the answers of a forum begin: each of them under its own floor. */
function repliesStart(blocks: readonly Block[]): number {
  const floors = blocks.flatMap(({ text }, index) =>
    FLOOR.test(text) && text.length <= LONGEST_FRAME_LINE ? [index] : [],
  );
  const [first = 0, second = blocks.length] = floors;
  if (floors.length < FEWEST_FLOORS) return blocks.length;
  // The first post may have no floor of its own.
  return lengthOf(blocks.slice(0, first)) > lengthOf(blocks.slice(first, second)) ? first : second;
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
    block.text.length - block.linked < OWN_WORDS &&
    !/[。！？]/u.test(block.text)
  );
}
