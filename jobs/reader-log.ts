import type { MailRecord } from '../db/reader-records.ts';
import { UsageError } from '../model/errors.ts';
import type { JobContext } from './context.ts';

/** One line of what happened to a recipient. */
export interface ReaderLogLine {
  readonly at: string;
  readonly what: string;
  readonly by: string;
  readonly detail: string;
}

/**
 * Everything that happened to a recipient in order of time: what people did, what was mailed, what came back.
 * @throws UsageError RECIPIENT_UNKNOWN
 */
export async function readerLog(
  { store }: Pick<JobContext, 'store'>,
  email: string,
): Promise<ReaderLogLine[]> {
  const recipient = await store.recipients.byEmail(email);
  if (recipient === undefined)
    throw new UsageError('RECIPIENT_UNKNOWN', `${email} is no recipient; \`recipient list\` shows them`);
  const events = (await store.recipientEvents.of(recipient.id)).map(({ at, kind, by, detail }) => ({
    at,
    what: kind as string,
    by: by as string,
    detail,
  }));
  const mails = await store.readerRecords.mailsTo(recipient.id);
  // Added before events were kept.
  const start = events.some(({ what }) => ['added', 'imported', 'confirmed'].includes(what))
    ? []
    : [{ at: recipient.addedAt, what: 'added', by: 'operator', detail: '' }];
  return [...start, ...events, ...mails.map(mailLine)].sort((a, b) => a.at.localeCompare(b.at));
}

function mailLine({
  digestId,
  week,
  purpose,
  state,
  queuedAt,
  sentAt,
  lastError,
}: MailRecord): ReaderLogLine {
  const name = purpose === 'edition' ? `${digestId} ${week}` : `${digestId} ${week} (${purpose})`;
  return {
    at: sentAt ?? queuedAt,
    what: state === 'sent' ? 'mailed' : state,
    by: 'service',
    detail: lastError === null ? name : `${name}: ${lastError}`,
  };
}
