import { agency } from './agency.ts';
import { datedLinks } from './dated-links.ts';
import type { Family } from './family.ts';
import { atom, rdf, rss } from './feeds.ts';
import { hanweb } from './hanweb.ts';
import { jpaas } from './jpaas.ts';
import { newspaper } from './newspaper.ts';
import { register } from './register.ts';
import { scripted } from './scripted.ts';
import { trs } from './trs.ts';

/** Every family a site.txt may name. `down` has no templates: such a host answers 503 to everything but its robots.txt. */
export const FAMILIES: ReadonlyMap<string, Family> = new Map([
  ['trs', trs],
  ['hanweb', hanweb],
  ['jpaas', jpaas],
  ['agency', agency],
  ['register', register],
  ['newspaper', newspaper],
  ['rss', rss],
  ['atom', atom],
  ['rdf', rdf],
  ['dated-links', datedLinks],
  ['scripted', scripted],
]);
