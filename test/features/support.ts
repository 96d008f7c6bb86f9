import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { main } from '../../cli/main.ts';
import type { OpenApp } from '../../cli/open-app.ts';

/** The project's folder. */
export const BASE_DIR = path.resolve(import.meta.dirname, '..', '..');

/** A folder of its own for one test file, and the settings that keep everything inside it. */
export interface Place {
  readonly dir: string;
  readonly dataDir: string;
  readonly archiveDir: string;
  readonly env: Record<string, string>;
  remove(): Promise<void>;
}

export async function makePlace(): Promise<Place> {
  const dir = await mkdtemp(path.join(tmpdir(), 'policy-digest-'));
  const dataDir = path.join(dir, 'data');
  const archiveDir = path.join(dir, 'archive');
  const env = { DATA_DIR: dataDir, ARCHIVE_DIR: archiveDir, CHROMIUM_PATH: process.env.CHROMIUM_PATH ?? '' };
  return { dir, dataDir, archiveDir, env, remove: () => rm(dir, { recursive: true, force: true }) };
}

export interface CommandEnd {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** One command line, as a person would type it, in this process. */
export async function command(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  openApp?: OpenApp,
): Promise<CommandEnd> {
  const [out, err]: [string[], string[]] = [[], []];
  let exitCode = 0;
  await main(
    args,
    {
      out: { write: (text) => out.push(text) },
      err: { write: (text) => err.push(text) },
      env,
      baseDir: BASE_DIR,
      signal: new AbortController().signal,
      exit: (code) => {
        exitCode = Math.max(exitCode, code);
      },
    },
    ...(openApp === undefined ? [] : [openApp]),
  );
  return { code: exitCode, out: out.join(''), err: err.join('') };
}

/** The JSON object that `--json` prints as the last line. */
export function lastJson<T>(end: CommandEnd): T {
  const line = end.out.trim().split('\n').at(-1) ?? '';
  try {
    return JSON.parse(line) as T;
  } catch {
    throw new Error(`no JSON in the last line of:\n${end.out}\n${end.err}`);
  }
}
