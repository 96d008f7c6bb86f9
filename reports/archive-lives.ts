import type { DocumentRef, Edition } from '../model/edition.ts';
import { dayOf } from '../text/calendar.ts';
import { idFrom } from '../text/hash.ts';
import { quotedTitles, titleCore } from '../text/titles.ts';
import { firstStoryOf, storyPath } from './archive-stories.ts';
import { itemsOf } from './check-edition.ts';
import { keptFile } from './document-view.ts';
import { shownDocuments } from './evidence.ts';

/** What can happen to a document with a number, in the order in which one day's events are told. */
export const LIFE_EVENTS = ['draft', 'adopted', 'interpreted', 'amended', 'deadline', 'effective'] as const;

export type LifeEventKind = (typeof LIFE_EVENTS)[number];

/** One event in the life of a document, as an edition tells it. */
export interface LifeEvent {
  /** As printed; empty for a draft, which has none yet. */
  readonly number: string;
  /** What the document is called apart from its issuer and its state: by this a draft finds what became of it. */
  readonly name: string;
  readonly kind: LifeEventKind;
  /** YYYY-MM-DD. */
  readonly on: string;
  readonly title: string;
  readonly lang: string;
  readonly source: string;
  /** The kept copy, relative to the archive. */
  readonly href: string;
  /** The page of the story that tells it, relative to the archive; empty when no item does. */
  readonly story: string;
}

/** A document number with all that editions told of it, oldest first. */
export interface Life {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly lang: string;
  /** Year of the first event that is its own. */
  readonly year: string;
  readonly events: readonly LifeEvent[];
}

const DRAFT = /征求意见稿|公开征求意见|征求《[^》]*》[^《]*意见/u;
const DRAFT_MARK = /[（(][^（）()]*(?:征求意见稿|草案|送审稿)[^（）()]*[）)]/gu;

/** The events of one edition. */
export function lifeEvents(edition: Edition, folder: string): LifeEvent[] {
  const stories = new Map(
    itemsOf(edition).flatMap((item) =>
      item.documents.map(({ documentId }) => [documentId, firstStoryOf(item)] as const),
    ),
  );
  const storyOf = ({ documentId }: DocumentRef): string => {
    const id = stories.get(documentId);
    return id === undefined ? '' : storyPath(edition.digestId, id);
  };
  const eventOf = (kind: LifeEventKind, on: string, document: DocumentRef, own = document): LifeEvent => ({
    number: kind === 'draft' ? '' : (own.documentNumber ?? ''),
    name: nameOf(own.title),
    kind,
    on,
    title: document.title,
    lang: document.lang,
    source: document.sourceName,
    href: `${folder}/${keptFile(document.documentId)}`,
    story: storyOf(document),
  });
  const shown = shownDocuments(edition).filter(({ role }) => role !== 'copy' && role !== 'reprint');
  const drafts = shown.filter(({ title }) => DRAFT.test(title));
  const numbered = shown.filter(
    ({ title, documentNumber }) => documentNumber !== undefined && !DRAFT.test(title),
  );
  const read = itemsOf(edition).flatMap(({ documents }) => {
    const own = documents.find((document) => numbered.some((one) => one.documentId === document.documentId));
    if (own === undefined) return [];
    return documents
      .filter(({ role }) => role === 'interpretation')
      .map((document) => eventOf('interpreted', document.publishedOn, document, own));
  });
  const isNumbered = ({ document }: { readonly document: DocumentRef }): boolean =>
    numbered.some(({ documentId }) => documentId === document.documentId);
  return [
    ...drafts.map((document) => eventOf('draft', document.publishedOn, document)),
    ...numbered.map((document) => eventOf('adopted', document.issuedOn ?? document.publishedOn, document)),
    ...read,
    ...edition.changes
      .filter(isNumbered)
      .map(({ document, seenAt }) => eventOf('amended', dayOf(seenAt, edition.period.zone), document)),
    ...[...edition.ahead, ...edition.later]
      .filter(isNumbered)
      .map(({ document, kind, on }) => eventOf(kind, on, document)),
  ];
}

/** Puts the events of many editions together by number; a draft joins every number whose document has its name. */
export function livesOf(events: readonly LifeEvent[]): Life[] {
  const drafts = Map.groupBy(
    events.filter(({ kind }) => kind === 'draft'),
    ({ name }) => name,
  );
  const numbers = Map.groupBy(
    events.filter(({ kind }) => kind !== 'draft'),
    ({ number }) => number,
  );
  const lives = [...numbers].map(([number, own]): Life => {
    const names = new Set(own.map(({ name }) => name));
    const before = [...names].flatMap((name) => drafts.get(name) ?? []);
    const told = [...before, ...own].sort(byDayAndKind);
    const [adopted] = own.filter(({ kind }) => kind === 'adopted').sort(byDayAndKind);
    const main = adopted ?? own[0];
    return {
      id: idFrom('number', number),
      number,
      title: main?.title ?? '',
      lang: main?.lang ?? '',
      year: main?.on.slice(0, 4) ?? '',
      // Several editions tell of one date; the first of them stands.
      events: [...new Map(told.toReversed().map((event) => [keyOf(event), event])).values()].toReversed(),
    };
  });
  return lives.sort((left, right) => (lastOf(left) + left.number > lastOf(right) + right.number ? -1 : 1));
}

function lastOf({ events }: Life): string {
  return events.findLast(({ kind }) => kind !== 'deadline' && kind !== 'effective')?.on ?? '';
}

function keyOf({ kind, on, title }: LifeEvent): string {
  return kind === 'interpreted' ? `${kind} ${on} ${title}` : kind === 'adopted' ? kind : `${kind} ${on}`;
}

function byDayAndKind(left: LifeEvent, right: LifeEvent): number {
  if (left.on !== right.on) return left.on < right.on ? -1 : 1;
  const order = LIFE_EVENTS.indexOf(left.kind) - LIFE_EVENTS.indexOf(right.kind);
  return order === 0 ? (left.href < right.href ? -1 : left.href > right.href ? 1 : 0) : order;
}

/** 《科研诚信办法（征求意见稿）》 and 关于印发《科研诚信办法》的通知 have the same name. */
function nameOf(title: string): string {
  const [quoted = title] = quotedTitles(title);
  return titleCore(quoted.replaceAll(DRAFT_MARK, ''));
}
