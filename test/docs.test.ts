import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { createProgram } from '../cli/main.ts';
import { SETTINGS } from '../config.ts';
import { FINDING_CODES } from '../model/finding.ts';
import type { Setting } from '../setting-values.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

const CODE_FOLDERS = [
  'catalogue',
  'cli',
  'console',
  'db',
  'jobs',
  'mail',
  'model',
  'net',
  'pipeline',
  'reports',
  'scrapers',
  'text',
];

function codeFiles(): string[] {
  const inFolders = CODE_FOLDERS.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => path.join(folder, name)),
  );
  return [...inFolders, 'app.ts', 'catalogue.ts', 'config.ts', 'setup.mjs'];
}

/** Codes of errors, fetch outcomes and findings as they stand in the code: `new AppError('X_Y'`, `code: 'X_Y'`, `SETUP_X:`. */
function codesInCode(): Set<string> {
  const codes = new Set<string>(FINDING_CODES);
  for (const file of codeFiles()) {
    const text = read(file);
    const thrown = text.matchAll(/(?:Error|rror)\(\s*'([A-Z]+(?:_[A-Z]+)+)'/g);
    const named = text.matchAll(/\bcode: '([A-Z]+(?:_[A-Z]+)+)'/g);
    const setUp = text.matchAll(/\b(SETUP_[A-Z_]+):/g);
    const outcomes = text.matchAll(/'((?:FETCH|ROBOTS|BROWSER|REPLAY)_[A-Z_]+)'/g);
    for (const match of [...thrown, ...named, ...setUp, ...outcomes]) codes.add(match[1] ?? '');
  }
  // A setting, not a code.
  codes.delete('FETCH_CONCURRENCY');
  return codes;
}

test('every error, outcome and finding code is explained', () => {
  const docs = read('docs/errors.md');
  const codes = [...codesInCode()].sort();
  assert.ok(codes.length > 50, `only ${codes.length} codes found: the search is broken`);
  assert.deepEqual(
    codes.filter((code) => !new RegExp(`\\b${code}\\b`).test(docs)),
    [],
  );
});

test('no code is explained that does not exist', () => {
  const codes = codesInCode();
  const explained = [...read('docs/errors.md').matchAll(/^\| ([A-Z]+(?:_[A-Z]+)+(?:, [A-Z_]+)*) \|/gm)];
  assert.ok(explained.length > 40);
  assert.deepEqual(
    explained.flatMap((match) => (match[1] ?? '').split(', ')).filter((code) => !codes.has(code)),
    [],
  );
});

test('every setting is in docs/configuration.md and .env.example with its default', () => {
  const [docs, example] = [read('docs/configuration.md'), read('.env.example')];
  for (const { variable, fallback } of Object.values<Setting>(SETTINGS)) {
    const row = docs.split('\n').find((line) => line.startsWith(`| \`${variable}\` |`));
    assert.ok(row, `${variable} has no row`);
    assert.ok(
      row.includes(fallback === '' ? 'empty' : fallback),
      `${variable}: the default is not ${fallback}`,
    );
    assert.ok(example.includes(`#${variable}=${fallback}\n`), `${variable} is not in .env.example`);
  }
});

test('every command is in docs/cli.md', () => {
  const io = {
    out: process.stdout,
    err: process.stderr,
    env: {},
    baseDir: ROOT,
    signal: new AbortController().signal,
    exit: () => undefined,
  };
  const docs = read('docs/cli.md');
  const names = createProgram(io).commands.flatMap((one) => [
    one.name(),
    ...one.commands.map((sub) => `${one.name()} ${sub.name()}`),
  ]);
  assert.ok(names.length >= 10);
  assert.deepEqual(
    names.filter((name) => !docs.includes(`| \`${name}`)),
    [],
  );
});

test('every npm script a person runs is in the docs', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const docs = read('docs/cli.md') + read('README.md') + read('CONTRIBUTING.md');
  const inner = /^pre/;
  assert.deepEqual(
    Object.keys(scripts).filter(
      (name) =>
        !inner.test(name) &&
        !docs.includes(name === 'test' ? 'npm test' : name === 'start' ? 'npm start' : `npm run ${name}`),
    ),
    [],
  );
});

test('every link between documents leads somewhere', () => {
  const pages = [
    'README.md',
    'CONTRIBUTING.md',
    'demo/README.md',
    ...readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => path.join('docs', name)),
  ];
  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
      .map((match) => path.join(path.dirname(page), match[1] ?? ''))
      .filter((target) => {
        try {
          readdirSync(path.join(ROOT, path.dirname(target)));
          readFileSync(path.join(ROOT, target));
          return false;
        } catch (error) {
          return (error as NodeJS.ErrnoException).code !== 'EISDIR';
        }
      })
      .map((target) => `${page} → ${target}`),
  );
  assert.deepEqual(broken, []);
});

test('the version is the same everywhere', async () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  const { VERSION } = await import('../app.ts');
  assert.equal(VERSION, version);
});
