import type { Edition, Item, WrittenNote } from '../model/edition.ts';

/** The edition with what was written of its stories beside their own words. */
export function withWritings(
  edition: Edition,
  notes: ReadonlyMap<Item['storyId'], Pick<WrittenNote, 'writer' | 'sentences'>>,
): Edition {
  const noted = (item: Item): Item => {
    const note = notes.get(item.storyId);
    if (note === undefined) return item;
    return { ...item, written: { writer: note.writer, sentences: note.sentences } };
  };
  return {
    ...edition,
    ...(edition.lead === undefined ? {} : { lead: noted(edition.lead) }),
    sections: edition.sections.map((section) => ({ ...section, items: section.items.map(noted) })),
    running: edition.running.map(noted),
  };
}
