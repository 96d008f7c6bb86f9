import { type Command, Option } from 'commander';
import { type RereadResult, rereadDocuments } from '../../jobs/reread-documents.ts';
import { counted } from '../../text/counted.ts';
import { buildWeeks } from '../build-weeks.ts';
import { chooseDigests, parseWeeks } from '../digests.ts';
import { draftWeeks } from '../draft-weeks.ts';
import type { CommandIo } from '../io.ts';
import type { OpenApp } from '../open-app.ts';

interface RebuildOptions {
  readonly digest?: string[];
  readonly from?: 'snapshots';
  readonly draft?: boolean;
  readonly expect?: string;
  readonly events?: boolean;
  readonly json?: boolean;
}

/** `rebuild <week>`: a week again from what is kept, without the network and without mailing anybody. */
export function rebuildCommand(program: Command, io: CommandIo, openApp: OpenApp): void {
  program
    .command('rebuild <week>')
    .description(
      'make the edition of a week (2026-W47) or of weeks (2018-W45..2019-W07) again from kept data; mails nobody',
    )
    .option('-d, --digest <id...>', 'only these digests')
    .addOption(
      new Option('--from <what>', 'read the documents again from their kept pages first').choices([
        'snapshots',
      ]),
    )
    .option('--draft', 'publish nothing: lay the edition into DATA_DIR/drafts and say whether it differs')
    .addOption(
      new Option('--expect <hash>', 'publish only what has this content hash, as a draft told it').conflicts(
        'draft',
      ),
    )
    .option('--events', 'tell progress as JSON lines on standard error')
    .option('--json', 'print one JSON object')
    .action(async (week: string, options: RebuildOptions) => {
      const weeks = parseWeeks(week);
      await using app = await openApp(io, { events: options.events ?? false });
      const digests = chooseDigests(app.digests, options.digest);
      const zones = digests.map(({ zone }) => zone);
      const reread =
        options.from === undefined ? undefined : (await app.run(rereadDocuments, { weeks, zones })).counts;
      if (reread !== undefined) app.progress.step(textOf(reread));
      const request = {
        digests,
        weeks,
        isJson: options.json,
        ...(options.expect === undefined ? {} : { expected: options.expect }),
        ...(reread === undefined ? {} : { also: { reread } }),
      };
      if (options.draft) await draftWeeks(app, io, request);
      else await buildWeeks(app, io, request);
    });
}

function textOf({ documents, words, values, broken, unreadable }: RereadResult['counts']): string {
  const left = broken + unreadable;
  const told = left === 0 ? '' : `; ${left} could not be read again and stay as they are`;
  return `${counted(documents, 'document')} read again: ${words} with other words, ${values} with other values${told}`;
}
