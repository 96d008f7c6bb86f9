import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Folder → folders it may import from (besides its own). `types` of net are allowed where noted. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  text: ['model'],
  net: ['model', 'text'],
  scrapers: ['model', 'text', 'type net'],
  pipeline: ['model', 'text', 'type net'],
  db: ['model', 'text'],
  reports: ['model', 'text', 'type net'],
  mail: ['model', 'text', 'type net'],
  catalogue: ['model', 'text'],
  jobs: ['scrapers', 'pipeline', 'reports', 'mail', 'db', 'net', 'model', 'text'],
  console: ['jobs', 'db', 'reports', 'model', 'text'],
  cli: ['jobs', 'db', 'reports', 'mail', 'model', 'text', '.', 'console', 'demo', 'catalogue', 'net'],
  demo: ['model', 'text'],
  // The root: app.ts builds everything; config.ts and catalogue.ts know the model only.
  '.': [
    'jobs',
    'console',
    'scrapers',
    'pipeline',
    'reports',
    'mail',
    'db',
    'net',
    'catalogue',
    'model',
    'text',
  ],
};

/** Package → the only files or folders that may import it. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  '@cantoo/pdf-lib': ['reports/'],
  cheerio: ['text/html.ts'],
  commander: ['cli/'],
  croner: ['jobs/schedule.ts'],
  'csv-parse': ['jobs/recipient-file.ts'],
  domhandler: ['text/parse-tree.ts'],
  '@fastify/formbody': ['console/server.ts'],
  '@fastify/static': ['console/'],
  fastify: ['console/'],
  fflate: ['pipeline/attachments/unpack.ts'],
  handlebars: ['reports/render.ts', 'console/views.ts'],
  imapflow: ['mail/bounces/imap-mailbox.ts'],
  knex: ['db/'],
  mailparser: ['mail/bounces/read-message.ts'],
  mammoth: ['pipeline/attachments/docx.ts'],
  'node-cron': ['jobs/schedule.ts'],
  nodemailer: ['mail/attachment-part.ts', 'mail/seal.ts', 'mail/smtp-transport.ts'],
  'opencc-js': ['text/simplify.ts'],
  'pdfjs-dist': ['pipeline/attachments/pdf.ts'],
  parse5: ['text/parse-tree.ts', 'text/tokenizer.ts'],
  'parse5-htmlparser2-tree-adapter': ['text/parse-tree.ts'],
  pino: ['cli/log.ts'],
  playwright: ['net/browser.ts'],
  'prom-client': ['console/metrics.ts'],
  puppeteer: ['reports/pdf.ts'],
  'read-excel-file': ['pipeline/attachments/xlsx.ts'],
  'robots-parser': ['net/robots.ts'],
  'sanitize-html': ['pipeline/sanitise.ts'],
  'temporal-polyfill': ['text/calendar.ts'],
  undici: ['net/ask.ts'],
  warcio: ['net/warc-reader.ts', 'net/wacz.ts'],
  zod: ['catalogue/', 'reports/schema.ts'],
  yaml: ['catalogue/read-yaml.ts', 'catalogue/write-source.ts'],
};

/** Packages that no import names. */
const READ_BY_PATH: Readonly<Record<string, string>> = {
  '@chinese-fonts/sypxzs': 'font files for rare characters, read by reports/pdf-fonts.ts',
  '@fontsource/noto-sans': 'font files for letters with marks, read by reports/pdf-fonts.ts',
  '@fontsource/noto-serif': 'font files for letters with marks, read by reports/pdf-fonts.ts',
  '@fontsource/noto-sans-sc': 'font files, read by reports/pdf-fonts.ts',
  '@fontsource/noto-serif-sc': 'font files, read by reports/pdf-fonts.ts',
  '@sparticuz/chromium': 'its binary is unpacked by net/chromium.ts',
  sqlite3: 'Knex loads the driver by its name',
};

/** Starting a browser hands on the machine's environment, and looking for one asks where programs lie. */
const STARTS_PROGRAMS = ['net/browser.ts', 'net/chromium.ts'];

interface Import {
  readonly file: string;
  readonly from: string;
  readonly isType: boolean;
}

const FOLDERS = Object.keys(MAY_IMPORT).filter((folder) => folder !== '.');

function sourceFiles(): string[] {
  const inFolders = FOLDERS.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => path.posix.join(folder, name.split(path.sep).join('/'))),
  );
  const atRoot = readdirSync(ROOT).filter((name) => name.endsWith('.ts'));
  return [...inFolders, ...atRoot];
}

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const statements = text.matchAll(/^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm);
  const dynamic = text.matchAll(/\bimport\(\s*'([^']+)'/g);
  return [
    ...[...statements].map((match) => ({ file, from: match[2] ?? '', isType: match[1] !== undefined })),
    ...[...dynamic].map((match) => ({ file, from: match[1] ?? '', isType: false })),
  ];
}

function folderOf(file: string): string {
  const [first = '', ...rest] = file.split('/');
  return rest.length === 0 ? '.' : first;
}

const IMPORTS = sourceFiles().flatMap(importsOf);

test('every import between folders is one the house allows', () => {
  assert.ok(IMPORTS.length > 100, 'the reader of imports finds hardly any: it is broken');
  const faults = IMPORTS.filter((item) => item.from.startsWith('.')).flatMap((item) => {
    const target = path.posix.join(path.posix.dirname(item.file), item.from);
    const [from, to] = [folderOf(item.file), folderOf(target)];
    const allowed = MAY_IMPORT[from] ?? [];
    if (from === to || allowed.includes(to) || (item.isType && allowed.includes(`type ${to}`))) return [];
    return [`${item.file} imports ${target}`];
  });
  assert.deepEqual(faults, []);
});

test('a package is imported only in its home', () => {
  const faults = IMPORTS.flatMap((item) => {
    const name = item.from.startsWith('@')
      ? item.from.split('/').slice(0, 2).join('/')
      : (item.from.split('/')[0] ?? '');
    const homes = HOMES[name];
    if (homes === undefined || item.isType) return [];
    return homes.some((home) => item.file.startsWith(home)) ? [] : [`${item.file} imports ${name}`];
  });
  assert.deepEqual(faults, []);
});

test('every package of package.json is used, and every used one is there', () => {
  const { dependencies } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const used = new Set(
    IMPORTS.filter((item) => !item.from.startsWith('.') && !item.from.startsWith('node:')).map((item) =>
      item.from.startsWith('@')
        ? item.from.split('/').slice(0, 2).join('/')
        : (item.from.split('/')[0] ?? ''),
    ),
  );
  const missing = [...used].filter((name) => dependencies[name] === undefined);
  const unused = Object.keys(dependencies).filter(
    (name) => !used.has(name) && READ_BY_PATH[name] === undefined,
  );
  assert.deepEqual({ missing, unused }, { missing: [], unused: [] });
});

test('only the composition root and the command line read the environment', () => {
  const faults = sourceFiles().filter((file) => {
    if (file.startsWith('cli/') || file === 'config.ts' || STARTS_PROGRAMS.includes(file)) return false;
    return /\bprocess\.env\b/.test(readFileSync(path.join(ROOT, file), 'utf8'));
  });
  assert.deepEqual(faults, []);
});

test('stages never ask the machine for the time', () => {
  const faults = sourceFiles().filter((file) => {
    if (file === 'model/clock.ts' || file.startsWith('cli/')) return false;
    return /\bDate\.now\(\)|\bnew Date\(\)/.test(readFileSync(path.join(ROOT, file), 'utf8'));
  });
  assert.deepEqual(faults, []);
});
