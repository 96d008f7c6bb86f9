import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PublishedEdition } from '../db/editions.ts';
import type { Store } from '../db/store.ts';
import { composeMessage, feedbackId, type Message, type MessageInput } from '../mail/compose-message.ts';
import { erratumSubjectOf, pdfNameOf, subjectOf } from '../mail/subject.ts';
import type { Delivery, Recipient } from '../model/delivery.ts';
import { AppError } from '../model/errors.ts';
import type { EditionId } from '../model/ids.ts';
import { ERRATUM_FILE } from '../reports/manifest.ts';
import { readerLinks } from '../text/reader-tokens.ts';
import { unsubscribeByMail } from '../text/unsubscribe-mail.ts';
import type { Mailing } from './mailing.ts';

/** What all mails of one edition have in common, as it lies in the archive: what readers see there is what is mailed. */
export interface EditionMail {
  readonly published: Pick<PublishedEdition, 'digestId' | 'week' | 'edition'>;
  readonly html: string;
  readonly text: string;
  readonly pdf: Uint8Array | undefined;
  /** Of a revision whose words differ from the one before. */
  readonly erratum: string | undefined;
}

/** The mail of an edition that is on record. */
export interface StoredEditionMail extends EditionMail {
  readonly published: PublishedEdition;
}

/** Reads an edition for mailing. @throws Error when a file of it is gone */
export async function readEditionMail(
  archiveDir: string,
  published: PublishedEdition,
): Promise<StoredEditionMail> {
  const folder = path.join(archiveDir, published.folder);
  return {
    published,
    html: await readFile(path.join(folder, 'email.html'), 'utf8'),
    text: await readFile(path.join(folder, 'email.txt'), 'utf8'),
    pdf: await readFile(path.join(folder, 'digest.pdf')),
    erratum: await readErratum(folder),
  };
}

/** Reads each edition once, however many mails it makes. */
export function editionMails(
  store: Pick<Store, 'editions'>,
  archiveDir: string,
): (id: EditionId) => Promise<StoredEditionMail> {
  const read = new Map<EditionId, Promise<StoredEditionMail>>();
  const load = async (id: EditionId): Promise<StoredEditionMail> => {
    const published = await store.editions.byId(id);
    if (published === undefined)
      throw new AppError('DELIVERY_ORPHANED', `a delivery names the edition ${id}, which is not on record`);
    return readEditionMail(archiveDir, published);
  };
  return (id) => {
    const known = read.get(id);
    if (known !== undefined) return known;
    const loading = load(id);
    read.set(id, loading);
    return loading;
  };
}

/** The part of a delivery that its mail is made of; a preview has no more. */
export type DeliveryForMail = Pick<Delivery, 'id' | 'purpose' | 'messageId' | 'queuedAt'>;

/**
 * The mail of one delivery: the edition, or the correction in words alone. Where the archive is not on the web there is
 * no link that could do instead of the PDF: then everybody gets it.
 * @throws AppError MAIL_ADDRESS_INVALID, ERRATUM_MISSING
 */
export function deliveryMessage(
  mailing: Pick<Mailing, 'from' | 'archiveUrl' | 'linkKey' | 'leaveByMail' | 'isSigned'>,
  { published, html, text, pdf, erratum }: EditionMail,
  delivery: DeliveryForMail,
  recipient: Pick<Recipient, 'id' | 'email' | 'name' | 'attachPdf'> &
    Partial<Pick<Recipient, 'tokenVersion'>>,
): Message {
  const { edition, digestId, week } = published;
  const { tokenVersion } = recipient;
  const owner = tokenVersion === undefined ? undefined : { id: recipient.id, tokenVersion };
  const links: MessageInput['links'] =
    owner === undefined ? 'neutral' : readerLinks(mailing.linkKey, owner, digestId);
  const leaveByMail = unsubscribeByMail(mailing.leaveByMail, owner, digestId);
  const common = {
    id: delivery.id,
    messageId: delivery.messageId,
    date: new Date(delivery.queuedAt),
    from: mailing.from,
    to: { address: recipient.email, ...(recipient.name === undefined ? {} : { name: recipient.name }) },
    digestId,
    lang: edition.lang,
    archiveUrl: mailing.archiveUrl,
    ...(links === undefined ? {} : { links }),
    ...(leaveByMail === undefined ? {} : { leaveByMail }),
    ...(mailing.isSigned ? { feedbackId: feedbackId(digestId, week, mailing.from) } : {}),
  };
  if (delivery.purpose === 'erratum') {
    if (erratum === undefined)
      throw new AppError('ERRATUM_MISSING', `mailing the correction of ${digestId} ${week}: it has none`);
    return composeMessage({ ...common, subject: erratumSubjectOf(edition), text: erratum });
  }
  return composeMessage({
    ...common,
    subject: subjectOf(edition),
    html,
    text,
    ...((recipient.attachPdf || mailing.archiveUrl === '') && pdf !== undefined
      ? { pdf: { filename: pdfNameOf(edition), content: pdf } }
      : {}),
  });
}

/** The correction that lies beside a revision; undefined when no word changed. */
export async function readErratum(folder: string): Promise<string | undefined> {
  try {
    return await readFile(path.join(folder, ERRATUM_FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
