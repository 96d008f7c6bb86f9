/** The half-open time `[from, to)` an edition covers: one ISO week in the digest's zone. */
export interface Period {
  /** ISO week, `2021-W25`. */
  readonly week: string;
  readonly zone: string;
  /** UTC ISO instants. */
  readonly from: string;
  readonly to: string;
  /** First and last calendar day in `zone`, YYYY-MM-DD, both inclusive. */
  readonly firstDay: string;
  readonly lastDay: string;
}

/** True when the instant lies in the period. Both are UTC ISO text, so text order is time order. */
export function isWithin(period: Period, at: string): boolean {
  return at >= period.from && at < period.to;
}
