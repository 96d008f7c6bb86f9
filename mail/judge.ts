import type { SendResult } from '../model/delivery.ts';
import { errorText } from '../model/errors.ts';

/** How far a mail had come when it failed. */
export type Progress =
  /** The server has not seen a byte of it. */
  | 'untouched'
  /** Some of it is out, the final dot is not. */
  | 'begun'
  /** All of it is handed to the connection: whether the final dot arrived cannot be known. */
  | 'handedOver';

/** What nodemailer's errors carry. */
interface SmtpError {
  readonly code?: string;
  readonly originalCode?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

const OUR_CODES = ['EAUTH', 'ENOAUTH', 'EOAUTH2', 'ETLS', 'EREQUIRETLS', 'ECONFIG'];
/** Node's and OpenSSL's names for a handshake or a certificate that failed. */
const TLS_CODE = /^(?:ERR_SSL|ERR_TLS|EPROTO$|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;
/** Login wanted, login refused, encryption wanted. */
const OUR_RESPONSES = [530, 534, 535, 538];
/** The server's rules, not the address: "we do not relay for you", "listed as spam". */
const POLICY = /^5\.7\./;

/**
 * What an SMTP failure means: our own fault stops the run; a final no fails the recipient; a temporary no or a
 * connection lost before the end is tried again; after the final dot, without an answer, nobody can know.
 */
export function judge(error: unknown, progress: Progress): SendResult {
  const detail = errorText(error);
  const { code = '', originalCode = '', command = '', response = '', responseCode } = error as SmtpError;
  if (OUR_CODES.includes(code) || TLS_CODE.test(originalCode) || TLS_CODE.test(code))
    return { outcome: 'stop', detail };
  const away = command === 'CONN' && progress === 'untouched' ? { isAway: true as const } : {};
  if (responseCode === undefined)
    return progress === 'handedOver' ? { outcome: 'unknown', detail } : { outcome: 'retry', ...away, detail };
  if (OUR_RESPONSES.includes(responseCode)) return { outcome: 'stop', detail };
  // 503, commands out of order, tells of the session and not of the mail.
  if (responseCode < 500 || responseCode === 503) return { outcome: 'retry', ...away, detail };
  const enhanced = enhancedCodeOf(response);
  const status = enhanced === undefined ? {} : { enhancedCode: enhanced };
  switch (command) {
    case 'RCPT TO': {
      const refused = POLICY.test(enhanced ?? '') ? 'mail' : 'address';
      return { outcome: 'failed', refused, ...status, detail };
    }
    case 'DATA':
      return { outcome: 'failed', refused: 'mail', ...status, detail };
    default:
      return { outcome: 'stop', detail };
  }
}

/** The status code of RFC 3463 in a server's answer: `550 5.1.1 …` → `5.1.1`. */
export function enhancedCodeOf(response: string): string | undefined {
  return /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
}
