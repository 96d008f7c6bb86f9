import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { RebuildRunner } from '../jobs/rebuild-queue.ts';
import { AppError } from '../model/errors.ts';
import type { RebuildOutcome, RebuildWish } from '../model/rebuild.ts';
import { replayEvent } from './event-progress.ts';

export interface ChildOptions {
  /** The project's folder. */
  readonly baseDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Makes an edition in a process of its own, with the `rebuild` command: composing and printing keep a processor busy for
 * seconds, and the pages of the service must answer meanwhile. What it published or drafted lies in the shared folders.
 */
export function childRebuild({ baseDir, env }: ChildOptions): RebuildRunner {
  return async (wish, progress, signal) => {
    const child = spawn(process.execPath, [path.join(baseDir, 'cli', 'main.ts'), ...argumentsOf(wish)], {
      cwd: baseDir,
      env: { ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stop = () => child.kill('SIGTERM');
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const out = linesOf(child.stdout, () => undefined);
      const err = linesOf(child.stderr, (line) => replayEvent(line, progress));
      const code = await new Promise<number | null>((done, failed) => {
        child.once('error', failed);
        child.once('close', done);
      });
      signal.throwIfAborted();
      return outcomeOf(wish, code, await out, await err);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  };
}

function argumentsOf({ digestId, week, from, aim, expected }: RebuildWish): string[] {
  return [
    ...['rebuild', week, '--digest', digestId, '--json', '--events'],
    ...(from === 'snapshots' ? ['--from', 'snapshots'] : []),
    ...(aim === 'look' ? ['--draft'] : []),
    ...(aim === 'publish' && expected !== undefined ? ['--expect', expected] : []),
  ];
}

/** Every line that `take` does not want for itself. */
async function linesOf(
  stream: NodeJS.ReadableStream,
  take: (line: string) => boolean | undefined,
): Promise<string[]> {
  const rest: string[] = [];
  for await (const line of createInterface({ input: stream })) if (!take(line)) rest.push(line);
  return rest;
}

interface Printed {
  readonly drafts?: readonly RebuildOutcome[];
  readonly editions?: readonly (RebuildOutcome & { readonly folder: string })[];
}

function outcomeOf(wish: RebuildWish, code: number | null, out: string[], err: string[]): RebuildOutcome {
  if (code !== 0) {
    const said = err
      .filter((line) => line.trim() !== '')
      .slice(0, 20)
      .join('\n');
    throw new AppError(
      'REBUILD_FAILED',
      `${wish.digestId} ${wish.week}: ${said === '' ? `the process ended with ${code ?? 'a signal'}` : said}`,
    );
  }
  const printed = JSON.parse(out.at(-1) ?? '{}') as Printed;
  const [found] = printed.drafts ?? printed.editions ?? [];
  if (found === undefined)
    throw new AppError('REBUILD_FAILED', `${wish.digestId} ${wish.week}: nothing was told`);
  const { state, revision, contentHash, counts, folder } = found;
  const isPublished = wish.aim === 'publish' || state === 'unchanged';
  return {
    ...{ state, revision, contentHash, counts, isPublished },
    ...(isPublished && folder !== undefined ? { folder } : {}),
  };
}
