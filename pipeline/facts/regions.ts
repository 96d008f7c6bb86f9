import type { RegionFact } from '../../model/facts.ts';
import { REGION_TRAPS } from '../regions.ts';
import { type Gazetteer, gazetteerOf, isOwnName, type Named } from './gazetteer.ts';
import type { Reading } from './reading.ts';
import {
  COMPANY,
  COMPASS,
  FREE_TRADE_ZONE,
  HELD_IN,
  KIND,
  LONGEST_SHARES,
  OFFICE,
  PART_OF_NAME,
  RIVER_OR_MOUNTAIN,
  SHARE,
  SHARED_BODY,
  SPREAD,
  TAIL,
  WORD_ELSEWHERE,
  WORD_TOO,
  ZONE,
} from './region-patterns.ts';
import { wordsOf } from './words.ts';

/**
 * Each region the text names once, at its first mention that stands for itself: not inside one of the `holders`, the names of
 * bodies and the credits.
 */
export function findRegionFacts(
  reading: Reading,
  holders: readonly { readonly start: number; readonly end: number }[],
): readonly RegionFact[] {
  const { text, context } = reading;
  const gazetteer = gazetteerOf(context.vocabulary);
  const { byName } = gazetteer;
  const words = wordsOf(gazetteer.list);
  const traps = wordsOf(REGION_TRAPS);
  const heldAt = new Set(reading.matchesAsWritten(HELD_IN).map(({ index }) => index));
  const inside = new Uint8Array(text.length);
  for (const { start, end } of holders) inside.fill(1, spreadStart(text, start, words), end);
  for (const { index, 0: shared } of reading.matchesAsWritten(SHARED_BODY)) {
    // The last place may be written with its kind, as 陕西省.
    const end = words.endingAt(text, index) === undefined ? index - 1 : index;
    const place = words.endingAt(text, end);
    if (place !== undefined)
      inside.fill(1, spreadStart(text, end - place.length, words), index + shared.length);
  }
  for (const match of reading.matchesAsWritten(COMPANY))
    inside.fill(1, match.index, match.index + match[0].length);
  const seen = new Set<string>();
  const found: RegionFact[] = [];
  for (const match of reading.matchesAsWritten(FREE_TRADE_ZONE)) {
    const end = match.index + match[0].length;
    inside.fill(1, match.index, end);
    if (reading.isCovered(match.index) || seen.has(match[0])) continue;
    seen.add(match[0]);
    const province = byName.get(match.groups?.place ?? match.groups?.plain ?? '')?.regions[0]?.id;
    found.push({
      kind: 'region',
      ...reading.span(match.index, end, 'ZONE'),
      name: match[0],
      ...(province !== undefined && { province }),
    });
  }
  let province: string | undefined = context.region;
  let listEnd = -1;
  let last: RegionFact | undefined;
  // Counties that the text has named with their kind, if only inside the name of a body.
  const named = new Set<string>();
  const starts = wordsOf(gazetteer.listWithTraps);
  for (let at = 0; at < text.length; at += 1) {
    // Behind a place anything may be one; elsewhere only what begins like one.
    if (at > listEnd + 1 && last?.end !== at && heldAt.size === 0) at = starts.nextFrom(text, at);
    // 与九江、宜春: a name that is also a word is a place among places.
    const isAmong = heldAt.has(at) || (listEnd === at - 1 && /[、和与及]/u.test(text.charAt(at - 1)));
    const trap = traps.startingAt(text, at);
    const name = words.startingAt(text, at) ?? (isAmong ? bareCityAt(text, at, byName) : undefined);
    if (trap !== undefined && trap.length >= (name?.length ?? 0)) {
      at += trap.length - 1;
      continue;
    }
    if (name === undefined) {
      const county = inside[at] === 1 ? undefined : countyAt(reading, at, { last, named, gazetteer });
      if (county === undefined) continue;
      // 西吉 is 西吉县, told before.
      const isTold = ['', '县', '区'].some((kind) => seen.has(`${county.name}${kind}`));
      if (!isTold) found.push(county);
      seen.add(county.name);
      at = county.end - 1;
      continue;
    }
    const entry = byName.get(name) ?? byName.get(`${name}市`);
    if (/^..[市县区]$/u.test(name) && !WORD_TOO.test(name)) named.add(name.slice(0, 2));
    // 无锡市民: citizens, not the city.
    const isCitizens = name.endsWith('市') && /^[民场](?!政)/u.test(text.slice(at + name.length));
    const end = at + name.length - (isCitizens && name.length > 2 ? 1 : 0);
    if (
      entry === undefined ||
      reading.isCovered(at) ||
      inside[at] === 1 ||
      PART_OF_NAME.test(text.slice(end, end + 6)) ||
      SHARE.test(text.slice(end, end + LONGEST_SHARES)) ||
      (COMPASS.test(name) && words.endingAt(text, at) !== undefined) ||
      (entry.regions.length > 0 && OFFICE.test(text.slice(end, end + 8))) ||
      isForeignLetters(text, at, name) ||
      /中国\s?[—－–-]$/u.test(text.slice(Math.max(0, at - 4), at))
    ) {
      at = end - 1;
      continue;
    }
    // 京、沪 and 苏皖 name several provinces at once.
    const joint =
      entry.place === undefined &&
      entry.regions.length > 1 &&
      !entry.regions.some((region) => isOwnName(region, name));
    if (joint) {
      for (const region of entry.regions.filter(({ id }) => !seen.has(id))) {
        seen.add(region.id);
        found.push({ kind: 'region', ...reading.span(at, end, 'JOINT'), id: region.id, name: region.zh });
      }
      at = end - 1;
      continue;
    }
    const fact = factOf(reading, at, text.slice(at, end), entry, province);
    province = fact.province ?? (fact.id?.startsWith('CN-') ? fact.id : province);
    const key = fact.id ?? fact.name;
    if (!seen.has(key)) {
      seen.add(key);
      found.push(fact);
    }
    last = fact;
    listEnd = fact.end;
    at = Math.max(end, fact.end) - 1;
  }
  return found.sort((left, right) => left.start - right.start);
}

