import { z } from 'zod';
import { configError, type Fault } from '../model/errors.ts';
import type { Facet, Region, Topic, Vocabulary } from '../model/vocabulary.ts';
import { bounceWords } from './bounces.ts';
import { figureWords, holidays, lexiconOf, nameWords, placeWords } from './lexicon.ts';
import { check, readYamlFiles, type YamlFile } from './read-yaml.ts';

/** The files of the vocabulary folder, by the part they hold. */
const FILES = {
  topics: 'topics.yml',
  documentTypes: 'document-types.yml',
  issuers: 'issuers.yml',
  regions: 'regions.yml',
  facets: 'instruments.yml',
  bounces: 'bounces.yml',
  figures: 'figures.yml',
  names: 'names.yml',
  places: 'places.yml',
  holidays: 'holidays.yml',
} as const;

type Part = keyof typeof FILES;

/** How much a word of each list speaks for its topic. */
const WEIGHTS = { strong: 3, otherwise: 3, beside: 3, medium: 2, weak: 1 } as const;

const id = z.string().regex(/^[A-Za-z][A-Za-z0-9.-]*$/, 'letters, digits, dots and hyphens');
const text = z.string().trim().min(1);
/** YAML reads 5G and 2025 as they are but 12 as a number; words are text. */
const words = z.array(z.union([text, z.number().transform(String)]));
const pattern = text.refine(isPattern, 'is not a regular expression (flag u)');

const topic = z.strictObject({
  id,
  zh: text,
  en: text,
  strong: words,
  otherwise: words.default([]),
  beside: words.default([]),
  medium: words.default([]),
  weak: words.default([]),
  not: words.default([]),
});
const documentType = z.strictObject({
  id,
  zh: text,
  en: text,
  weight: z.number().min(0).max(10),
  title: z.array(pattern).min(1),
});
const issuer = z.strictObject({
  id,
  zh: text,
  en: text,
  level: z.enum(['central', 'province', 'city', 'foreign']),
  aliases: words.default([]),
  numberPrefixes: words.default([]),
});
const province = z.strictObject({
  id: z.string().regex(/^[A-Z]{2}-[A-Z0-9]{1,3}$/, 'an ISO 3166-2 code'),
  zh: text,
  en: text,
  aliases: words.default([]),
  places: words.default([]),
  short: z.string().length(1).optional(),
  tile: z.strictObject({ col: z.number().int().min(0), row: z.number().int().min(0) }),
});
const strategic = z.strictObject({
  id,
  zh: text,
  en: text,
  aliases: words.default([]),
  places: words.default([]),
  members: z.array(z.string()).min(1),
});
const regions = z.strictObject({
  provinces: z.array(province),
  strategic: z.array(strategic),
  pairs: z.record(z.string(), z.array(z.string()).min(2)),
});

const facet = z.strictObject({ id, zh: text, en: text, words: words.min(1) });
const facets = z.strictObject({
  instruments: z.array(facet),
  fields: z.array(facet),
  targets: z.array(facet),
});

/**
 * Reads the vocabulary folder.
 * @throws ConfigError VOCABULARY_INVALID with every fault in every file
 */
export async function readVocabulary(dir: string): Promise<Vocabulary> {
  const { files, faults } = await readYamlFiles(dir);
  // Without the folder each of its files would be told as missing too.
  if (files.length === 0 && faults.length > 0) throw invalid(faults);
  return parseVocabulary(files, faults);
}

/**
 * Checks the files of a vocabulary and gives them their final shape.
 * @param before faults found while reading, told together with those found here
 * @throws ConfigError VOCABULARY_INVALID with every fault in every file
 */
