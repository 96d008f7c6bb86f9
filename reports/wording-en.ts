import type { Wording } from './wording.ts';
import { dateOf, FOLDED_ROLES, monthOf, weekdayOf, yearOf } from './wording-parts.ts';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const PLURALS = {
  interpretation: ['official reading', 'official readings'],
  report: ['report', 'reports'],
  reprint: ['reprint', 'reprints'],
  copy: ['copy', 'copies'],
} as const;

/** The English of an edition. */
export const en: Wording = {
  parts: {
    minute: 'In one minute',
    lead: 'The one thing',
    ahead: 'Dates ahead',
    newDocuments: 'New documents',
    themes: 'By theme',
    press: 'In the press',
    other: 'Other themes',
    changes: 'What changed',
    rereleased: 'Put online again',
    offTopic: 'Also published',
    made: 'How this was made',
    notes: 'Source notes',
    contents: 'Contents',
  },
  labels: {
    skip: 'Skip to the edition',
    archive: 'Past editions',
    original: 'Original',
    kept: 'Kept copy',
    why: 'Why it is here',
    score: 'Total',
    issuer: 'Issuer',
    documentNumber: 'Number',
    type: 'Type',
    issued: 'Issued',
    published: 'Published',
    effective: 'Effective',
    deadline: 'Deadline',
    title: 'Title',
    date: 'Date',
    what: 'What',
    daysLeft: 'Left',
    source: 'Source',
    sources: 'How the sources answered',
    state: 'State',
    entries: 'New entries',
    documents: 'Documents',
    before: 'Before',
    after: 'After',
    nothingRemoved: 'Nothing was taken out',
    nothingAdded: 'Nothing was added',
    problems: 'Pages that could not enter the week',
    emptyTitle: 'Nothing new this week',
    page: 'Page',
    fetched: 'Fetched',
    hash: 'SHA-256 of the page',
    address: 'Original address',
    keptTitle: 'Kept text',
    keptNote:
      'The words as they were kept when the page was fetched. Marked sentences are those the edition quotes.',
    backToEdition: 'Back to the edition',
    archiveTitle: 'All editions',
    archiveEmpty: 'No edition has been published yet.',
    revision: 'Revision',
    webEdition: 'Web edition',
    pdf: 'PDF',
    data: 'Data',
    leftOut: 'Not shown',
    quoted: 'In its own words',
    rereleasedNote: 'Written long before this week and now put online: not news.',
    offTopicNote: 'Outside the topics of this digest; the titles are listed so that you can check.',
    none: 'None',
  },
  roles: {
    lead: 'first',
    copy: 'copy',
    reprint: 'reprint',
    report: 'report',
    interpretation: 'official reading',
  },
  reasons: {
    offTopic: 'outside the topics',
    limit: 'beyond the limit',
    rereleased: 'put online again',
    notSelected: 'outside the selection',
  },
  sourceStates: {
    answered: 'answered',
    refused: 'refused',
    failed: 'failed',
    disabled: 'switched off',
    notTried: 'not tried',
    imported: 'imported',
  },
  aheadKinds: { deadline: 'Deadline', effective: 'In force' },
  languages: {
    zh: 'Chinese',
    en: 'English',
    ja: 'Japanese',
    ko: 'Korean',
    de: 'German',
    fr: 'French',
    ru: 'Russian',
    es: 'Spanish',
  },
  number: String,
  editionNumber: (count) => `No. ${count}`,
  week: (week) => `Week ${Number(week.slice(6))}, ${week.slice(0, 4)}`,
  day: (on) => `${dateOf(on)} ${MONTHS[monthOf(on) - 1]} ${yearOf(on)}`,
  fullDay: (on) => `${WEEKDAYS[weekdayOf(on)]} ${en.day(on)}`,
  shortDay: (on) => `${dateOf(on)} ${MONTHS[monthOf(on) - 1]?.slice(0, 3)}`,
  days: (first, last) => {
    if (yearOf(first) !== yearOf(last)) return `${en.day(first)} – ${en.day(last)}`;
    if (monthOf(first) !== monthOf(last))
      return `${dateOf(first)} ${MONTHS[monthOf(first) - 1]} – ${en.day(last)}`;
    return `${dateOf(first)}–${en.day(last)}`;
  },
  daysLeft: (count) => (count === 0 ? 'today' : plural(count, 'day', 'days')),
  readingTime: (minutes) => `${minutes} min read`,
  more: (count) => `${plural(count, 'more story', 'more stories')} beyond the limit`,
  alsoTold: (counts) =>
    `Also ${FOLDED_ROLES.flatMap((role) =>
      counts[role] === undefined ? [] : [plural(counts[role], PLURALS[role][0], PLURALS[role][1])],
    ).join(', ')}`,
  revised: (from, to) => `revision ${from} became revision ${to}`,
  counted: ({ seen, shown, folded, leftOut }) =>
    `${plural(seen, 'document', 'documents')} seen: ${shown} shown, ${folded} folded under them, ${leftOut} not shown.`,
  leftOut: (reasons) => ` Not shown: ${reasons.map(([reason, count]) => `${count} ${reason}`).join(', ')}.`,
  covered: ({ due, answered, refused, failed }) =>
    `${plural(due, 'source', 'sources')} due: ${answered} answered, ${refused} refused, ${failed} failed.`,
  emptyWeek: ({ due, answered, seen }) =>
    `${plural(due, 'source was', 'sources were')} due and ${answered} answered; ${plural(seen, 'document was', 'documents were')} seen, none of them new for this digest.`,
  asOf: (minute, zone) => `Data as of ${minute} (${zone})`,
  moreChanges: (count) => `${count} more`,
  moreTitles: (count) => `${count} more in the data file`,
  moreInEdition: (count) => `${plural(count, 'more line', 'more lines')} in the full edition`,
  cover: ({ shown, documents, deadlines }) =>
    `${plural(shown, 'story', 'stories')} · ${plural(documents, 'new document', 'new documents')} · ${plural(deadlines, 'date ahead', 'dates ahead')}`,
  pageOf: { before: 'Page ', between: ' of ', after: '' },
};

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
