import path from 'node:path';
import { deliveryId } from '../db/deliveries.ts';
import { domainOf } from '../mail/addresses.ts';
import type { Message } from '../mail/compose-message.ts';
import type { Recipient } from '../model/delivery.ts';
import type { Edition } from '../model/edition.ts';
import { UsageError } from '../model/errors.ts';
import type { DeliveryId, DigestId } from '../model/ids.ts';
import { canonicalInput } from '../reports/canonical/canonical-edition.ts';
import { composeEdition } from '../reports/compose-edition.ts';
import { evidenceOf } from '../reports/evidence.ts';
import { loadTemplate, renderEdition } from '../reports/render.ts';
import { idFrom } from '../text/hash.ts';
import type { JobContext } from './context.ts';
import { deliveryMessage, type EditionMail, readEditionMail } from './edition-mail.ts';
import type { Mailing } from './mailing.ts';
import { deliveryOf } from './queue-mail.ts';
import { createSelectionDesk, EVERYTHING } from './reader-selection.ts';

type Context = Pick<JobContext, 'store' | 'clock' | 'vocabulary'>;

/**
 * The mail of a week exactly as it goes, or went, to an address. Somebody who is no recipient gets it without links of
 * their own.
 * @throws UsageError EDITION_UNKNOWN
 */
export async function previewMail(
  context: Context,
  mailing: Mailing,
  asked: { readonly digestId: DigestId; readonly week: string; readonly to?: string },
): Promise<Message> {
  const { store, clock } = context;
  const { digestId, week } = asked;
  const newest = await store.editions.ofWeek(digestId, week);
  if (newest === undefined)
    throw new UsageError(
      'EDITION_UNKNOWN',
      `${digestId} has no edition of ${week}; \`verify all\` shows which there are`,
    );
  const to = asked.to ?? `reader@${domainOf(mailing.from)}`;
  const reader = await store.recipients.byEmail(to);
  const queued = reader && (await store.deliveries.ofRecipient(digestId, week, reader.id));
  // Who is on record gets the revision that was queued, whatever came after it.
  const published = (queued && (await store.editions.byId(queued.editionId))) ?? newest;
  const { id } = reader ?? strangerOf(to);
  const row = deliveryOf(published, id, mailing.from);
  const delivery = queued ?? {
    id: deliveryId(row),
    purpose: 'edition' as const,
    messageId: row.messageId,
    queuedAt: clock.now().toISOString(),
  };
  const whole = await readEditionMail(mailing.archiveDir, published);
  const chosen = await createSelectionDesk(context, mailing).mailFor(whole, reader ?? EVERYTHING);
  return deliveryMessage(mailing, chosen, delivery, reader ?? strangerOf(to));
}

/** The newest edition, or a made-up one while there is none, marked as a test: it has no row, and no mail is like it. */
export async function testMail(
  context: Context,
  mailing: Mailing,
  asked: { readonly to: string; readonly templatesDir: string },
): Promise<Message> {
  const { store, clock } = context;
  const [latest] = await store.editions.latest(1);
  const published = latest && (await store.editions.ofWeek(latest.digestId, latest.week));
  const mail =
    published === undefined
      ? await madeUpMail(asked.templatesDir)
      : await createSelectionDesk(context, mailing).mailFor(
          await readEditionMail(mailing.archiveDir, published),
          EVERYTHING,
        );
  const queuedAt = clock.now().toISOString();
  const id = idFrom('test', asked.to, queuedAt) as DeliveryId;
  const delivery = {
    id,
    purpose: 'edition' as const,
    messageId: `<test.${id}@${domainOf(mailing.from)}>`,
    queuedAt,
  };
  const reader = (await store.recipients.byEmail(asked.to)) ?? strangerOf(asked.to);
  const message = deliveryMessage(mailing, mail, delivery, reader);
  return { ...message, subject: `[test] ${message.subject}` };
}

/** Without a PDF: printing one needs a browser, which a test of mail should not. */
async function madeUpMail(templatesDir: string): Promise<EditionMail> {
  const input = canonicalInput();
  const edition: Edition = composeEdition(input);
  const template = await loadTemplate(path.join(templatesDir, edition.template));
  const { files } = renderEdition(template, { edition, evidence: evidenceOf(edition, input) }, {});
  return {
    published: { digestId: edition.digestId, week: edition.period.week, edition },
    html: files.get('email.html') ?? '',
    text: files.get('email.txt') ?? '',
    pdf: undefined,
    erratum: undefined,
  };
}

/** Somebody who is no recipient: no token of theirs is on record, so no link would lead anywhere. */
function strangerOf(email: string): Pick<Recipient, 'id' | 'email' | 'attachPdf'> {
  return { id: idFrom('recipient', email) as Recipient['id'], email, attachPdf: true };
}
