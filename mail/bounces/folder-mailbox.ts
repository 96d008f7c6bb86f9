import { mkdir, open, readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { AppError, errorText } from '../../model/errors.ts';
import type { MailboxMessage, ReturnMailbox } from './mailbox.ts';

/** A report stands in front of the mail it returns; more is not needed to judge it. */
const MOST_BYTES = 2_000_000;

/**
 * A Maildir, or a folder with one message in each file. What was read goes to `cur` with the mark for "seen", or to the
 * folder `done`.
 * @throws AppError BOUNCES_UNREADABLE when the folder cannot be read
 */
export function createFolderMailbox(folder: string): ReturnMailbox {
  return {
    name: 'folder',
    async *messages(limit) {
      const { files, doneAs } = await listing(folder);
      for (const file of files.slice(0, limit)) {
        const bytes = await readTop(file);
        if (bytes === undefined) continue;
        yield messageOf(file, bytes, doneAs(file));
      }
    },
    close: async () => undefined,
  };
}

interface Listing {
  /** In order of names: a Maildir name begins with the time. */
  readonly files: readonly string[];
  doneAs(file: string): string;
}

async function listing(folder: string): Promise<Listing> {
  try {
    const fresh = path.join(folder, 'new');
    if (await isFolder(fresh)) {
      const cur = path.join(folder, 'cur');
      // Mail programs move what they list from `new` to `cur`; unseen is unread there too.
      const unseen = (await filesIn(cur)).filter((file) => !/:2,[A-Z]*S/.test(file));
      return {
        files: [...(await filesIn(fresh)), ...unseen],
        doneAs: (file) => path.join(cur, `${path.basename(file).replace(/:2,[A-Z]*$/, '')}:2,S`),
      };
    }
    // A misspelt folder must not look like an empty one: mails say that what is written there is read.
    await readdir(folder);
    const done = path.join(folder, 'done');
    return { files: await filesIn(folder), doneAs: (file) => path.join(done, path.basename(file)) };
  } catch (error) {
    const said = errorText(error);
    throw new AppError('BOUNCES_UNREADABLE', `reading returned mail in ${folder}: ${said}`, { cause: error });
  }
}

function messageOf(file: string, bytes: Uint8Array, doneAs: string): MailboxMessage {
  return {
    name: path.basename(file),
    bytes,
    async done() {
      await mkdir(path.dirname(doneAs), { recursive: true });
      await rename(file, doneAs);
    },
  };
}

async function filesIn(folder: string): Promise<string[]> {
  if (!(await isFolder(folder))) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => path.join(folder, entry.name))
    .sort();
}

async function isFolder(folder: string): Promise<boolean> {
  try {
    await readdir(folder);
    return true;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

/** Undefined when another program took the file meanwhile. */
async function readTop(file: string): Promise<Uint8Array | undefined> {
  try {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
