import type { Entry } from '../model/entry.ts';
import type { Source } from '../model/source.ts';
import { furtherList } from '../scrapers/paging.ts';
import type { JobContext } from './context.ts';
import { fetchList } from './fetch-list.ts';
import { readPage } from './try-source.ts';

const MOSTLY_NEW = 0.8;

/** What a page of a list gave: its items, and how many of them were new. */
export interface ListedPage {
  readonly entries: readonly Entry[];
  readonly newEntries: number;
}

export interface FurtherLists {
  readonly pages: number;
  readonly entries: number;
  readonly newEntries: number;
  /** Why it ended early, when that was no end of the list. */
  readonly detail: string;
}

/**
 * Reads on while nearly all items of the page before were new: then older ones may have been missed. Ends at items of before
 * `since`, at a page that is not there, and at the source's own limit.
 */
export async function readFurtherLists(
  context: JobContext,
  source: Source,
  first: ListedPage,
  options: { readonly since: string; readonly keep: (entries: readonly Entry[]) => Promise<number> },
): Promise<FurtherLists> {
  let [page, pages, entries, newEntries] = [first, 1, 0, 0];
  while (isMostlyNew(page, options.since) && !context.signal.aborted) {
    const further = furtherList(source, pages + 1);
    if (further === undefined) break;
    const fetched = await fetchList(context, further, { runId: context.runId });
    if (fetched.outcome === 'gone') break;
    if (fetched.outcome !== 'fetched')
      return { pages, entries, newEntries, detail: `, page ${pages + 1} not read (${fetched.outcome})` };
    const found = readPage(further, fetched.page, context.clock.now()).entries;
    page = { entries: found, newEntries: await options.keep(found) };
    pages += 1;
    entries += found.length;
    newEntries += page.newEntries;
  }
  return { pages, entries, newEntries, detail: pages === 1 ? '' : `, ${pages} pages` };
}

/** Not each: pinned items, known for months, come first on some lists. For the same reason the last item tells the age. */
function isMostlyNew({ entries, newEntries }: ListedPage, since: string): boolean {
  const last = entries.at(-1)?.published?.at;
  const isOld = last !== undefined && last < since;
  return newEntries > 0 && newEntries >= entries.length * MOSTLY_NEW && !isOld;
}
