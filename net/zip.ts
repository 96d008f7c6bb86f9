import { crc32 } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** MS-DOS date of 1 January 1980 and flag 11 (names are UTF-8): the same entries give the same bytes. */
const DOS_DATE = 0x21;
const UTF8_NAME = 0x800;
const MOST_BYTES = 0xffff_ffff;

/**
 * A ZIP file whose entries are stored as they are (APPNOTE 6.3, 4.3): what a web archive needs, so that a viewer can read
 * a record by its offset without unpacking.
 * @throws RangeError beyond 4 GB, which would take ZIP64
 */
export function zipStored(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const fields = entryFields(bytes);
    const local = Buffer.concat([u32(0x04034b50), fields, lengths(name), Buffer.from(name), bytes]);
    directory.push(
      Buffer.concat([
        u32(0x02014b50),
        u16(20), // made by: version 2.0, MS-DOS
        fields,
        lengths(name),
        u16(0), // comment
        u16(0), // disk
        u16(0),
        u32(0), // attributes
        u32(offset),
        Buffer.from(name),
      ]),
    );
    parts.push(local);
    offset += local.length;
    if (offset > MOST_BYTES) throw new RangeError('a ZIP file of more than 4 GB');
  }
  const central = Buffer.concat(directory);
  const count = u16(entries.length);
  const end = Buffer.concat([
    u32(0x06054b50),
    u16(0),
    u16(0),
    count,
    count,
    u32(central.length),
    u32(offset),
    u16(0),
  ]);
  return Buffer.concat([...parts, central, end]);
}

/** Version needed, flags, method, time, date, CRC, both sizes: the same in both headers. */
function entryFields(bytes: Uint8Array): Buffer {
  return Buffer.concat([
    u16(20),
    u16(UTF8_NAME),
    u16(0),
    u16(0),
    u16(DOS_DATE),
    u32(crc32(bytes)),
    u32(bytes.length),
    u32(bytes.length),
  ]);
}

/** Of the name and of no extra field. */
function lengths(name: string): Buffer {
  return Buffer.concat([u16(Buffer.byteLength(name)), u16(0)]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
