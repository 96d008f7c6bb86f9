import readSheets from 'read-excel-file/universal';
import { foldSpace } from '../../text/html.ts';
import { repack } from './unpack.ts';

/** The cells of a workbook, one line per row with something in it, under the name of each sheet. */
export async function xlsxText(bytes: Uint8Array): Promise<string> {
  const cells = repack(bytes, (name) => /\.(?:xml|rels)$/i.test(name));
  const sheets = await readSheets(new Blob([cells.slice()]));
  const lines: string[] = [];
  for (const { sheet, data } of sheets) {
    const rows = data
      .map((row) => row.map(cellText).filter((cell) => cell !== ''))
      .filter((row) => row.length > 0);
    if (rows.length > 0) lines.push(foldSpace(sheet), ...rows.map((row) => row.join(' ')));
  }
  return lines.join('\n');
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return dayText(value);
  return foldSpace(String(value));
}

/** Dates of a workbook have no zone; the reader gives them as UTC. */
function dayText(value: Date): string {
  if (Number.isNaN(value.getTime())) return '';
  const [day = '', time = ''] = value.toISOString().split('T');
  return time.startsWith('00:00') ? day : `${day} ${time.slice(0, 5)}`;
}
