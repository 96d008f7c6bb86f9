import { foldSpace } from '../../text/html.ts';

/** A run of characters where the PDF sets it; units are those of the page, y grows upwards. */
export interface PdfLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly endsLine: boolean;
}

interface Line {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly right: number;
  readonly height: number;
}

const SENTENCE_END = /[。！？；：.!?;:]["”’』）)]?$/u;
const PAGE_NUMBER = /^[-—–－\s]*(?:第?\s*\d{1,4}\s*页?)(?:\s*[/／]\s*\d{1,4})?[-—–－\s]*$/u;
const SPACELESS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}，。、；：？！（）《》“”]/u;
/** A line that reaches this far to the right edge goes on below. */
const FULL_SHARE = 0.88;

/** Lines of a page as paragraphs: a line that fills the measure and ends no sentence goes on in the next one. */
export function linesToText(runs: readonly PdfLine[]): string {
  const lines = withoutPageNumbers(gather(runs));
  const right = Math.max(0, ...lines.map((line) => line.right));
  const left = Math.min(right, ...lines.map((line) => line.x));
  const paragraphs: string[] = [];
  let previous: Line | undefined;
  for (const line of lines) {
    const last = paragraphs.at(-1);
    if (previous !== undefined && last !== undefined && goesOn(previous, line, { left, right }))
      paragraphs[paragraphs.length - 1] = joined(last, line.text);
    else paragraphs.push(line.text);
    previous = line;
  }
  return paragraphs.join('\n');
}

function gather(runs: readonly PdfLine[]): Line[] {
  const lines: Line[] = [];
  let open: PdfLine[] = [];
  const close = () => {
    const text = foldSpace(open.map((run) => run.text).join(''));
    const set = open.filter((run) => run.text.trim() !== '');
    open = [];
    if (text === '') return;
    lines.push({
      text,
      x: Math.min(...set.map((run) => run.x)),
      y: set[0]?.y ?? 0,
      right: Math.max(...set.map((run) => run.x + run.width)),
      height: Math.max(...set.map((run) => run.height)),
    });
  };
  for (const run of runs) {
    open.push(run);
    if (run.endsLine) close();
  }
  close();
  return lines;
}

/** The number at the head or foot of a page is no word of the document. */
function withoutPageNumbers(lines: readonly Line[]): readonly Line[] {
  const from = PAGE_NUMBER.test(lines[0]?.text ?? '') ? 1 : 0;
  const to = lines.length > from && PAGE_NUMBER.test(lines.at(-1)?.text ?? '') ? -1 : undefined;
  return lines.slice(from, to);
}

function goesOn(line: Line, next: Line, edge: { readonly left: number; readonly right: number }): boolean {
  const isFull = line.right - edge.left >= (edge.right - edge.left) * FULL_SHARE;
  const gap = line.y - next.y;
  const isNear = gap > 0 && gap <= Math.max(line.height, next.height) * 2.6;
  // An indent opens a paragraph; two characters are the custom.
  const isIndented = next.x - edge.left > next.height * 1.2;
  return isFull && isNear && !isIndented && !SENTENCE_END.test(line.text);
}

function joined(text: string, next: string): string {
  const isSpaceless = SPACELESS.test(text.slice(-1)) || SPACELESS.test(next.charAt(0));
  return isSpaceless ? `${text}${next}` : `${text} ${next}`;
}
