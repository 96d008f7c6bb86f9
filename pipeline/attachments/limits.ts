/** What one file may cost. Notices with their tables stay far below; what is beyond is told, never half read in silence. */
export const FILE_LIMITS = {
  /** Largest file that is fetched. */
  bytes: 30 * 1024 * 1024,
  /** Wall clock of reading one file. */
  ms: 30_000,
  /** JavaScript heap of reading one file. */
  heapBytes: 160 * 1024 * 1024,
  /** Buffers outside the heap, above the file itself; filters of a PDF double them as they unpack. */
  bufferBytes: { pdf: 24 * 1024 * 1024, docx: 64 * 1024 * 1024, xlsx: 96 * 1024 * 1024 },
  /** Entries of a ZIP file. */
  entries: 2000,
  /** Inflated size of the parts of a ZIP file that hold words. */
  inflatedBytes: 16 * 1024 * 1024,
  pages: 400,
  /** Characters of text that are stored. */
  characters: 500_000,
} as const;

/** A file that asks for more than it may cost, or is not what it says. */
export class FileRefused extends Error {}

/** The text within its limit, and whether something was left out. */
export function cutText(text: string): { readonly text: string; readonly cut: boolean } {
  if (text.length <= FILE_LIMITS.characters) return { text, cut: false };
  // Never between the halves of a character beyond the basic plane.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(FILE_LIMITS.characters - 1)) ? 1 : 0;
  return { text: text.slice(0, FILE_LIMITS.characters - end), cut: true };
}
