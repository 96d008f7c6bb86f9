import type { Run, Slot } from '../model/run.ts';
import { minuteOf } from '../text/calendar.ts';
import { counted } from '../text/counted.ts';
import { durationText } from '../text/duration.ts';
import { type MailFacts, mailAlarms } from './mail-alarms.ts';

/** Something a person should know of. Pure: the same facts give the same words. */
export interface Alarm {
  /** Told once a day for each cause. */
  readonly cause: string;
  readonly title: string;
  readonly what: string;
  /** What the program does about it by itself. */
  readonly itself: string;
  /** What a person should do. */
  readonly person: string;
  /** Where to look first. */
  readonly command: string;
}

/** All that is asked to tell whether something is wrong. */
export interface AlarmFacts extends MailFacts {
  readonly now: Date;
  readonly lateMinutes: number;
  /** Percent of the sources that may fail without an alarm. */
  readonly sourcesFailingPercent: number;
  /** Slots that are not over, and those that failed for good within the last day. */
  readonly slots: readonly (Slot & { readonly zone: string })[];
  /** Runs that began within the last day, oldest first. */
  readonly runs: readonly Run[];
  /** How many digests there are, those that are switched off among them. */
  readonly digests: number;
  readonly sources: { readonly enabled: number; readonly failing: readonly { id: string; detail: string }[] };
  /** Mails in which readers ask to be left out and that wait for a person. */
  readonly openWishes: number;
  /** False when editions are mailed that name no way to leave. */
  readonly canReadersLeave: boolean;
  readonly disks: readonly Disk[];
  /** The newest instant on record. */
  readonly newestRecord: string | undefined;
}

/** The disk on which a folder lies, or why nothing can be said of it. */
export type Disk = { readonly folder: string } & (
  | { readonly freeBytes: number }
  | { readonly reason: string }
);

const LEAST_FREE_BYTES = 1024 ** 3;
const CLOCK_SLACK_MS = 5 * 60_000;
const COMMAND = 'npm run digest --';

/** Everything that is wrong now, the most pressing first. */
export function alarmsOf(facts: AlarmFacts): Alarm[] {
  return [
    ...clockAlarms(facts),
    ...diskAlarms(facts),
    ...noDigestAlarms(facts),
    ...slotAlarms(facts),
    ...runAlarms(facts),
    ...coverageAlarms(facts),
    ...sourceAlarms(facts),
    ...mailAlarms(facts),
    ...leavingAlarms(facts),
  ];
}

function noDigestAlarms({ digests }: AlarmFacts): Alarm[] {
  if (digests > 0) return [];
  return [
    {
      cause: 'no-digest',
      title: 'No digest is set up',
      what: 'The folder that DIGESTS_DIR names holds no digest, so no edition will ever be due.',
      itself: 'It reads the sources; nothing is published and nobody is mailed.',
      person: 'Correct DIGESTS_DIR, or put a file for each digest there, then start the service again.',
      command: `${COMMAND} source check`,
    },
  ];
}

function slotAlarms({ now, lateMinutes, slots, runs }: AlarmFacts): Alarm[] {
  return slots.flatMap((slot) => {
    const { scheduleId, periodKey, dueAt, detail, nextTryAt, zone } = slot;
    const name = `${scheduleId} ${periodKey}`;
    const due = `${minuteOf(dueAt, zone)} ${zone}`;
    const run = runs.findLast(({ subject }) => subject === name);
    const command = run === undefined ? `${COMMAND} runs list` : `${COMMAND} runs show ${run.id}`;
    if (slot.state === 'failed') {
      return [
        {
          cause: `given-up ${name}`,
          title: `${name} was given up`,
          what: `It was due ${due}. ${detail ?? ''}`,
          itself: 'Nothing more: no second try would change this. Later weeks are not touched.',
          person: `When pages of that week are handed in (import), make it with: ${COMMAND} rebuild ${periodKey} --digest ${scheduleId}`,
          command,
        },
      ];
    }
    const lateMs = now.getTime() - Date.parse(dueAt);
    if (lateMs < lateMinutes * 60_000) return [];
    const isRunning = slot.state === 'claimed';
    return [
      {
        cause: `late ${name}`,
        title: `${name} is late`,
        what: `It was due ${due} and is not out ${durationText(lateMs)} later. ${isRunning ? 'It is being made right now.' : (detail ?? 'It has not been begun.')}`,
        itself:
          nextTryAt === undefined
            ? 'It goes on until the edition is out; nobody is mailed twice.'
            : `It tries again at ${minuteOf(nextTryAt, 'UTC')} UTC, then every hour until the edition is out; nobody is mailed twice.`,
        person:
          'If the reason above names something you can mend (disk, Chromium, network, a file), mend it; no restart is needed.',
        command,
      },
    ];
  });
}

