import type { Digest } from '../model/digest.ts';
import { AppError } from '../model/errors.ts';
import type { Writer } from '../model/writer.ts';
import { type BuildResult, buildEdition } from './build-edition.ts';
import { collect } from './collect.ts';
import type { JobContext } from './context.ts';
import type { EditionPress } from './edition-files.ts';
import type { Mailing } from './mailing.ts';
import { queueDeliveries } from './queue-mail.ts';
import type { Job } from './run.ts';
import { recordStep } from './steps.ts';
import type { Claim } from './tick.ts';

export interface EditionArguments {
  readonly digest: Digest;
  readonly claim: Claim;
  readonly press: EditionPress;
  readonly mailing: Mailing;
  readonly writer?: Writer;
}

export interface EditionResult extends Pick<BuildResult, 'counts' | 'published' | 'state'> {
  readonly queued: number;
}

/** A source that answered this long before the hour need not be read again: two digests of one morning share a reading. */
const FRESH_MS = 60 * 60_000;
/** When no source answers, the network is probably down: waited for so long, then made from what is kept. */
const WAIT_FOR_NETWORK_MS = 6 * 60 * 60_000;

/**
 * A due edition from fetch to outbox, as one run. Each step commits and looks at what is there already, so a run that
 * was broken off goes on where it stood: sources that answered are not asked again, an edition in the archive is not
 * published twice, a reader in the outbox is not put in again.
 */
export const scheduledEdition: Job<EditionArguments, EditionResult> = {
  name: 'edition',
  timeLimitMinutes: 180,
  subject: ({ digest, claim }) => `${digest.id} ${claim.slot.periodKey}`,
  async run(context, { digest, claim, press, mailing, writer }) {
    const since = new Date(Date.parse(claim.slot.dueAt) - FRESH_MS).toISOString();
    await collect.run(context, { which: 'unread', since });
    await waitForNetwork(context, claim, since);
    const week = claim.slot.periodKey;
    const { published, state, counts } = await buildEdition.run(context, {
      ...{ digest, week, press, claim },
      ...(writer === undefined ? {} : { writer }),
    });
    const { queued } = await recordStep(
      context,
      { name: 'mail' },
      () => queueDeliveries(context, published, mailing),
      ({ readers, queued, quiet }) => ({
        in: readers,
        out: queued,
        dropped: { withoutMatch: quiet, queuedBefore: readers - queued - quiet },
      }),
    );
    return { counts: { ...counts, queued }, published, state, queued };
  },
};

/** @throws AppError NOBODY_ANSWERED while it is worth waiting */
async function waitForNetwork(
  { store, sources, clock, log }: JobContext,
  { slot }: Claim,
  since: string,
): Promise<void> {
  const enabled = sources.filter((source) => source.enabled);
  const states = await store.sourceStates.all();
  const hasAnswered = enabled.some(({ id }) => {
    const state = states.get(id);
    return state?.lastOutcome === 'answered' && (state.lastFetchedAt ?? '') >= since;
  });
  if (hasAnswered || enabled.length === 0) return;
  const until = new Date(Date.parse(slot.dueAt) + WAIT_FOR_NETWORK_MS);
  if (clock.now() >= until) {
    log.warn('Edition made without any source answering', {
      scheduleId: slot.scheduleId,
      week: slot.periodKey,
    });
    return;
  }
  throw new AppError(
    'NOBODY_ANSWERED',
    `making ${slot.scheduleId} ${slot.periodKey}: none of ${enabled.length} sources answered; tried again until ${until.toISOString()}, then made from what is kept`,
    { retryable: true },
  );
}
