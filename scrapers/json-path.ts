/**
 * Follows a dot separated path into parsed JSON; `.` is the value itself. A text on the way that is itself JSON is
 * opened (`urls.pc` in `"urls": "{\"pc\":\"/a.html\"}"`); a number picks from an array.
 */
export function jsonAt(value: unknown, path: string): unknown {
  if (path === '.') return value;
  let here: unknown = value;
  for (const key of path.split('.')) {
    const opened = typeof here === 'string' ? parsed(here) : here;
    if (typeof opened !== 'object' || opened === null) return undefined;
    if (!Object.hasOwn(opened, key)) return undefined;
    here = (opened as Readonly<Record<string, unknown>>)[key];
  }
  return here;
}

/** Parses JSON, also behind a byte order mark or in a JSONP call; undefined when the text is neither. */
export function parseJsonAnswer(text: string): unknown {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  const call = /^[\w$.]+\s*\(/.exec(trimmed);
  if (call === null) return parsed(trimmed);
  const end = trimmed.lastIndexOf(')');
  return end < 0 ? undefined : parsed(trimmed.slice(call[0].length, end));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
