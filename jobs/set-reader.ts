import type { Preferences } from '../db/recipients.ts';
import type { Tables } from '../db/store.ts';
import { UsageError } from '../model/errors.ts';
import type { DigestId } from '../model/ids.ts';
import type { JobContext } from './context.ts';
import { changesOf } from './preferences.ts';

/** What the operator wants otherwise about a reader; what is absent stays as it is. */
export interface ReaderChange extends Partial<Omit<Preferences, 'lang'>> {
  /** Empty: none is shown any more. */
  readonly name?: string;
  /** `digest`: as each digest is. */
  readonly lang?: NonNullable<Preferences['lang']> | 'digest';
}

/**
 * Changes a reader as the reader's own page would, and the name, on the operator's word; says what is another now. What
 * is taken away can be given again, but nothing that its owner left.
 * @throws UsageError RECIPIENT_UNKNOWN, RECIPIENT_CHOICE
 */
export function setReader(
  { store, clock }: Pick<JobContext, 'store' | 'clock'>,
  email: string,
  { name, lang, ...choice }: ReaderChange,
): Promise<readonly string[]> {
  return store.transaction(async (tables) => {
    const before = await tables.recipients.byEmail(email);
    if (!before?.active)
      throw new UsageError(
        'RECIPIENT_UNKNOWN',
        `${email} is no active recipient; \`recipient list\` shows them`,
      );
    const { lang: langBefore, ...kept } = before;
    const newLang = lang === undefined ? langBefore : lang === 'digest' ? undefined : lang;
    const after = { ...kept, ...choice, ...(newLang === undefined ? {} : { lang: newLang }) };
    await refuseLeft(
      tables,
      email,
      after.digestIds.filter((id) => !before.digestIds.includes(id)),
    );
    await tables.recipients.change(before.id, after);
    const changes = changesOf(before, after);
    if (name !== undefined) {
      await tables.recipients.rename(before.id, name);
      const renamed = (await tables.recipients.byId(before.id))?.name;
      if (renamed !== before.name) changes.push(`name: ${before.name ?? 'none'} → ${renamed ?? 'none'}`);
    }
    if (changes.length > 0) {
      const at = clock.now().toISOString();
      const detail = changes.join('; ');
      await tables.recipientEvents.add({
        ...{ recipientId: before.id, at, kind: 'changed', by: 'operator', detail },
      });
    }
    return changes;
  });
}

async function refuseLeft(
  { suppressions }: Pick<Tables, 'suppressions'>,
  email: string,
  taken: readonly DigestId[],
): Promise<void> {
  const stops = await suppressions.of(email);
  const left = taken.filter((id) => stops.some(({ digestId }) => digestId === undefined || digestId === id));
  if (left.length === 0) return;
  throw new UsageError(
    'RECIPIENT_CHOICE',
    `${email} gets no mail of ${left.join(', ')} (\`recipient suppressed\` says why); if its owner asks for it: \`recipient unsuppress ${email}\` first`,
  );
}
