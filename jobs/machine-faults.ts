import { AppError, errorText } from '../model/errors.ts';

/** What the system and SQLite call it when there is no room left. */
const NO_ROOM: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);
const DAMAGED: ReadonlySet<string> = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB']);

/**
 * Says in our words what the machine said in its own, however deep it lies under other errors; any other error is given
 * back as it came.
 */
export function faultOf(error: unknown): unknown {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = 'code' in at ? String(at.code) : '';
    const said = errorText(error);
    if (NO_ROOM.has(code)) {
      return new AppError(
        'DISK_FULL',
        `no room left on the disk; nothing half done is kept. It said: ${said}`,
        {
          cause: error,
          retryable: true,
        },
      );
    }
    if (DAMAGED.has(code)) {
      return new AppError(
        'DATABASE_DAMAGED',
        `the database cannot be read; restore a backup. It said: ${said}`,
        {
          cause: error,
        },
      );
    }
  }
  return error;
}
