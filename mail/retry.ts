import type { OutboxRow } from '../model/delivery.ts';
import { sha256 } from '../text/hash.ts';

const MINUTE_MS = 60_000;
/** Minutes before a second, third, … try. Most servers that ask to wait (greylisting) let the second or third in. */
const FIRST_MINUTES = [1, 5, 15, 60] as const;
const THEN_MINUTES = 60;
/** Of an hourly wait, up or down: mails that failed together are not tried together for ever. */
const SPREAD = 0.2;
const GIVE_UP_AFTER_MS = 48 * 60 * MINUTE_MS;

/** When a mail that failed for now is tried again; undefined when it has been tried for two days. */
export function nextTryAt(
  mail: Pick<OutboxRow<string>, 'id' | 'attempts' | 'firstTryAt'>,
  now: Date,
): string | undefined {
  const since = mail.firstTryAt === undefined ? now.getTime() : Date.parse(mail.firstTryAt);
  if (now.getTime() - since >= GIVE_UP_AFTER_MS) return undefined;
  const first = FIRST_MINUTES[mail.attempts];
  const minutes = first ?? THEN_MINUTES * (1 - SPREAD + 2 * SPREAD * fractionOf(mail));
  return new Date(now.getTime() + Math.round(minutes * MINUTE_MS)).toISOString();
}

/** Between 0 and 1, other for each mail and try, the same whenever it is asked. */
function fractionOf({ id, attempts }: Pick<OutboxRow<string>, 'id' | 'attempts'>): number {
  return Number.parseInt(sha256(`${id}/${attempts}`).slice(0, 8), 16) / 0xff_ff_ff_ff;
}
