import path from 'node:path';
import type { PublishedEdition } from '../db/editions.ts';
import type { Tables } from '../db/store.ts';
import type { Digest } from '../model/digest.ts';
import type { ComposeInput, Edition } from '../model/edition.ts';
import { AppError } from '../model/errors.ts';
import type { Writer } from '../model/writer.ts';
import { loadArchiveLook, writeArchiveIndex } from '../reports/archive-index.ts';
import { composeEdition } from '../reports/compose-edition.ts';
import { contentHashOf, manifestFiles } from '../reports/manifest.ts';
import { publish } from '../reports/publish.ts';
import { periodOfWeek } from '../text/calendar.ts';
import { composeInput } from './compose-input.ts';
import type { JobContext } from './context.ts';
import {
  type EditionFiles,
  type EditionPress,
  editionFiles,
  type MadeEdition,
  revisionFiles,
  standingRevision,
} from './edition-files.ts';
import type { Job } from './run.ts';
import { recordStep } from './steps.ts';
import { addNotes } from './write-notes.ts';

export interface BuildArguments {
  readonly digest: Digest;
  readonly week: string;
  readonly press: EditionPress;
  /** Asked to write notes for stories that have none yet. @default nobody; notes that are kept are used */
  readonly writer?: Writer;
  /** The claim it is made under: publishing asks it and writes its fence. @default made without a claim */
  readonly claim?: PublishingClaim;
  /** The content hash of the draft that a person looked at: anything else is not published. @default whatever comes out */
  readonly expected?: string;
}

/** What a paused worker that wakes up no longer has. See Claim. */
export interface PublishingClaim {
  readonly slot: { readonly fence: number };
  /** Asked in the transaction that publishes, so that nobody can take the claim over before its end. */
  isHeld(tables: Tables): Promise<boolean>;
}

export interface BuildResult {
  readonly counts: Readonly<Record<string, number>>;
  readonly published: PublishedEdition;
  /** `unchanged`: the archive already held exactly these bytes. */
  readonly state: 'new' | 'unchanged' | 'revised';
  /** See contentHashOf. */
  readonly contentHash: string;
  readonly pages: number;
}

/** Kept documents → stories → edition → files in the archive. The same data makes the same bytes. */
export const buildEdition: Job<BuildArguments, BuildResult> = {
  name: 'build',
  subject: ({ digest, week }) => `${digest.id} ${week}`,
  timeLimitMinutes: 60,
  async run(context, { digest, week, press, writer, claim, expected }) {
    // Taken before reading: what comes in while this runs belongs to the next edition.
    const closedAt = context.clock.now();
    const by = writer === undefined ? {} : { writer };
    const made = await makeEdition(context, { digest, week, press, ...by }, closedAt);
    const { edition, files, pages } = made;
    const contentHash = contentHashOf(manifestFiles(files));
    if (expected !== undefined && contentHash !== expected) {
      throw new AppError(
        'DRAFT_OUTDATED',
        `publishing ${digest.id} ${week}: what is kept has changed since the draft was made; look at a new draft first`,
      );
    }
    const { published, state } = await recordStep(
      context,
      { name: 'publish', subject: `${digest.id} ${week}` },
      () =>
        publishEdition(
          context,
          { digest, week, press, ...(claim === undefined ? {} : { claim }) },
          made,
          closedAt,
        ),
      (result) =>
        result.state === 'unchanged'
          ? { in: files.size, out: 0, dropped: { unchanged: files.size } }
          : { in: files.size, out: files.size, dropped: {} },
    );
    const { due, answered } = edition.coverage;
    const counts = {
      ...edition.counts,
      files: files.size,
      sourcesDue: due,
      sourcesAnswered: answered,
    };
    return { counts, published, state, contentHash, pages };
  },
};

/**
 * Files and record come in one step: the folder is moved into its place within the transaction that holds the claim and
 * records the edition. A stop in between leaves a folder that the next try finds unchanged and records.
 * @throws AppError CLAIM_LOST
 */
async function publishEdition(
  context: JobContext,
  { digest, week, press, claim }: Omit<BuildArguments, 'expected'>,
  { edition, input, files, versions }: EditionFiles & MadeEdition,
  closedAt: Date,
): Promise<Pick<BuildResult, 'published' | 'state'>> {
  let published: PublishedEdition | undefined;
  const { state } = await publish(press.archiveDir, edition, {
    files,
    versions,
    revisionFiles: (before, revision) =>
      revisionFiles(context, press, { edition, input }, { before, revision }),
    commit: (ready, put) =>
      context.store.transaction(async (tables) => {
        if (claim !== undefined && !(await claim.isHeld(tables))) {
          throw new AppError('CLAIM_LOST', `publishing ${digest.id} ${week}: another worker has taken over`, {
            retryable: true,
          });
        }
        await put();
        published = await tables.editions.record({
          digestId: digest.id,
          week,
          revision: ready.revision,
          number: edition.number,
          edition,
          manifestHash: ready.manifestHash,
          folder: path.relative(press.archiveDir, ready.folder).split(path.sep).join('/'),
          publishedAt: closedAt.toISOString(),
          runId: context.runId,
          ...(claim === undefined ? {} : { fence: claim.slot.fence }),
        });
        await tables.stories.replaceWeek(digest.id, week, input.stories);
      }),
  });
  const look = await loadArchiveLook(path.join(press.templatesDir, 'archive'));
  const { vocabulary } = context;
  await writeArchiveIndex(press.archiveDir, look, {
    lang: digest.lang,
    archiveUrl: press.archiveUrl,
    vocabulary,
  });
  // `publish` has not come back without `commit` having ended.
  return { published: published as unknown as PublishedEdition, state };
}

/** An edition with its files as they come out of what is kept now, to be held against the archive's; nothing is written. */
export async function makeEdition(
  context: JobContext,
  { digest, week, press, writer }: Pick<BuildArguments, 'digest' | 'week' | 'press' | 'writer'>,
  closedAt: Date,
): Promise<EditionFiles & { readonly edition: Edition; readonly input: ComposeInput }> {
  const subject = `${digest.id} ${week}`;
  const { input } = await recordStep(
    context,
    { name: 'understand', subject },
    () => composeInput(context, digest, periodOfWeek(week, digest.zone), closedAt),
    ({ documents, input: { stories } }) => {
      const folded = stories.reduce((sum, one) => sum + one.documents.length - 1, 0);
      return { in: documents, out: stories.length, dropped: folded === 0 ? {} : { folded } };
    },
  );
  if (input.coverage.sources.length === 0) {
    throw new AppError(
      'WEEK_WITHOUT_RECORD',
      `${subject}: no source was read and no page is kept for that week`,
    );
  }
  const edition = await recordStep(
    context,
    { name: 'compose', subject },
    async () => addNotes(context, composeEdition(input), input, writer),
    ({ counts: { seen, shown, folded }, leftOut }) => {
      const reasons = Object.entries(Object.groupBy(leftOut, ({ reason }) => reason));
      const dropped = reasons.map(([reason, rows = []]) => [reason, rows.length] as const);
      return { in: seen, out: shown, dropped: Object.fromEntries([['folded', folded], ...dropped]) };
    },
  );
  const revision = await standingRevision(press, digest.id, week);
  const rendered = await recordStep(
    context,
    { name: 'render', subject },
    () => editionFiles(context, press, { edition, input }, revision),
    ({ files }) => ({ in: files.size, out: files.size, dropped: {} }),
  );
  return { edition, input, ...rendered };
}
