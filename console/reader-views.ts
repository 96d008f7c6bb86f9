import { nextMoment } from '../jobs/schedule.ts';
import type { LanguageSwitch } from '../jobs/switch-language.ts';
import type { Recipient } from '../model/delivery.ts';
import type { Digest, InterfaceLanguage } from '../model/digest.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import { isEmailAddress } from '../text/address.ts';
import { minuteOf } from '../text/calendar.ts';
import { READER_WORDING } from './reader-wording.ts';

/** What every page for readers shows besides its own. */
export interface Frame {
  readonly lang: InterfaceLanguage;
  /** Path under which readers reach the service, ending in a slash. */
  readonly base: string;
  /** Address of this page, for the link to the other language. */
  readonly here: string;
  readonly contact: string;
}

export function frameOf({ lang, base, here, contact }: Frame, title: string) {
  const words = READER_WORDING[lang];
  return {
    ...{ lang, base, w: words, pageTitle: title },
    otherHref: `${here}?lang=${words.other.lang}`,
    contact,
    contactHref: hrefOf(contact),
  };
}

function hrefOf(contact: string): string | null {
  if (isEmailAddress(contact)) return `mailto:${contact}`;
  return /^https?:\/\//.test(contact) ? contact : null;
}

/** The digests to choose from, with their rhythm. */
export function digestChoices(
  digests: readonly Digest[],
  chosen: readonly string[],
  { lang, now }: { readonly lang: InterfaceLanguage; readonly now: Date },
) {
  return digests.map((digest) => ({
    id: digest.id,
    title: digest.title,
    subtitle: digest.subtitle,
    lang: digest.lang,
    rhythm: rhythmOf(digest, now, lang),
    isChosen: chosen.includes(digest.id),
  }));
}

/** `every Monday, 08:00 (Asia/Shanghai)`; of a rhythm that words cannot tell the next moment. */
export function rhythmOf(digest: Digest, now: Date, lang: InterfaceLanguage): string {
  const words = READER_WORDING[lang];
  const weekly = /^(\d{1,2}) (\d{1,2}) \* \* ([0-7])$/.exec(digest.cron.trim());
  if (weekly !== null) {
    const [, minute = '0', hour = '0', day = '0'] = weekly;
    const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
    return words.weekly(Number(day) % 7, time, digest.zone);
  }
  const next = nextMoment(digest, now);
  return next === undefined ? '' : words.next(`${minuteOf(next, digest.zone)} (${digest.zone})`);
}

/** Digests that are there in the reader's language as well; nothing is switched until a button is pressed. */
export function switchOffers(switches: readonly LanguageSwitch[], lang: InterfaceLanguage) {
  const words = READER_WORDING[lang];
  return switches.map(({ from, to }) => ({
    id: from.id,
    offer: words.switchOffer(from, to),
    button: words.switchTo(to.title),
  }));
}

/** Topics and regions to choose from. */
export function selectionChoices(vocabulary: Vocabulary, reader: Recipient, lang: InterfaceLanguage) {
  const choice = (
    one: { readonly id: string; readonly zh: string; readonly en: string },
    chosen: readonly string[],
  ) => ({
    id: one.id,
    name: lang === 'en' ? one.en : one.zh,
    isChosen: chosen.includes(one.id),
  });
  const regions = vocabulary.regions.map((region) => ({
    ...choice(region, reader.regions),
    isStrategic: region.members.length > 0,
  }));
  return {
    topics: vocabulary.topics.map((topic) => choice(topic, reader.topics)),
    strategic: regions.filter(({ isStrategic }) => isStrategic),
    provinces: regions.filter(({ isStrategic }) => !isStrategic),
    hasRegions: reader.regions.length > 0,
  };
}

/** `m…@example.org`: whoever was forwarded a mail need not learn the address from its links. */
export function masked(email: string): string {
  const at = email.lastIndexOf('@');
  return `${[...email][0] ?? ''}…${email.slice(at)}`;
}
