/** A stretch of a text: `text === whole.slice(start, end)`. Offsets are UTF-16 units. */
export interface Span {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const CLOSERS = '”’」』）)》〉"';
const PAIRS: Readonly<Record<string, string>> = {
  '“': '”',
  '《': '》',
  '（': '）',
  '「': '」',
  '〈': '〉',
  '(': ')',
};
const ENDS = '。！？.!?';
/** 1 for each sign at which a sentence may open or close something or end; texts are mostly other signs. */
const marks = new Uint8Array(65_536);
for (const sign of [...Object.entries(PAIRS).flat(), ...ENDS]) marks[sign.charCodeAt(0)] = 1;
/** A full stop after one of these ends no sentence. */
const ABBREVIATION =
  /(?:^|[\s(])(?:[A-Z]|No|Nos|Dr|Mr|Mrs|Ms|Prof|St|Art|Sec|Fig|vs|e\.g|i\.e|U\.S|U\.K|Inc|Ltd|Co|Corp|[ap]\.m|approx|para|Rev|Gov)$/;

/** Marks nest no deeper in any text that people write. */
const DEEPEST = 12;

/** The lines of a text, trimmed, empty ones left out. */
export function splitLines(text: string): readonly Span[] {
  const lines: Span[] = [];
  let from = 0;
  for (const line of text.split('\n')) {
    const span = trimmed(text, from, from + line.length);
    if (span !== undefined) lines.push(span);
    from += line.length + 1;
  }
  return lines;
}

/**
 * The sentences of a text, in order. Ends at 。！？ (and . ! ? in Latin text) with the closing marks that follow, never
 * inside 《 》, （ ） or an open quotation, and always at a line's end.
 */
export function splitSentences(text: string): readonly Span[] {
  return splitLines(text).flatMap((line) => sentencesOf(text, line));
}

function sentencesOf(text: string, line: Span): Span[] {
  const sentences: Span[] = [];
  const open: string[] = [];
  let from = line.start;
  for (let at = line.start; at < line.end; at += 1) {
    if (marks[text.charCodeAt(at)] !== 1) continue;
    const sign = text.charAt(at);
    const closer = PAIRS[sign];
    if (closer !== undefined) {
      if (open.length < DEEPEST) open.push(closer);
    } else if (open.includes(sign)) open.length = open.lastIndexOf(sign);
    if (!endsSentence(text, at, line.end)) continue;
    // 《怎么办？》 and （另发。） are parts of the sentence around them.
    if ('》〉）)'.includes(open.at(-1) ?? ' ')) continue;
    let end = at + 1;
    // A stop inside a quotation ends the outer sentence when the quotation closes right behind it.
    while (end < line.end && CLOSERS.includes(text.charAt(end))) {
      const index = open.lastIndexOf(text.charAt(end));
      if (index >= 0) open.length = index;
      end += 1;
    }
    if (open.length > 0 || isContinued(text, end)) continue;
    const span = trimmed(text, from, end);
    if (span !== undefined) sentences.push(span);
    from = end;
    at = end - 1;
  }
  const rest = trimmed(text, from, line.end);
  if (rest !== undefined) sentences.push(rest);
  return sentences;
}

function endsSentence(text: string, at: number, lineEnd: number): boolean {
  const sign = text.charAt(at);
  if ('。！？'.includes(sign)) return true;
  if (!'.!?'.includes(sign)) return false;
  const next = text.charAt(at + 1);
  if (at + 1 < lineEnd && !/[\s"”’)]/.test(next)) return false;
  // A small letter behind the stop goes on with the sentence.
  if (sign === '.' && /^\s+\p{Ll}/u.test(text.slice(at + 1, at + 4))) return false;
  return sign !== '.' || !ABBREVIATION.test(text.slice(Math.max(0, at - 6), at));
}

/** “……。”他说: the sentence goes on behind the quotation with a verb of speech or a comma. */
function isContinued(text: string, end: number): boolean {
  return /^[，、；：,;]/u.test(text.slice(end, end + 1));
}

function trimmed(text: string, from: number, to: number): Span | undefined {
  let start = from;
  let end = to;
  while (start < end && isSpace(text, start)) start += 1;
  while (end > start && isSpace(text, end - 1)) end -= 1;
  return start === end ? undefined : { text: text.slice(start, end), start, end };
}

function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  // Neither a Han character nor a printed sign of ASCII has to be asked for.
  return (code < 0x3001 || code > 0xfefe) && (code < 0x21 || code > 0x7e) && /\s/.test(text.charAt(at));
}
