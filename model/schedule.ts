/** When something is due: data, of which node-cron knows nothing. A digest is one. */
export interface Schedule {
  readonly id: string;
  /** Five-field cron, local to `zone`. */
  readonly cron: string;
  readonly zone: string;
  /** What to do with weeks missed while the program was off: the last, none, or each of them. */
  readonly misfire: 'once' | 'skip' | 'all';
  readonly enabled: boolean;
}

/** What is on record of a schedule: since when its moments count. A switch back on starts to count anew. */
export interface ScheduleState {
  readonly enabled: boolean;
  readonly since: string;
}
