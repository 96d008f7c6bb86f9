import type {
  AheadRow,
  ChangeRow,
  DocumentRef,
  Edition,
  FateRow,
  NumberRow,
  Section,
} from '../model/edition.ts';
import { minuteOf } from '../text/calendar.ts';
import { itemsOf } from './check-edition.ts';
import { documentView, titleView, webAddress } from './document-view.ts';
import type {
  AheadView,
  ChangeView,
  ContentsRow,
  DocumentView,
  EditionView,
  FateView,
  NumberView,
  SectionView,
} from './edition-view.ts';
import { shownDocuments } from './evidence.ts';
import { itemView, type NoteOf, quoteView } from './item-view.ts';
import { madeView } from './made-view.ts';
import { regionsView, trendView } from './regions-view.ts';
import { WORDING, type Wording } from './wording.ts';

const THIN_STORIES = 2;
const LATER_ROWS = 10;
const SOON_DAYS = 14;
const SOON_ROWS = 6;
const CHANGED_UNITS = 8;
const OFF_TOPIC_TITLES = 60;
const HAN_A_MINUTE = 400;
const WORDS_A_MINUTE = 220;

/** What templates see of an edition. */
export function viewOf(edition: Edition): EditionView {
  const words = WORDING[edition.lang];
  const shown = shownDocuments(edition);
  const notes = new Map(
    shown.map((document, index) => [document.documentId, documentView(document, index + 1, edition)]),
  );
  const noteOf = ({ documentId }: Pick<DocumentRef, 'documentId'>): DocumentView => {
    const note = notes.get(documentId);
    if (note === undefined) throw new RangeError(`document ${documentId} is quoted but not shown`);
    return note;
  };
  const items = new Map(
    itemsOf(edition).map((item, index) => [item, itemView(item, index + 1, edition, noteOf)]),
  );
  const sectionView = ({ id, title, items: members, more }: Section): SectionView => ({
    trend: trendView(edition, id),
    moreTitles: edition.leftOut
      .filter(({ section }) => section === id)
      .slice(0, OFF_TOPIC_TITLES)
      .map(({ document }) => titleView(document, words)),
    anchor: `part-${id.replace(/[^\w-]/g, '-')}`,
    title,
    // Every item of every section is in the map: it was made from them.
    items: members.map((item) => items.get(item)!),
    more: more === 0 ? null : words.more(more),
  });
  const press = edition.sections.find(({ id }) => id === 'press');
  const ahead = edition.ahead.map((row) => aheadView(row, words, noteOf));
  const isSoon = (_: AheadView, index: number) => (edition.ahead[index]?.daysLeft ?? SOON_DAYS) < SOON_DAYS;
  const offTopic = edition.leftOut.filter(({ reason }) => reason === 'offTopic');
  const view = {
    lang: edition.lang,
    parts: words.parts,
    labels: words.labels,
    pageOf: words.pageOf,
    title: edition.title,
    subtitle: edition.subtitle,
    number: words.editionNumber(edition.number),
    week: words.week(edition.period.week),
    days: words.days(edition.period.firstDay, edition.period.lastDay),
    readingTime: words.readingTime(readingMinutes(edition)),
    // Which printing it is, only publishing knows.
    revision: null,
    differenceHref: null,
    asOf:
      edition.asOf === undefined
        ? null
        : words.asOf(minuteOf(edition.asOf, edition.period.zone), edition.period.zone),
    emptyWeek:
      edition.lead === undefined ? words.emptyWeek({ ...edition.coverage, seen: edition.counts.seen }) : null,
    thinWeek:
      edition.lead !== undefined && edition.counts.shown <= THIN_STORIES
        ? words.thinWeek({ ...edition.coverage, ...edition.counts })
        : null,
    brief: edition.brief.map((sentence) => quoteView(sentence, noteOf)),
    lead: edition.lead === undefined ? null : items.get(edition.lead)!,
    ahead,
    soon: ahead.filter(isSoon).slice(0, SOON_ROWS),
    aheadFirst: ahead.slice(0, SOON_ROWS),
    aheadRest: ahead.slice(SOON_ROWS),
    aheadMore: ahead.length > SOON_ROWS ? words.moreDates(ahead.length - SOON_ROWS) : null,
    leadSize: headlineSize(edition.lead?.headline ?? ''),
    later: edition.later.slice(0, LATER_ROWS).map((row) => aheadView(row, words, noteOf)),
    laterMore: edition.later.length > LATER_ROWS ? words.moreDates(edition.later.length - LATER_ROWS) : null,
    regions: regionsView(edition),
    numbers: edition.numbers.map((row) => numberView(row, words, noteOf)),
    running: edition.running.map((told) => {
      const item = items.get(told)!;
      return { item, since: item.since };
    }),
    documents: edition.newDocuments.map(
      ({ document, deadlineOn, effectiveOn, deadlineQuote, effectiveQuote }) => ({
        document: noteOf(document),
        deadline: deadlineOn === undefined ? null : words.shortDay(deadlineOn),
        effective: effectiveOn === undefined ? null : words.shortDay(effectiveOn),
        deadlineHref: deadlineQuote === undefined ? null : quoteView(deadlineQuote, noteOf).keptHref,
        effectiveHref: effectiveQuote === undefined ? null : quoteView(effectiveQuote, noteOf).keptHref,
      }),
    ),
    sections: edition.sections.filter(({ id }) => id !== 'press').map(sectionView),
    press: press === undefined ? null : sectionView(press),
    changes: edition.changes.map((row) => changeView(row, edition, noteOf)),
    fates: edition.fates.map((row) => fateView(row, edition, noteOf)),
    hasChanges: edition.changes.length + edition.fates.length > 0,
    rereleased: edition.rereleased.map(noteOf),
    offTopic: offTopic.slice(0, OFF_TOPIC_TITLES).map(({ document }) => titleView(document, words)),
    offTopicMore:
      offTopic.length > OFF_TOPIC_TITLES ? words.moreTitles(offTopic.length - OFF_TOPIC_TITLES) : null,
    made: madeView(edition, words),
    notes: [...notes.values()],
  };
  return { ...view, contents: contentsOf(view) };
}

