import { type Block, creditMedium, headWords, readBlocks } from './blocks.ts';
import { type Join, joinCuts, QUOTED } from './join-cuts.ts';

/** An article of a newspaper page: the main one, or one beside it. */
export interface Article {
  readonly title?: string;
  /** In order; the first has no head when the article opens with a lead. */
  readonly sections: readonly Section[];
}

export interface Section {
  readonly head?: string;
  readonly paragraphs: readonly string[];
}

/** A line that is no part of an article's words. */
export interface Removed {
  readonly kind: 'slogan' | 'running' | 'caption' | 'credit' | 'pullQuote' | 'sideMark';
  readonly text: string;
}

/** What a page of newspaper text holds once its layout is undone; nothing is dropped without a record. */
export interface Repaired {
  readonly main: Article;
  readonly sides: readonly Article[];
  /** The medium of a credit line at the end of the page; it holds for the page. */
  readonly credit?: string;
  readonly joins: readonly Join[];
  readonly removed: readonly Removed[];
}

const SHORTEST_PULL_QUOTE = 12;
const LONGEST_PULL_QUOTE = 60;
/** The title of a notice is repeated in its first lines; that is no pull quote. */
const FIRST_LINES = 4;
/** A side article has at least one paragraph of this length; a list of links has none. */
const SHORTEST_SIDE_PARAGRAPH = 60;

/**
 * Undoes the layout of an electronic newspaper: slogans and running heads go, cut paragraphs are rejoined with evidence, and
 * side articles (相关链接) stand apart from the main one.
 */
export function repairLayout(text: string, title?: string): Repaired {
  const blocks = readBlocks(text, title);
  const removed: Removed[] = [];
  const parts: Block[][] = [[]];
  let credit: string | undefined;
  const isNewspaper = blocks.some(
    ({ kind }, index) => kind === 'slogan' || (kind === 'sideMark' && opensArticle(blocks, index)),
  );
  for (const [index, block] of blocks.entries()) {
    if (block.kind === 'sideMark' && opensArticle(blocks, index)) {
      removed.push({ kind: 'sideMark', text: block.text });
      parts.push([]);
      continue;
    }
    if (block.kind === 'credit') credit = creditMedium(block.text) ?? credit;
    const isPullQuote =
      isNewspaper && index > FIRST_LINES && block.kind === 'paragraph' && isRepeated(block, blocks);
    const kind = isPullQuote ? 'pullQuote' : block.kind;
    if (kind === 'paragraph' || kind === 'head' || kind === 'title' || kind === 'sideMark')
      parts.at(-1)?.push(block);
    else removed.push({ kind, text: block.text });
  }
  const joins: Join[] = [];
  const articles = parts.map((part) => {
    const joined = joinCuts(part);
    joins.push(...joined.joins);
    return articleOf(joined.blocks);
  });
  const [main = { sections: [] }, ...sides] = articles;
  return { main, sides, ...(credit !== undefined && { credit }), joins, removed };
}

/** Whether the repair changed more than credit lines and titles in two lines: then the page was a newspaper's. */
export function isRepaired({ sides, joins, removed }: Repaired): boolean {
  return (
    sides.length > 0 ||
    joins.some(({ head }) => head.length >= QUOTED) ||
    removed.some(({ kind }) => kind === 'slogan' || kind === 'pullQuote')
  );
}

/** The words of an article: heads and paragraphs, a line each, without the title. */
export function articleText({ sections }: Article): string {
  return sections
    .flatMap(({ head, paragraphs }) => [...(head === undefined ? [] : [head]), ...paragraphs])
    .join('\n');
}

function opensArticle(blocks: readonly Block[], index: number): boolean {
  const title = blocks[index + 1];
  const behind = blocks.slice(index + 2).filter(({ kind }) => kind === 'paragraph');
  return (
    title?.kind === 'title' &&
    behind.some(({ text }) => text.length >= SHORTEST_SIDE_PARAGRAPH && text.includes('。'))
  );
}

function articleOf(blocks: readonly Block[]): Article {
  const sections: { head?: string; paragraphs: string[] }[] = [{ paragraphs: [] }];
  let title: string | undefined;
  for (const block of blocks) {
    if (block.kind === 'title' && title === undefined) title = block.text;
    else if (block.kind === 'head') sections.push({ head: headWords(block.text), paragraphs: [] });
    else sections.at(-1)?.paragraphs.push(block.text);
  }
  const filled = sections.filter(({ head, paragraphs }) => head !== undefined || paragraphs.length > 0);
  return { ...(title !== undefined && { title }), sections: filled };
}

/** A pull quote repeats words of a paragraph in larger type. */
function isRepeated(block: Block, blocks: readonly Block[]): boolean {
  const { length } = block.text;
  if (length < SHORTEST_PULL_QUOTE || length > LONGEST_PULL_QUOTE) return false;
  const bare = block.text.replace(/[。！？]$/u, '');
  return blocks.some(
    (other) => other !== block && other.text.length > length * 2 && other.text.includes(bare),
  );
}
