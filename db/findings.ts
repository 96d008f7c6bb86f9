import type { Knex } from 'knex';
import type { Finding, FindingCode } from '../model/finding.ts';
import type { DocumentId, RunId, SnapshotId, SourceId } from '../model/ids.ts';
import { idFrom } from '../text/hash.ts';
import { optional, toNull } from './tables.ts';

interface Row {
  id: string;
  code: string;
  source_id: string | null;
  document_id: string | null;
  url: string | null;
  snapshot_id: string | null;
  run_id: string | null;
  expected: string;
  seen: string;
  first_at: string;
  last_at: string;
  times: number;
}

/** What runs noticed. The same thing noticed again is counted, not repeated. */
export function findingsTable(db: Knex) {
  return {
    async add(finding: Finding): Promise<void> {
      const id = idFrom('finding', finding.code, finding.sourceId ?? '', finding.url ?? '', finding.seen);
      const known = await db<Row>('findings').where({ id }).first();
      if (known !== undefined) {
        // A run that is repeated sees the same thing again: it counts once per run.
        if (known.run_id !== null && known.run_id === finding.runId) return;
        await db<Row>('findings')
          .where({ id })
          .update({ last_at: finding.at, times: known.times + 1, run_id: toNull(finding.runId) });
        return;
      }
      await db<Row>('findings').insert({
        id,
        code: finding.code,
        source_id: toNull(finding.sourceId),
        document_id: toNull(finding.documentId),
        url: toNull(finding.url),
        snapshot_id: toNull(finding.snapshotId),
        run_id: toNull(finding.runId),
        expected: finding.expected,
        seen: finding.seen,
        first_at: finding.at,
        last_at: finding.at,
        times: 1,
      });
    },

    /** First noticed or noticed again in `(after, until]`, in a stable order. */
    async within(after: string, until: string): Promise<Finding[]> {
      const rows = await db<Row>('findings')
        .where('last_at', '>', after)
        .andWhere('first_at', '<=', until)
        .orderBy(['code', 'source_id', 'url', 'id']);
      return rows.map(fromRow);
    },

    /** Documents of which this was noticed until then, whether or not it still holds. */
    async documentsWith(code: FindingCode, until: string): Promise<DocumentId[]> {
      const rows = await db<Row>('findings')
        .where({ code })
        .andWhere('first_at', '<=', until)
        .whereNotNull('document_id')
        .distinct('document_id');
      return rows.map(({ document_id }) => document_id as DocumentId);
    },

    async count(): Promise<number> {
      const row = await db('findings').count({ n: '*' }).first();
      return Number(row?.n ?? 0);
    },
  };
}

function fromRow(row: Row): Finding {
  return {
    code: row.code as FindingCode,
    ...optional('sourceId', row.source_id as SourceId | null),
    ...optional('documentId', row.document_id as DocumentId | null),
    ...optional('url', row.url),
    ...optional('snapshotId', row.snapshot_id as SnapshotId | null),
    ...optional('runId', row.run_id as RunId | null),
    expected: row.expected,
    seen: row.seen,
    at: row.first_at,
  };
}
