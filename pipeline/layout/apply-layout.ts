import type { Extract, TraceStep } from '../../model/document.ts';
import { type Article, articleText, isRepaired, type Repaired, repairLayout } from './repair.ts';

/** An article beside the main one, ready to be a document of its own. */
export interface SideArticle {
  readonly title: string;
  readonly text: string;
  readonly bodyHtml: string;
}

/** An extract whose newspaper layout is undone, and what stood beside it. */
export interface Undone {
  readonly extract: Extract;
  readonly sides: readonly SideArticle[];
}

/**
 * Undoes the layout of an electronic newspaper in an extract; any other extract comes back as it was. Every repair is a step
 * of the trace.
 */
export function applyLayout(extract: Extract, lang: string): Undone {
  const { text, bodyHtml = '' } = extract;
  if (text === undefined || !lang.startsWith('zh')) return { extract, sides: [] };
  const repaired = repairLayout(text, extract.title);
  // Joined words alone are not worth the loss of a table.
  const keepsHtml = repaired.sides.length === 0 && /<(?:table|img)\b/i.test(bodyHtml);
  if (!isRepaired(repaired) || keepsHtml) return { extract, sides: [] };
  const { credit } = repaired;
  return {
    extract: {
      ...extract,
      text: articleText(repaired.main),
      bodyHtml: articleHtml(repaired.main),
      fields: { ...(credit !== undefined && { credit }), ...extract.fields },
      trace: [...extract.trace, ...stepsOf(repaired)],
    },
    sides: repaired.sides.map((side) => ({
      title: side.title ?? '',
      text: articleText(side),
      bodyHtml: articleHtml(side),
    })),
  };
}

function stepsOf({ joins, removed, sides }: Repaired): readonly TraceStep[] {
  return [
    ...joins.map(({ head, tail, distance, evidence }) => ({
      step: 'layout',
      rule: `join ${evidence} ${distance}`,
      value: `${head}|${tail}`,
    })),
    ...removed.map(({ kind, text }) => ({ step: 'layout', rule: `remove ${kind}`, value: text })),
    ...sides.map(({ title = '' }) => ({ step: 'layout', rule: 'side article', value: title })),
  ];
}

function articleHtml({ sections }: Article): string {
  return sections
    .flatMap(({ head, paragraphs }) => [
      ...(head === undefined ? [] : [`<h2>${escaped(head)}</h2>`]),
      ...paragraphs.map((paragraph) => `<p>${escaped(paragraph)}</p>`),
    ])
    .join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