function runAlarms({ runs }: AlarmFacts): Alarm[] {
  const failed = Map.groupBy(
    runs.filter(({ state }) => state === 'failed'),
    ({ job, error = '' }) => `${job} ${/^[A-Z]+(?:_[A-Z]+)+/.exec(error)?.[0] ?? 'fault'}`,
  );
  return [...failed].map(([cause, group]) => {
    // A group is never empty.
    const last = group.at(-1) as Run;
    const isMended = runs.some(
      ({ job, subject, state, startedAt }) =>
        job === last.job && subject === last.subject && state === 'finished' && startedAt > last.startedAt,
    );
    const times = group.length === 1 ? 'failed' : `failed ${group.length} times within a day, last`;
    return {
      cause: `failed ${cause}`,
      title: `${last.job} (${last.subject}) failed`,
      what: `The run ${last.id} ${times} at ${minuteOf(last.finishedAt ?? last.startedAt, 'UTC')} UTC: ${last.error ?? 'no reason on record'}`,
      itself: isMended
        ? 'It has tried again since and succeeded.'
        : 'What was done by then is kept. It tries again by itself, at the latest within an hour.',
      person: isMended
        ? 'Nothing, unless it comes back.'
        : 'Look up the code at the start of the reason in docs/errors.md; it says what to do.',
      command: `${COMMAND} runs show ${last.id}`,
    };
  });
}

/** An edition that went out although much of what it should rest on could not be read. */
function coverageAlarms({ runs, sourcesFailingPercent }: AlarmFacts): Alarm[] {
  return runs
    .filter(({ job, state }) => job === 'edition' && state === 'finished')
    .flatMap(({ id, subject, counts: { sourcesDue = 0, sourcesAnswered = 0 } }) => {
      const missing = sourcesDue - sourcesAnswered;
      if (missing * 100 <= sourcesDue * sourcesFailingPercent) return [];
      return [
        {
          cause: `coverage ${subject}`,
          title: `${subject} went out with gaps`,
          what: `${missing} of ${sourcesDue} sources could not be read for it; the edition says so at its end.`,
          itself:
            'It goes on asking these sources. What they published is told in the next edition as found late.',
          person: `See which they are. To put it right now: ${COMMAND} run collect, then ${COMMAND} rebuild with the week.`,
          command: `${COMMAND} runs show ${id}`,
        },
      ];
    });
}

function sourceAlarms({ sources: { enabled, failing }, sourcesFailingPercent }: AlarmFacts): Alarm[] {
  if (failing.length * 100 <= enabled * sourcesFailingPercent) return [];
  const named = failing.slice(0, 10).map(({ id, detail }) => `\n  ${id}: ${detail}`);
  const more = failing.length > 10 ? `\n  and ${failing.length - 10} more` : '';
  return [
    {
      cause: 'sources',
      title: `${failing.length} of ${counted(enabled, 'source does', 'sources do')} not answer`,
      what: `At their last visit these gave no list:${named.join('')}${more}`,
      itself: 'It asks each of them again, less and less often but at least once a day.',
      person:
        'If all fail for one reason, look at this machine: network, DNS, proxy, clock. Else at the sources one by one.',
      command: `${COMMAND} source list`,
    },
  ];
}

