import type { Recipient } from '../model/delivery.ts';
import { type Digest, siblingIn } from '../model/digest.ts';
import type { JobContext } from './context.ts';
import { savePreferences } from './preferences.ts';

/** A digest that a reader gets, and the one that has the same content in the reader's language. */
export interface LanguageSwitch {
  readonly from: Digest;
  readonly to: Digest;
}

/** What a reader may switch: nothing for one who chose no language, or who gets both already. */
export function switchesFor(
  digests: readonly Digest[],
  { lang, digestIds }: Pick<Recipient, 'lang' | 'digestIds'>,
): LanguageSwitch[] {
  if (lang === undefined) return [];
  return digests
    .filter((digest) => digestIds.includes(digest.id) && digest.lang !== lang)
    .flatMap((from) => {
      const to = siblingIn(
        lang,
        from,
        digests.filter(({ enabled }) => enabled),
      );
      return to === undefined || digestIds.includes(to.id) ? [] : [{ from, to }];
    });
}

/** Takes the one digest in place of the other; all other choices stay. */
export function switchLanguage(
  context: Pick<JobContext, 'store' | 'clock'>,
  reader: Recipient,
  { from, to }: LanguageSwitch,
): Promise<void> {
  const digestIds = [...reader.digestIds.filter((id) => id !== from.id), to.id];
  return savePreferences(context, reader, { ...reader, digestIds }, 'reader');
}
