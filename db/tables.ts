/** Codecs between model values and portable columns. `undefined` becomes null and back. */
export function toJson(value: unknown): string {
  return JSON.stringify(value);
}

/** Reads JSON that this program wrote; the caller names the type it stored. */
export function fromJson<T>(text: string): T {
  return JSON.parse(text) as T;
}

export function toFlag(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}

export function fromFlag(value: unknown): boolean {
  return value === 1 || value === true;
}

export function toNull<T>(value: T | undefined): T | null {
  return value === undefined ? null : value;
}

/** `{ name: value }` when there is a value, `{}` when the column is null: absent keys stay absent. */
export function optional<Name extends string, T>(
  name: Name,
  value: T | null | undefined,
): Partial<Record<Name, T>> {
  return value === null || value === undefined ? {} : ({ [name]: value } as Record<Name, T>);
}

/** SQLite takes at most 32766 variables a statement; lists of ids are asked in parts. */
export function inParts<T>(values: readonly T[], size = 500): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < values.length; at += size) parts.push(values.slice(at, at + size));
  return parts;
}
