import { findDays } from '../../text/dates.ts';
import { BOX_WORDS, COMMENT_WORDS, NOISE_WORDS } from './noise-words.ts';
import type { OpenPage } from './page.ts';
import { nameWords } from './prune.ts';
import type { Element, Run } from './runs.ts';
import { titleRun } from './title.ts';

/** A line that may carry the date: `2021-06-21 10:00 来源：…`; longer ones are sentences. */
const LONGEST_DATE_LINE = 80;
/** From this score on a date is the text's own: named as a date beside the title, or labelled. */
const ENOUGH = 3;
const NEAR = 12;
const FAR = 40;
const NAMED =
  /(?:date|datum|(?<![a-z])time(?!line)|publish|posted|pubtime|fecha|dateline|stand|created|published|byline|meta|info|shijian|riqi)/iu;
const LABELLED =
  /(?:published|posted|written|veröffentlicht|erstellt|erschienen|datum|stand|publié|mis en ligne|publicado|pubblicato|geplaatst|gepubliceerd|publicerad|publisert|opublikowano|опубликовано|yayın|diterbitkan|submitted on|first published|release date|发布|发表|公開|掲載|배포|입력|등록)\p{L}*[\s:：]/iu;
const CHANGED =
  /updated|modified|reviewed|aktualisiert|geändert|mise? à jour|actualizado|atualizado|aggiornato|更新|수정/iu;
/** Copyright spans, validity and deadlines, times of events. */
const OTHER_DATE =
  /版权|copyright|©|有效期|截止|deadline|expires?|valid (?:until|till)|from .{3,30} to|bis zum|\bborn\b|last visited|abgerufen|accessed/iu;
const AWAY = new Set(['aside', 'footer', 'nav']);

/** A line of the page and how it was recognised. */
export interface DateLine {
  readonly text: string;
  readonly rule: string;
}

/** The line that shows readers the date: near the title, named or labelled as a date; else the only date above the text. */
export function shownDate(page: OpenPage, title: string | undefined): DateLine | undefined {
  const at = title === undefined ? undefined : titleRun(page, title);
  let best: { readonly line: DateLine; readonly score: number } | undefined;
  const days = new Set<string>();
  let only: string | undefined;
  for (const [index, run] of page.runs.entries()) {
    const stamp = run.parent.tagName === 'time' ? (run.parent.attribs.datetime ?? '') : '';
    if (run.text.length > LONGEST_DATE_LINE || run.text.includes('。') || !/\d/u.test(run.text + stamp))
      continue;
    const text = findDays(stamp).length > 0 ? stamp : run.text;
    const day = findDays(text)[0];
    if (day === undefined || OTHER_DATE.test(run.text)) continue;
    days.add(day.on);
    only ??= text;
    const score = scoreOf(page, run, index, at, day.end - day.start);
    if (score >= ENOUGH && (best === undefined || score > best.score))
      best = { line: { text, rule: 'text near title' }, score };
  }
  if (best !== undefined) return best.line;
  return days.size === 1 && only !== undefined ? { text: only, rule: 'only date of the page' } : undefined;
}

function scoreOf(page: OpenPage, run: Run, index: number, title: number | undefined, length: number): number {
  const before = page.runs[index - 1]?.text ?? '';
  const label = before.length <= 30 ? `${before} ${run.text} ` : `${run.text} `;
  let score = 0;
  if (LABELLED.test(label)) score += 3;
  else if (CHANGED.test(label)) score -= 1;
  if (length >= run.text.length * 0.6) score += 1;
  if (isNamedDate(run.parent)) score += 2;
  if (title !== undefined && index > title) score += index - title <= NEAR ? 3 : index - title <= FAR ? 1 : 0;
  else if (title !== undefined && title - index <= NEAR / 2) score += 2;
  return isElsewhere(run.parent) ? score - 4 : score;
}

function isNamedDate(element: Element): boolean {
  return [element, element.parent].some(
    (node) =>
      node !== null &&
      'tagName' in node &&
      (node.tagName === 'time' || NAMED.test(`${node.attribs.class ?? ''} ${node.attribs.id ?? ''}`)),
  );
}

/** In a list of other documents, a comment or a side column. */
function isElsewhere(element: Element): boolean {
  let at: Element['parent'] = element;
  for (let depth = 0; at !== null && 'tagName' in at && depth < 7; depth += 1) {
    if (AWAY.has(at.tagName) && depth > 0) return true;
    const words = nameWords(at.attribs);
    if (words.some((word) => COMMENT_WORDS.has(word) || ELSEWHERE.has(word))) return true;
    at = at.parent;
  }
  return false;
}

const ELSEWHERE = new Set(
  [...NOISE_WORDS, ...BOX_WORDS].filter(
    (word) =>
      !/^(?:byline|author|authors|contributor|credit|timestamp|pubdate|postmeta|entrymeta|articlemeta|dateline|metadata|tag|tags|topics|share|sharing|toolbar|tools|print|categories|follow|social|skip|breadcrumbs?|crumbs?)/u.test(
        word,
      ),
  ),
);
