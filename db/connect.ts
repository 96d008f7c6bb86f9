import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import knexLibrary, { type Knex } from 'knex';
import { AppError, ConfigError } from '../model/errors.ts';
import { makeBackup } from './backup.ts';
import { type Dialect, sqliteDialect } from './dialect.ts';
import { migrationSource } from './migrations/index.ts';

const SILENT: Knex.Logger = {
  debug: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  deprecate: () => undefined,
};

export interface Connection {
  readonly db: Knex;
  readonly dialect: Dialect;
}

/**
 * Opens the database that `databaseUrl` names (empty: `digest.sqlite` in `dataDir`; `sqlite::memory:` for tests),
 * brings its schema up to date and checks that it is whole. Drivers are named here and nowhere else.
 * @throws ConfigError DATABASE_URL_UNKNOWN
 * @throws AppError DATABASE_UNUSABLE, DATABASE_DAMAGED
 */
export async function connect(databaseUrl: string, dataDir: string): Promise<Connection> {
  const file = await sqliteFile(databaseUrl, dataDir);
  const db = knexLibrary({
    client: 'sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
    pool: { min: 1, max: 1, afterCreate: sqliteDialect.prepareConnection },
    // Failures are thrown with their code; Knex would print them as well.
    log: SILENT,
    migrations: { migrationSource, tableName: 'migrations' },
  });
  try {
    await backUpBeforeMigrating(db, file);
    await db.migrate.latest();
    await sqliteDialect.check(db);
  } catch (error) {
    await db.destroy();
    if (error instanceof AppError) throw error;
    throw openingError(file, error);
  }
  return { db, dialect: sqliteDialect };
}

/** Damage is told apart: what a person does about it is something else. */
function openingError(file: string, error: unknown): AppError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'SQLITE_CORRUPT'
    ? new AppError('DATABASE_DAMAGED', `opening ${file}: ${String(error)}; restore a backup`, {
        cause: error,
      })
    : new AppError('DATABASE_UNUSABLE', `opening ${file}: ${String(error)}`, { cause: error });
}

/** A migration has no way back but a copy from before it: `digest.sqlite.before-0008-run-history`. */
async function backUpBeforeMigrating(db: Knex, file: string): Promise<void> {
  const [done, pending]: [unknown[], { name: string }[]] = await db.migrate.list();
  const [next] = pending;
  if (done.length === 0 || next === undefined) return;
  await makeBackup(db, sqliteDialect, `${file}.before-${next.name}`);
}

async function sqliteFile(databaseUrl: string, dataDir: string): Promise<string> {
  if (databaseUrl === 'sqlite::memory:') return ':memory:';
  if (databaseUrl !== '' && !databaseUrl.startsWith('sqlite:')) {
    const scheme = databaseUrl.split(':', 1)[0];
    throw new ConfigError(
      'DATABASE_URL_UNKNOWN',
      `DATABASE_URL names "${scheme}:", this version knows sqlite:<file>; leave it empty for SQLite in DATA_DIR`,
    );
  }
  const file = databaseUrl === '' ? path.join(dataDir, 'digest.sqlite') : databaseUrl.slice('sqlite:'.length);
  try {
    await mkdir(path.dirname(file), { recursive: true });
  } catch (error) {
    throw new AppError('DATABASE_UNUSABLE', `making the folder of ${file}: ${String(error)}`, {
      cause: error,
    });
  }
  return file;
}
