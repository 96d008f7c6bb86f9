import type { Command } from 'commander';
import { type ReaderChange, setReader } from '../../jobs/set-reader.ts';
import { UsageError } from '../../model/errors.ts';
import { chooseDigests } from '../digests.ts';
import { type CommandIo, report } from '../io.ts';
import type { OpenApp } from '../open-app.ts';

interface SetOptions {
  readonly name?: string;
  readonly pdf?: boolean;
  readonly lang?: string;
  readonly digest?: string[];
  readonly topic?: string[];
  readonly region?: string[];
  readonly quietWeek?: string;
  readonly json?: boolean;
}

/** A word that stands for every topic or region. */
const ALL = 'all';

/** `recipient set <email>`: what the reader's own page can change, and the name. */
export function recipientSetCommand(recipient: Command, io: CommandIo, openApp: OpenApp): void {
  recipient
    .command('set <email>')
    .description('change what a reader gets; what is not named stays as it is')
    .option('-n, --name <name>', 'name shown beside the address; "" for none')
    .option('--pdf', 'attach the PDF')
    .option('--no-pdf', 'send a link in place of the PDF')
    .option('--lang <lang>', 'language of pages and letters: zh-CN, en, or digest for that of each digest')
    .option('-d, --digest <id...>', 'these digests and no others')
    .option('--topic <id...>', 'these topics and no others, or all')
    .option('--region <id...>', 'these regions and no others, or all')
    .option('--quiet-week <what>', 'in a week without a match: note or nothing')
    .option('--json', 'print one JSON object')
    .action(async (email: string, { json, ...options }: SetOptions) => {
      if (Object.values(options).every((value) => value === undefined))
        throw new UsageError(
          'RECIPIENT_CHOICE',
          'say what to change, for instance --no-pdf or --topic digital',
        );
      await using app = await openApp(io);
      const { digest, topic, region, name, pdf } = options;
      const { topics, regions } = app.vocabulary;
      const changes = await setReader(app, email, {
        ...(name === undefined ? {} : { name }),
        ...(pdf === undefined ? {} : { attachPdf: pdf }),
        ...(digest === undefined
          ? {}
          : { digestIds: [...new Set(chooseDigests(app.digests, digest).map(({ id }) => id))] }),
        ...(topic === undefined ? {} : { topics: chosen('topics', topic, topics) }),
        ...(region === undefined ? {} : { regions: chosen('regions', region, regions) }),
        ...wordsOf(options),
      });
      const text = changes.length === 0 ? 'nothing changed' : changes.join('; ');
      report(io, json, { email, changes }, `${email}: ${text}`);
    });
}

/** The options that take one of a few words. */
function wordsOf({ lang, quietWeek }: SetOptions): Pick<ReaderChange, 'lang' | 'quietWeek'> {
  if (lang !== undefined && lang !== 'zh-CN' && lang !== 'en' && lang !== 'digest')
    throw new UsageError('RECIPIENT_CHOICE', `--lang is "${lang}"; write zh-CN, en or digest`);
  if (quietWeek !== undefined && quietWeek !== 'note' && quietWeek !== 'nothing')
    throw new UsageError('RECIPIENT_CHOICE', `--quiet-week is "${quietWeek}"; write note or nothing`);
  return { ...(lang === undefined ? {} : { lang }), ...(quietWeek === undefined ? {} : { quietWeek }) };
}

/** Ids of a vocabulary by id or name. */
function chosen(
  what: 'topics' | 'regions',
  words: readonly string[],
  known: readonly { readonly id: string; readonly zh: string; readonly en: string }[],
): string[] {
  if (words.length === 1 && words[0] === ALL) return [];
  const ids = words.map((word) => {
    const found = known.find(({ id, zh, en }) =>
      [id, zh, en].some((name) => name.toLowerCase() === word.toLowerCase()),
    );
    if (found !== undefined) return found.id;
    throw new UsageError('RECIPIENT_CHOICE', `${what}: "${word}" is not known; see vocabulary/${what}.yml`);
  });
  return [...new Set(ids)];
}
