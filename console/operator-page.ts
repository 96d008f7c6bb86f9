import type { Store } from '../db/store.ts';
import type { Alarm } from '../jobs/alarms.ts';
import { doubtfulMails } from '../jobs/decide-mail.ts';
import { nextMoment } from '../jobs/schedule.ts';
import type { Digest } from '../model/digest.ts';
import type { RebuildRequest } from '../model/rebuild.ts';
import type { Source } from '../model/source.ts';
import { lastCompleteWeek, minuteOf } from '../text/calendar.ts';
import { isTicking, type Ticking } from './health.ts';
import type { Pages } from './server.ts';
import { sourcesView } from './source-views.ts';
import type { View } from './views.ts';

export interface OperatorPageInput extends Ticking {
  readonly store: Store;
  readonly digests: readonly Digest[];
  readonly sources: readonly Pick<Source, 'id' | 'name' | 'enabled'>[];
  /** What the operator is told by mail: all that is wrong now. */
  alarms(): Promise<readonly Alarm[]>;
  readonly view: View;
  readonly transport: string;
}

/** More are for the command line. */
const MOST_DOUBTS = 20;

/** `/`, the operator's page: whether the service is well, what comes next, what ran, and the rebuild button. */
export function operatorPage(input: OperatorPageInput): Pages {
  return (server) => {
    server.get('/', async (_request, reply) =>
      reply.type('text/html; charset=utf-8').send(input.view(await readState(input))),
    );
  };
}

/** Everything the page shows, ready to be set. */
async function readState(input: OperatorPageInput) {
  const { store, digests, clock, transport, lastTickAt } = input;
  const now = clock.now();
  const tickedAt = lastTickAt();
  const titles = new Map<string, string>(digests.map(({ id, title }) => [id, title]));
  const titleOf = (id: string) => titles.get(id) ?? id;
  const wishes = await store.returnedMessages.wishes();
  const alarms = await input.alarms();
  return {
    isTicking: isTicking(input),
    hasTicked: tickedAt !== undefined,
    alarms,
    isOneAlarm: alarms.length === 1,
    sources: sourcesView(input.sources, await store.sourceStates.all()),
    now: minuteOf(now, 'UTC'),
    lastTick: tickedAt === undefined ? '' : minuteOf(tickedAt, 'UTC'),
    transport,
    mails: await outboxText(store),
    doubts: (await doubtfulMails(store))
      .slice(0, MOST_DOUBTS)
      .map((mail) => ({ ...mail, since: minuteOf(mail.since, 'UTC') })),
    wishes: wishes.length,
    isOneWish: wishes.length === 1,
    oldestWish: wishes[0] === undefined ? '' : minuteOf(wishes[0].readAt, 'UTC'),
    readers: await store.recipients.countActive(),
    documents: await store.documents.count(),
    findings: await store.findings.count(),
    digests: digests.map((digest) => ({
      id: digest.id,
      title: digest.title,
      week: lastCompleteWeek(now, digest.zone),
      next: nextOf(digest, now),
    })),
    slots: (await store.slots.recent(8)).map((slot) => ({
      digest: titleOf(slot.scheduleId),
      week: slot.periodKey,
      state: slot.state,
      due: minuteOf(slot.dueAt, 'UTC'),
    })),
    editions: (await store.editions.latest(8)).map((edition) => ({
      title: titleOf(edition.digestId),
      digestId: edition.digestId,
      week: edition.week,
      revision: edition.revision,
      href: `/archive/${edition.folder}/index.html`,
      published: minuteOf(edition.publishedAt, 'UTC'),
    })),
    rebuilds: (await store.rebuilds.latest(5)).map((rebuild) => ({
      id: rebuild.id,
      title: titleOf(rebuild.digestId),
      week: rebuild.week,
      asked: minuteOf(rebuild.askedAt, 'UTC'),
      said: saidOf(rebuild),
    })),
    runs: (await store.runs.latest(12)).map((run) => ({
      id: run.id,
      job: run.job,
      subject: run.subject,
      state: run.state,
      isBad: run.state === 'failed' || run.state === 'abandoned',
      started: minuteOf(run.startedAt, 'UTC'),
      counts: Object.entries(run.counts)
        .map(([name, count]) => `${name} ${count}`)
        .join(', '),
      error: run.error ?? '',
    })),
  };
}

/** `3 queued, 120 sent`: editions and letters together. */
async function outboxText({ figures }: Store): Promise<string> {
  const byState = new Map<string, number>();
  for (const { state, count } of await figures.outbox())
    byState.set(state, (byState.get(state) ?? 0) + count);
  return byState.size === 0
    ? 'none yet'
    : [...byState].map(([state, count]) => `${count} ${state}`).join(', ');
}

function nextOf(digest: Digest, now: Date): string {
  const next = digest.enabled ? nextMoment(digest, now) : undefined;
  return next === undefined ? 'switched off' : `${minuteOf(next, digest.zone)} ${digest.zone}`;
}

/** How a rebuild stands, in a few words. */
export function saidOf({ state, aim, outcome }: RebuildRequest): string {
  if (outcome === undefined) return state;
  if (outcome.state === 'unchanged') return 'no difference';
  if (outcome.isPublished) return `published as revision ${outcome.revision}`;
  return aim === 'look' ? `draft of revision ${outcome.revision} to look at` : state;
}
