/** FNV-1a over the UTF-16 units of a stretch of text: quick, and good enough to tell stretches apart. */
export function hashOf(text: string, from: number, to: number): number {
  let value = 0x811c9dc5;
  for (let at = from; at < to; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}
