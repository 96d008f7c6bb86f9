import { NAMED } from './names.ts';
import { add, type Outline } from './outline.ts';
import type { Judge } from './prune.ts';

const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
const PICTURE_BOXES = new Set(['div', 'section', 'center']);
const LONGEST_CAPTION = 300;
const FULL_PARAGRAPH = 80;
const FEWEST_PARAGRAPHS = 3;

/**
 * A box with a picture and a line or two is the picture with its caption: when it is named so, or when the page sets its
 * text in paragraphs and the line is none.
 */
export function pictureJudge(outline: Outline, out: Uint8Array): Judge {
  const { elements } = outline;
  const lengths = outline.ownLengths.slice();
  const pictures = new Int32Array(outline.size);
  const paragraphs = new Int32Array(outline.size);
  const headings = new Int32Array(outline.size);
  let fullParagraphs = 0;
  outline.upwards(out, ({ tagName }, at, parent) => {
    if (tagName === 'img' || tagName === 'picture') add(pictures, at, 1);
    else if (HEADINGS.has(tagName)) add(headings, at, 1);
    else if (tagName === 'p') {
      add(paragraphs, at, 1);
      if ((lengths[at] ?? 0) >= FULL_PARAGRAPH) fullParagraphs += 1;
    }
    for (const row of [lengths, pictures, paragraphs, headings]) add(row, parent, row[at] ?? 0);
  });
  return (at) => {
    if (pictures[at] === 0 || headings[at] !== 0 || !PICTURE_BOXES.has(elements[at]?.tagName ?? ''))
      return false;
    const length = lengths[at] ?? 0;
    if (length <= LONGEST_CAPTION * 2 && outline.isNamed(at, NAMED.picture)) return true;
    return length <= LONGEST_CAPTION && paragraphs[at] === 0 && fullParagraphs >= FEWEST_PARAGRAPHS;
  };
}
