import type { Knex } from 'knex';
import { attachmentsTable } from './attachments.ts';
import { makeBackup } from './backup.ts';
import { connect } from './connect.ts';
import { deliveriesTable } from './deliveries.ts';
import { documentsTable } from './documents.ts';
import { editionsTable } from './editions.ts';
import { entriesTable } from './entries.ts';
import { figuresOf } from './figures.ts';
import { findingsTable } from './findings.ts';
import { lettersTable } from './letters.ts';
import { readerRecords } from './reader-records.ts';
import { rebuildsTable } from './rebuilds.ts';
import { recipientEventsTable } from './recipient-events.ts';
import { recipientsTable } from './recipients.ts';
import { returnedMessagesTable } from './returned-messages.ts';
import { runStepsTable } from './run-steps.ts';
import { runsTable } from './runs.ts';
import { schedulesTable } from './schedules.ts';
import { signUpsTable } from './sign-ups.ts';
import { slotsTable } from './slots.ts';
import { snapshotsTable } from './snapshots.ts';
import { sourceStatesTable } from './source-states.ts';
import { storiesTable } from './stories.ts';
import { suppressionsTable } from './suppressions.ts';
import { writingsTable } from './writings.ts';

function tables(db: Knex) {
  return {
    attachments: attachmentsTable(db),
    deliveries: deliveriesTable(db),
    documents: documentsTable(db),
    editions: editionsTable(db),
    entries: entriesTable(db),
    figures: figuresOf(db),
    findings: findingsTable(db),
    letters: lettersTable(db),
    rebuilds: rebuildsTable(db),
    readerRecords: readerRecords(db),
    recipientEvents: recipientEventsTable(db),
    recipients: recipientsTable(db),
    returnedMessages: returnedMessagesTable(db),
    runSteps: runStepsTable(db),
    runs: runsTable(db),
    schedules: schedulesTable(db),
    signUps: signUpsTable(db),
    slots: slotsTable(db),
    snapshots: snapshotsTable(db),
    sourceStates: sourceStatesTable(db),
    stories: storiesTable(db),
    suppressions: suppressionsTable(db),
    writings: writingsTable(db),
  };
}

/** All tables, either directly or inside one transaction. */
export type Tables = ReturnType<typeof tables>;

/** All tables behind one typed object. */
export interface Store extends Tables {
  /** Everything in `work` happens or nothing does. Use the tables passed in: the outer ones would wait for ever. */
  transaction<T>(work: (tables: Tables) => Promise<T>): Promise<T>;
  /** @throws AppError DATABASE_DAMAGED */
  checkWhole(): Promise<void>;
  /**
   * Leaves nothing of what was deleted in files beside the database. Not inside a transaction.
   * @returns false when another process kept them in use
   */
  emptyLog(): Promise<boolean>;
  /**
   * Copies the database while it is in use; the copy is checked before it gets its name.
   * @returns its size in bytes
   */
  backUp(file: string): Promise<number>;
  close(): Promise<void>;
}

/**
 * Opens the database and brings its schema up to date.
 * @throws ConfigError DATABASE_URL_UNKNOWN
 * @throws AppError DATABASE_UNUSABLE, DATABASE_DAMAGED
 */
export async function openStore(databaseUrl: string, dataDir: string): Promise<Store> {
  const { db, dialect } = await connect(databaseUrl, dataDir);
  return {
    ...tables(db),
    transaction: (work) => db.transaction((transaction) => work(tables(transaction))),
    checkWhole: () => dialect.checkWhole(db),
    emptyLog: () => dialect.emptyLog(db),
    backUp: (file) => makeBackup(db, dialect, file),
    close: () => db.destroy(),
  };
}
