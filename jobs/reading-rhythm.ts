/** Days after which a page is read again: edits come early; later ones are rare but matter. */
const READ_AGAIN_DAYS = [1, 3, 7, 30, 90] as const;

/** When a page that has been read `attempts` times before is due again; undefined once that was often enough. */
export function nextReading(attempts: number, now: Date): string | undefined {
  const days = READ_AGAIN_DAYS[attempts];
  return days === undefined ? undefined : new Date(now.getTime() + days * 86_400_000).toISOString();
}
