import { type SignSet, type Signs, signSet, signsOf } from './signs.ts';

/** A pattern that is sought in whole texts, and what tells beforehand where it cannot be. */
export interface Form {
  /** With the flag g. */
  readonly pattern: RegExp;
  /** Of each set a text must have a sign, or the pattern is not tried on it. */
  readonly needs: readonly SignSet[];
  /** Where the pattern is tried; absent for the whole text. */
  readonly near?: Near;
}

/** Stretches around certain words: every match of a pattern holds one of them and lies, with all it looks at, in reach. */
export interface Near {
  readonly words: readonly { readonly word: string; readonly signs: SignSet }[];
  /** Characters from the beginning of a match to the word, at most. */
  readonly before: number;
  /** Characters from the word to the end of a match, at most. */
  readonly behind: number;
}

/** A pattern and the signs it cannot do without, each set as `signSet` reads it. */
export function form(pattern: RegExp, ...needs: readonly string[]): Form {
  return { pattern, needs: needs.map(signSet) };
}

/** The stretches of a text around words, parted by spaces. */
export function near(words: string, before: number, behind: number): Near {
  return { words: words.split(' ').map((word) => ({ word, signs: signSet(word) })), before, behind };
}

/** A pattern that is tried near certain words only: most patterns begin with what stands everywhere. */
export function formNear(pattern: RegExp, place: Near, ...needs: readonly string[]): Form {
  return { ...form(pattern, ...needs), near: place };
}

const NONE: readonly RegExpExecArray[] = [];

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Seeks many forms in one text. */
export class Seeker {
  readonly text: string;
  /** Told when somebody asks. */
  #known: Signs | undefined;
  readonly #stretches = new Map<Near, readonly Stretch[]>();

  constructor(text: string) {
    this.text = text;
  }

  get #signs(): Signs {
    this.#known ??= signsOf(this.text);
    return this.#known;
  }

  /** Whether there may be Han characters. */
  get isEastAsian(): boolean {
    return this.#signs.isEastAsian;
  }

  /** Whether the text has any of these signs. */
  hasAny(signs: SignSet): boolean {
    return this.#signs.hasAny(signs);
  }

  /** The matches of a form, in order. */
  matches({ pattern, needs, near: place }: Form): readonly RegExpExecArray[] {
    for (const signs of needs) if (!this.hasAny(signs)) return NONE;
    const found: RegExpExecArray[] = [];
    if (place === undefined) matchesWithin(pattern, this.text, 0, found);
    // What stands before the stretch is still there to be looked back at.
    else
      for (const { from, to } of this.#near(place))
        matchesWithin(pattern, to < this.text.length ? this.text.slice(0, to) : this.text, from, found);
    return found;
  }

  /** Overlapping stretches are one. */
  #near(place: Near): readonly Stretch[] {
    const known = this.#stretches.get(place);
    if (known !== undefined) return known;
    const { text } = this;
    const stretches: { from: number; to: number }[] = [];
    for (const { at, length } of this.#places(place)) {
      const from = Math.max(0, at - place.before);
      const to = Math.min(text.length, at + length + place.behind);
      const last = stretches.at(-1);
      if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
      else stretches.push({ from, to });
    }
    this.#stretches.set(place, stretches);
    return stretches;
  }

  #places({ words }: Near): readonly { readonly at: number; readonly length: number }[] {
    const places: { at: number; length: number }[] = [];
    for (const { word, signs } of words) {
      // A short text is sooner searched than walked over.
      if (this.#known?.hasAny(signs) === false) continue;
      const { length } = word;
      for (let at = this.text.indexOf(word); at >= 0; at = this.text.indexOf(word, at + length))
        places.push({ at, length });
    }
    return words.length > 1 ? places.sort((left, right) => left.at - right.at) : places;
  }
}

/**
 * Adds the matches from a place on. Unlike `matchAll` it makes no copy of the pattern, which would have to be compiled
 * again now and then.
 */
function matchesWithin(pattern: RegExp, text: string, from: number, found: RegExpExecArray[]): void {
  pattern.lastIndex = from;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    found.push(match);
    if (match[0] === '') pattern.lastIndex += 1;
  }
}
