import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { readDigests } from '../../catalogue/digests.ts';
import { readSources } from '../../catalogue/sources.ts';
import { type DemoWeb, startDemoWeb } from '../../demo/server.ts';
import { type Article, listedAt, readSites, type Site } from '../../demo/site.ts';
import { DEMO_VISITS, DEMO_ZONE } from '../../demo/week.ts';
import { fixedClock } from '../../model/clock.ts';
import type { Source } from '../../model/source.ts';
import { listRequest, scrape } from '../../scrapers/index.ts';
import { canonicalUrl, hostOf } from '../../text/urls.ts';
import { visit } from './visitor.ts';

const DEMO = path.join(import.meta.dirname, '../../demo');
const NOW = new Date(DEMO_VISITS.monday);
const SITES = new Map(readSites().map((site) => [site.host, site]));
const SOURCES = await readSources(path.join(DEMO, 'sources'));

let web: DemoWeb;
before(async () => {
  web = await startDemoWeb({ clock: fixedClock(NOW) });
});
after(() => web.close());

test('every host is declared as one source', () => {
  assert.deepEqual(SOURCES.map((source) => hostOf(source.url)).sort(), [...SITES.keys()]);
});

test('the demo digest is valid and weekly on Monday', async () => {
  const [digest, ...others] = await readDigests(path.join(DEMO, 'digests'));
  assert.deepEqual(others, []);
  assert.deepEqual([digest?.id, digest?.cron, digest?.zone], ['demo', '0 8 * * 1', DEMO_ZONE]);
});

for (const source of SOURCES.filter(({ id }) => id !== 'demo-nanping' && id !== 'demo-gaoxin')) {
  test(`the scraper finds in ${source.id} exactly what the host lists`, async () => {
    const site = siteOf(source);
    const { entries, dropped } = scrape(source, { text: await listText(source, site), url: source.url });
    const found = entries.map(({ url, title, published }) => [canonicalUrl(url), title, published?.on]);
    const listed = listedAt(site, NOW).map((article) => [
      canonicalUrl(`http://${site.host}${article.path}`),
      article.listTitle,
      dayInList(site, article),
    ]);
    assert.deepEqual(dropped, []);
    assert.deepEqual(found, listed);
    assert.ok(found.length >= source.expect.minEntries, `${found.length} entries`);
  });
}

test('the scripted list shows nothing before its script ran', async () => {
  const source = SOURCES.find(({ id }) => id === 'demo-gaoxin');
  assert.ok(source?.scrape.kind === 'browser');
  const { entries } = scrape(source, { text: await listText(source, siteOf(source)), url: source.url });
  assert.deepEqual(entries, []);
  const data = await visit(web.port, 'http://www.gaoxin.example/api/column/tzgg.json');
  const { rows } = JSON.parse(data.body.toString()) as { rows: { title: string }[] };
  assert.deepEqual(
    rows.map((row) => row.title),
    listedAt(siteOf(source), NOW).map((article) => article.title),
  );
});

function siteOf(source: Source): Site {
  const site = SITES.get(hostOf(source.url));
  assert.ok(site !== undefined, source.url);
  return site;
}

async function listText(source: Source, site: Site): Promise<string> {
  const { url, method, headers, body } = listRequest(source, NOW);
  const seen = await visit(web.port, url, {
    ...(method && { method }),
    ...(headers && { headers }),
    ...(body !== undefined && { body }),
  });
  assert.equal(seen.status, 200, url);
  return new TextDecoder(site.charset).decode(seen.body);
}

/** The day a reader of the list can know: as printed, or from the address where the site prints none. */
function dayInList(site: Site, article: Article): string | undefined {
  if (site.family !== 'dated-links') return article.published?.slice(0, 10);
  const [, month, day] = /\/(\d{4}-\d{2})\/(\d{2})\//.exec(article.path) ?? [];
  return month === undefined ? undefined : `${month}-${day}`;
}
