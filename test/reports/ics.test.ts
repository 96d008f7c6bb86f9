import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import ICAL from 'ical.js';
import type { Document } from '../../model/document.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { type CalendarEvent, readCalendar, writeCalendar } from '../../reports/ics.ts';
import { type CalendarInput, deadlinesCalendar, deadlinesFile } from '../../reports/ics-deadlines.ts';
import { canonicalInput } from './canonical-edition.ts';
import { madeUpDocument, madeUpInput, madeUpSource, madeUpStory } from './made-up.ts';

const SOURCE = madeUpSource({ id: 'ministry', name: '科技部' });
const WORDS = '意见请于规定日期前反馈。';

/** A draft with a deadline, as the edition of a week tells it. */
function told(on: string, options: { readonly time?: string; readonly week?: string } = {}) {
  const document = draft([['deadline', on, WORDS]], options.time);
  const input = madeUpInput({
    sources: [SOURCE],
    stories: [madeUpStory(9, [document])],
    week: options.week ?? '2021-W25',
  });
  return { document, edition: composeEdition(input) };
}

function draft(dates: Parameters<typeof madeUpDocument>[0]['dates'] & object, time?: string): Document {
  const document = madeUpDocument({
    source: 'ministry',
    title: '关于公开征求意见的通知',
    number: '国科函〔2021〕1号',
    on: '2021-06-22',
    topics: ['science'],
    text: `${WORDS}另行通知。`,
    dates,
  });
  return time === undefined
    ? document
    : { ...document, dates: document.dates.map((fact) => ({ ...fact, time })) };
}

function calendar(
  edition: CalendarInput['edition'],
  before: readonly CalendarEvent[] = [],
  documents: readonly Document[] = [],
  gone: readonly Document[] = [],
) {
  return deadlinesCalendar({
    edition,
    gone: new Set(gone.map(({ id }) => id)),
    before,
    documents: new Map(documents.map((one) => [one.id, one])),
    zoneOf: () => 'Asia/Shanghai',
  }).events;
}