function leavingAlarms({ openWishes, canReadersLeave }: AlarmFacts): Alarm[] {
  const wishes = {
    cause: 'wishes',
    title: `${counted(openWishes, 'reader asks', 'readers ask')} to be left out`,
    what: 'They wrote to the mailbox for returned mail without the token of their unsubscribe link, or with one that is no longer valid, so nothing proves who they are.',
    itself: 'Nothing: anybody can write under any address. They go on being mailed.',
    person:
      'Look who they are. End their subscription with `recipient remove <email>`, then `mail wishes done <id>`.',
    command: `${COMMAND} mail wishes list`,
  };
  const noWay = {
    cause: 'no-way-to-leave',
    title: 'Mails name no way to unsubscribe',
    what: 'Editions are mailed to readers, but there are no pages for readers and nobody is named who reads their mail.',
    itself:
      'It sends all the same. Large mailbox providers take such mail for spam, and many laws forbid it.',
    person:
      'Set PUBLIC_URL, or BOUNCE_DIR or BOUNCE_IMAP_URL for a mailbox that the program reads, or an e-mail address in CONTACT.',
    command: `${COMMAND} config`,
  };
  return [...(openWishes > 0 ? [wishes] : []), ...(canReadersLeave ? [] : [noWay])];
}

function diskAlarms({ disks }: AlarmFacts): Alarm[] {
  return disks.flatMap((disk) => {
    const { folder } = disk;
    if ('reason' in disk) {
      return [
        {
          cause: `folder ${folder}`,
          title: `${folder} cannot be used`,
          what: `Looking at the folder gave: ${disk.reason}`,
          itself:
            'It goes on with what does not need the folder; runs that need it fail and are tried again.',
          person: 'See whether the disk is mounted and the folder is one that the program may write to.',
          command: `${COMMAND} config`,
        },
      ];
    }
    if (disk.freeBytes >= LEAST_FREE_BYTES) return [];
    return [
      {
        cause: `disk ${folder}`,
        title: 'The disk is nearly full',
        what: `${Math.floor(disk.freeBytes / 1024 ** 2)} MB are left where ${folder} lies.`,
        itself:
          'It goes on as long as it can. When nothing can be written, runs fail whole (DISK_FULL) and go on once there is room.',
        person: 'Make room, or move the folder. Kept pages that no edition rests on can go.',
        command: `${COMMAND} snapshots prune --older-than 180 --dry-run`,
      },
    ];
  });
}

function clockAlarms({ now, newestRecord }: AlarmFacts): Alarm[] {
  if (newestRecord === undefined || Date.parse(newestRecord) < now.getTime() + CLOCK_SLACK_MS) return [];
  return [
    {
      cause: 'clock',
      title: 'The clock of this machine was put back',
      what: `The newest run on record began ${minuteOf(newestRecord, 'UTC')} UTC; the clock now says ${minuteOf(now, 'UTC')} UTC.`,
      itself:
        'It forgets slots noted for days to come and goes by the clock as it is now. No week is left out, nobody is mailed twice.',
      person:
        'See that the clock is set by NTP. If editions of weeks to come were published, rebuild them once their week is over.',
      command: `${COMMAND} runs list`,
    },
  ];
}

/** The words of an alarm as a mail: what happened, what is done about it, what to do, where to look. */
export function alarmText({ what, itself, person, command }: Alarm): string {
  return [
    `What happened\n  ${what}`,
    `What the program does by itself\n  ${itself}`,
    `What you should do\n  ${person}`,
    `Where to look\n  ${command}`,
    'Told once a day for each cause, for as long as it lasts. docs/operating.md has more.',
    '',
  ].join('\n\n');
}
