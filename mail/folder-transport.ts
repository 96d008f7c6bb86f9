import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { errorText } from '../model/errors.ts';
import type { MailTransport } from './transport.ts';

/** Writes each mail as `<message id>.eml` into a folder; the default, so that nothing is needed to try it. */
export function createFolderTransport(folder: string): MailTransport {
  return {
    name: 'folder',
    async send({ messageId, bytes }, claim) {
      const file = path.join(folder, `${messageId.replace(/[^A-Za-z0-9.-]+/g, '')}.eml`);
      if (!(await claim())) return { outcome: 'taken' };
      try {
        await mkdir(folder, { recursive: true });
        await writeWhole(file, bytes);
        return { outcome: 'sent', detail: file };
      } catch (error) {
        const reason = errorText(error);
        return { outcome: 'stop', detail: `writing ${file}: ${reason}` };
      }
    },
    close: async () => undefined,
  };
}

async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${file}.part`;
  const handle = await open(temporary, 'w');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
}
