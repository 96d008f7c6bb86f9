import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type DemoWeb, startDemoWeb } from '../../demo/server.ts';
import { readSites } from '../../demo/site.ts';
import { DEMO_VISITS } from '../../demo/week.ts';
import { fixedClock } from '../../model/clock.ts';
import { visit } from './visitor.ts';

const SITES = readSites();
const NOTICE = 'http://www.kjb.example/kjb/tzgg/202106/t20210622_175301.html';
const LIST = 'http://www.kjb.example/kjb/tzgg/index.html';
const NEWSPAPER = 'http://paper.keji.example/html/2021-06/25/content_48133.htm';

test('is a web of at least ten hosts, eight families and forty documents', () => {
  const families = new Set(SITES.map((site) => site.family));
  const paths = SITES.flatMap((site) => site.articles.map((article) => `${site.host}${article.path}`));
  assert.ok(SITES.length >= 10, `${SITES.length} hosts`);
  assert.ok(families.size >= 8, `${families.size} families`);
  assert.ok(new Set(paths).size >= 40, `${new Set(paths).size} documents`);
});

test('writes every document long enough to be worth reading', () => {
  const short = SITES.flatMap((site) => site.articles)
    .filter((article) => article.broken === undefined)
    .filter((article) => article.blocks.join('').length < 150)
    .map((article) => article.file);
  assert.deepEqual(short, []);
});

test('shows the old deadline until Friday and the new one from then on', async () => {
  const seen: Record<string, string> = {};
  for (const instant of ['2021-06-24T15:59:59Z', '2021-06-24T16:00:00Z']) {
    await withWeb(instant, async ({ port }) => {
      seen[instant] = (await visit(port, NOTICE)).body.toString();
    });
  }
  assert.match(seen['2021-06-24T15:59:59Z'] ?? '', /申报截止时间为2021年7月10日/);
  assert.doesNotMatch(seen['2021-06-24T15:59:59Z'] ?? '', /7月20日/);
  assert.match(seen['2021-06-24T16:00:00Z'] ?? '', /申报截止时间为2021年7月20日/);
});

describe('on Monday', () => {
  let web: DemoWeb;
  before(async () => {
    web = await startDemoWeb({ clock: fixedClock(DEMO_VISITS.monday) });
  });
  after(() => web.close());

  test('answers every document that is neither broken nor gone with its words', async () => {
    const now = Date.parse(DEMO_VISITS.monday);
    const shown = SITES.flatMap((site) => site.articles.map((article) => ({ site, article }))).filter(
      ({ article }) => article.from <= now && now < article.until && article.broken === undefined,
    );
    assert.ok(shown.length >= 55, `${shown.length} documents`);
    for (const { site, article } of shown) {
      const { status, body } = await visit(web.port, `http://${site.host}${article.path}`);
      assert.equal(status, 200, article.file);
      const text = withoutReferences(new TextDecoder(site.charset).decode(body));
      for (const block of article.blocks)
        assert.ok(
          text.includes(block.replace(/^[#>] /, '').replaceAll('\n', '')),
          `${article.file}: ${block}`,
        );
      assert.ok(text.includes(article.title), article.file);
    }
  });

  test('answers every attachment', async () => {
    const files = SITES.flatMap((site) =>
      site.articles.flatMap((article) => article.attachments.map(({ path }) => `http://${site.host}${path}`)),
    );
    assert.ok(files.length >= 3);
    for (const file of files) {
      const { status, headers, body } = await visit(web.port, file);
      assert.equal(status, 200, file);
      const [type, head] = FILES[file.split('.').at(-1) ?? ''] ?? [];
      assert.equal(headers['content-type'], type, file);
      assert.equal(body.subarray(0, 4).toString('latin1'), head, file);
    }
  });

  test('puts real GB2312 on the wire and leaves the charset out of the header', async () => {
    const { headers, body } = await visit(web.port, NEWSPAPER);
    assert.equal(headers['content-type'], 'text/html');
    assert.match(body.toString('latin1'), /charset=gb2312/);
    // 江东 is BDAD B6AB in GB 2312-80; 𬭎 has no place in it.
    assert.ok(body.includes(Buffer.from('bdadb6ab', 'hex')));
    assert.ok(body.includes('&#183118;'));
    assert.ok(pairs(body).every(([one, other]) => one >= 0xa1 && one <= 0xf7 && other >= 0xa1));
    assert.match(new TextDecoder('gb2312').decode(body), /江东省首条第三代半导体中试线/);
  });

  test('says 304 to a caller that shows the validators of a list again', async () => {
    const first = await visit(web.port, LIST);
    const etag = String(first.headers.etag);
    const lastModified = String(first.headers['last-modified']);
    assert.equal(lastModified, 'Sun, 27 Jun 2021 16:00:00 GMT');
    const byTag = await visit(web.port, LIST, { headers: { 'if-none-match': etag } });
    const byDate = await visit(web.port, LIST, { headers: { 'if-modified-since': lastModified } });
    const other = await visit(web.port, LIST, { headers: { 'if-none-match': '"other"' } });
    assert.deepEqual([byTag.status, byTag.body.length], [304, 0]);
    assert.deepEqual([byDate.status, other.status], [304, 200]);
  });

  test('dates every answer by its own clock and counts visits', async () => {
    const one = await visit(web.port, NOTICE);
    const other = await visit(web.port, NOTICE);
    assert.equal(one.headers.date, 'Sun, 27 Jun 2021 23:30:00 GMT');
    assert.notDeepEqual(one.body, other.body);
    const hits = ({ body }: { body: Buffer }) => Number(/id="hits">(\d+)</.exec(body.toString())?.[1]);
    assert.equal(hits(other), hits(one) + 1);
  });

  test('has a robots.txt where the site keeps one, and knows no other host', async () => {
    const refused = await visit(web.port, 'http://stats.kjfz.example/robots.txt');
    assert.match(refused.body.toString(), /^Disallow: \/$/m);
    assert.equal((await visit(web.port, 'http://paper.keji.example/robots.txt')).status, 404);
    assert.equal((await visit(web.port, 'http://elsewhere.example/')).status, 421);
  });
});

test('listens on loopback alone', async () => {
  await withWeb(DEMO_VISITS.thursday, async ({ port }) => {
    await assert.rejects(fetch(`http://[::1]:${port}/`), TypeError);
    assert.equal((await fetch(`http://127.0.0.1:${port}/`)).status, 421);
  });
});

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const FILES: Readonly<Record<string, readonly [type: string, head: string]>> = {
  pdf: ['application/pdf', '%PDF'],
  docx: [`${OFFICE}.wordprocessingml.document`, 'PK\u0003\u0004'],
  xlsx: [`${OFFICE}.spreadsheetml.sheet`, 'PK\u0003\u0004'],
  doc: ['application/msword', '\u00d0\u00cf\u0011\u00e0'],
};

async function withWeb(instant: string, use: (web: DemoWeb) => Promise<void>): Promise<void> {
  const web = await startDemoWeb({ clock: fixedClock(instant) });
  try {
    await use(web);
  } finally {
    await web.close();
  }
}

function withoutReferences(html: string): string {
  return html.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

/** The bytes beyond ASCII, two by two. */
function pairs(body: Buffer): [number, number][] {
  const high = [...body].filter((byte) => byte >= 0x80);
  assert.equal(high.length % 2, 0);
  return Array.from({ length: high.length / 2 }, (_, index) => [
    high[2 * index] ?? 0,
    high[2 * index + 1] ?? 0,
  ]);
}
