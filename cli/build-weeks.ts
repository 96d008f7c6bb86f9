import path from 'node:path';
import type { App } from '../app.ts';
import { type BuildResult, buildEdition } from '../jobs/build-edition.ts';
import { removeDraft } from '../jobs/drafts.ts';
import type { Digest } from '../model/digest.ts';
import { AppError } from '../model/errors.ts';
import type { Writer } from '../model/writer.ts';
import { counted } from '../text/counted.ts';
import { type CommandIo, report } from './io.ts';

export interface BuildRequest {
  readonly digests: readonly Digest[];
  readonly weeks: readonly string[];
  readonly isJson: boolean | undefined;
  /** The only content hash that may be published. */
  readonly expected?: string;
  /** Of a run that reads the world; making a week again asks nobody. */
  readonly writer?: Writer | undefined;
  /** Goes into the JSON object beside the editions. */
  readonly also?: object;
}

const STATES = { new: 'published', unchanged: 'unchanged', revised: 'revised' } as const;

/** Builds each week of each digest and reports them one by one. */
export async function buildWeeks(app: App, io: CommandIo, request: BuildRequest): Promise<BuildResult[]> {
  const results: BuildResult[] = [];
  app.progress.phase('editions', request.weeks.length * request.digests.length);
  for (const digest of request.digests) {
    for (const week of request.weeks) {
      app.signal.throwIfAborted();
      const result = await buildOne(app, digest, week, request);
      if (result === undefined) {
        app.progress.step(`${digest.id} ${week}: nothing on record, no edition`);
        continue;
      }
      results.push(result);
      await removeDraft(app.draftsDir, digest.id, week);
      app.progress.step(lineOf(result));
    }
  }
  app.progress.end();
  const folders = results.map((result) => path.join(app.config.archiveDir, result.published.folder));
  const text =
    request.weeks.length === 1
      ? folders.map(filesText).join('\n')
      : `Archive: ${path.join(app.config.archiveDir, 'index.html')}`;
  report(io, request.isJson, { ...request.also, editions: results.map(summaryOf) }, text);
  return results;
}

/** In a range, weeks of which nothing is on record are passed over; a week asked for by itself must be there. */
async function buildOne(
  app: App,
  digest: Digest,
  week: string,
  { weeks, expected, writer }: BuildRequest,
): Promise<BuildResult | undefined> {
  try {
    const only = expected === undefined ? {} : { expected };
    const by = writer === undefined ? {} : { writer };
    return await app.run(buildEdition, { digest, week, press: app.press, ...only, ...by });
  } catch (error) {
    if (weeks.length > 1 && error instanceof AppError && error.code === 'WEEK_WITHOUT_RECORD')
      return undefined;
    throw error;
  }
}

/** The two files a person opens first. */
export function filesText(folder: string): string {
  return `  web page  ${path.join(folder, 'index.html')}\n  PDF       ${path.join(folder, 'digest.pdf')}`;
}

/** One edition as machines read it. */
export function summaryOf({ published, state, contentHash, pages }: BuildResult): object {
  const { counts, lead } = published.edition;
  return {
    digest: published.digestId,
    week: published.week,
    revision: published.revision,
    state,
    folder: published.folder,
    manifestHash: published.manifestHash,
    contentHash,
    pages,
    counts,
    lead: lead?.headline ?? null,
  };
}

function lineOf({ published, state, pages }: BuildResult): string {
  const { seen, shown, folded, leftOut } = published.edition.counts;
  const revision = published.revision === 1 ? '' : ` as revision ${published.revision}`;
  return `${published.digestId} ${published.week}: ${STATES[state]}${revision}; ${counted(seen, 'document')} = ${shown} shown + ${folded} folded + ${leftOut} left out; ${counted(pages, 'page')}`;
}
