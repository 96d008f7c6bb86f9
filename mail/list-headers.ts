import type { DigestId } from '../model/ids.ts';
import { addressOf, domainOf } from './addresses.ts';

export interface ListInput {
  readonly from: string;
  readonly digestId: DigestId;
  /** Where the archive is read on the web; empty: nowhere. */
  readonly archiveUrl: string;
}

/**
 * What a mailing list says of itself: its id (RFC 2919), how to leave it (RFC 2369), and that one POST is enough
 * (RFC 8058). The order of the two ways to leave is the order of preference.
 */
export function listHeaders(
  { from, digestId, archiveUrl }: ListInput,
  links: { readonly unsubscribe: string; readonly preferences: string } | undefined,
): Readonly<Record<string, string>> {
  const byMail = `<${unsubscribeByMail(from, digestId)}>`;
  return {
    'List-ID': `<${digestId}.${domainOf(from)}>`,
    'List-Unsubscribe': links === undefined ? byMail : `<${links.unsubscribe}>, ${byMail}`,
    ...(links === undefined
      ? {}
      : {
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          'List-Help': `<${links.preferences}>`,
        }),
    ...(archiveUrl === '' ? {} : { 'List-Archive': `<${archiveUrl}>` }),
    Precedence: 'bulk',
  };
}

/** A mail to the sender that asks to be left out. */
export function unsubscribeByMail(from: string, digestId: DigestId): string {
  return `mailto:${addressOf(from)}?subject=unsubscribe%20${digestId}`;
}
