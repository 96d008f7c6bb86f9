/**
 * Encodes as old newspaper systems do: two bytes for a character of GB 2312-80, a numeric reference for any other.
 * The table is read off the platform's own decoder.
 */
export function encodeGb2312(html: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of html) {
    const code = character.codePointAt(0) ?? 0;
    const pair = TABLE.get(character);
    if (code < 0x80) bytes.push(code);
    else if (pair !== undefined) bytes.push(pair >> 8, pair & 0xff);
    else bytes.push(...Buffer.from(`&#${code};`, 'ascii'));
  }
  return Uint8Array.from(bytes);
}

const TABLE: ReadonlyMap<string, number> = readTable();

function readTable(): ReadonlyMap<string, number> {
  const decoder = new TextDecoder('gb2312', { fatal: true });
  const table = new Map<string, number>();
  for (let row = 0xa1; row <= 0xf7; row += 1) {
    // Rows 10 to 15 are empty in GB 2312-80; row 55 ends five characters early.
    if (row > 0xa9 && row < 0xb0) continue;
    const last = row === 0xd7 ? 0xf9 : 0xfe;
    for (let cell = 0xa1; cell <= last; cell += 1) {
      const character = decode(decoder, row, cell);
      if (character !== undefined) table.set(character, (row << 8) | cell);
    }
  }
  return table;
}

/** Undefined for a cell that stands for nothing, or only for a private-use character. */
function decode(decoder: InstanceType<typeof TextDecoder>, row: number, cell: number): string | undefined {
  try {
    const character = decoder.decode(Uint8Array.of(row, cell));
    return /^[\uE000-\uF8FF]$/.test(character) ? undefined : character;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
