/** Mails refused one after the other. */
const IN_A_ROW = 5;
/** Share of all that were answered, once enough were. */
const SHARE = 0.1;
const ENOUGH = 50;

/** Watches one run for a server that wants nothing of what we send. */
export interface Breaker {
  /** Notes an answer; gives the reason to stop once there is one. */
  note(isRefused: boolean): string | undefined;
}

/** One reader's server may refuse a mail; when many do, it is the mail, and going on would spoil it for all. */
export function createBreaker(): Breaker {
  let answered = 0;
  let refused = 0;
  let row = 0;
  return {
    note(isRefused) {
      answered += 1;
      refused += isRefused ? 1 : 0;
      row = isRefused ? row + 1 : 0;
      if (row >= IN_A_ROW) return `${row} mails in a row were refused`;
      if (answered >= ENOUGH && refused > answered * SHARE)
        return `${refused} of ${answered} mails were refused`;
      return undefined;
    },
  };
}
