import { type Block, CLOSERS, isComplete, openMarks } from './blocks.ts';

/** Why two blocks were one paragraph, strongest first. */
export type JoinEvidence = 'openMark' | 'punctuation' | 'word' | 'comma';

/** A paragraph that columns had cut, and how its halves were found. */
export interface Join {
  readonly head: string;
  readonly tail: string;
  /** Blocks from head to tail; 1 is the next. */
  readonly distance: number;
  readonly evidence: JoinEvidence;
}

const CANNOT_START = /^[、，。；：”》）」！？]/u;
/** A cut paragraph is a paragraph: short lines are heads, signatures and list items. */
const SHORTEST_CUT = 24;
/** How much of head and tail a join records; a shorter head was a short line. */
export const QUOTED = 24;
/** Characters on either side of a cut that are read for a word across it. */
const AROUND = 8;
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/**
 * Rejoins paragraphs that columns cut. The tail is sought up to the next head or the end of the part; near blocks come
 * first, and only a mark, a sign that cannot begin a paragraph or a word across the cut reaches beyond the next block.
 */
export function joinCuts(blocks: readonly Block[]): {
  readonly blocks: readonly Block[];
  readonly joins: readonly Join[];
} {
  const rest = [...blocks];
  const joins: Join[] = [];
  for (let at = 0; at < rest.length; at += 1) {
    const head = rest[at];
    if (head === undefined || head.kind !== 'paragraph' || isComplete(head.text)) continue;
    // A short line is a cut paragraph only where a mark says so.
    if (head.text.length < SHORTEST_CUT && openMarks(head.text).length === 0) continue;
    const found = findTail(rest, at);
    if (found === undefined) continue;
    const tail = rest[found.index];
    if (tail === undefined) continue;
    joins.push({
      head: head.text.slice(-QUOTED),
      tail: tail.text.slice(0, QUOTED),
      distance: found.index - at,
      evidence: found.evidence,
    });
    rest[at] = { ...head, text: head.text + tail.text };
    rest.splice(found.index, 1);
    // The joined paragraph may be cut again.
    at -= 1;
  }
  return { blocks: rest, joins };
}

function findTail(
  blocks: readonly Block[],
  at: number,
): { readonly index: number; readonly evidence: JoinEvidence } | undefined {
  const head = blocks[at]?.text ?? '';
  for (let index = at + 1; index < blocks.length; index += 1) {
    const block = blocks[index];
    if (block === undefined || block.kind === 'head' || block.kind === 'title' || block.kind === 'sideMark')
      return undefined;
    if (block.kind !== 'paragraph') continue;
    // Whole paragraphs of another column may lie between, fragments may not.
    const between = blocks.slice(at + 1, index).filter(({ kind }) => kind === 'paragraph');
    if (between.some(({ text }) => !isComplete(text) || text.length < SHORTEST_CUT)) return undefined;
    const evidence = evidenceOf(head, block.text, index === at + 1);
    if (evidence !== undefined) return { index, evidence };
  }
  return undefined;
}

function evidenceOf(head: string, tail: string, isNext: boolean): JoinEvidence | undefined {
  if (closesOpenMark(head, tail)) return 'openMark';
  if (head.length < SHORTEST_CUT) return undefined;
  if (CANNOT_START.test(tail)) return 'punctuation';
  if (!isComplete(tail)) return isNext && /[，、]$/u.test(head) ? 'comma' : undefined;
  if (wordAcross(head, tail)) return 'word';
  return isNext && /[，、]$/u.test(head) ? 'comma' : undefined;
}

/** A mark that the head leaves open is closed in the tail, where it was never opened. */
function closesOpenMark(head: string, tail: string): boolean {
  const open = openMarks(head);
  return open.some((sign) => {
    const closer = CLOSERS[sign];
    if (closer === undefined) return false;
    const closed = tail.indexOf(closer);
    const opened = tail.indexOf(sign);
    return closed >= 0 && (opened < 0 || closed < opened);
  });
}

/** 研|发: a word of the dictionary lies across the cut, and the tail's own beginning is none. */
function wordAcross(head: string, tail: string): boolean {
  const left = head.slice(-AROUND);
  const cut = left.length;
  for (const { index, segment, isWordLike } of segmenter.segment(left + tail.slice(0, AROUND))) {
    const end = index + segment.length;
    if (index < cut && end > cut)
      return isWordLike === true && /^[\u4e00-\u9fa5]+$/u.test(segment) && !beginsWithWord(tail, end - cut);
  }
  return false;
}

/** A tail whose first word is longer than its share of the word across begins a paragraph of its own. */
function beginsWithWord(tail: string, share: number): boolean {
  const [first] = segmenter.segment(tail.slice(0, AROUND));
  return (first?.segment.length ?? 0) > share;
}
