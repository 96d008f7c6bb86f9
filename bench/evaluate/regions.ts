import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { provincesOfTitle } from '../../pipeline/facts/title-places.ts';
import { findRegions, regionMentions } from '../../pipeline/regions.ts';
import type { Evaluation } from './corpus.ts';
import { projectVocabulary } from './vocabulary.ts';

interface SiteTitle {
  readonly title?: string;
  readonly site: string;
}

/** Every third title is enough: the set has tens of thousands. */
const EVERY = 3;

/**
 * Which provinces titles are about. A provincial government seldom writes of another province, so one that is found in its
 * titles is mostly false; titles of the central government (`国务院`) have a province only by the places they name.
 */
export async function evaluateRegions(dir: string): Promise<Evaluation> {
  const vocabulary = await projectVocabulary();
  const lines = (await readFile(join(dir, 'docs.jsonl'), 'utf8')).split('\n').filter((line) => line !== '');
  const rows = lines.filter((_, index) => index % EVERY === 0).map((line): SiteTitle => JSON.parse(line));
  const provinces = { titles: 0, own: 0, foreign: 0 };
  const central = { titles: 0, placed: 0 };
  const notes: string[] = [];
  for (const { title = '', site } of rows) {
    const [own] = regionMentions(site, vocabulary.regions).keys();
    const titlePlaces = provincesOfTitle(title, { vocabulary });
    const found = findRegions({ title, text: '', titlePlaces }, vocabulary.regions);
    const named = found.filter((id) => id.startsWith('CN-'));
    if (own === undefined) {
      central.titles += 1;
      if (named.length > 0) central.placed += 1;
      continue;
    }
    provinces.titles += 1;
    if (named.includes(own)) provinces.own += 1;
    // The provinces of 长三角 are on the map with it.
    const joint = new Set(
      vocabulary.regions.filter(({ id }) => found.includes(id)).flatMap(({ members }) => members),
    );
    const others = named.filter((id) => id !== own && !joint.has(id));
    if (others.length === 0) continue;
    provinces.foreign += 1;
    notes.push(`${site}: ${title} (${others.join(', ')})`);
  }
  return {
    set: basename(dir),
    n: rows.length,
    figures: {
      ownShare: provinces.own / provinces.titles,
      foreignShare: provinces.foreign / provinces.titles,
      centralShare: central.placed / central.titles,
    },
    notes,
  };
}
