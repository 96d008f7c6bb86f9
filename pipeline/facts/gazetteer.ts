import type { Place, Region, Vocabulary } from '../../model/vocabulary.ts';
import { REGION_TRAPS } from '../regions.ts';
import { wordsOf } from './words.ts';

/** What a name of a place stands for: a region, a place inside one, or both. */
export interface Named {
  readonly regions: readonly Region[];
  readonly place?: Place;
}

/** Every name of a place that is read in texts. */
export interface Gazetteer {
  readonly byName: ReadonlyMap<string, Named>;
  readonly list: readonly string[];
  /** With the words that only look like a place: what a walk over a text stops at. */
  readonly listWithTraps: readonly string[];
  /** County without its kind (巴东 of 巴东县) → the provinces that have one. */
  readonly counties: ReadonlyMap<string, ReadonlySet<string>>;
}

/** 中国(合肥)声谷 and 成都科学城 stand for the city in their name. */
const LANDMARK = /^中国|[(（]|科学城$|高新区$|工业园区$|三江新区$/u;
/** 巴东县, 孟连傣族拉祜族佤族自治县: two signs, then the kind. */
const COUNTY = /^([\u4e00-\u9fa5]{2})(?:[县市旗区]|[\u4e00-\u9fa5]{1,16}族自治[县旗])$/u;

/** Whether it is the region's own name, not that of a place inside it. */
export function isOwnName({ zh, en, aliases }: Region, name: string): boolean {
  return zh === name || en === name || aliases.includes(name);
}

const gazetteers = new WeakMap<Vocabulary, Gazetteer>();

/** The places of a vocabulary; gathered once for each. */
export function gazetteerOf(vocabulary: Vocabulary): Gazetteer {
  const known = gazetteers.get(vocabulary);
  if (known !== undefined) return known;
  const byName = namesOf(vocabulary);
  const list = [...byName.keys()];
  const listWithTraps = [...list, ...REGION_TRAPS];
  const gazetteer = { byName, list, listWithTraps, counties: countiesOf(vocabulary, byName) };
  gazetteers.set(vocabulary, gazetteer);
  return gazetteer;
}

function namesOf({ regions, lexicon }: Vocabulary): ReadonlyMap<string, Named> {
  const byName = new Map<string, Named>();
  const landmarks: [name: string, region: Region][] = [];
  for (const region of regions)
    for (const name of [region.zh, region.en, ...region.aliases, ...region.places])
      if (LANDMARK.test(name) && region.places.includes(name)) landmarks.push([name, region]);
      else byName.set(name, { ...byName.get(name), regions: [...(byName.get(name)?.regions ?? []), region] });
  for (const place of lexicon.places)
    byName.set(place.name, { regions: byName.get(place.name)?.regions ?? [], place });
  // 光明科学城 has no city in its name.
  const places = wordsOf([...byName.keys()]);
  for (const [name, region] of landmarks)
    if (!/^中国|[(（]/u.test(name) && places.startingAt(name, 0) === undefined)
      byName.set(name, { regions: [region] });
  return byName;
}

function countiesOf({ lexicon }: Vocabulary, byName: Gazetteer['byName']): Gazetteer['counties'] {
  const counties = new Map<string, Set<string>>();
  for (const { name, within } of lexicon.places) {
    const bare = COUNTY.exec(name)?.[1];
    if (bare === undefined || byName.has(bare)) continue;
    counties.set(bare, new Set([...(counties.get(bare) ?? []), ...within]));
  }
  return counties;
}