/** 宜春, where only 宜春市 is a place by itself. */
function bareCityAt(text: string, at: number, byName: Gazetteer['byName']): string | undefined {
  const name = text.slice(at, at + 2);
  return byName.has(`${name}市`) &&
    /^(?:[、和与及等并，。；两二三四五六七八九十]|$|召开|举行|举办|揭牌|启用|开幕|启动)/u.test(
      text.slice(at + 2),
    )
    ? name
    : undefined;
}

/** What tells that a county without its kind, or with another, is one. */
interface CountyClues {
  readonly last: RegionFact | undefined;
  readonly named: ReadonlySet<string>;
  readonly gazetteer: Gazetteer;
}

/** 云南孟连 behind its province, 禹州 once 禹州市 is named, 延庆县 though it is a district today. */
function countyAt(
  reading: Reading,
  start: number,
  { last, named, gazetteer }: CountyClues,
): RegionFact | undefined {
  const { text } = reading;
  const bare = text.slice(start, start + 2);
  const isBehind = last?.end === start;
  const district = isBehind ? WORD_ELSEWHERE.exec(text.slice(start, start + 3))?.[0] : undefined;
  if (district !== undefined) {
    const within = last?.province ?? last?.id;
    return {
      kind: 'region',
      ...reading.span(start, start + district.length, 'COUNTY'),
      name: district,
      ...(within !== undefined && { province: within }),
    };
  }
  const provinces = gazetteer.counties.get(bare);
  if (provinces === undefined || reading.isCovered(start)) return undefined;
  const behind = text.slice(start + 2, start + 8);
  // 云南孟连, 湖州安吉.
  const own = WORD_TOO.test(bare) ? last?.id : (last?.id ?? last?.province);
  const isOwn = isBehind && own !== undefined && provinces.has(own);
  if (!isOwn && !named.has(bare) && !/^县(?![区域民场长委])/u.test(behind)) return undefined;
  if (RIVER_OR_MOUNTAIN.test(behind) || PART_OF_NAME.test(behind)) return undefined;
  const end = start + 2 + (KIND.exec(behind)?.[0].length ?? 0);
  const province = isOwn ? own : provinces.size === 1 ? [...provinces][0] : undefined;
  return {
    kind: 'region',
    ...reading.span(start, end, 'COUNTY'),
    name: text.slice(start, end).replace(/市$/u, ''),
    ...(province !== undefined && { province }),
  };
}

/** Where the list of places begins whose last one opens the name of a body at `start`. */
function spreadStart(text: string, start: number, words: ReturnType<typeof wordsOf>): number {
  if (words.startingAt(text, start) === undefined) return start;
  let from = start;
  while (SPREAD.test(text.charAt(from - 1))) {
    const place = words.endingAt(text, from - 1);
    if (place === undefined) break;
    from -= place.length + 1;
  }
  return from;
}

/** English names are whole words. */
function isForeignLetters(text: string, at: number, name: string): boolean {
  return (
    /^[A-Za-z]/.test(name) &&
    (/[A-Za-z]/.test(text[at - 1] ?? '') || /[A-Za-z]/.test(text[at + name.length] ?? ''))
  );
}

function factOf(
  reading: Reading,
  at: number,
  name: string,
  { regions, place }: Named,
  nearby: string | undefined,
): RegionFact {
  const { text } = reading;
  const end = at + name.length;
  const tail =
    place === undefined || /[市县区盟]$/u.test(name) ? undefined : TAIL.exec(text.slice(end, end + 4));
  const whole = end + (tail?.[0].length ?? 0);
  const zone = ZONE.exec(text.slice(whole, whole + 20));
  const own = regions.find((region) => isOwnName(region, name));
  const holder = own ?? regions[0];
  const province =
    place?.within.find((code) => code === nearby) ??
    (place?.within.length === 1 ? place.within[0] : undefined) ??
    holder?.id;
  if (
    zone !== null &&
    (own === undefined || own.members.length === 0) &&
    /自贸|自由贸易|综合保税区/u.test(zone[0])
  ) {
    const zoneEnd = whole + zone[0].length;
    return {
      kind: 'region',
      ...reading.span(at, zoneEnd, 'ZONE'),
      name: text.slice(at, zoneEnd),
      ...(province !== undefined && { province }),
    };
  }
  if (own !== undefined)
    return { kind: 'region', ...reading.span(at, end, 'REGION'), id: own.id, name: own.zh };
  const bare = /^(.{2,})市$/u.exec(name)?.[1] ?? name;
  return {
    kind: 'region',
    ...reading.span(at, whole, 'PLACE'),
    ...(place?.id !== undefined && { id: place.id }),
    name: bare,
    ...(province !== undefined && place?.id === undefined && { province }),
  };
}
