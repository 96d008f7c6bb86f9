import type { Visit } from '../db/source-states.ts';
import type { Tables } from '../db/store.ts';
import type { Coverage, CoverageProblem, SilentSource, SourceCoverage } from '../model/edition.ts';
import { type Finding, PAGE_PROBLEMS } from '../model/finding.ts';
import type { SourceId } from '../model/ids.ts';
import type { Period } from '../model/period.ts';
import type { Source } from '../model/source.ts';
import type { WorkCalendar } from '../model/vocabulary.ts';
import type { SeenWindow } from './cutoff.ts';
import { silenceOf } from './source-rhythm.ts';

export interface CoverageFacts {
  readonly seen: SeenWindow;
  readonly period: Period;
  /** Number of the week's documents by source. */
  readonly documents: ReadonlyMap<SourceId, number>;
  readonly calendar: WorkCalendar;
}

/** How complete the reading of a week was, from what is on record for the time that belongs to it. */
export async function coverageOf(
  tables: Pick<Tables, 'sourceStates' | 'findings' | 'documents' | 'entries'>,
  sources: readonly Source[],
  { seen, period, documents, calendar }: CoverageFacts,
): Promise<Coverage> {
  const visits = Map.groupBy(
    await tables.sourceStates.visitsWithin(seen.after, seen.until),
    (visit) => visit.sourceId,
  );
  // Where nothing at all was read in the week, its pages were handed in: only their sources were part of it.
  const handedIn = visits.size > 0 ? new Set<SourceId>() : await handedInAround(tables, period);
  const rows: SourceCoverage[] = [];
  const silent: SilentSource[] = [];
  for (const source of sources) {
    const own = visits.get(source.id) ?? [];
    const count = documents.get(source.id) ?? 0;
    const isHandedIn = count > 0 || handedIn.has(source.id);
    if (visits.size === 0 && !isHandedIn) continue;
    const row = {
      sourceId: source.id,
      name: source.name,
      documents: count,
      ...stateOf(source, own, isHandedIn),
    };
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
  isHandedIn: boolean,
): Pick<SourceCoverage, 'state' | 'detail'> {
  const answered = visits.findLast((visit) => visit.outcome === 'answered');
  const last = answered ?? visits.at(-1);
  if (last !== undefined) return { state: last.outcome, detail: last.detail };
  if (isHandedIn) return { state: 'imported', detail: '' };
  if (!source.enabled) return { state: 'disabled', detail: source.disabledReason ?? '' };
  return { state: 'notTried', detail: '' };
}

/** Sources with documents from before and after the week: a week of theirs without any is empty, not unknown. */
async function handedInAround(tables: Pick<Tables, 'documents'>, period: Period): Promise<Set<SourceId>> {
  const spans = await tables.documents.publicationSpans();
  const around = [...spans].filter(([, span]) => span.first < period.to && span.last >= period.from);
  return new Set(around.map(([sourceId]) => sourceId));
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
