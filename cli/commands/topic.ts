import type { Command } from 'commander';
import { tryTopic } from '../../jobs/try-topic.ts';
import { UsageError } from '../../model/errors.ts';
import type { Topic } from '../../model/vocabulary.ts';
import { counted } from '../../text/counted.ts';
import { type CommandIo, columns, report } from '../io.ts';
import type { OpenApp } from '../open-app.ts';

interface TryOptions {
  readonly medium?: string[];
  readonly not?: string[];
  readonly days: string;
  readonly json?: boolean;
}

const MOST_SHOWN = 40;
const MOST_DAYS = 3650;

/** `topic try`: what a topic with these words would have matched among the documents that are kept. */
export function topicCommand(program: Command, io: CommandIo, openApp: OpenApp): void {
  const topic = program.command('topic').description('the subjects that documents are sorted by');

  topic
    .command('try <word...>')
    .description('show which documents of the last 90 days a new topic with these words would have matched')
    .option('--medium <word...>', 'words that count only where title and text agree')
    .option('--not <phrase...>', 'phrases that hold one of the words and mean something else')
    .option('--days <days>', 'how far to look back', '90')
    .option('--json', 'print one JSON object')
    .action(async (strong: string[], options: TryOptions) => {
      const days = Number(options.days);
      if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)
        throw new UsageError('TOPIC_DAYS', `--days ${options.days}: a whole number from 1 to ${MOST_DAYS}`);
      await using app = await openApp(io);
      const { seen, matches } = await tryTopic(app, topicOf(strong, options), days);
      const fresh = matches.filter(({ isNew }) => isNew).length;
      const text = [
        `${matches.length} of ${counted(seen, 'document')} of the last ${counted(days, 'day')}; ${fresh} of them belong to no topic now`,
        columns(
          matches
            .slice(0, MOST_SHOWN)
            .map(({ on, weight, words, title, isNew }) => [
              on,
              String(weight),
              isNew ? 'new' : '',
              words.join(', '),
              title,
            ]),
        ),
        matches.length > MOST_SHOWN ? `and ${matches.length - MOST_SHOWN} more (--json shows all)` : '',
      ];
      const value = { words: strong, days, seen, matched: matches.length, fresh, matches };
      report(io, options.json, value, text.filter((line) => line !== '').join('\n'));
    });
}

function topicOf(strong: readonly string[], { medium = [], not = [] }: TryOptions): Topic {
  const words = [
    ...strong.map((word) => ({ word, weight: 3 })),
    ...medium.map((word) => ({ word, weight: 2 })),
  ];
  return { id: '(tried)', zh: '试用', en: 'Tried', words, not };
}
