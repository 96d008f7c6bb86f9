import type { Edition } from '../model/edition.ts';

/** Longer subjects are cut by the lists of most mail programs anyway. */
const MOST_CHARACTERS = 120;

type Named = Pick<Edition, 'title' | 'lang' | 'period' | 'number' | 'lead'>;

/** The line a reader decides by: which digest, which week, and the most important headline. */
export function subjectOf(edition: Named): string {
  const { lang, lead } = edition;
  const issue = issueOf(edition);
  const headline = lead?.headline.replace(/\s+/g, ' ').trim();
  if (headline === undefined || headline === '') return issue;
  return cut(lang === 'en' ? `${issue}: ${headline}` : `${issue}：${headline}`);
}

/** Of a mail that corrects an edition. */
export function erratumSubjectOf(edition: Named): string {
  return cut(edition.lang === 'en' ? `Correction: ${issueOf(edition)}` : `更正：${issueOf(edition)}`);
}

/** Under which name the PDF is saved; without what file systems refuse. */
export function pdfNameOf(edition: Named): string {
  return `${issueOf(edition).replace(/[\p{Cc}\\/:*?"<>|]+/gu, ' ')}.pdf`;
}

function issueOf({ title, lang, period, number }: Named): string {
  const year = period.week.slice(0, 4);
  return lang === 'en' ? `${title}, ${year} no. ${number}` : `${title} ${year}年第${number}期`;
}

function cut(subject: string): string {
  return subject.length <= MOST_CHARACTERS
    ? subject
    : `${subject.slice(0, MOST_CHARACTERS - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
