/** Runs `work` on items of one key in order, and on different keys at once. */
export async function sideBySide<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queues = Map.groupBy(items, keyOf);
  await Promise.all(
    [...queues.values()].map(async (queue) => {
      for (const item of queue) await work(item);
    }),
  );
}
