/** A line without axes that sits in a line of text. */
export interface SparklineView {
  readonly width: number;
  readonly height: number;
  /** Path data of the line. */
  readonly line: string;
  /** Its last point. */
  readonly x: number;
  readonly y: number;
}

const STEP = 8;
const HEIGHT = 18;
const MARGIN = 2.5;

/** Counts week by week, from nought at the bottom to the highest at the top; a missing past leaves room at the left. */
export function sparkline(counts: readonly number[], weeks: number): SparklineView {
  const width = (weeks - 1) * STEP + 2 * MARGIN;
  const most = Math.max(1, ...counts);
  const points = counts.map((count, index) => ({
    x: rounded(MARGIN + (weeks - counts.length + index) * STEP),
    y: rounded(HEIGHT - MARGIN - (count / most) * (HEIGHT - 2 * MARGIN)),
  }));
  const line = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
  const last = points.at(-1) ?? { x: MARGIN, y: HEIGHT - MARGIN };
  return { width, height: HEIGHT, line, ...last };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
