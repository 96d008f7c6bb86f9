/**
 * Two neighbouring characters as one number, to look words up by their beginning. Different pairs may share it: what was
 * found is compared as text after it.
 */
export function pairAt(text: string, at: number): number {
  return ((text.charCodeAt(at) * 31) ^ text.charCodeAt(at + 1)) | 0;
}
