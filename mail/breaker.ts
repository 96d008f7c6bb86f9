/** Mails that met the same one after the other. */
const IN_A_ROW = 5;
/** Share of all that were answered, once enough were. */
const SHARE = 0.1;
const ENOUGH = 50;

/** What became of a mail, as far as it tells of the server: `away` when there was no connection to ask over. */
export type ServerAnswer = 'refused' | 'away' | 'other';

/** Why to stop. */
export interface Break {
  readonly cause: Exclude<ServerAnswer, 'other'>;
  readonly reason: string;
}

/** Watches one run for a server that wants nothing of what we send, or is not there. */
export interface Breaker {
  /** Notes an answer; gives the reason to stop once there is one. */
  note(answer: ServerAnswer): Break | undefined;
}

/** One reader's server may refuse a mail; when many do, it is the mail, and going on would spoil it for all. */
export function createBreaker(): Breaker {
  let answered = 0;
  let refused = 0;
  let row = 0;
  let last: ServerAnswer = 'other';
  return {
    note(answer) {
      row = answer === last ? row + 1 : 1;
      last = answer;
      answered += answer === 'away' ? 0 : 1;
      refused += answer === 'refused' ? 1 : 0;
      if (answer === 'away' && row >= IN_A_ROW)
        return { cause: answer, reason: `no connection for ${row} mails in a row` };
      if (answer === 'refused' && row >= IN_A_ROW)
        return { cause: answer, reason: `${row} mails in a row were refused` };
      if (answered >= ENOUGH && refused > answered * SHARE)
        return { cause: 'refused', reason: `${refused} of ${answered} mails were refused` };
      return undefined;
    },
  };
}
