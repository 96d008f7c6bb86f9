import { type UnzipFileInfo, unzipSync, zipSync } from 'fflate';
import { errorText } from '../../model/errors.ts';
import { FILE_LIMITS, FileRefused } from './limits.ts';

/**
 * The wanted parts of an Office file, packed again without compression. What a reader gets has passed the caps on
 * number and size of entries, with true sizes, and holds no pictures.
 * @throws FileRefused when there is too much in it or it is no sound ZIP file
 */
export function repack(bytes: Uint8Array, isWanted: (name: string) => boolean): Uint8Array {
  let entries = 0;
  let inflated = 0;
  const filter = ({ name, originalSize }: UnzipFileInfo): boolean => {
    entries += 1;
    if (entries > FILE_LIMITS.entries) throw new FileRefused(`more than ${FILE_LIMITS.entries} entries`);
    if (!isWanted(name)) return false;
    inflated += originalSize;
    if (inflated > FILE_LIMITS.inflatedBytes)
      throw new FileRefused(`more than ${FILE_LIMITS.inflatedBytes} bytes when unpacked`);
    return true;
  };
  try {
    return zipSync(unzipSync(bytes, { filter }), { level: 0 });
  } catch (cause) {
    if (cause instanceof FileRefused) throw cause;
    throw new FileRefused(`not a sound ZIP file: ${errorText(cause)}`);
  }
}
