import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError, errorText } from '../model/errors.ts';

const KEY_BYTES = 32;

/**
 * The key that readers' links are derived from, `secret.key` in the data folder; made at first use, for its owner only.
 * Whoever loses it voids the links in all mails sent before.
 * @throws AppError SECRET_KEY_UNUSABLE
 */
export async function readSecretKey(dataDir: string): Promise<Buffer> {
  const file = path.join(dataDir, 'secret.key');
  try {
    const known = await readIfThere(file);
    const text = known ?? (await makeKey(dataDir, file));
    const key = Buffer.from(text.trim(), 'hex');
    if (key.length !== KEY_BYTES) throw new Error(`it does not hold ${KEY_BYTES} bytes in hex`);
    return key;
  } catch (error) {
    const said = errorText(error);
    throw new AppError('SECRET_KEY_UNUSABLE', `reading ${file}: ${said}; restore it from a backup`, {
      cause: error,
    });
  }
}

/** Written whole beside its place and linked into it: of two that make it at once one wins, and both read the winner's. */
async function makeKey(dataDir: string, file: string): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  const temporary = `${file}.${randomBytes(6).toString('hex')}.part`;
  const handle = await open(temporary, 'w', 0o600);
  try {
    await handle.writeFile(`${randomBytes(KEY_BYTES).toString('hex')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(temporary, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(temporary, { force: true });
  }
  return readFile(file, 'utf8');
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
