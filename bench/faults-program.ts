import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Trigger } from './faults-plan.ts';
import type { MailWitness } from './faults-server.ts';

/** How one life of the program ended. */
export interface Life {
  readonly end: 'killed' | 'week is out' | 'stuck' | 'died';
  /** From its start until its pages could be asked; absent when it was killed before. */
  readonly readyMs?: number;
  readonly lastedMs: number;
  /** Its edition was made by the end of this life. */
  readonly isMade: boolean;
  /** Its last words, when it ended in a way it should not. */
  readonly words: string;
}

/** One life of the program: from start to its violent or peaceful end. */
export interface LifeOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly witness: MailWitness;
  /** Absent: it may live until the week is out. */
  readonly trigger?: Trigger;
  /** How long a week takes, for triggers by time. */
  readonly weekMs: number;
}

interface LogLine {
  readonly msg?: string;
  readonly step?: string;
  readonly job?: string;
  readonly openSlots?: number;
  readonly mails?: number;
}

const MAIN = path.join(import.meta.dirname, '..', 'cli', 'main.ts');
/** A week that is not out after so many times its usual length never will be. */
const PATIENCE = 20;
const LEAST_PATIENCE_MS = 120_000;

/** Starts the service, kills it when the trigger says so, or ends it in peace once nothing is left to do. */
export async function live({ env, witness, trigger, weekMs }: LifeOptions): Promise<Life> {
  const startedAt = performance.now();
  const since = () => performance.now() - startedAt;
  const child = spawn(process.execPath, [MAIN, 'start'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const state: { end: Life['end'] } = { end: 'died' };
  let readyMs: number | undefined;
  let isMade = false;
  const words: string[] = [];
  const kill = () => {
    if (child.exitCode === null && state.end === 'died' && child.kill('SIGKILL')) state.end = 'killed';
  };

  const timers: NodeJS.Timeout[] = [];
  if (trigger?.at === 'time') timers.push(setTimeout(kill, trigger.share * weekMs));
  timers.push(
    setTimeout(
      () => {
        state.end = 'stuck';
        child.kill('SIGKILL');
      },
      Math.max(LEAST_PATIENCE_MS, PATIENCE * weekMs),
    ),
  );

  let reached = 0;
  witness.onPhase = (phase) => {
    if (trigger?.at !== 'mail' || phase !== trigger.phase || state.end === 'killed') return true;
    reached += 1;
    if (reached !== trigger.nth) return true;
    kill();
    return phase !== 'final dot' || trigger.isTaken;
  };

  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('Policy Digest is running')) readyMs ??= since();
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    words.push(line);
    if (words.length > 20) words.shift();
    const { msg, step, job, openSlots, mails } = readLine(line);
    if (msg === 'Run finished' && job === 'edition') isMade = true;
    if (trigger?.at === 'step' && msg === trigger.message && step === trigger.step) kill();
    if (trigger?.at === 'run' && msg === trigger.message && job === trigger.job) kill();
    if (msg === 'Tick ended' && openSlots === 0 && mails === 0 && state.end === 'died') {
      state.end = 'week is out';
      child.kill('SIGTERM');
    }
  });

  const code = await exited;
  for (const timer of timers) clearTimeout(timer);
  witness.onPhase = () => true;
  if (state.end === 'week is out' && code !== 0) state.end = 'died';
  return {
    end: state.end,
    ...(readyMs === undefined ? {} : { readyMs }),
    lastedMs: since(),
    isMade,
    words: words.join('\n'),
  };
}

function readLine(line: string): LogLine {
  try {
    // Written by the program's own log.
    return JSON.parse(line) as LogLine;
  } catch {
    return {};
  }
}
