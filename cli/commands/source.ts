import type { Command } from 'commander';
import { readCatalogue } from '../../catalogue.ts';
import { loadConfig } from '../../config.ts';
import { UsageError } from '../../model/errors.ts';
import { type CommandIo, columns, report } from '../io.ts';
import type { OpenApp } from '../open-app.ts';

/** `source list|check`: what is read, and how it went. */
export function sourceCommand(program: Command, io: CommandIo, openApp: OpenApp): void {
  const source = program.command('source').description('the places that are read');

  source
    .command('list')
    .description('show every source with its state and next visit')
    .option('--json', 'print one JSON object')
    .action(async (options: { json?: boolean }) => {
      await using app = await openApp(io);
      const states = await app.store.sourceStates.all();
      const rows = app.sources.map(({ id, name, enabled, disabledReason, scrape }) => {
        const state = states.get(id);
        return {
          id,
          name,
          kind: scrape.kind,
          enabled,
          state: enabled ? (state?.lastOutcome ?? 'never read') : 'disabled',
          detail: enabled ? (state?.lastDetail ?? '') : (disabledReason ?? ''),
          failures: state?.failures ?? 0,
          nextFetchAt: state?.nextFetchAt ?? null,
        };
      });
      const text = columns([
        ['ID', 'KIND', 'STATE', 'NAME', 'LAST'],
        ...rows.map((row) => [row.id, row.kind, row.state, row.name, row.detail]),
      ]);
      report(io, options.json, { sources: rows }, text);
    });

  source
    .command('check [id...]')
    .description('check source, digest and vocabulary files; tells every fault at once')
    .option('--json', 'print one JSON object')
    .action(async (ids: string[], options: { json?: boolean }) => {
      const { sources, digests } = await readCatalogue(loadConfig(io.env, io.baseDir));
      const unknown = ids.filter((id) => !sources.some((candidate) => candidate.id === id));
      if (unknown.length > 0)
        throw new UsageError(
          'SOURCE_UNKNOWN',
          `there is no source ${unknown.join(', ')}; \`source list\` shows all`,
        );
      const disabled = sources.filter((candidate) => !candidate.enabled).length;
      const counts = { sources: sources.length, disabled, digests: digests.length };
      report(
        io,
        options.json,
        counts,
        `${counts.sources} sources (${disabled} disabled) and ${counts.digests} digests are in order.`,
      );
    });
}
