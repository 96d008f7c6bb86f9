import { basename, dirname } from 'node:path';
import type { Fault } from '../model/errors.ts';
import type { SourceFamily } from '../model/source.ts';
import { check, readYamlFiles, type YamlFile } from './read-yaml.ts';
import { familySchema } from './source-schema.ts';

/** A family's parts, or `undefined` where its file has faults of its own. */
export type Families = ReadonlyMap<string, Readonly<Record<string, unknown>> | undefined>;

/** The families of `<dir>/families/`, sorted by name; files with faults are left out, readSources tells of them. */
export async function readSourceFamilies(dir: string): Promise<readonly SourceFamily[]> {
  const { files } = await readYamlFiles(dir);
  return files.filter(isFamily).flatMap((file) => {
    const checked = check(file, file.value, familySchema);
    if ('faults' in checked) return [];
    const { about, signs, ...parts } = checked.value;
    return [{ name: nameOf(file), about, signs: signs ?? [], parts: present(parts) }];
  });
}

export function readFamilies(
  files: readonly YamlFile[],
  unreadable: readonly Fault[],
  faults: Fault[],
): Families {
  const families = new Map<string, Readonly<Record<string, unknown>> | undefined>();
  // A family whose file is no YAML is told once, not again by each of its sources.
  for (const { file } of unreadable) families.set(basename(file).replace(/\.ya?ml:\d+$/, ''), undefined);
  for (const file of files) {
    const checked = check(file, file.value, familySchema);
    if ('faults' in checked) {
      faults.push(...checked.faults);
      families.set(nameOf(file), undefined);
      continue;
    }
    const { about: _about, signs: _signs, ...parts } = checked.value;
    families.set(nameOf(file), present(parts));
  }
  return families;
}

/** A source file's value with what its family says beneath it. */
export function withFamily(
  file: YamlFile,
  families: Families,
): { readonly value: unknown } | { readonly faults: readonly Fault[] } {
  const own = file.value;
  if (!isObject(own) || typeof own.family !== 'string') return { value: own };
  if (!families.has(own.family)) {
    const reason = `there is no families/${own.family}.yml`;
    return { faults: [{ file: file.at(['family']), key: 'family', reason }] };
  }
  const family = families.get(own.family);
  return family === undefined ? { faults: [] } : { value: merge(family, own) };
}

/** Deep for objects; anything else of `own` replaces what the family says. */
function merge(family: Readonly<Record<string, unknown>>, own: Readonly<Record<string, unknown>>): unknown {
  const merged: Record<string, unknown> = { ...family };
  for (const [key, value] of Object.entries(own)) {
    const below = merged[key];
    merged[key] = isObject(below) && isObject(value) ? merge(below, value) : value;
  }
  return merged;
}

function present(parts: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

export function nameOf(file: YamlFile): string {
  return basename(file.file).replace(/\.ya?ml$/, '');
}

export function isFamily(file: YamlFile): boolean {
  return basename(dirname(file.file)) === 'families';
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
