import { titleKey } from '../../text/titles.ts';
import type { Block } from './blocks.ts';

/** Characters of a block that are looked up together: long enough to be nobody else's words. */
const CHUNK = 20;
/** The shortest text a site can have meant as its whole article. */
const SHORTEST_WITNESS = 200;
/** Of the stated text this much must be found among the blocks before they are cut down to it. */
const FOUND_SHARE = 0.8;
/** A statement shorter than this part of the blocks is an opening, cut for search engines: it says nothing of the rest. */
const WHOLE_SHARE = 0.5;
/** Paragraphs beyond the stated text may be this part of all; more, and it is the statement that is incomplete. */
const MOST_UNSTATED = 0.35;
/** So may what stands below the last stated paragraph: sites that cut a text for search engines cut its end. */
const MOST_BELOW = 0.15;

/** A text the page states about itself for search engines, held against the blocks found in the page. */
export class Witness {
  readonly text: string;
  readonly #key: string;

  constructor(text: string) {
    this.text = text;
    this.#key = titleKey(text);
  }

  get isLong(): boolean {
    return this.#key.length >= SHORTEST_WITNESS;
  }

  /** Share of the stated text that the blocks hold, 0 to 1. */
  coverage(blocks: readonly Block[]): number {
    const found = blocks.reduce(
      (sum, block) => sum + this.#statedShare(block) * titleKey(block.text).length,
      0,
    );
    return this.#key.length === 0 ? 0 : Math.min(1, found / this.#key.length);
  }

  /**
   * The blocks from the first to the last that the statement holds, without paragraphs it does not hold; headings, lists
   * and tables between stay. The blocks as they are when the statement is only a part of them.
   */
  narrow(blocks: readonly Block[]): readonly Block[] {
    if (this.coverage(blocks) < FOUND_SHARE || this.#key.length < keyLength(blocks) * WHOLE_SHARE)
      return blocks;
    const isStated = blocks.map((block) => this.#statedShare(block) >= 0.5);
    const from = isStated.indexOf(true);
    const length = (list: readonly Block[]) => list.reduce((sum, { text }) => sum + text.length, 0);
    const last = isStated.lastIndexOf(true) + 1;
    const to = length(blocks.slice(last)) > length(blocks) * MOST_BELOW ? blocks.length : last;
    const range = blocks.slice(from, to);
    const kept = range.filter(
      (block, index) =>
        isStated[from + index] === true ||
        from + index >= last ||
        (block.tag !== 'p' && block.linked * 2 <= block.text.length),
    );
    return length(kept) >= length(blocks) * (1 - MOST_UNSTATED) ? kept : blocks;
  }

  #statedShare({ text }: Block): number {
    const key = titleKey(text);
    if (key.length <= CHUNK) return key !== '' && this.#key.includes(key) ? 1 : 0;
    let found = 0;
    let chunks = 0;
    for (let at = 0; at + CHUNK <= key.length; at += CHUNK) {
      chunks += 1;
      if (this.#key.includes(key.slice(at, at + CHUNK))) found += 1;
    }
    return found / chunks;
  }
}

function keyLength(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { text }) => sum + titleKey(text).length, 0);
}
