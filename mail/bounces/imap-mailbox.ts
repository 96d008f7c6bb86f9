import { ImapFlow } from 'imapflow';
import { AppError } from '../../model/errors.ts';
import type { ReturnMailbox } from './mailbox.ts';

const MOST_BYTES = 2_000_000;
/** A keyword of our own leaves "seen" to the people who look into the mailbox too. */
const READ = '$PolicyDigestRead';

/**
 * A mailbox on an IMAP server: `imaps://user:password@host/INBOX`, or `imap://` with STARTTLS (without it only on this
 * machine). What was read gets a keyword, or is marked seen where the server knows no keywords.
 * @param url an address that the settings have been checked for
 * @throws while reading, AppError BOUNCES_UNREADABLE when the server cannot be reached or does not let us in
 */
export function createImapMailbox(url: string): ReturnMailbox {
  const { hostname, port, protocol, username, password, pathname } = new URL(url);
  const isLoopback = /^(?:localhost|127\.|\[::1\])/.test(hostname);
  const client = new ImapFlow({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (protocol === 'imaps:' ? 993 : 143) : Number(port),
    secure: protocol === 'imaps:',
    ...(protocol === 'imaps:' ? {} : { doSTARTTLS: !isLoopback }),
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    logger: false,
  });
  // Without a listener a connection that breaks between two commands would end the program; the command tells it.
  client.on('error', () => undefined);
  return {
    name: 'imap',
    async *messages(limit) {
      const mailbox = decodeURIComponent(pathname.slice(1)) || 'INBOX';
      const opened = await told(hostname, async () => {
        if (!client.usable) await client.connect();
        return client.mailboxOpen(mailbox);
      });
      const hasKeywords = opened.permanentFlags?.has('\\*') ?? false;
      const flag = hasKeywords ? READ : '\\Seen';
      const found = await told(hostname, () =>
        client.search(hasKeywords ? { unKeyword: READ } : { seen: false }, { uid: true }),
      );
      for (const uid of (found || []).slice(0, limit)) {
        const message = await told(hostname, () =>
          client.fetchOne(String(uid), { source: { maxLength: MOST_BYTES } }, { uid: true }),
        );
        if (message === false || message.source === undefined) continue;
        yield {
          name: String(uid),
          bytes: message.source,
          async done() {
            await told(hostname, () => client.messageFlagsAdd(String(uid), [flag], { uid: true }));
          },
        };
      }
    },
    async close() {
      if (client.usable) await client.logout();
      else client.close();
    },
  };
}

async function told<T>(host: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // The library puts the server's answer beside a message that only says that the command failed.
    const { message = String(error), responseText = '' } = error as {
      message?: string;
      responseText?: string;
    };
    throw new AppError('BOUNCES_UNREADABLE', `reading returned mail on ${host}: ${responseText || message}`, {
      cause: error,
      retryable: true,
    });
  }
}
