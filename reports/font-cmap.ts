import { inflateSync } from 'node:zlib';

const CMAP = 0x636d6170;
const WOFF = 0x774f4646;
/** Of a table directory's entry in WOFF 1.0: tag, offset, packed and real length, checksum. */
const ENTRY = { bytes: 20, first: 44 };

/**
 * The characters that a font file has glyphs for.
 * @param woff a WOFF 1.0 file, whose tables are packed one by one
 * @throws RangeError when it is no such file or has no character map we read (formats 4 and 12)
 */
export function charactersOf(woff: Uint8Array): readonly number[] {
  const file = Buffer.from(woff.buffer, woff.byteOffset, woff.byteLength);
  if (file.readUInt32BE(0) !== WOFF) throw new RangeError('reading a font: not a WOFF 1.0 file');
  const tables = file.readUInt16BE(12);
  for (let index = 0; index < tables; index += 1) {
    const entry = ENTRY.first + index * ENTRY.bytes;
    if (file.readUInt32BE(entry) !== CMAP) continue;
    const packed = file.subarray(
      file.readUInt32BE(entry + 4),
      file.readUInt32BE(entry + 4) + file.readUInt32BE(entry + 8),
    );
    const real = file.readUInt32BE(entry + 12);
    return mapped(packed.length === real ? packed : inflateSync(packed));
  }
  throw new RangeError('reading a font: it has no character map');
}

/** The best subtable: format 12 knows characters beyond U+FFFF, format 4 does not. */
function mapped(cmap: Buffer): readonly number[] {
  const offsets = Array.from({ length: cmap.readUInt16BE(2) }, (_, index) =>
    cmap.readUInt32BE(8 + index * 8),
  );
  const formats = new Map(offsets.map((offset) => [cmap.readUInt16BE(offset), offset]));
  const [twelve, four] = [formats.get(12), formats.get(4)];
  if (twelve !== undefined) return groupsOf(cmap, twelve);
  if (four !== undefined) return segmentsOf(cmap, four);
  throw new RangeError(`reading a font: character map formats ${[...formats.keys()].join(', ')}`);
}

function groupsOf(cmap: Buffer, at: number): readonly number[] {
  const found: number[] = [];
  for (let index = 0; index < cmap.readUInt32BE(at + 12); index += 1) {
    const group = at + 16 + index * 12;
    for (let code = cmap.readUInt32BE(group); code <= cmap.readUInt32BE(group + 4); code += 1)
      found.push(code);
  }
  return found;
}

function segmentsOf(cmap: Buffer, at: number): readonly number[] {
  const found: number[] = [];
  const doubled = cmap.readUInt16BE(at + 6);
  const ends = at + 14;
  const starts = ends + doubled + 2;
  for (let offset = 0; offset < doubled; offset += 2) {
    const delta = cmap.readUInt16BE(starts + doubled + offset);
    const rangeAt = starts + 2 * doubled + offset;
    const range = cmap.readUInt16BE(rangeAt);
    const start = cmap.readUInt16BE(starts + offset);
    for (let code = start; code <= cmap.readUInt16BE(ends + offset) && code < 0xffff; code += 1) {
      const raw = range === 0 ? code : cmap.readUInt16BE(rangeAt + range + 2 * (code - start));
      if (raw !== 0 && ((raw + delta) & 0xffff) !== 0) found.push(code);
    }
  }
  return found;
}
