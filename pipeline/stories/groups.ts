/** Disjoint sets of indexes. */
export class Groups {
  readonly #parents: number[];

  constructor(size: number) {
    this.#parents = Array.from({ length: size }, (_, index) => index);
  }

  join(left: number, right: number): void {
    this.#parents[this.root(left)] = this.root(right);
  }

  /** The sets, each in ascending order, by their first index. */
  all(): readonly (readonly number[])[] {
    const groups = new Map<number, number[]>();
    for (const index of this.#parents.keys()) {
      const root = this.root(index);
      const group = groups.get(root);
      if (group === undefined) groups.set(root, [index]);
      else group.push(index);
    }
    return [...groups.values()];
  }

  /** The index that stands for the set; changes with each join. */
  root(index: number): number {
    let at = index;
    for (;;) {
      const parent = this.#parents[at] ?? at;
      if (parent === at) return at;
      // Halve the way for the next one who asks.
      this.#parents[at] = this.#parents[parent] ?? parent;
      at = parent;
    }
  }
}
