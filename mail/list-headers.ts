import type { DigestId } from '../model/ids.ts';
import { domainOf } from './addresses.ts';

export interface ListInput {
  readonly from: string;
  readonly digestId: DigestId;
  /** Where the archive is read on the web; empty: nowhere. */
  readonly archiveUrl: string;
  /** A `mailto:` link; absent where nobody would read the mail. */
  readonly leaveByMail?: string;
}

/**
 * What a mailing list says of itself: its id (RFC 2919), how to leave it (RFC 2369), and that one POST is enough
 * (RFC 8058). The order of the two ways to leave is the order of preference.
 */
export function listHeaders(
  { from, digestId, archiveUrl, leaveByMail }: ListInput,
  links: { readonly unsubscribe: string; readonly preferences: string } | undefined,
): Readonly<Record<string, string>> {
  const ways = [links?.unsubscribe, leaveByMail].filter((way) => way !== undefined);
  return {
    'List-ID': `<${digestId}.${domainOf(from)}>`,
    ...(ways.length === 0 ? {} : { 'List-Unsubscribe': ways.map((way) => `<${way}>`).join(', ') }),
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
