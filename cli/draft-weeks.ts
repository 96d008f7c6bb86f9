import path from 'node:path';
import type { App } from '../app.ts';
import { type DraftResult, draftEdition } from '../jobs/draft-edition.ts';
import { DIFFERENCE_FILE } from '../reports/manifest.ts';
import type { BuildRequest } from './build-weeks.ts';
import { type CommandIo, report } from './io.ts';

/** Makes each week of each digest without publishing it, and tells what publishing would change. */
export async function draftWeeks(app: App, io: CommandIo, request: BuildRequest): Promise<void> {
  const drafts: object[] = [];
  const lines: string[] = [];
  app.progress.phase('drafts', request.weeks.length * request.digests.length);
  for (const digest of request.digests) {
    for (const week of request.weeks) {
      app.signal.throwIfAborted();
      const draft = await app.run(draftEdition, {
        digest,
        week,
        press: app.press,
        draftsDir: app.draftsDir,
      });
      drafts.push({ digest: digest.id, week, ...draft });
      lines.push(`${digest.id} ${week}: ${textOf(draft)}`);
      app.progress.step();
    }
  }
  app.progress.end();
  report(io, request.isJson, { ...request.also, drafts }, lines.join('\n'));
}

function textOf({ state, revision, draftFolder, contentHash }: DraftResult): string {
  const page = `  web page    ${path.join(draftFolder, 'index.html')}`;
  const publishing = `  to publish just this, add --expect ${contentHash} in place of --draft`;
  switch (state) {
    case 'unchanged':
      return `unchanged, the archive holds just this as revision ${revision}\n${page}`;
    case 'new':
      return `not published yet\n${page}\n${publishing}`;
    case 'revised':
      return `differs, would become revision ${revision}\n${page}\n  difference  ${path.join(draftFolder, DIFFERENCE_FILE)}\n${publishing}`;
  }
}
