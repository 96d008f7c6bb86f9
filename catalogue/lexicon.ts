import { z } from 'zod';
import type { Lexicon, Place } from '../model/vocabulary.ts';

const text = z.string().trim().min(1);
const words = z.array(text);
const day = z.string().regex(/^\d{2}-\d{2}$/, 'a day such as 02-11');
const byCode = z.record(z.string(), words);

/** vocabulary/figures.yml. */
export const figureWords = z.strictObject({
  currencies: z.record(z.string(), z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code')),
  measures: z.strictObject({ time: words, physical: words, latin: words }),
  classifiers: words,
  bound: words,
  compounds: z.record(z.string(), z.string()),
  noun_ends: words,
  idioms: words,
});

/** vocabulary/names.yml. */
export const nameWords = z.strictObject({
  surnames: z.strictObject({ double: words, single: text }),
  roles: words,
  unnamed: words,
  titles: words,
  verbs: words,
});

/** vocabulary/places.yml. */
export const placeWords = z.strictObject({
  only_with_tail: words,
  areas: byCode,
  abroad: byCode,
  china: z.record(z.string(), z.strictObject({ cities: words, counties: words })),
});

/** vocabulary/holidays.yml. */
export const holidays = z.array(
  z.strictObject({ year: z.number().int(), off: z.array(day), work: z.array(day) }),
);

/** The four checked files as one lexicon. */
export function lexiconOf(parts: {
  readonly figures: z.infer<typeof figureWords>;
  readonly names: z.infer<typeof nameWords>;
  readonly places: z.infer<typeof placeWords>;
  readonly holidays: z.infer<typeof holidays>;
}): Lexicon {
  const { measures, noun_ends, ...figures } = parts.figures;
  const { surnames, ...names } = parts.names;
  const days = (list: 'off' | 'work') =>
    new Set(parts.holidays.flatMap((entry) => entry[list].map((on) => `${entry.year}-${on}`)));
  return {
    figures: { ...figures, ...measures, nounEnds: noun_ends },
    names: { ...names, surnames: new Set([...surnames.double, ...surnames.single]) },
    places: placesOf(parts.places),
    holidays: {
      years: new Set(parts.holidays.map(({ year }) => year)),
      off: days('off'),
      work: days('work'),
    },
  };
}

function placesOf({ only_with_tail, areas, abroad, china }: z.infer<typeof placeWords>): readonly Place[] {
  const found = new Map<string, { readonly id?: string; readonly within: string[] }>();
  const add = (name: string, within: string, id?: string) => {
    const known = found.get(name);
    if (known === undefined)
      found.set(name, { within: within === '' ? [] : [within], ...(id !== undefined && { id }) });
    else if (!known.within.includes(within)) known.within.push(within);
  };
  for (const [province, names] of Object.entries(areas)) for (const name of names) add(name, province);
  for (const [country, names] of Object.entries(abroad))
    for (const [index, name] of names.entries()) add(name, country, index === 0 ? country : undefined);
  for (const [province, { cities, counties }] of Object.entries(china)) {
    for (const city of cities) {
      if (!only_with_tail.includes(city)) add(city, province);
      if (!/[市盟区]$/u.test(city)) add(`${city}市`, province);
    }
    for (const county of counties) add(county, province);
  }
  return [...found].map(([name, entry]) => ({ name, ...entry }));
}
