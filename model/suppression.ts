import type { DigestId } from './ids.ts';

/**
 * Why an address gets nothing more. `bounce`: its server says that it does not exist, or was full three times;
 * `complaint`: its owner called a mail spam; `unsubscribed`: its owner said so; `operator`: a person here said so;
 * `forgotten`: its owner asked for deletion.
 */
export type SuppressionReason = 'bounce' | 'complaint' | 'unsubscribed' | 'operator' | 'forgotten';

/** An address that must not be mailed, whatever a list or an import says. */
export interface Suppression {
  /** Absent once its owner was forgotten. */
  readonly email?: string;
  readonly emailHash: string;
  /** Absent: every digest. */
  readonly digestId?: DigestId;
  readonly reason: SuppressionReason;
  readonly at: string;
  /** What it rests on: the server's answer, the page pressed, the operator's note. */
  readonly evidence: string;
}

/**
 * Reasons that the owner's own confirmed sign-up lifts: it shows that the address works and that its owner wants mail.
 * After a complaint or an operator's word only a person here lifts it, and no letter is sent to ask.
 */
export const LIFTED_BY_CONFIRMATION: readonly SuppressionReason[] = ['bounce', 'unsubscribed', 'forgotten'];
