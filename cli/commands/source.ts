import type { Command } from 'commander';
import type { App } from '../../app.ts';
import type { SourceState } from '../../db/source-states.ts';
import { UsageError } from '../../model/errors.ts';
import type { SourceId } from '../../model/ids.ts';
import type { Source } from '../../model/source.ts';
import { counted } from '../../text/counted.ts';
import { type CommandIo, columns, report } from '../io.ts';
import type { OpenApp } from '../open-app.ts';
import { sourceOpmlCommands } from './source-opml.ts';
import { sourceTryCommands } from './source-try.ts';

/** `source list|check|try|capture|import|export`: what is read, how it went, and the tools to add more. */
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
    .description('check source, digest and vocabulary files, and how the last visits went')
    .option('--json', 'print one JSON object')
    .action(async (ids: string[], options: { json?: boolean }) => {
      await using app = await openApp(io);
      const unknown = ids.filter((id) => !app.sources.some((candidate) => candidate.id === id));
      if (unknown.length > 0)
        throw new UsageError(
          'SOURCE_UNKNOWN',
          `there is no source ${unknown.join(', ')}; \`source list\` shows all`,
        );
      const wanted = app.sources.filter(({ id }) => ids.length === 0 || ids.includes(id));
      const states = await app.store.sourceStates.all();
      const checks = await Promise.all(wanted.map((one) => checkSource(app, one, states.get(one.id))));
      const unmet = checks.filter((check) => check.problems.length > 0);
      const counts = {
        sources: app.sources.length,
        disabled: app.sources.filter((candidate) => !candidate.enabled).length,
        digests: app.digests.length,
      };
      const files = `${counted(counts.sources, 'source')} (${counts.disabled} disabled) and ${counted(counts.digests, 'digest')} are in order.`;
      const shown = ids.length === 0 ? unmet : checks;
      const visits = checks.filter((check) => check.lastFetchedAt !== null).length;
      const text = [
        files,
        ...(counts.sources > 0 ? [] : [`No source is set up: ${app.config.sourcesDir} holds none.`]),
        ...(counts.digests > 0 ? [] : [`No digest is set up: ${app.config.digestsDir} holds none.`]),
        ...(visits === 0 ? [] : [`${visits} have been visited, ${unmet.length} of them not as expected.`]),
        ...shown.map(checkText),
      ];
      report(io, options.json, { ...counts, unmet: unmet.length, checks: shown }, text.join('\n'));
      if (ids.length > 0 && unmet.length > 0) io.exit(1);
    });

  sourceTryCommands(source, io, openApp);
  sourceOpmlCommands(source, io);
}

/** A source's promise and how its last visit kept it. */
interface SourceCheck {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly expect: Source['expect'];
  readonly everyMinutes: number;
  readonly lastFetchedAt: string | null;
  readonly nextFetchAt: string | null;
  readonly detail: string;
  readonly failures: number;
  /** What the last visit noticed. */
  readonly problems: readonly string[];
}

/** A visit's findings are noted within this time before it is settled. */
const VISIT_MS = 3_600_000;

async function checkSource(
  app: App,
  { id, name, enabled, disabledReason, expect, everyMinutes }: Source,
  state: SourceState | undefined,
): Promise<SourceCheck> {
  const lastFetchedAt = state?.lastFetchedAt ?? null;
  return {
    id,
    name,
    state: enabled ? (state?.lastOutcome ?? 'never read') : 'disabled',
    expect,
    everyMinutes,
    lastFetchedAt,
    nextFetchAt: state?.nextFetchAt ?? null,
    detail: enabled ? (state?.lastDetail ?? '') : (disabledReason ?? ''),
    failures: state?.failures ?? 0,
    problems: enabled && lastFetchedAt !== null ? await problemsOf(app, id, lastFetchedAt) : [],
  };
}

async function problemsOf(app: App, id: SourceId, at: string): Promise<readonly string[]> {
  const before = new Date(Date.parse(at) - 1).toISOString();
  const visits = await app.store.sourceStates.visitsWithin(before, at);
  const runId = visits.find((visit) => visit.sourceId === id)?.runId;
  const since = new Date(Date.parse(at) - VISIT_MS).toISOString();
  const findings = await app.store.findings.within(since, at);
  return findings
    .filter((one) => one.sourceId === id && one.runId === runId && /^(?:LIST|SOURCE)_/.test(one.code))
    .map((one) => `${one.code}: expected ${one.expected}, saw ${one.seen}`);
}

function checkText(check: SourceCheck): string {
  const { minEntries, maxAgeDays } = check.expect;
  return [
    `${check.id}  ${check.name}: ${check.state}${check.detail === '' ? '' : ` (${check.detail})`}`,
    `  expected: at least ${minEntries} entries, the newest at most ${maxAgeDays} days old, every ${check.everyMinutes} minutes`,
    ...(check.lastFetchedAt === null
      ? []
      : [`  last visit ${check.lastFetchedAt}, next ${check.nextFetchAt}`]),
    ...(check.failures === 0 ? [] : [`  failed ${counted(check.failures, 'time')} in a row`]),
    ...check.problems.map((problem) => `  ${problem}`),
  ].join('\n');
}
