import type { Seal } from '../mail/seal.ts';
import type { Throttle } from '../mail/throttle.ts';
import type { MailTransport } from '../mail/transport.ts';
import type { LinkKey } from '../text/reader-tokens.ts';
import type { LeaveByMail } from '../text/unsubscribe-mail.ts';

/** All that mails are made of and sent with. */
export interface Mailing {
  readonly transport: MailTransport;
  readonly seal: Seal;
  readonly throttle: Throttle;
  /** Mails under way at once. */
  readonly connections: number;
  readonly from: string;
  /** Where servers return mail to; empty: to the sender. */
  readonly bounceAddress: string;
  /** Gets a copy of every edition, so that its arrival can be checked; empty: nobody. */
  readonly canaryAddress: string;
  readonly archiveDir: string;
  /** Looks, for mails that show a part of an edition. */
  readonly templatesDir: string;
  /** Where the archive is read on the web; empty: nowhere. */
  readonly archiveUrl: string;
  /** What readers' own links are made of; absent where the service has no public pages. */
  readonly linkKey: LinkKey | undefined;
  /** Who reads a mail with which a reader leaves; absent where nobody does. */
  readonly leaveByMail: LeaveByMail | undefined;
  /** Mails carry a DKIM signature. */
  readonly isSigned: boolean;
}
