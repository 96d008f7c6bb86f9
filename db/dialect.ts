import type { Knex } from 'knex';
import { AppError } from '../model/errors.ts';

type Done = (error: Error | null, connection: unknown) => void;

/** What still differs from one database to another, each with its reason. No other file asks which one it is. */
export interface Dialect {
  /** SQLite forgets its settings with each connection; a server keeps its own. */
  prepareConnection(connection: unknown, done: Done): void;
  /** SQLite is a file that can be damaged under us; a server checks its own. */
  check(db: Knex): Promise<void>;
  /** As `check`, but every page and index; may take a minute. */
  checkWhole(db: Knex): Promise<void>;
  /**
   * SQLite writes into a log beside its file first, and deleted bytes stay in it; a server looks after its own. Writes
   * the log into the file and empties it; false when another process kept it in use for longer than the busy timeout.
   */
  emptyLog(db: Knex): Promise<boolean>;
  /** A copy of SQLite's file must be made by SQLite, while others write; a server has its own tools. */
  copyTo(db: Knex, file: string): Promise<void>;
}

interface SqliteConnection {
  exec(sql: string, done: (error: Error | null) => void): void;
}

export const sqliteDialect: Dialect = {
  prepareConnection(connection, done) {
    // The pool hands over what the sqlite3 driver opened. Deleted bytes are written over: who asked to be forgotten must
    // not be found in free pages.
    (connection as SqliteConnection).exec(
      'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;',
      (error) => done(error, connection),
    );
  },
  check: (db) => pragmaCheck(db, 'quick_check'),
  checkWhole: (db) => pragmaCheck(db, 'integrity_check'),
  async emptyLog(db) {
    const [answer]: { busy: number }[] = await db.raw('PRAGMA wal_checkpoint(TRUNCATE)');
    return answer?.busy === 0;
  },
  async copyTo(db, file) {
    await db.raw('VACUUM INTO ?', [file]);
  },
};

async function pragmaCheck(db: Knex, pragma: 'quick_check' | 'integrity_check'): Promise<void> {
  const rows: Record<string, string>[] = await db.raw(`PRAGMA ${pragma}(3)`);
  const faults = rows.map((row) => row[pragma]).filter((line) => line !== 'ok');
  if (faults.length > 0) {
    throw new AppError('DATABASE_DAMAGED', `the database fails its own check: ${faults.join('; ')}`);
  }
}
