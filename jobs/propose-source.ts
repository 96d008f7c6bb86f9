import type { Entry, ScrapeResult } from '../model/entry.ts';
import type { Page } from '../model/page.ts';
import type { JsonRules, ListRules, Source, SourceFamily } from '../model/source.ts';
import { advertisedFeeds, namedJson, type PlaceFacts, placeFacts } from '../scrapers/draft.ts';
import { findFillers } from '../scrapers/find-filler.ts';
import { findJson } from '../scrapers/find-json.ts';
import { findList } from '../scrapers/find-list.ts';
import { dayOf, daysBetween } from '../text/calendar.ts';
import { decodePage } from '../text/charset.ts';
import { fetchList } from './fetch-list.ts';
import { type LookTools, readPage, whyNot } from './try-source.ts';

/** Keys of a source file. */
export type SourceDraft = Readonly<Record<string, unknown>>;

export interface WantedSource {
  readonly url: string;
  /** Overrides what the address tells. */
  readonly country?: string;
  readonly id?: string;
  readonly families: readonly SourceFamily[];
  /** Holds a draft against the schema; undefined when it does not pass. */
  readonly read: (draft: SourceDraft) => Source | undefined;
}

/** A source file for an address nobody described, what it reads, and what else was seen on the way. */
export interface Proposal {
  readonly draft: SourceDraft;
  readonly source: Source;
  readonly result: ScrapeResult;
  readonly notes: readonly string[];
}

export type Proposed = { readonly proposal: Proposal } | { readonly detail: string };

/**
 * Looks at an address and proposes a source file for it: a feed, a sitemap, a known family, a feed that the page names,
 * a list on the page, a list in JSON; the first that reads dated items wins.
 */
export async function proposeSource(tools: LookTools, wanted: WantedSource): Promise<Proposed> {
  const fetched = await tools.http.fetch({ url: wanted.url }, tools.signal);
  if (fetched.outcome !== 'fetched') return { detail: whyNot(fetched) };
  const { page } = fetched;
  const { text } = decodePage(page.body, page.headers, {});
  const facts = placeFacts(text, page.finalUrl);
  if ((wanted.country ?? facts.country) === undefined)
    return { detail: 'the address does not tell its country: say it (--country)' };
  const look: Look = { tools, wanted, page, text, head: headOf(facts, wanted, tools.clock.now()) };
  const steps = [fromItself, fromFamilies, fromNamedFeed, fromList, fromJson, fromNamedJson, fromFiller];
  for (const step of steps) {
    const proposal = await step(look);
    if (proposal !== undefined) return { proposal };
  }
  return { detail: nothingFound(look) };
}

interface Look {
  readonly tools: LookTools;
  readonly wanted: WantedSource;
  readonly page: Page;
  readonly text: string;
  readonly head: SourceDraft;
}

/** A feed or a sitemap needs no rules. */
async function fromItself(look: Look): Promise<Proposal | undefined> {
  for (const kind of ['feed', 'sitemap']) {
    const families = familiesOf(look).filter((family) => family.parts.kind === kind);
    for (const family of [...families.map((one) => one.name), undefined]) {
      const rules = family === undefined ? { kind } : { family };
      const proposal = propose(look, rules, look.page, []);
      if (proposal !== undefined) return proposal;
    }
  }
  return undefined;
}

/** Families whose own rules read this page, or the address that this page tells. */
async function fromFamilies(look: Look): Promise<Proposal | undefined> {
  for (const family of familiesOf(look)) {
    if (!hasRules(family)) continue;
    const draft = { ...look.head, family: family.name };
    const source = look.wanted.read(draft);
    if (source === undefined) continue;
    const isPrimed = source.request?.prime !== undefined;
    const page = isPrimed ? await listPage(look.tools, source) : look.page;
    if (page === undefined) continue;
    const proposal = propose(look, { family: family.name }, page, [`family ${family.name}: ${family.about}`]);
    if (proposal !== undefined) return proposal;
  }
  return undefined;
}

async function fromNamedFeed(look: Look): Promise<Proposal | undefined> {
  const feeds = advertisedFeeds(look.text, look.page.finalUrl);
  for (const url of feeds.slice(0, 3)) {
    const fetched = await look.tools.http.fetch({ url }, look.tools.signal);
    if (fetched.outcome !== 'fetched') continue;
    const notes = [`the page names ${feeds.length} feeds: ${feeds.join(' ')}`];
    const rules = { kind: 'feed', url, homepage: look.page.finalUrl };
    const proposal = propose(look, rules, fetched.page, notes);
    if (proposal !== undefined) return proposal;
  }
  return undefined;
}

async function fromList(look: Look): Promise<Proposal | undefined> {
  const found = findList(look.text, contextOf(look));
  if (found === undefined) return undefined;
  const family = familiesOf(look).find((one) => !hasRules(one) && one.parts.kind === undefined);
  const list = written(found.rules);
  return propose(look, { ...(family && { family: family.name }), list }, look.page, []);
}

async function fromJson(look: Look): Promise<Proposal | undefined> {
  const found = findJson(look.text, contextOf(look));
  if (found === undefined) return undefined;
  return propose(look, { json: written(found.rules) }, look.page, []);
}

