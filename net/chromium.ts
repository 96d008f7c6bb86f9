/**
 * Finds the one Chromium that prints PDFs and reads scripted pages. Imports nothing but Node and the error class, so that
 * `setup.mjs` can run it before anything else is in place.
 */
import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, constants, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib';
import { AppError } from '../model/errors.ts';

export interface Chromium {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly origin: 'setting' | 'installed' | 'puppeteer' | 'bundled';
  readonly version?: string;
  /** Added to the environment of the process; libraries of the bundle where the machine has none. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface ChromiumOptions {
  /** `CHROMIUM_PATH`. */
  readonly setting?: string;
  /** Where the bundled one is unpacked, once per version: `<project>/.cache/chromium`. */
  readonly cacheFolder: string;
  /** @default process.platform; and the usual places of that platform */
  readonly installed?: readonly string[];
  /** @default ~/.cache/puppeteer */
  readonly puppeteerFolder?: string;
}

const ARGS = [
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The first that starts: the setting, an installed one, puppeteer's own, the bundled one.
 * @throws AppError CHROMIUM_MISSING
 */
export async function findChromium(options: ChromiumOptions): Promise<Chromium> {
  if (options.setting !== undefined && options.setting !== '') {
    const set = await tryChromium(options.setting, 'setting');
    if (set !== undefined) return set;
    throw missing(`CHROMIUM_PATH names ${options.setting}, which does not start`);
  }
  for (const path of options.installed ?? usualPlaces()) {
    const found = await tryChromium(path, 'installed');
    if (found !== undefined) return found;
  }
  for (const path of await puppeteerPlaces(options.puppeteerFolder ?? join(homedir(), '.cache/puppeteer'))) {
    const found = await tryChromium(path, 'puppeteer');
    if (found !== undefined) return found;
  }
  const unpacked = await unpackBundled(options.cacheFolder);
  if (unpacked === undefined) throw missing('none is installed and none is bundled for this platform');
  const plain = await tryChromium(unpacked, 'bundled');
  if (plain !== undefined) return plain;
  const env = { LD_LIBRARY_PATH: join(dirname(unpacked), 'lib') };
  const helped = await tryChromium(unpacked, 'bundled', env);
  if (helped !== undefined) return helped;
  throw missing(`the bundled one at ${unpacked} does not start`);
}

/**
 * Unpacks the Chromium inside `@sparticuz/chromium` into `<folder>/<version>/chromium`, once; its path, or undefined
 * where the package is absent or made for another platform. Two processes may do this at the same time.
 */
export async function unpackBundled(folder: string): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const bundle = await bundledPackage();
  if (bundle === undefined) return undefined;
  const home = join(folder, bundle.version);
  const target = join(home, 'chromium');
  if (await isExecutable(target)) return target;
  await mkdir(join(home, 'lib'), { recursive: true });
  await unpackLibraries(join(bundle.bin, 'al2023.tar.br'), home);
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    await pipeline(
      createReadStream(join(bundle.bin, 'chromium.br')),
      createBrotliDecompress({ chunkSize: 1 << 20 }),
      createWriteStream(temporary, { mode: 0o755 }),
    );
    const file = await open(temporary, 'r+');
    await file.sync();
    await file.close();
    await rename(temporary, target);
  } finally {
    await rm(temporary, { force: true });
  }
  return target;
}

async function tryChromium(
  path: string,
  origin: Chromium['origin'],
  env?: Readonly<Record<string, string>>,
): Promise<Chromium | undefined> {
  if (!(await isExecutable(path))) return undefined;
  const version = await versionOf(path, env ?? {});
  if (version === undefined) return undefined;
  // Chromium refuses its sandbox to root; anybody else keeps it, save where the bundle has no setuid helper.
  const unboxed = process.getuid?.() === 0 || origin === 'bundled';
  const args = unboxed ? [...ARGS, '--no-sandbox'] : ARGS;
  return { executablePath: path, args, origin, version, ...(env === undefined ? {} : { env }) };
}

function versionOf(path: string, env: Readonly<Record<string, string>>): Promise<string | undefined> {
  // chrome.exe opens a window instead of answering --version.
  if (process.platform === 'win32') return Promise.resolve('unknown');
  return new Promise((resolve) => {
    execFile(path, ['--version'], { timeout: 20_000, env: { ...process.env, ...env } }, (error, stdout) => {
      resolve(error === null ? (/\d+(?:\.\d+)+/.exec(stdout)?.[0] ?? 'unknown') : undefined);
    });
  });
}

function usualPlaces(): readonly string[] {
  if (process.platform === 'darwin')
    return ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  if (process.platform === 'win32')
    return ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((key) => {
      const folder = process.env[key];
      return folder === undefined ? [] : [join(folder, 'Google/Chrome/Application/chrome.exe')];
    });
  const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'];
  const folders = [...new Set([...(process.env.PATH ?? '').split(':'), '/usr/bin', '/snap/bin'])];
  return folders
    .filter((folder) => folder !== '')
    .flatMap((folder) => names.map((name) => join(folder, name)));
}

/** Puppeteer's cache: `<kind>/<platform>-<version>/<folder>/<binary>`, newest first. */
async function puppeteerPlaces(cache: string): Promise<readonly string[]> {
  const places: string[] = [];
  for (const [kind, binary] of [
    ['chrome', 'chrome'],
    ['chrome-headless-shell', 'chrome-headless-shell'],
  ] as const)
    for (const version of (await listing(join(cache, kind))).toSorted().reverse())
      for (const folder of await listing(join(cache, kind, version)))
        places.push(join(cache, kind, version, folder, binary));
  return places;
}

async function listing(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function bundledPackage(): Promise<{ bin: string; version: string } | undefined> {
  try {
    const folder = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')));
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
      version: string;
    };
    return { bin: join(folder, 'bin'), version };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Reads the flat tar of shared libraries: 512-byte headers with name (0–99) and octal size (124–135), POSIX ustar. */
async function unpackLibraries(archive: string, home: string): Promise<void> {
  const tar = brotliDecompressSync(await readFile(archive));
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const name = tar.toString('latin1', at, at + 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 136), 8);
    const library = /^lib\/([\w.-]+\.so[\d.]*|[\w.-]+\.chk)$/.exec(name)?.[1];
    if (library !== undefined) {
      const temporary = join(home, 'lib', `${library}.${process.pid}.tmp`);
      await writeFile(temporary, tar.subarray(at + 512, at + 512 + size), { mode: 0o755 });
      await rename(temporary, join(home, 'lib', library));
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return ['ENOENT', 'ENOTDIR', 'EACCES', 'MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED'].includes(code);
}

function missing(what: string): AppError {
  return new AppError(
    'CHROMIUM_MISSING',
    `no Chromium to work with: ${what}. Install google-chrome or chromium, or set CHROMIUM_PATH to one`,
  );
}
