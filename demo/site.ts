import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { instantOf, startOfDay } from '../text/calendar.ts';

/** One host of the demo web: `demo/web/<host>/site.txt` and the articles beside it. */
export interface Site {
  readonly host: string;
  /** Which templates draw its pages, a key of families/index.ts. */
  readonly family: string;
  readonly name: string;
  readonly lang: string;
  readonly zone: string;
  readonly charset: 'utf-8' | 'gb2312';
  /** Where the list is served. */
  readonly list: string;
  /** Name of the list's column, shown in the breadcrumb. */
  readonly column: string;
  /** Words of the navigation bar. */
  readonly nav: readonly string[];
  /** Words of the footer, one line each. */
  readonly footer: readonly string[];
  /** Served as they lie there: robots.txt and attachments, by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** In the order of the file names; two with one path are two versions of a page. */
  readonly articles: readonly Article[];
}

/** One page of a site, or one version of it. */
export interface Article {
  readonly file: string;
  readonly path: string;
  readonly title: string;
  /** How the list spells the title when it differs (cut with …). */
  readonly listTitle: string;
  /** As the page prints it, `2021-06-22` or `2021-06-22 10:30`; absent when the page has no date. */
  readonly published: string | undefined;
  /** The site answers with this version from here (inclusive) until there (exclusive); then the page is gone. */
  readonly from: number;
  readonly until: number;
  readonly issued: string | undefined;
  readonly number: string | undefined;
  readonly index: string | undefined;
  readonly issuer: string | undefined;
  readonly credit: string | undefined;
  readonly author: string | undefined;
  readonly type: string | undefined;
  readonly summary: string | undefined;
  readonly attachments: readonly { readonly path: string; readonly title: string }[];
  /** How the page fails its reader: see demo/README.md. */
  readonly broken: 'half' | 'cut' | 'empty' | 'error' | undefined;
  /** `# ` opens a heading, `> ` a signature line; everything else is a paragraph. */
  readonly blocks: readonly string[];
}

const WEB = join(import.meta.dirname, 'web');

/** Every host of the demo web, in alphabetical order. */
export function readSites(folder: string = WEB): readonly Site[] {
  return readdirSync(folder)
    .sort()
    .map((host) => readSite(join(folder, host), host));
}

/** The pages the list names at `now`, newest first: one version each, pages that are gone included. */
export function listedAt(site: Site, now: Date): readonly Article[] {
  const newest = new Map<string, Article>();
  for (const article of site.articles) {
    const known = newest.get(article.path);
    if (article.from > now.getTime()) continue;
    if (known === undefined || known.from < article.from) newest.set(article.path, article);
  }
  return [...newest.values()].sort((one, other) => byDate(other, one));
}

/** The version of a page the site shows at `now`; undefined before it appears and after it is gone. */
export function shownAt(site: Site, path: string, now: Date): Article | undefined {
  const at = now.getTime();
  return site.articles.find((article) => article.path === path && article.from <= at && at < article.until);
}

function byDate(one: Article, other: Article): number {
  const left = `${one.published ?? new Date(one.from).toISOString()} ${one.path}`;
  const right = `${other.published ?? new Date(other.from).toISOString()} ${other.path}`;
  return left < right ? -1 : 1;
}

function readSite(folder: string, host: string): Site {
  const { first, all } = readText(join(folder, 'site.txt'));
  const zone = first('zone') ?? 'Asia/Shanghai';
  const charset = first('charset') === 'gb2312' ? 'gb2312' : 'utf-8';
  const articles = readdirSync(folder)
    .filter((name) => name.endsWith('.txt') && name !== 'site.txt' && name !== 'robots.txt')
    .sort()
    .map((name) => readArticle(join(folder, name), `${host}/${name}`, zone));
  return {
    host,
    family: must(first('family'), host, 'family'),
    name: must(first('name'), host, 'name'),
    lang: first('lang') ?? 'zh-CN',
    zone,
    charset,
    list: must(first('list'), host, 'list'),
    column: must(first('column'), host, 'column'),
    nav: (first('nav') ?? '').split(' | '),
    footer: all('footer'),
    files: readFiles(folder),
    articles,
  };
}

function readArticle(path: string, file: string, zone: string): Article {
  const { first, all, blocks } = readText(path);
  const published = first('published');
  const from = first('from') ?? published;
  const title = must(first('title'), file, 'title');
  return {
    file,
    path: must(first('path'), file, 'path'),
    title,
    listTitle: first('listTitle') ?? title,
    published,
    from: instant(must(from, file, 'from or published'), zone),
    until: first('until') === undefined ? Number.POSITIVE_INFINITY : instant(first('until') ?? '', zone),
    issued: first('issued'),
    number: first('number'),
    index: first('index'),
    issuer: first('issuer'),
    credit: first('credit'),
    author: first('author'),
    type: first('type'),
    summary: first('summary'),
    attachments: all('attachment').map((line) => {
      const [where = '', ...words] = line.split(' ');
      return { path: where, title: words.join(' ') };
    }),
    broken: readBroken(first('broken'), file),
    blocks,
  };
}

function readBroken(value: string | undefined, file: string): Article['broken'] {
  if (value === undefined) return undefined;
  if (value === 'half' || value === 'cut' || value === 'empty' || value === 'error') return value;
  throw new Error(`demo/web/${file}: broken: ${value} is not one of half, cut, empty, error`);
}

/** A file of `key: value` lines, an empty line, and blocks of text parted by empty lines. */
function readText(path: string) {
  const [head = '', ...blocks] = readFileSync(path, 'utf8')
    .trim()
    .split(/\n{2,}/);
  const pairs = head.split('\n').map((line) => {
    const match = /^([a-zA-Z]+): (.+)$/.exec(line);
    if (match === null) throw new Error(`${path}: "${line}" is not "key: value"`);
    return [match[1] ?? '', match[2] ?? ''] as const;
  });
  const all = (key: string) => pairs.filter(([name]) => name === key).map(([, value]) => value);
  return { first: (key: string) => all(key)[0], all, blocks: blocks.map((block) => block.trim()) };
}

function readFiles(folder: string): ReadonlyMap<string, Uint8Array> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && (entry.name === 'robots.txt' || !entry.name.endsWith('.txt')))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    names.map((name) => [`/${relative(folder, name).split(sep).join('/')}`, readFileSync(name)]),
  );
}

function instant(text: string, zone: string): number {
  const [on = '', time] = text.split(' ');
  return Date.parse(time === undefined ? startOfDay(on, zone) : instantOf(on, time, zone));
}

function must(value: string | undefined, file: string, key: string): string {
  if (value === undefined) throw new Error(`demo/web/${file}: ${key} is missing`);
  return value;
}
