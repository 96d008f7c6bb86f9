import { basename, dirname } from 'node:path';
import { configError, type Fault } from '../model/errors.ts';
import type { SourceId } from '../model/ids.ts';
import type { Expectations, Scrape, Source, SourceFamily, SourceKind } from '../model/source.ts';
import { counted } from '../text/counted.ts';
import { type Families, isFamily, isObject, nameOf, readFamilies, withFamily } from './families.ts';
import { check, parseYaml, readYamlFiles, type YamlFile } from './read-yaml.ts';
import { type SourceFields, sourceSchema } from './source-schema.ts';

/** The zone of a country's day-only dates; countries with several are named by where their government sits. */
const ZONES: Readonly<Record<string, string>> = {
  AU: 'Australia/Sydney',
  CA: 'America/Toronto',
  CH: 'Europe/Zurich',
  CN: 'Asia/Shanghai',
  DE: 'Europe/Berlin',
  EU: 'Europe/Brussels',
  FR: 'Europe/Paris',
  GB: 'Europe/London',
  IN: 'Asia/Kolkata',
  JP: 'Asia/Tokyo',
  KR: 'Asia/Seoul',
  OECD: 'Europe/Paris',
  SG: 'Asia/Singapore',
  US: 'America/New_York',
};

/** What a kind of place shows at least, where the source file says nothing. */
const EXPECT: Readonly<Record<SourceKind, Expectations>> = {
  feed: { minEntries: 3, maxAgeDays: 45 },
  listing: { minEntries: 5, maxAgeDays: 60 },
  sitemap: { minEntries: 5, maxAgeDays: 60 },
  api: { minEntries: 5, maxAgeDays: 60 },
  browser: { minEntries: 5, maxAgeDays: 60 },
};

/**
 * Reads `<dir>/<country>/<id>.yml`, families of `<dir>/families/` merged in; sorted by id.
 * @throws ConfigError SOURCES_INVALID with every fault of every file
 */
export async function readSources(dir: string): Promise<readonly Source[]> {
  const { files, faults: unreadable } = await readYamlFiles(dir);
  const faults: Fault[] = [...unreadable];
  const families = readFamilies(files.filter(isFamily), unreadable, faults);
  const sources: Source[] = [];
  for (const file of files.filter((one) => !isFamily(one))) {
    const read = readSource(file, families);
    if ('faults' in read) faults.push(...read.faults);
    else sources.push(read.source);
  }
  for (const source of sources)
    if (sources.find((other) => other.id === source.id) !== source)
      faults.push({ file: `${source.id}.yml`, key: 'id', reason: 'two files have this name' });
  if (faults.length > 0)
    throw configError('SOURCES_INVALID', `${counted(faults.length, 'fault')} in the source files`, faults);
  return sources.sort((left, right) => (left.id < right.id ? -1 : 1));
}

/**
 * One source file's text, held against the schema with its family merged in.
 * @param file as it would lie in the folder, `sources/cn/cn-most-tztg.yml`: name and folder must fit
 */
export function parseSource(
  file: string,
  text: string,
  families: readonly SourceFamily[],
): { readonly source: Source } | { readonly faults: readonly Fault[] } {
  const parsed = parseYaml(file, text);
  if ('faults' in parsed) return parsed;
  return readSource(parsed, new Map(families.map(({ name, parts }) => [name, parts])));
}

function readSource(
  file: YamlFile,
  families: Families,
): { readonly source: Source } | { readonly faults: readonly Fault[] } {
  const merged = withFamily(file, families);
  if ('faults' in merged) return merged;
  const checked = check(file, merged.value, sourceSchema);
  return 'faults' in checked ? checked : toSource(file, checked.value);
}

