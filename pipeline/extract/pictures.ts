import { foldedLength } from '../../text/html.ts';
import type { Element } from './runs.ts';
import type { Gone, Judge } from './tree.ts';

const HEADING = /^h[1-6]$/u;
const PICTURE_BOXES = new Set(['div', 'section', 'center']);
const PICTURE_NAME =
  /(?:^|[\s_-]|[a-z](?=[A-Z]))(?:img|image|picture|photo|pic|media|foto|bild|gallery|imagen|fig)/iu;
const LONGEST_CAPTION = 300;
const FULL_PARAGRAPH = 80;
const FEWEST_PARAGRAPHS = 3;

/**
 * A box with a picture and a line or two is the picture with its caption: when it is named so, or when the page sets its
 * text in paragraphs and the line is none.
 */
export function pictureJudge(top: Element, gone: Gone): Judge {
  const named = new Set<Element>();
  const bare = new Set<Element>();
  let paragraphs = 0;
  const visit = (
    element: Element,
  ): { pictures: number; length: number; paragraphs: number; headings: number } => {
    const sum = { pictures: 0, length: 0, paragraphs: 0, headings: 0 };
    for (const child of element.children) {
      if (child.type === 'text') sum.length += foldedLength(child.data);
      else if (child.type === 'tag' && !gone.has(child)) {
        const inner = visit(child);
        sum.pictures += inner.pictures;
        sum.length += inner.length;
        sum.paragraphs += inner.paragraphs;
        sum.headings += inner.headings;
      }
    }
    const { tagName, attribs } = element;
    if (tagName === 'img' || tagName === 'picture') sum.pictures += 1;
    else if (HEADING.test(tagName)) sum.headings += 1;
    else if (tagName === 'p') {
      sum.paragraphs += 1;
      if (sum.length >= FULL_PARAGRAPH) paragraphs += 1;
    } else if (sum.pictures > 0 && sum.headings === 0 && PICTURE_BOXES.has(tagName)) {
      if (sum.length <= LONGEST_CAPTION && sum.paragraphs === 0) bare.add(element);
      if (
        sum.length <= LONGEST_CAPTION * 2 &&
        PICTURE_NAME.test(`${attribs.class ?? ''} ${attribs.id ?? ''}`)
      )
        named.add(element);
    }
    return sum;
  };
  visit(top);
  return (element) => named.has(element) || (paragraphs >= FEWEST_PARAGRAPHS && bare.has(element));
}
