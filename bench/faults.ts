import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { drawTrigger, randomOf, triggerText } from './faults-plan.ts';
import { live } from './faults-program.ts';
import { startMailWitness } from './faults-server.ts';
import { judgeWeek, prepareWeek, type WeekSetting, weekSetting } from './faults-week.ts';
import { serveWorld, type World } from './world.ts';

// `npm run faults -- --kills N` kills the service with SIGKILL, seeded, between fetch and mail of a small made-up week; after
// each kill it is started again and goes on until the week is out or it is killed once more. What is counted is what was
// seen from outside: the record of a mail server of its own, the archive, the database.

export interface FaultOptions {
  readonly kills: number;
  readonly seed: number;
  /** Weeks side by side. */
  readonly lanes: number;
  /** Told of each kill and each week. */
  readonly tell?: (line: string) => void;
}

/** What all weeks together showed. */
export interface FaultReport {
  readonly kills: number;
  /** Recipients that got nothing and that nobody is told of. */
  readonly lost: number;
  /** Recipients that were mailed more than once. */
  readonly duplicates: number;
  /** Editions that are not whole, not alone or not on record as they lie. */
  readonly torn: number;
  /** Mails held for a person's word. */
  readonly unknown: number;
  readonly weeks: number;
  /** From start to answering pages, at most. */
  readonly slowestRestartMs: number;
  readonly byMoment: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

const HOSTS = 3;
const PAGES = 5;
const RECIPIENTS = 24;
/** Kills of one week; a week that is never let through would prove nothing. */
const MOST_KILLS_A_WEEK = 20;

export async function runFaults({
  kills,
  seed,
  lanes,
  tell = () => undefined,
}: FaultOptions): Promise<FaultReport> {
  const dir = await mkdtemp(path.join(tmpdir(), 'policy-digest-faults-'));
  const setting = weekSetting(new Date());
  const world = await serveWorld({
    hosts: HOSTS,
    pagesPerHost: PAGES,
    seed,
    today: setting.lastDay,
    latencyMs: [2, 12],
  });
  const total = { lost: 0, duplicates: 0, torn: 0, unknown: 0, weeks: 0, slowestRestartMs: 0 };
  const byMoment: Record<string, number> = {};
  const faults: string[] = [];
  let [killed, started, weekMs] = [0, 0, 0];
  const budget = {
    /** One kill out of those that are left; false when all are spent. */
    take: () => killed < kills && ++killed > 0,
    giveBack: () => {
      killed -= 1;
    },
  };
  const work = async (mostKills: number) => {
    const number = started++;
    const folder = path.join(dir, `week-${number}`);
    const shared = { setting, world, weekMs, budget, byMoment, tell };
    const week = await oneWeek({ dir: folder, seed: seed * 1000 + number, mostKills, ...shared });
    await rm(folder, { recursive: true, force: true });
    total.lost += week.lost.length;
    total.duplicates += week.duplicates.length;
    total.torn += week.torn.length;
    total.unknown += week.unknown;
    total.weeks += 1;
    total.slowestRestartMs = Math.max(total.slowestRestartMs, week.slowestRestartMs);
    faults.push(...week.faults.map((fault) => `week ${number}: ${fault}`));
    return week.lastedMs;
  };
  const lane = async () => {
    while (killed < kills) await work(MOST_KILLS_A_WEEK);
  };
  try {
    // A week that nobody disturbs: the measure for kills by time, and for what is lost without any.
    weekMs = await work(0);
    await Promise.all(Array.from({ length: lanes }, lane));
  } finally {
    await world.close();
    await rm(dir, { recursive: true, force: true });
  }
  return { kills: killed, ...total, slowestRestartMs: Math.round(total.slowestRestartMs), byMoment, faults };
}

interface WeekOptions {
  readonly dir: string;
  readonly seed: number;
  readonly setting: WeekSetting;
  readonly world: World;
  readonly weekMs: number;
  readonly mostKills: number;
  readonly budget: { take(): boolean; giveBack(): void };
  readonly byMoment: Record<string, number>;
  readonly tell: (line: string) => void;
}

/** Kills a week a seeded number of times, lets it come to its end and judges it. */
async function oneWeek(options: WeekOptions) {
  const { dir, seed, setting, world, weekMs, mostKills, budget, byMoment, tell } = options;
  const random = randomOf(seed);
  const witness = await startMailWitness();
  const recipients = Array.from({ length: RECIPIENTS }, (_, number) => `reader-${number}@readers.example`);
  const env = {
    PATH: process.env.PATH ?? '',
    CHROMIUM_PATH: process.env.CHROMIUM_PATH ?? '',
    NODE_COMPILE_CACHE: path.join(path.dirname(dir), 'compiled'),
  };
  const faults: string[] = [];
  let [isMade, slowestRestartMs, weekKills, lastedMs] = [false, 0, 0, 0];
  const wanted = mostKills === 0 ? 0 : 1 + random.below(mostKills);
  try {
    const programEnv = await prepareWeek({ dir, setting, world, mailPort: witness.port, recipients, env });
    for (let isOut = false; !isOut; ) {
      const trigger = weekKills < wanted && budget.take() ? drawTrigger(random, isMade) : undefined;
      const life = await live({
        env: programEnv,
        witness,
        weekMs,
        ...(trigger === undefined ? {} : { trigger }),
      });
      isMade ||= life.isMade;
      lastedMs = life.lastedMs;
      if (life.readyMs !== undefined) slowestRestartMs = Math.max(slowestRestartMs, life.readyMs);
      if (trigger !== undefined && life.end === 'killed') {
        weekKills += 1;
        byMoment[triggerText(trigger)] = (byMoment[triggerText(trigger)] ?? 0) + 1;
        tell(`killed at ${triggerText(trigger)} after ${Math.round(life.lastedMs)} ms`);
        continue;
      }
      if (trigger !== undefined) budget.giveBack();
      if (life.end !== 'week is out') faults.push(`the program ${life.end}; its last words:\n${life.words}`);
      isOut = true;
    }
    const verdict = await judgeWeek(dir, setting, recipients, witness.received);
    if (verdict.unknown > weekKills)
      faults.push(`${verdict.unknown} mails in doubt after ${weekKills} kills`);
    for (const what of ['lost', 'duplicates', 'torn'] as const)
      faults.push(...verdict[what].map((one) => `${what}: ${one}`));
    tell(`week over after ${weekKills} kills: ${verdict.unknown} mails in doubt`);
    return { ...verdict, faults, slowestRestartMs, lastedMs };
  } finally {
    await witness.close();
  }
}

function reportText({
  kills,
  lost,
  duplicates,
  torn,
  unknown,
  weeks,
  slowestRestartMs,
}: FaultReport): string {
  return `${kills} kills in ${weeks} weeks: ${lost} lost, ${duplicates} duplicates, ${torn} torn, ${unknown} in doubt; slowest restart ${slowestRestartMs} ms`;
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      lanes: { type: 'string', default: '2' },
      json: { type: 'boolean', default: false },
    },
  });
  const tell = values.json ? undefined : (line: string) => console.error(line);
  const report = await runFaults({
    kills: Number(values.kills),
    seed: Number(values.seed),
    lanes: Number(values.lanes),
    ...(tell === undefined ? {} : { tell }),
  });
  for (const fault of report.faults) console.error(`NOT KEPT: ${fault}`);
  console.log(values.json ? JSON.stringify(report) : reportText(report));
  process.exitCode =
    report.lost + report.duplicates + report.torn === 0 && report.faults.length === 0 ? 0 : 1;
}