function aheadView(
  { on, time, kind, daysLeft, isGone, quote, document }: AheadRow,
  words: Wording,
  noteOf: NoteOf,
): AheadView {
  return {
    day: words.fullDay(on),
    shortDay: words.shortDay(on),
    time: time ?? null,
    kind: words.aheadKinds[kind],
    isDeadline: kind === 'deadline',
    daysLeft: words.daysLeft(daysLeft),
    gone: isGone ? words.fates.gone : null,
    quote: quoteView(quote, noteOf),
    document: noteOf(document),
  };
}

function numberView(
  { value, measures, isTarget, period, quote, document }: NumberRow,
  words: Wording,
  noteOf: NoteOf,
): NumberView {
  return {
    value,
    measures: measures ?? null,
    target: isTarget ? words.labels.target : null,
    period: period ?? null,
    quote: quoteView(quote, noteOf),
    document: noteOf(document),
  };
}

function changeView(row: ChangeRow, { lang, period }: Edition, noteOf: NoteOf): ChangeView {
  const words = WORDING[lang];
  const more = (units: readonly string[]) =>
    units.length > CHANGED_UNITS ? words.moreChanges(units.length - CHANGED_UNITS) : null;
  return {
    document: noteOf(row.document),
    revised: words.revised(row.fromRevision, row.toRevision),
    seen: minuteOf(row.seenAt, period.zone),
    removed: row.removed.slice(0, CHANGED_UNITS),
    removedMore: more(row.removed),
    added: row.added.slice(0, CHANGED_UNITS),
    addedMore: more(row.added),
  };
}

/** Latin letters are half as wide as Han characters. */
function fateView(row: FateRow, { lang, period }: Edition, noteOf: NoteOf): FateView {
  return {
    document: noteOf(row.document),
    fate: WORDING[lang].fates[row.kind],
    seen: minuteOf(row.seenAt, period.zone),
    movedTo: row.movedTo === undefined ? null : webAddress(row.movedTo),
  };
}

function headlineSize(headline: string): 'short' | 'medium' | 'long' {
  const width = [...headline].reduce((sum, character) => sum + (character > '\u2e80' ? 1 : 0.5), 0);
  if (width <= 22) return 'short';
  return width <= 36 ? 'medium' : 'long';
}

function contentsOf(view: Omit<EditionView, 'contents'>): ContentsRow[] {
  const { parts } = view;
  const part = (anchor: string, title: string, isThere: boolean): ContentsRow[] =>
    isThere ? [{ anchor, title, level: 1 }] : [];
  return [
    ...part('lead', parts.lead, view.lead !== null),
    ...part('ahead', parts.ahead, view.ahead.length > 0),
    ...part('documents', parts.newDocuments, view.documents.length > 0),
    ...part('themes', parts.themes, view.sections.length > 0),
    ...view.sections.map(({ anchor, title }) => ({ anchor, title, level: 2 })),
    ...part('regions', parts.regions, view.regions !== null),
    ...part('numbers', parts.numbers, view.numbers.length > 0),
    ...part('changes', parts.changes, view.hasChanges),
    ...part('part-press', parts.press, view.press !== null),
    ...part('running', parts.running, view.running.length > 0),
    ...part('rereleased', parts.rereleased, view.rereleased.length > 0),
    ...part('off-topic', parts.offTopic, view.offTopic.length > 0),
    ...part('made', parts.made, true),
  ];
}

function readingMinutes(edition: Edition): number {
  const items = itemsOf(edition);
  const text = [
    ...edition.brief.map((sentence) => sentence.text),
    ...items.flatMap(({ headline, sentences }) => [headline, ...sentences.map((sentence) => sentence.text)]),
    ...edition.newDocuments.map(({ document }) => document.title),
    ...[...edition.ahead, ...edition.numbers].map(({ quote }) => quote.text),
  ].join('\n');
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/[\p{Script=Latin}\d]+/gu)?.length ?? 0;
  return Math.max(1, Math.round(han / HAN_A_MINUTE + words / WORDS_A_MINUTE));
}
