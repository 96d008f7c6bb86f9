import type { Visit } from '../db/source-states.ts';
import type { Tables } from '../db/store.ts';
import type { Coverage, CoverageProblem, SourceCoverage } from '../model/edition.ts';
import { PAGE_PROBLEMS } from '../model/finding.ts';
import type { SourceId } from '../model/ids.ts';
import type { Period } from '../model/period.ts';
import type { Source } from '../model/source.ts';

/** The Monday collection that an edition waits for still belongs to its week. */
const GRACE_MS = 24 * 3_600_000;

/**
 * How complete the reading of a week was: a function of what is on record for `[from, to + 1 day)`, so that a rebuild
 * years later says the same.
 * @param documents number of the week's documents by source
 */
export async function coverageOf(
  tables: Pick<Tables, 'sourceStates' | 'findings' | 'documents' | 'entries'>,
  sources: readonly Source[],
  period: Period,
  documents: ReadonlyMap<SourceId, number>,
): Promise<Coverage> {
  const until = new Date(Date.parse(period.to) + GRACE_MS).toISOString();
  const visits = Map.groupBy(
    await tables.sourceStates.visitsWithin(period.from, until),
    (visit) => visit.sourceId,
  );
  const rows: SourceCoverage[] = [];
  for (const source of sources) {
    const own = visits.get(source.id) ?? [];
    const count = documents.get(source.id) ?? 0;
    const row = { sourceId: source.id, name: source.name, documents: count, ...stateOf(source, own, count) };
    // Where nothing at all was read in the week, its pages were handed in: other sources were never part of it.
    if (row.state === 'notTried' && visits.size === 0) continue;
    rows.push({ ...row, entries: await tables.entries.seenWithin(source.id, period.from, until) });
  }
  const count = (state: SourceCoverage['state']) => rows.filter((row) => row.state === state).length;
  return {
    sources: rows,
    due: rows.filter((row) => row.state !== 'disabled').length,
    answered: count('answered') + count('imported'),
    refused: count('refused'),
    failed: count('failed') + count('notTried'),
    problems: await problemsOf(tables, sources, period, until),
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
  tables: Pick<Tables, 'findings' | 'documents'>,
  sources: readonly Source[],
  period: Period,
  until: string,
): Promise<CoverageProblem[]> {
  const names = new Map(sources.map((source) => [source.id, source.name]));
  const findings = await tables.findings.within(period.from, until);
  const problems = findings.filter((finding) => PAGE_PROBLEMS.has(finding.code));
  const rows: CoverageProblem[] = [];
  for (const finding of problems) {
    const document =
      finding.documentId === undefined ? undefined : await tables.documents.byId(finding.documentId);
    rows.push({
      code: finding.code,
      sourceName: finding.sourceId === undefined ? '' : (names.get(finding.sourceId) ?? finding.sourceId),
      title: document?.title ?? '',
      url: finding.url ?? '',
      detail: finding.seen,
    });
  }
  return rows;
}
