import type { Visit } from '../db/source-states.ts';
import type { Tables } from '../db/store.ts';
import type { Coverage, CoverageProblem, SilentSource, SourceCoverage } from '../model/edition.ts';
import { type Finding, PAGE_PROBLEMS } from '../model/finding.ts';
import type { SourceId } from '../model/ids.ts';
import type { Source } from '../model/source.ts';
import type { WorkCalendar } from '../model/vocabulary.ts';
import type { SeenWindow } from './cutoff.ts';
import { silenceOf } from './source-rhythm.ts';

export interface CoverageFacts {
  readonly seen: SeenWindow;
  /** Number of the week's documents by source. */
  readonly documents: ReadonlyMap<SourceId, number>;
  readonly calendar: WorkCalendar;
}

/** How complete the reading of a week was, from what is on record for the time that belongs to it. */
export async function coverageOf(
  tables: Pick<Tables, 'sourceStates' | 'findings' | 'documents' | 'entries'>,
  sources: readonly Source[],
  { seen, documents, calendar }: CoverageFacts,
): Promise<Coverage> {
  const visits = Map.groupBy(
    await tables.sourceStates.visitsWithin(seen.after, seen.until),
    (visit) => visit.sourceId,
  );
  const rows: SourceCoverage[] = [];
  const silent: SilentSource[] = [];
  for (const source of sources) {
    const own = visits.get(source.id) ?? [];
    const count = documents.get(source.id) ?? 0;
    const row = { sourceId: source.id, name: source.name, documents: count, ...stateOf(source, own, count) };
    // Where nothing at all was read in the week, its pages were handed in: other sources were never part of it.
    if (row.state === 'notTried' && visits.size === 0) continue;
    rows.push({ ...row, entries: await tables.entries.seenWithin(source.id, seen.after, seen.until) });
    if (row.state !== 'answered') continue;
    const silence = await silenceOf(tables, source, seen.until, calendar);
    if (silence !== undefined) silent.push(silence);
  }
  const count = (state: SourceCoverage['state']) => rows.filter((row) => row.state === state).length;
  return {
    sources: rows,
    due: rows.filter((row) => row.state !== 'disabled').length,
    answered: count('answered') + count('imported'),
    refused: count('refused'),
    failed: count('failed') + count('notTried'),
    ...(silent.length === 0 ? {} : { silent }),
    problems: await problemsOf(tables, sources, seen),
  };
}

/** A source that answered once in the week was read; else its last outcome counts. */
function stateOf(
  source: Source,
  visits: readonly Visit[],
  documents: number,
): Pick<SourceCoverage, 'state' | 'detail'> {
  const answered = visits.findLast((visit) => visit.outcome === 'answered');
  const last = answered ?? visits.at(-1);
  if (last !== undefined) return { state: last.outcome, detail: last.detail };
  if (documents > 0) return { state: 'imported', detail: '' };
  if (!source.enabled) return { state: 'disabled', detail: source.disabledReason ?? '' };
  return { state: 'notTried', detail: '' };
}

async function problemsOf(
  tables: Pick<Tables, 'findings' | 'documents' | 'entries'>,
  sources: readonly Source[],
  seen: SeenWindow,
): Promise<CoverageProblem[]> {
  const names = new Map(sources.map((source) => [source.id, source.name]));
  const findings = await tables.findings.within(seen.after, seen.until);
  const problems = findings.filter((finding) => PAGE_PROBLEMS.has(finding.code));
  const rows: CoverageProblem[] = [];
  for (const finding of problems) {
    const document =
      finding.documentId === undefined ? undefined : await tables.documents.byId(finding.documentId);
    rows.push({
      code: finding.code,
      sourceName: finding.sourceId === undefined ? '' : (names.get(finding.sourceId) ?? finding.sourceId),
      title: document?.title ?? (await listedTitle(tables, finding)),
      url: finding.url ?? '',
      detail: finding.seen,
    });
  }
  return rows;
}

/** What the list called a page that could not be read; empty when no list led to it. */
async function listedTitle(tables: Pick<Tables, 'entries'>, finding: Finding): Promise<string> {
  if (finding.sourceId === undefined || finding.url === undefined) return '';
  return (await tables.entries.titleOf(finding.sourceId, finding.url)) ?? '';
}
