/** What is done with one item; `add` puts further items at the end of their lanes. */
export type LaneWork<T> = (item: T, add: (items: readonly T[]) => void) => Promise<void>;

/**
 * Works items of one key in the order they came, and different keys side by side. Ends when every lane is empty. The
 * first error ends all lanes after the item they are at, and is thrown once they stand still.
 */
export async function inLanes<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  work: LaneWork<T>,
): Promise<void> {
  const waiting = new Map<string, T[]>();
  const running = new Map<string, Promise<void>>();
  const errors: unknown[] = [];

  const drain = async (key: string, lane: T[]): Promise<void> => {
    try {
      for (let item = lane.shift(); item !== undefined && errors.length === 0; item = lane.shift())
        await work(item, add);
    } catch (error) {
      errors.push(error);
    } finally {
      running.delete(key);
    }
  };
  const add = (more: readonly T[]): void => {
    for (const item of more) {
      const key = keyOf(item);
      const lane = waiting.get(key) ?? [];
      waiting.set(key, lane);
      lane.push(item);
      if (!running.has(key))
        running.set(
          key,
          Promise.resolve().then(() => drain(key, lane)),
        );
    }
  };

  add(items);
  while (running.size > 0) await Promise.race(running.values());
  if (errors.length > 0) throw errors[0];
}