/** A page filled by script often names the file that its rows come from. */
async function fromNamedJson(look: Look): Promise<Proposal | undefined> {
  for (const url of namedJson(look.text, look.page.finalUrl).slice(0, 3)) {
    const fetched = await look.tools.http.fetch({ url }, look.tools.signal);
    if (fetched.outcome !== 'fetched') continue;
    const { text } = decodePage(fetched.page.body, fetched.page.headers, {});
    const found = findJson(text, contextOf(look));
    if (found === undefined) continue;
    const rules = { url, homepage: look.page.finalUrl, json: written(found.rules) };
    const proposal = propose(look, rules, fetched.page, ['the page is filled by script from this file']);
    if (proposal !== undefined) return proposal;
  }
  return undefined;
}

/** Pages of a known system name in a script the request that fills them. */
async function fromFiller(look: Look): Promise<Proposal | undefined> {
  for (const filler of findFillers(look.text, look.page.finalUrl)) {
    for (const family of signed(look.wanted.families, [filler.url])) {
      const rules = { family: family.name, homepage: look.page.finalUrl, ...filler };
      const source = look.wanted.read({ ...look.head, ...rules });
      const page = source && (await listPage(look.tools, source));
      const notes = [`family ${family.name}: ${family.about}`];
      const proposal = page && propose(look, rules, page, notes);
      if (proposal !== undefined) return proposal;
    }
  }
  return undefined;
}

/** A draft with these rules, if it passes the schema and reads at least two items, most of them dated. */
function propose(look: Look, rules: SourceDraft, page: Page, notes: readonly string[]): Proposal | undefined {
  const source = look.wanted.read({ ...look.head, ...rules });
  if (source === undefined) return undefined;
  const result = readPage(source, page, look.tools.clock.now());
  const dated = result.entries.filter((entry) => entry.published !== undefined);
  if (result.entries.length < 2 || dated.length < result.entries.length / 2) return undefined;
  const draft = { ...look.head, ...rules, expect: expectationsOf(result.entries, source.zone) };
  return { draft, source: look.wanted.read(draft) ?? source, result, notes };
}

async function listPage(tools: LookTools, source: Source): Promise<Page | undefined> {
  const fetched = await fetchList(tools, source, {});
  return fetched.outcome === 'fetched' ? fetched.page : undefined;
}

function familiesOf({ wanted, page, text }: Look): readonly SourceFamily[] {
  return signed(wanted.families, [page.finalUrl, text]);
}

/** Families of which a sign is on one of the texts. */
function signed(families: readonly SourceFamily[], texts: readonly string[]): readonly SourceFamily[] {
  const isSign = (sign: string) => texts.some((text) => new RegExp(sign, 'u').test(text));
  return families.filter((family) => family.signs.some(isSign));
}

/** Whether a family says by itself how its list is read. */
function hasRules({ parts }: SourceFamily): boolean {
  const list = parts.list;
  const item = typeof list === 'object' && list !== null && 'item' in list;
  return item || parts.json !== undefined;
}

function headOf(facts: PlaceFacts, wanted: WantedSource, now: Date): SourceDraft {
  const country = wanted.country ?? facts.country ?? 'XX';
  const id = wanted.id ?? facts.id.replace(/^[a-z]+/, country.toLowerCase());
  return {
    id,
    name: facts.name,
    nameEn: facts.name,
    publisher: facts.publisher,
    country,
    ...(facts.region !== undefined && { region: facts.region }),
    lang: facts.lang,
    trust: facts.trust,
    url: wanted.url,
    evidence: [{ date: now.toISOString().slice(0, 10), note: 'read at its address by `source try`' }],
  };
}

/** Half of what is there now; four times the usual pause, a week at least. */
function expectationsOf(entries: readonly Entry[], zone: string): Readonly<Record<string, number>> {
  const days = [...new Set(entries.flatMap((entry) => entry.published?.on ?? []))].sort();
  const gaps = days.slice(1).map((day, index) => daysBetween(days[index] ?? day, day));
  const usual = gaps.sort((left, right) => left - right)[Math.floor(gaps.length / 2)] ?? 7;
  const newest =
    entries
      .map((entry) => entry.published?.at ?? '')
      .sort()
      .at(-1) ?? '';
  const span = newest === '' || days[0] === undefined ? 0 : daysBetween(days[0], dayOf(newest, zone));
  const maxAgeDays = Math.min(Math.max(usual * 4, 7, Math.ceil(span / 4)), 365);
  return { minEntries: Math.max(Math.floor(entries.length / 2), 1), maxAgeDays };
}

/** Rules as a person writes them: one selector is a text, several are a list. */
function written(rules: ListRules | JsonRules): SourceDraft {
  return Object.fromEntries(
    Object.entries(rules).map(([key, value]) => [
      key,
      Array.isArray(value) && value.length === 1 ? value[0] : value,
    ]),
  );
}

function contextOf({ page, head, wanted, tools }: Look) {
  const zone = wanted.read({ ...head, kind: 'feed' })?.zone ?? 'UTC';
  const sourceId = String(head.id) as Source['id'];
  return { sourceId, zone, url: page.finalUrl, now: tools.clock.now() };
}

function nothingFound({ page, text }: Look): string {
  const json = namedJson(text, page.finalUrl);
  const hint =
    json.length === 0
      ? 'it may be filled by script: look in a browser which address its data comes from'
      : `it may be filled by script from one of: ${json.join(' ')}`;
  return `no feed and no list of dated items at ${page.finalUrl}; ${hint}`;
}
