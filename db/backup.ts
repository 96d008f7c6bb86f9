import { open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import knexLibrary, { type Knex } from 'knex';
import type { Dialect } from './dialect.ts';

/**
 * Copies the database to `file` under a temporary name, checks the copy, writes it through to the disk and gives it its
 * name: a file of that name is a whole database. Returns its size in bytes.
 * @throws AppError DATABASE_DAMAGED when the copy is not whole
 */
export async function makeBackup(db: Knex, dialect: Dialect, file: string): Promise<number> {
  const temporary = `${file}.part`;
  await rm(temporary, { force: true });
  try {
    await dialect.copyTo(db, temporary);
    await checkCopy(dialect, temporary);
    await sync(temporary);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await sync(path.dirname(file));
  return (await stat(file)).size;
}

async function checkCopy(dialect: Dialect, file: string): Promise<void> {
  const copy = knexLibrary({
    client: 'sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
  });
  try {
    await dialect.checkWhole(copy);
  } finally {
    await copy.destroy();
  }
}

async function sync(target: string): Promise<void> {
  const handle = await open(target, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
