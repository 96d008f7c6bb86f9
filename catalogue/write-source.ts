import { stringify } from 'yaml';

/** As in every source file: who, then how it is read, then where the facts come from. */
const ORDER = [
  'id', 'name', 'nameEn', 'publisher', 'country', 'region', 'lang', 'zone', 'trust', 'family', 'kind', 'enabled',
  'disabledReason', 'url', 'homepage', 'request', 'encoding', 'fragment', 'waitFor', 'linkPattern', 'list', 'json', 'paging',
  'article', 'everyMinutes', 'expect', 'evidence',
]; // biome-ignore format: a table
/** Keys that hold a few short values and are written on one line. */
const ON_ONE_LINE = new Set(['expect']);

/**
 * A source file's text: keys in their usual order, comments above the address as a maintainer would write them.
 * @param comments facts and quirks, one sentence each
 */
export function writeSource(fields: Readonly<Record<string, unknown>>, comments: readonly string[]): string {
  const sorted = Object.entries(fields).sort(([left], [right]) => ORDER.indexOf(left) - ORDER.indexOf(right));
  const parts = sorted.map(([key, value]) => {
    const above =
      key === 'url' ? comments.map((comment) => `# ${comment.replace(/\s+/g, ' ')}\n`).join('') : '';
    return above + keyText(key, value);
  });
  return parts.join('');
}

function keyText(key: string, value: unknown): string {
  if (key === 'evidence' && Array.isArray(value))
    return `evidence:\n${value.map((one) => `  - ${flow(one)}`).join('\n')}\n`;
  if (ON_ONE_LINE.has(key)) return `${key}: ${flow(value)}\n`;
  return stringify({ [key]: value }, { lineWidth: 0, indent: 2 });
}

function flow(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
}
