import type { Undelivered } from '../db/figures.ts';
import { withoutAddresses } from '../text/address.ts';
import { counted } from '../text/counted.ts';
import type { Alarm } from './alarms.ts';

/** What is asked of the outbox to tell whether something is wrong with it. */
export interface MailFacts {
  readonly unknownMails: number;
  readonly undelivered: Undelivered;
}

const COMMAND = 'npm run digest --';
/** One reader's server may be down for days; that many at once are down together, and it is ours. */
const SHARE = 0.1;

export function mailAlarms(facts: MailFacts): Alarm[] {
  return [...undeliveredAlarms(facts), ...doubtAlarms(facts)];
}

function undeliveredAlarms({ undelivered: { stuck, givenUp, sent, lastError } }: MailFacts): Alarm[] {
  const count = stuck + givenUp;
  if (count <= (count + sent) * SHARE) return [];
  return [
    {
      cause: 'undelivered',
      title: `${counted(count, 'mail does', 'mails do')} not get through`,
      what: `${counted(stuck, 'has', 'have')} been tried for more than two hours, ${counted(givenUp, 'was', 'were')} given up after 48 hours, ${sent} went out within the last three days. The last answer: ${withoutAddresses(lastError)}`,
      itself: 'It tries each mail every hour for 48 hours, then gives it up.',
      person:
        'See that the server in SMTP_URL runs and takes mail (`mail test <address>`). When it does, send again what was given up: `mail resend --failed <week>`.',
      command: `${COMMAND} runs list --job deliver`,
    },
  ];
}

function doubtAlarms({ unknownMails }: MailFacts): Alarm[] {
  if (unknownMails === 0) return [];
  return [
    {
      cause: 'unknown',
      title: `${counted(unknownMails, 'mail')} may or may not have arrived`,
      what: `The connection or the program ended between the last byte of ${counted(unknownMails, 'mail')} and the answer of the mail server.`,
      itself: 'Nothing: sending them again could mail somebody twice. A bounce settles them by itself.',
      person:
        'Look into the log of the mail server and decide for each: `mail mark-sent <id>`, or `mail resend <id>`.',
      command: `${COMMAND} mail unknown list`,
    },
  ];
}
