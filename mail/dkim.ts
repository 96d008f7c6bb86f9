import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ConfigError, errorText } from '../model/errors.ts';

/** What a mail is signed with: the receiver asks the DNS of `domain` for the key. */
export interface DkimKey {
  readonly domain: string;
  readonly selector: string;
  /** PEM. */
  readonly privateKey: string;
}

/** All that a receiver relies on; both unsubscribe headers, or one click is not offered (RFC 8058, 4). */
export const SIGNED_HEADERS = [
  'From',
  'To',
  'Subject',
  'Date',
  'Message-ID',
  'MIME-Version',
  'Content-Type',
  'Auto-Submitted',
  'List-ID',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'List-Help',
  'List-Archive',
  'Feedback-ID',
] as const;

/** Longest string within a TXT record. */
const TXT_STRING = 255;

/** A new RSA key of 2048 bits: what every receiver can check, and what fits a DNS answer. */
export function makeDkimKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** The DNS record that belongs to a key. */
export function dkimRecord({ domain, selector, privateKey }: DkimKey): { name: string; value: string } {
  const key = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
  return { name: `${selector}._domainkey.${domain}`, value: `v=DKIM1; k=rsa; p=${key}` };
}

/** A record as a zone file wants it: strings of at most 255 characters. */
export function zoneLine({ name, value }: { readonly name: string; readonly value: string }): string {
  const strings = value.match(new RegExp(`.{1,${TXT_STRING}}`, 'g')) ?? [];
  return `${name}. IN TXT ( ${strings.map((one) => `"${one}"`).join(' ')} )`;
}

/**
 * Read before anything is sent: a mail that should be signed never goes out without.
 * @throws ConfigError DKIM_KEY_UNUSABLE
 */
export async function readDkimKey(file: string, name: Omit<DkimKey, 'privateKey'>): Promise<DkimKey> {
  const unusable = (reason: string) =>
    new ConfigError('DKIM_KEY_UNUSABLE', `reading DKIM_KEY_FILE ${file}: ${reason}`);
  const privateKey = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw unusable(error.message);
    throw unusable('it is not there; `mail dkim` makes a key and prints its DNS record');
  });
  const fault = faultOf(privateKey);
  if (fault !== undefined) throw unusable(fault);
  return { ...name, privateKey };
}

/** Why a PEM text cannot sign; undefined when it can. */
function faultOf(pem: string): string | undefined {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem);
    if (asymmetricKeyType !== 'rsa') return `it holds a key of the kind ${asymmetricKeyType}, not RSA`;
    const bits = asymmetricKeyDetails?.modulusLength ?? 0;
    return bits < 1024 ? `its key has ${bits} bits, receivers want at least 1024` : undefined;
  } catch (error) {
    return errorText(error);
  }
}
