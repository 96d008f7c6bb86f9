import { sha256 } from '../text/hash.ts';
import { MAIL_PHASES, type MailPhase } from './faults-server.ts';

/** When the program is killed: some time after its start, at a line of its log, or in the middle of an SMTP dialogue. */
export type Trigger =
  | { readonly at: 'time'; readonly share: number }
  | { readonly at: 'step'; readonly message: 'Step started' | 'Step ended'; readonly step: string }
  | { readonly at: 'run'; readonly message: 'Run started' | 'Run finished'; readonly job: string }
  | {
      readonly at: 'mail';
      readonly phase: MailPhase;
      /** The how manieth time that the phase is reached. */
      readonly nth: number;
      /** After the final dot: whether the server has kept the mail all the same. */
      readonly isTaken: boolean;
    };

/** Numbers that are the same for the same seed. */
export function randomOf(seed: number) {
  let turn = 0;
  return {
    /** A whole number below `most`. */
    below: (most: number) => Number.parseInt(sha256(`${seed} ${turn++}`).slice(0, 8), 16) % most,
    pick<T>(list: readonly T[]): T {
      // Below the length of the list there is an element.
      return list[this.below(list.length)] as T;
    },
  };
}

const STEPS = ['fetch', 'understand', 'compose', 'render', 'publish', 'mail'] as const;
/** Mails between which a kill is placed: one run of them is cut several times. */
const DEEPEST = 3;

/** The next kill of a week. `isMade`: its edition is out, only mails are left. */
export function drawTrigger(random: ReturnType<typeof randomOf>, isMade: boolean): Trigger {
  const mail = (): Trigger => ({
    at: 'mail',
    phase: random.pick(MAIL_PHASES),
    nth: 1 + random.below(DEEPEST),
    isTaken: random.below(2) === 0,
  });
  if (isMade) {
    if (random.below(4) > 0) return mail();
    return { at: 'run', message: random.pick(['Run started', 'Run finished'] as const), job: 'deliver' };
  }
  switch (random.below(5)) {
    case 0:
    case 1:
      return { at: 'time', share: random.below(1000) / 1000 };
    case 2:
      return { at: 'run', message: random.pick(['Run started', 'Run finished'] as const), job: 'edition' };
    default:
      return {
        at: 'step',
        message: random.pick(['Step started', 'Step ended'] as const),
        step: random.pick(STEPS),
      };
  }
}

/** What a person reads of a trigger. */
export function triggerText(trigger: Trigger): string {
  switch (trigger.at) {
    case 'time':
      return `${Math.round(trigger.share * 100)} % of the time a week takes`;
    case 'step':
      return `${trigger.message}: ${trigger.step}`;
    case 'run':
      return `${trigger.message}: ${trigger.job}`;
    case 'mail':
      return `mail ${trigger.nth}, ${trigger.phase}${trigger.phase === 'final dot' ? (trigger.isTaken ? ', taken' : ', dropped') : ''}`;
  }
}