describe('the deadlines of an edition', () => {
  test('come back out of a parser: names, days, words, and the week as the time of making', () => {
    const edition = composeEdition(canonicalInput());
    const file = deadlinesFile({ edition, before: [], documents: new Map(), zoneOf: () => 'Asia/Shanghai' });
    const parsed = new ICAL.Component(ICAL.parse(file));
    const events = parsed.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
    const rows = [...edition.ahead, ...edition.later];
    assert.equal(events.length, rows.length);
    assert.ok(events.length >= 6);
    assert.equal(new Set(events.map(({ uid }) => uid)).size, events.length);
    for (const row of rows) {
      const event = events.find(
        ({ uid }) => uid === `${row.document.documentId}-${row.kind}-1@policy-digest`,
      );
      assert.ok(event, row.document.title);
      assert.equal(event.startDate.toString(), row.on);
      assert.ok(event.startDate.isDate);
      assert.ok(event.summary.endsWith(row.document.title));
      assert.ok(event.description.startsWith(row.quote.text));
      assert.equal(event.component.getFirstPropertyValue('url'), row.document.url);
      assert.equal(event.component.getFirstPropertyValue('dtstamp')?.toString(), '2021-06-27T16:00:00Z');
      assert.equal(event.sequence, 0);
    }
  });

  test('with a time of day are moments in the zone of the source; the end of a day is the day', () => {
    const start = (time: string) => calendar(told('2021-07-05', { time }).edition)[0]?.start;
    assert.equal(start('17:30'), '2021-07-05T09:30:00.000Z');
    assert.equal(start('24:00'), '2021-07-05');
  });

  test('keep name and sequence while the date stands, whatever is built again', () => {
    const { edition, document } = told('2021-07-05');
    const first = calendar(edition);
    assert.deepEqual(calendar(edition, first, [document]), first);
    const next = told('2021-07-05', { week: '2021-W26' });
    assert.deepEqual(
      calendar(next.edition, first, [document]).map(({ uid, sequence }) => [uid, sequence]),
      first.map(({ uid }) => [uid, 0]),
    );
  });

  test('raise the sequence when a date moves, in view or far beyond it, and only once', () => {
    const first = calendar(told('2021-07-05').edition);
    const moved = told('2021-07-12');
    const second = calendar(moved.edition, first, [moved.document]);
    assert.deepEqual(brief(second), [[first[0]?.uid, '2021-07-12', 1, false]]);
    assert.deepEqual(calendar(moved.edition, second, [moved.document]), second);
    const far = told('2021-12-31');
    assert.deepEqual(far.edition.ahead, []);
    const third = calendar(far.edition, second, [far.document]);
    assert.deepEqual(brief(third), [[first[0]?.uid, '2021-12-31', 2, false]]);
    assert.deepEqual(calendar(far.edition, third, [far.document]), third);
  });

  test('are cancelled when the document sets no date any longer, and come back when it does', () => {
    const { edition } = told('2021-07-05');
    const first = calendar(edition);
    const without = draft([]);
    const none = composeEdition(madeUpInput({ sources: [SOURCE], stories: [madeUpStory(9, [without])] }));
    const second = calendar(none, first, [without]);
    assert.deepEqual(brief(second), [[first[0]?.uid, '2021-07-05', 1, true]]);
    assert.deepEqual(calendar(none, second, [without]), second);
    assert.match(
      writeCalendar({ name: '', stampedAt: '2021-06-27T16:00:00.000Z', events: second }),
      /STATUS:CANCELLED/,
    );
    assert.deepEqual(brief(calendar(edition, second)), [[first[0]?.uid, '2021-07-05', 2, false]]);
  });

  test('are cancelled when the publisher takes the document down, stay so, and come back with it', () => {
    const { edition, document } = told('2021-07-05');
    const first = calendar(edition, [], [document]);
    const second = calendar(edition, first, [document], [document]);
    assert.deepEqual(brief(second), [[first[0]?.uid, '2021-07-05', 1, true]]);
    // In the next week it is gone as well, and a date beyond the edition's view is no way back.
    const later = composeEdition(madeUpInput({ sources: [SOURCE], stories: [], week: '2021-W26' }));
    assert.deepEqual(calendar(edition, second, [document], [document]), second);
    assert.deepEqual(brief(calendar(later, first, [document], [document])), brief(second));
    assert.deepEqual(brief(calendar(edition, second, [document])), [[first[0]?.uid, '2021-07-05', 2, false]]);
    assert.deepEqual(calendar(edition, [], [document], [document]), []);
  });

  test('stay as they are while their document is not known, and go when their day is past', () => {
    const first = calendar(told('2021-07-05').edition);
    const empty = (week: string) => composeEdition(madeUpInput({ sources: [], stories: [], week }));
    assert.deepEqual(calendar(empty('2021-W26'), first), first);
    assert.deepEqual(calendar(empty('2021-W27'), first), []);
  });

  test('two of one document have two names, and the second keeps its own when the first is past', () => {
    const document = draft([
      ['deadline', '2021-07-02', WORDS],
      ['deadline', '2021-07-09', '另行通知。'],
    ]);
    const of = (week: string, stories = [madeUpStory(9, [document])]) =>
      composeEdition(madeUpInput({ sources: [SOURCE], stories, week }));
    const first = calendar(of('2021-W25'));
    assert.deepEqual(
      first.map(({ uid }) => uid),
      [1, 2].map((ordinal) => `${document.id}-deadline-${ordinal}@policy-digest`),
    );
    const next = calendar(of('2021-W26'), first, [document]);
    assert.deepEqual(brief(next), [[first[1]?.uid, '2021-07-09', 0, false]]);
  });
});

describe('a calendar file', () => {
  const event = (text: string): CalendarEvent => ({
    uid: 'a-deadline-1@policy-digest',
    start: '2021-07-05',
    sequence: 3,
    isCancelled: false,
    summary: text,
    description: text,
    url: 'https://a.example/',
    category: text,
  });

  test('holds any words: lines of at most 75 octets, read back by us and by a parser', () => {
    const words = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.constantFrom(
        'a;b,c\\n\nd',
        'END:VEVENT\r\nBEGIN:VEVENT',
        '镕𬭎喆'.repeat(60),
        '\ud800',
        '\u0007\u0000',
      ),
    );
    fc.assert(
      fc.property(words, (text) => {
        const file = writeCalendar({
          name: text,
          stampedAt: '2021-06-27T16:00:00.000Z',
          events: [event(text)],
        });
        for (const line of file.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
        assert.doesNotMatch(file.replaceAll('\r\n', ''), /[\r\n]/);
        const [back, ...rest] = readCalendar(file);
        assert.equal(rest.length, 0);
        // The format has no control characters and one kind of line break.
        const kept = text
          .toWellFormed()
          .replaceAll(/[^\P{Cc}\t\r\n]/gu, '')
          .replaceAll(/\r\n?/g, '\n');
        assert.equal(back?.summary, kept);
        const parsed = new ICAL.Component(ICAL.parse(file)).getAllSubcomponents('vevent');
        assert.deepEqual(
          parsed.map((one) => one.getFirstPropertyValue('summary')),
          [kept],
        );
      }),
    );
  });

  test('has no event for a file that is none', () => {
    for (const text of ['', '<html>', 'BEGIN:VEVENT\nEND:VEVENT', 'BEGIN:VEVENT\nUID:x\nEND:VEVENT'])
      assert.deepEqual(readCalendar(text), []);
  });
});

function brief(events: readonly CalendarEvent[]) {
  return events.map(({ uid, start, sequence, isCancelled }) => [uid, start, sequence, isCancelled]);
}