export function parseVocabulary(files: readonly YamlFile[], before: readonly Fault[] = []): Vocabulary {
  const faults: Fault[] = [...before];
  const read = <Output>(part: Part, schema: z.ZodType<Output>): Output | undefined => {
    const file = files.find((candidate) => candidate.file.split('/').at(-1) === FILES[part]);
    if (file === undefined) {
      // A file that could not even be parsed is already told.
      if (!before.some((fault) => fault.file.includes(FILES[part])))
        faults.push({ file: FILES[part], key: '(file)', reason: 'is missing' });
      return undefined;
    }
    const result = check(file, file.value, schema);
    if ('value' in result) return result.value;
    faults.push(...result.faults);
    return undefined;
  };
  const topics = read('topics', z.array(topic).min(1));
  const documentTypes = read('documentTypes', z.array(documentType).min(1));
  const issuers = read('issuers', z.array(issuer).min(1));
  const places = read('regions', regions);
  // A folder of an earlier release has no such file.
  const hasFacets = files.some(({ file }) => file.endsWith(FILES.facets));
  const asides = hasFacets ? read('facets', facets) : undefined;
  const hasBounces = files.some(({ file }) => file.endsWith(FILES.bounces));
  const bounces = hasBounces ? read('bounces', bounceWords) : undefined;
  faults.push(...repeatedIds('topics', topics), ...repeatedIds('documentTypes', documentTypes));
  faults.push(...repeatedIds('issuers', issuers));
  if (asides !== undefined) faults.push(...repeatedIds('facets', facetsOf(asides)));
  if (places !== undefined) faults.push(...regionFaults(places));
  const lexicon = {
    figures: read('figures', figureWords),
    names: read('names', nameWords),
    places: read('places', placeWords),
    holidays: read('holidays', holidays),
  };
  if (topics === undefined || documentTypes === undefined || issuers === undefined || places === undefined)
    throw invalid(faults);
  if (!isWhole(lexicon) || faults.length > 0) throw invalid(faults);
  return {
    topics: topics.map(topicOf),
    documentTypes,
    issuers,
    regions: regionsOf(places),
    lexicon: lexiconOf(lexicon),
    ...(asides !== undefined && { facets: facetsOf(asides) }),
    ...(bounces !== undefined && { bounces }),
  };
}

function isWhole<Parts extends object>(
  parts: Parts,
): parts is { [Key in keyof Parts]: Exclude<Parts[Key], undefined> } & Parts {
  return Object.values(parts).every((part) => part !== undefined);
}

function topicOf({ id, zh, en, not, ...lists }: z.infer<typeof topic>): Topic {
  const weighted = (['strong', 'otherwise', 'beside', 'medium', 'weak'] as const).flatMap((list) =>
    lists[list].map((word) => ({
      word,
      weight: WEIGHTS[list],
      ...(list === 'otherwise' && { only: 'alone' as const }),
      ...(list === 'beside' && { only: 'beside' as const }),
    })),
  );
  return { id, zh, en, words: weighted, not };
}

function facetsOf({ instruments, fields, targets }: z.infer<typeof facets>): readonly Facet[] {
  const kinds = [
    ['instrument', instruments],
    ['field', fields],
    ['target', targets],
  ] as const;
  return kinds.flatMap(([kind, entries]) => entries.map((entry) => ({ kind, ...entry })));
}

function regionsOf({ provinces, strategic: larger, pairs }: z.infer<typeof regions>): readonly Region[] {
  const paired = (id: string) => Object.keys(pairs).filter((name) => pairs[name]?.includes(id));
  return [
    ...provinces.map((entry) => ({ ...entry, members: [], places: [...entry.places, ...paired(entry.id)] })),
    ...larger,
  ];
}

function regionFaults({ provinces, strategic: larger, pairs }: z.infer<typeof regions>): readonly Fault[] {
  const known = new Set(provinces.map((entry) => entry.id));
  const file = FILES.regions;
  const unknown = (key: string, ids: readonly string[]) =>
    ids
      .filter((member) => !known.has(member))
      .map((member) => ({ file, key, reason: `${member} is no province` }));
  return [
    ...repeatedIds('regions', [...provinces, ...larger]),
    ...larger.flatMap((entry, index) => unknown(`strategic.${index}.members`, entry.members)),
    ...Object.entries(pairs).flatMap(([name, ids]) => unknown(`pairs.${name}`, ids)),
  ];
}

function repeatedIds(part: Part, entries: readonly { id: string }[] | undefined): readonly Fault[] {
  const ids = (entries ?? []).map((entry) => entry.id);
  return ids
    .filter((entryId, index) => ids.indexOf(entryId) !== index)
    .map((entryId) => ({ file: FILES[part], key: entryId, reason: 'this id stands twice' }));
}

function invalid(faults: readonly Fault[]): Error {
  return configError('VOCABULARY_INVALID', 'reading the vocabulary: these entries cannot be used', faults);
}

function isPattern(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
