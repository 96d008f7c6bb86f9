/** When something was published, never more exact than the source said. */
export interface Publication {
  /** The calendar day in the source's zone, YYYY-MM-DD. */
  readonly on: string;
  /** UTC ISO instant; the start of `on` in the source's zone when only the day is known. */
  readonly at: string;
  readonly precision: 'second' | 'minute' | 'day';
  /** Where it was read: `list`, `label:发布日期`, `meta:PubDate`, `json-ld`, `url`, … */
  readonly rule: string;
}
