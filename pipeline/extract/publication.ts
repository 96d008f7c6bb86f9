import type { Publication } from '../../model/publication.ts';
import { findDays, readPublication } from '../../text/dates.ts';
import { dateInUrl } from '../../text/list-dates.ts';
import { type Found, firstFound, metaContent, type OpenPage, type Step, selectText } from './page.ts';
import { firstParagraph } from './runs.ts';
import { titleRun } from './title.ts';

const PUBLISHED_META = [
  ...[
    'PubDate',
    'firstpublishedtime',
    'article:published_time',
    'publishdate',
    'publish_time',
    'publish-date',
  ],
  ...['og:published_time', 'og:release_date', 'og:time', 'apub:time', 'datePublished', 'date.published'],
  ...[
    'dc.date.issued',
    'dcterms.issued',
    'dcterms.created',
    'dc.date',
    'citation_publication_date',
    'sailthru.date',
  ],
  ...['parsely-pub-date', 'weibo: article:create_at', 'article:create_at', 'pubtime', 'date', 'dateUpdate'],
];
/** A line above the text that may carry the date: `2021-06-21 10:00 来源：…`; longer ones are sentences. */
const LONGEST_DATE_LINE = 80;
const REACH = 40;

/** When the page says it was published. Nothing undated gets a date invented. */
export function findPublication(page: OpenPage, title: string | undefined): Publication | undefined {
  return firstFound([...STEPS, nearTitle(title), ...LATE_STEPS], page)?.value;
}

const STEPS: readonly Step<Publication>[] = [
  { name: 'source', find: (page) => dated(page, selectText(page.$, page.source.article.date), 'source') },
  {
    name: 'label',
    find(page) {
      const label = page.labels.get('publishedOn');
      return label === undefined ? undefined : dated(page, label.value, `label:${label.label}`);
    },
  },
  {
    name: 'meta',
    find(page) {
      for (const name of PUBLISHED_META) {
        const meta = metaContent(page.$, [name]);
        const found = meta === undefined ? undefined : dated(page, meta.value, meta.rule);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  },
  { name: 'json-ld', find: (page) => dated(page, jsonLdDate(page.$), 'json-ld') },
  {
    name: 'time',
    find(page) {
      const time = page.$('time[pubdate],time[itemprop=datePublished],article time,time').first();
      return dated(page, time.attr('datetime') ?? time.text(), 'time element');
    },
  },
];

const LATE_STEPS: readonly Step<Publication>[] = [
  { name: 'script', find: (page) => dated(page, scriptDate(page.$), 'script') },
  {
    name: 'entry',
    find: ({ entry }) =>
      entry?.published === undefined ? undefined : { value: entry.published, rule: entry.published.rule },
  },
  {
    name: 'address',
    find({ url, source }) {
      const value = dateInUrl(url, source.zone);
      return value === undefined ? undefined : { value, rule: value.rule };
    },
  },
];

/** The short line with a full date that stands nearest behind the title, or else the only date above the text. */
function nearTitle(title: string | undefined): Step<Publication> {
  return {
    name: 'near title',
    find(page) {
      const until = firstParagraph(page.runs);
      const at = title === undefined ? undefined : titleRun(page, title);
      const lines = page.runs.map((run, index) => ({ text: run.text, index })).filter(isDateLine);
      const behind = lines.find(
        ({ index }) => at !== undefined && index > at && index <= Math.max(at + REACH, until),
      );
      const line = behind ?? onlyDate(lines.filter(({ index }) => index < until));
      return line === undefined ? undefined : dated(page, line.text, 'text near title');
    },
  };
}

interface Line {
  readonly text: string;
  readonly index: number;
}

function isDateLine({ text }: Line): boolean {
  return text.length <= LONGEST_DATE_LINE && !text.includes('。') && readsAsDate(text);
}

/** A date at the start, behind a label or beside a time; not a year span such as a copyright line. */
function readsAsDate(text: string): boolean {
  return findDays(text).length > 0 && !/版权|copyright|©|有效期|截止/iu.test(text);
}

function onlyDate(lines: readonly Line[]): Line | undefined {
  const days = new Set(lines.map(({ text }) => findDays(text)[0]?.on));
  return days.size === 1 ? lines[0] : undefined;
}

function dated(page: OpenPage, text: string | undefined, rule: string): Found<Publication> | undefined {
  if (text === undefined || text === '') return undefined;
  const value = readPublication(text, page.source.zone, rule);
  return value === undefined ? undefined : { value, rule };
}

function jsonLdDate($: OpenPage['$']): string | undefined {
  for (const element of $('script[type="application/ld+json"]').toArray()) {
    // Read as text: half of these blocks are not valid JSON.
    const match = /"(?:datePublished|pubDate|dateCreated)"\s*:\s*"([^"]{6,40})"/u.exec($(element).text());
    if (match !== null) return match[1];
  }
  return undefined;
}

function scriptDate($: OpenPage['$']): string | undefined {
  for (const element of $('script:not([src])').toArray()) {
    const text = $(element).text().slice(0, 200_000);
    const match =
      /\b(?:pub(?:lish)?_?(?:ed)?_?(?:time|date|at)|newsTime|time)["']?\s*[:=]\s*["'](\d{4}-\d{1,2}-\d{1,2}[^"']{0,20})["']/iu.exec(
        text,
      );
    if (match !== null) return match[1];
  }
  return undefined;
}
