import { CONTAINER_CLASSES } from './container-names.ts';
import {
  BOX_WORDS,
  BYLINE_NAME,
  COMMENT_WORDS,
  CONSENT_NAME,
  FOOT_NAME,
  HIDDEN_NAMES,
  LEAD_NAME,
  NOISE_STEMS,
  NOISE_WORDS,
  OTHER_TEXT_WORDS,
  PICTURE_NAME,
} from './noise-words.ts';
import type { Element } from './runs.ts';

/**
 * What the names of an element can say it is, a bit each: names that hide it or mark a container or a lead are class names;
 * those of pictures, bylines and consent may be its id; the rest is read from any of its names, test ids too.
 */
export const NAMED = {
  hidden: 1,
  lead: 2,
  container: 4,
  picture: 8,
  byline: 16,
  consent: 32,
  comments: 64,
  /** Noise on any element, on a box, at the foot. */
  noise: 128,
  box: 256,
  foot: 512,
  /** A place in another text than the page's own. */
  elsewhere: 1024,
} as const;

type Claim = keyof typeof NAMED;
type Verdicts = Map<string, number>;

/** Pages of one site, and elements of one page, carry the same names over and over. */
const OF_CLASSES: Verdicts = new Map();
const OF_IDS: Verdicts = new Map();
const OF_TEST_IDS: Verdicts = new Map();
const MOST_KNOWN = 20_000;
/** More class names than these are machine-made. */
const MOST_NAMES = 40;

/** The bits of NAMED that an element's names claim. */
export function namesOf({ attribs }: Element): number {
  const { class: classes, id, 'data-testid': testId, 'data-component': component } = attribs;
  let found = 0;
  if (classes !== undefined) found |= verdictOn(classes, OF_CLASSES, judgeClasses);
  if (id !== undefined) found |= verdictOn(id, OF_IDS, judgeId);
  if (testId !== undefined) found |= verdictOn(testId, OF_TEST_IDS, judgeWords);
  if (component !== undefined) found |= verdictOn(component, OF_TEST_IDS, judgeWords);
  return found;
}

function verdictOn(names: string, known: Verdicts, judge: (names: string) => number): number {
  const before = known.get(names);
  if (before !== undefined) return before;
  const verdict = judge(names);
  if (known.size >= MOST_KNOWN) known.clear();
  // A part cut out of a page keeps the whole page in memory; a copy does not.
  known.set([...names].join(''), verdict);
  return verdict;
}

function judgeClasses(names: string): number {
  const each = names.split(/\s+/u);
  return (
    bit('hidden', each, (name) => HIDDEN_NAMES.has(name)) |
    bit('container', each, (name) => CONTAINER_CLASSES.has(name)) |
    (LEAD_NAME.test(names) ? NAMED.lead : 0) |
    judgeId(names)
  );
}

function judgeId(names: string): number {
  return (
    (PICTURE_NAME.test(names) ? NAMED.picture : 0) |
    (BYLINE_NAME.test(names) ? NAMED.byline : 0) |
    (CONSENT_NAME.test(names) ? NAMED.consent : 0) |
    judgeWords(names)
  );
}

function judgeWords(names: string): number {
  const words = wordsOf(names);
  return (
    bit('comments', words, (word) => COMMENT_WORDS.has(word)) |
    bit('noise', words, (word) => NOISE_WORDS.has(word) || NOISE_STEMS.test(word)) |
    bit('box', words, (word) => BOX_WORDS.has(word)) |
    bit('foot', words, (word) => FOOT_NAME.test(word)) |
    bit('elsewhere', words, (word) => OTHER_TEXT_WORDS.has(word))
  );
}

function bit(claim: Claim, names: readonly string[], is: (name: string) => boolean): number {
  return names.some(is) ? NAMED[claim] : 0;
}

/** The words of names: `relatedArticles list-3` → relatedarticles, related, articles, list. */
function wordsOf(names: string): readonly string[] {
  const found = new Set<string>();
  for (const name of names.split(/\s+/u).slice(0, MOST_NAMES)) {
    for (const part of name.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/u)) found.add(part.toLowerCase());
    found.add(name.replace(/[^A-Za-z]/gu, '').toLowerCase());
  }
  found.delete('');
  return [...found];
}
