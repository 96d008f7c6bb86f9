import type { Edition } from '../model/edition.ts';

/** Longer subjects are cut by the lists of most mail programs anyway. */
const MOST_CHARACTERS = 120;

/** The line a reader decides by: which digest, which week, and the most important headline. */
export function subjectOf(edition: Pick<Edition, 'title' | 'lang' | 'period' | 'number' | 'lead'>): string {
  const { title, lang, period, number, lead } = edition;
  const year = period.week.slice(0, 4);
  const issue = lang === 'en' ? `${title}, ${year} no. ${number}` : `${title} ${year}年第${number}期`;
  const headline = lead?.headline.replace(/\s+/g, ' ').trim();
  if (headline === undefined || headline === '') return issue;
  const subject = lang === 'en' ? `${issue}: ${headline}` : `${issue}：${headline}`;
  return subject.length <= MOST_CHARACTERS
    ? subject
    : `${subject.slice(0, MOST_CHARACTERS - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
