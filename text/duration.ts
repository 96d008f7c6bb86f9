const UNITS = [
  { unit: 'd', ms: 86_400_000, rest: { unit: 'h', ms: 3_600_000 } },
  { unit: 'h', ms: 3_600_000, rest: { unit: 'min', ms: 60_000 } },
  { unit: 'min', ms: 60_000, rest: { unit: 's', ms: 1000 } },
] as const;

/**
 * How long something took or is late: `450 ms`, `2.3 s`, `4 min 10 s`, `3 h 5 min`, `2 d 4 h`. What does not fill the
 * smaller unit is left out, so nothing is told as longer than it was; a clock that was put back meanwhile gives `0 ms`.
 */
export function durationText(ms: number): string {
  const whole = Math.max(0, Math.floor(ms));
  for (const { unit, ms: size, rest } of UNITS) {
    if (whole < size) continue;
    const left = Math.floor((whole % size) / rest.ms);
    return `${Math.floor(whole / size)} ${unit}${left === 0 ? '' : ` ${left} ${rest.unit}`}`;
  }
  return whole < 1000 ? `${whole} ms` : `${(Math.floor(whole / 100) / 10).toFixed(1)} s`;
}
