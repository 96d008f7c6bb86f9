import type { Publication } from '../../model/publication.ts';
import { readPublication } from '../../text/dates.ts';
import { allElements, foldSpace } from '../../text/html.ts';
import type { OpenPage } from './page.ts';
import type { Element } from './runs.ts';
import { NOTHING, rawText } from './tree.ts';

/** Days that elements of the page mark for machines with attributes: microdata, microformats, RDFa. */
export interface MarkedDates {
  readonly published: Publication | undefined;
  /** The microformat of blogs asks for a day of change even where nothing changed. */
  readonly updated: Publication | undefined;
}

/** Looks through all elements once: a selector for each of these attributes would take longer than the rest of the date. */
export function markedDates({ $, source }: OpenPage): MarkedDates {
  const published: string[] = [];
  const updated: string[] = [];
  for (const element of allElements($)) {
    const { attribs } = element;
    const classes = attribs.class ?? '';
    if (isMarked(attribs)) published.push(textOf(element));
    else if (attribs.title !== undefined && /(?:^|\s)published(?:\s|$)/u.test(classes))
      published.push(attribs.title);
    else if (attribs.title !== undefined && /(?:^|\s)updated(?:\s|$)/u.test(classes))
      updated.push(attribs.title);
  }
  const first = (texts: readonly string[]) =>
    texts.map((text) => readPublication(text, source.zone, 'attribute')).find((found) => found !== undefined);
  return { published: first(published), updated: first(updated) };
}

function isMarked(attribs: Element['attribs']): boolean {
  return (
    attribs.itemprop?.includes('datePublished') === true ||
    attribs['data-pubdate'] !== undefined ||
    attribs['data-published'] !== undefined ||
    attribs.pubdate !== undefined ||
    attribs.property === 'schema:datePublished' ||
    attribs.property === 'dc:date'
  );
}

function textOf(element: Element): string {
  const { attribs } = element;
  return (
    attribs.content ??
    attribs.datetime ??
    attribs['data-pubdate'] ??
    attribs['data-published'] ??
    attribs.title ??
    foldSpace(rawText(element, NOTHING))
  );
}
