/**
 * FNV-1a over the UTF-16 units of a stretch of text: quick, and good enough to tell stretches apart. With a sign, as
 * maps and sets keep such numbers in place: an unsigned one above 2³¹ would be an object of its own.
 */
export function hashOf(text: string, from: number, to: number): number {
  let value = 0x811c9dc5 | 0;
  for (let at = from; at < to; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value;
}
