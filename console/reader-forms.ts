import type { Preferences } from '../db/recipients.ts';
import type { Recipient } from '../model/delivery.ts';
import type { Digest } from '../model/digest.ts';
import type { DigestId } from '../model/ids.ts';
import type { Vocabulary } from '../model/vocabulary.ts';

/** A form as it was sent: a field that stands several times is a list. */
export type FormBody = Readonly<Record<string, unknown>>;

export interface SignUpForm {
  readonly email: string;
  readonly digestIds: readonly DigestId[];
  readonly attachPdf: boolean;
  readonly agrees: boolean;
  /** Filled in by programs that fill in everything. */
  readonly isTrapped: boolean;
}

export function readSignUp(body: FormBody, digests: readonly Digest[]): SignUpForm {
  return {
    email: textOf(body.email).trim(),
    digestIds: known(
      listOf(body.digests),
      digests.map(({ id }) => id),
    ),
    attachPdf: textOf(body.pdf) !== 'link',
    agrees: textOf(body.agree) === 'yes',
    isTrapped: textOf(body.website) !== '',
  };
}

/** What a reader chose on the page; what the page does not offer stays as it was. */
export function readPreferences(
  body: FormBody,
  before: Recipient,
  { digests, vocabulary }: { readonly digests: readonly Digest[]; readonly vocabulary: Vocabulary },
): Preferences {
  const offered = digests.map(({ id }) => id);
  const kept = before.digestIds.filter((id) => !offered.includes(id));
  const lang = textOf(body.lang);
  return {
    digestIds: [...known(listOf(body.digests), offered), ...kept],
    topics: known(
      listOf(body.topics),
      vocabulary.topics.map(({ id }) => id),
    ),
    regions: known(
      listOf(body.regions),
      vocabulary.regions.map(({ id }) => id),
    ),
    attachPdf: body.pdf === undefined ? before.attachPdf : textOf(body.pdf) !== 'link',
    quietWeek: textOf(body.quietWeek) === 'nothing' ? 'nothing' : 'note',
    ...(lang === 'zh-CN' || lang === 'en' ? { lang } : {}),
  };
}

export function bodyOf(value: unknown): FormBody {
  return typeof value === 'object' && value !== null ? (value as FormBody) : {};
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 500) : '';
}

function listOf(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one): one is string => typeof one === 'string');
}

/** Those of the list that exist, each once, in its order. */
function known<Id extends string>(chosen: readonly string[], all: readonly Id[]): Id[] {
  return all.filter((id) => chosen.includes(id));
}
