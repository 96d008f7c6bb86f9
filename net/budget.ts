import type { Timer } from './politeness.ts';

/** Time used by one fetch, apart from waiting for the host's turn. */
export class Budget {
  #usedMs = 0;
  readonly #wholeMs: number;
  readonly #timer: Timer;

  constructor(wholeMs: number, timer: Timer) {
    this.#wholeMs = wholeMs;
    this.#timer = timer;
  }

  get leftMs(): number {
    return this.#wholeMs - this.#usedMs;
  }

  async spend<T>(work: () => Promise<T>): Promise<T> {
    const start = this.#timer.now();
    try {
      return await work();
    } finally {
      this.#usedMs += this.#timer.now() - start;
    }
  }
}
