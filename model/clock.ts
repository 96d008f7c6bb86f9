/** Where "now" comes from. Code never asks the machine directly, so that a week can be built at any time. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still at `instant`; for the demo, for rebuilds and for tests. */
export function fixedClock(instant: string | Date): Clock {
  const at = new Date(instant).getTime();
  if (Number.isNaN(at)) throw new RangeError(`fixedClock: ${String(instant)} is not an instant`);
  return { now: () => new Date(at) };
}
