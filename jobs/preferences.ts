import type { Preferences } from '../db/recipients.ts';
import type { Recipient } from '../model/delivery.ts';
import type { EventAuthor } from '../model/recipient-event.ts';
import type { JobContext } from './context.ts';

/**
 * Keeps what a reader chose, with an event that says what changed. A digest that is given up goes on the suppression
 * list as if it had been unsubscribed from, one that is taken up again comes off it.
 */
export function savePreferences(
  { store, clock }: Pick<JobContext, 'store' | 'clock'>,
  recipient: Recipient,
  preferences: Preferences,
  by: EventAuthor,
): Promise<void> {
  const at = clock.now().toISOString();
  const { id, email } = recipient;
  return store.transaction(async (tables) => {
    const before = await tables.recipients.byId(id);
    if (before === undefined) return;
    const changes = changesOf(before, preferences);
    if (changes.length === 0) return;
    await tables.recipients.change(id, preferences);
    for (const digestId of before.digestIds.filter((one) => !preferences.digestIds.includes(one)))
      await tables.suppressions.add({ email, reason: 'unsubscribed', at, evidence: 'preferences', digestId });
    const isTakenUp = preferences.digestIds.length > 0;
    const whole = (await tables.suppressions.of(email)).find(({ digestId }) => digestId === undefined);
    // Its owner left everything before; what else stops mail (a bounce, a person here) is not for this page to lift.
    if (isTakenUp && whole?.reason === 'unsubscribed') await tables.suppressions.remove(email);
    for (const digestId of preferences.digestIds.filter((one) => !before.digestIds.includes(one)))
      await tables.suppressions.remove(email, digestId);
    await tables.recipientEvents.add({
      recipientId: id,
      at,
      kind: 'changed',
      by,
      detail: changes.join('; '),
    });
  });
}

/** Each choice that is another now: `topics: all → ai, chips`. */
export function changesOf(before: Preferences, after: Preferences): string[] {
  const told = (value: Preferences[keyof Preferences], ifEmpty: string): string => {
    if (Array.isArray(value)) return value.length === 0 ? ifEmpty : [...value].sort().join(', ');
    return typeof value === 'boolean'
      ? value
        ? 'yes'
        : 'no'
      : ((value as string | undefined) ?? 'as the digest');
  };
  const keys = ['digestIds', 'topics', 'regions', 'lang', 'attachPdf', 'quietWeek'] as const;
  return keys.flatMap((key) => {
    // Without a digest a reader gets nothing; without a topic or region, of all.
    const ifEmpty = key === 'digestIds' ? 'none' : 'all';
    const [from, to] = [told(before[key], ifEmpty), told(after[key], ifEmpty)];
    const name = key === 'digestIds' ? 'digests' : key === 'attachPdf' ? 'pdf' : key;
    return from === to ? [] : [`${name}: ${from} → ${to}`];
  });
}