function toSource(
  file: YamlFile,
  fields: SourceFields,
): { readonly source: Source } | { readonly faults: readonly Fault[] } {
  const kind = fields.kind ?? kindOf(fields);
  const zone = fields.zone ?? ZONES[fields.country];
  const scrape = scrapeOf(kind, fields);
  const faults = [
    ...rulesBroken(file, fields, zone).map(([key, reason]) => ({ file: file.at([key]), key, reason })),
    ...(typeof scrape === 'string' ? [{ file: file.at(['kind']), key: 'kind', reason: scrape }] : []),
  ];
  if (faults.length > 0 || typeof scrape === 'string' || zone === undefined) return { faults };
  const { kind: _, list, json, fragment, waitFor, linkPattern, expect, ...rest } = fields;
  const source = { ...rest, id: fields.id as SourceId, zone, scrape, expect: { ...EXPECT[kind], ...expect } };
  return { source: withoutUndefined(source) as unknown as Source };
}

function rulesBroken(
  file: YamlFile,
  fields: SourceFields,
  zone: string | undefined,
): (readonly [string, string])[] {
  const broken: (readonly [string, string])[] = [];
  const folder = basename(dirname(file.file));
  if (fields.id !== nameOf(file)) broken.push(['id', `must be the file's name, ${nameOf(file)}`]);
  if (folder !== fields.country.toLowerCase())
    broken.push(['country', `the file lies in ${folder}/, not in ${fields.country.toLowerCase()}/`]);
  if (fields.region !== undefined && !fields.region.startsWith(`${fields.country}-`))
    broken.push(['region', `${fields.region} does not belong to ${fields.country}`]);
  if (zone === undefined) broken.push(['zone', `say the time zone: none is known for ${fields.country}`]);
  if (fields.linkPattern !== undefined && fields.kind !== 'sitemap')
    broken.push(['linkPattern', 'stands at the top of a sitemap source only; else under list or json']);
  if (fields.paging !== undefined && /^(?:feed|sitemap|browser)$/.test(fields.kind ?? kindOf(fields)))
    broken.push(['paging', 'is for lists in pages and APIs']);
  if (!fields.enabled && fields.disabledReason === undefined)
    broken.push(['disabledReason', 'say why the source is switched off']);
  if (fields.enabled && fields.disabledReason !== undefined)
    broken.push(['disabledReason', 'the source is enabled: take the reason out or set enabled: false']);
  return broken;
}

function kindOf(fields: SourceFields): SourceKind {
  if (fields.waitFor !== undefined) return 'browser';
  if (fields.json !== undefined || fields.fragment !== undefined) return 'api';
  return fields.list === undefined ? 'feed' : 'listing';
}

/** The scrape rules of a kind, or what is missing or too much. */
function scrapeOf(
  kind: SourceKind,
  { list, json, fragment, waitFor, linkPattern }: SourceFields,
): Scrape | string {
  switch (kind) {
    case 'feed':
      return (list ?? json ?? fragment ?? waitFor)
        ? 'a feed needs no list, json, fragment or waitFor'
        : { kind };
    case 'sitemap':
      if ((list ?? json ?? fragment ?? waitFor) !== undefined)
        return 'a sitemap needs no list, json, fragment or waitFor';
      return linkPattern === undefined ? { kind } : { kind, linkPattern };
    case 'listing':
      if (list === undefined || (json ?? fragment ?? waitFor) !== undefined)
        return 'a listing needs list, and only list';
      return { kind, list: withoutUndefined(list) };
    case 'browser':
      if (list === undefined || waitFor === undefined) return 'a browser source needs waitFor and list';
      return { kind, waitFor, list: withoutUndefined(list) };
    case 'api':
      if (json !== undefined && list === undefined && fragment === undefined)
        return { kind, json: withoutUndefined(json) };
      if (json === undefined && list !== undefined && fragment !== undefined)
        return { kind, fragment, list: withoutUndefined(list) };
      return 'an api needs json, or fragment and list';
  }
}

/** Zod leaves `undefined` where an optional key is absent; our types say absent. */
function withoutUndefined<Value extends object>(
  value: Value,
): { [Key in keyof Value]: Exclude<Value[Key], undefined> } {
  const kept = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .map(([key, one]) => [key, isObject(one) ? withoutUndefined(one) : one]);
  return Object.fromEntries(kept) as { [Key in keyof Value]: Exclude<Value[Key], undefined> };
}
