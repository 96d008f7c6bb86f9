import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';

/** A message from the mailbox, taken apart as far as judging needs. */
export interface InboxMessage {
  /** By lower-case name; of several the first. */
  header(name: string): string;
  /** `multipart/report`, without parameters. */
  readonly contentType: string;
  readonly reportType: string;
  readonly from: string;
  readonly subject: string;
  /** Every address it was sent to, also those only the envelope named. */
  readonly sentTo: readonly string[];
  readonly text: string;
  /** Bodies of message/delivery-status parts. */
  readonly statusParts: readonly string[];
  /** Bodies of message/feedback-report parts. */
  readonly feedbackParts: readonly string[];
  /** Heads of returned messages (message/rfc822, text/rfc822-headers). */
  readonly returnedHeads: readonly string[];
}

/** Returned mail quotes what was sent; the report itself stands in front. */
const MAX_BYTES = 2_000_000;
const MAX_TEXT = 60_000;

const ENVELOPE_HEADERS = ['to', 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to'];

/** Reads RFC 5322 bytes; whatever they are, it answers with what could be read. */
export async function readMessage(raw: Uint8Array): Promise<InboxMessage> {
  const mail = await simpleParser(Buffer.from(raw.subarray(0, MAX_BYTES)), {
    keepDeliveryStatus: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    maxHtmlLengthToParse: 500_000,
  });
  const header = (name: string) => headerOf(mail, name);
  const parts = (pattern: RegExp) =>
    mail.attachments
      .filter(({ contentType }) => pattern.test(contentType))
      .map(({ content }) => content.toString('utf8').slice(0, MAX_TEXT));
  const type = header('content-type');
  return {
    header,
    contentType: type.split(';', 1)[0]?.trim().toLowerCase() ?? '',
    reportType: /report-type\s*=\s*"?([\w-]+)/i.exec(type)?.[1]?.toLowerCase() ?? '',
    from: addressesOf(mail.from)[0] ?? '',
    subject: mail.subject ?? '',
    sentTo: [
      ...new Set([...addressesOf(mail.to), ...ENVELOPE_HEADERS.flatMap((name) => addressesIn(header(name)))]),
    ],
    // A wrong boundary hides every part from the parser; the words are there all the same.
    text: (mail.text?.trim() || bodyOf(raw)).slice(0, MAX_TEXT),
    statusParts: parts(/^message\/(?:global-)?delivery-status$/i),
    feedbackParts: parts(/^message\/feedback-report$/i),
    returnedHeads: parts(/^(?:message\/(?:global|rfc822)|(?:text|message)\/(?:rfc822|global)-headers)$/i),
  };
}

/** The raw value: what a library makes of a header differs from header to header. */
function headerOf(mail: ParsedMail, name: string): string {
  const line = mail.headerLines.find(({ key }) => key === name)?.line ?? '';
  return line
    .slice(line.indexOf(':') + 1)
    .replace(/\s+/g, ' ')
    .trim();
}

function addressesOf(field: AddressObject | AddressObject[] | undefined): string[] {
  const objects = field === undefined ? [] : Array.isArray(field) ? field : [field];
  return objects
    .flatMap(({ value }) => value.map(({ address }) => address ?? ''))
    .filter((one) => one !== '');
}

function bodyOf(raw: Uint8Array): string {
  const whole = Buffer.from(raw.subarray(0, MAX_BYTES)).toString('utf8').replace(/\r\n?/g, '\n');
  return whole.slice(whole.indexOf('\n\n') + 2);
}

/** Addresses in a line of text. */
export function addressesIn(text: string): string[] {
  return [...text.slice(0, MAX_TEXT).matchAll(/[^\s<>()[\]:;,"@]{1,64}@[A-Za-z0-9.-]{1,255}/g)].map(
    ([address]) => address,
  );
}
