import type { Fact, FigureFact } from '../../model/facts.ts';
import type { Vocabulary } from '../../model/vocabulary.ts';
import { findFacts } from '../facts/find-facts.ts';

/** Something in a written sentence that must stand in a document: a number, a date, a name, quoted words. */
export type Mark =
  | { readonly kind: 'figure'; readonly words: string; readonly figure: FigureFact }
  /** ISO day, month or year. */
  | { readonly kind: 'date'; readonly words: string; readonly iso: string }
  /** Must stand as it is, or in another language as the vocabulary has it. */
  | { readonly kind: 'name'; readonly words: string };

/** Capitalised words in a row, joined by the small words of names. */
const LATIN_NAME =
  /\p{Lu}[\p{L}\p{N}’'&.-]*(?:\s+(?:(?:of|the|and|for|on|in|de|du|der|und)\s+)*\p{Lu}[\p{L}\p{N}’'&.-]*)*/gu;
/** Words that open an English sentence and name nothing. */
const OPENERS =
  /^(?:The|A|An|In|On|At|By|From|For|To|Of|With|It|Its|This|That|These|Those|They|Their|As|After|Before|Under|Over|Until|Since|All|Each|Both|New|Applications?|Applicants?|Companies|Firms|Funding|Projects?|January|February|March|April|May|June|July|August|September|October|November|December)$/u;
const QUOTED = /《[^《》]{2,80}》|“[^“”]{2,80}”|"[^"]{2,80}"/gu;
/** Whoever speaks is named right before the verb: the end of the name must be known, also of a name that no list has. */
const SPEAKER_END = /\p{Script=Han}{2}(?=(?:表示|指出|介绍|认为|强调|透露|称|说)[，：:“])/gu;
const DIGITS = /\d[\d,.]*\d|\d/gu;
const ENGLISH_NUMBER =
  /\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|billions?|trillions?|half|twice|double[ds]?|triple[ds]?)\b/giu;

/**
 * Everything in a sentence that can be held against a document. What no rule reads as a fact is still a number: a run of
 * digits left over must stand in a document as it is.
 */
export function marksOf(
  sentence: string,
  known: { readonly vocabulary: Vocabulary; readonly publishedOn?: string | undefined },
): readonly Mark[] {
  const facts = findFacts(sentence, known);
  const marks = facts.flatMap(markOf);
  const isRead = (at: number) => facts.some(({ start, end }) => start <= at && at < end);
  const left = [...sentence.matchAll(DIGITS), ...sentence.matchAll(ENGLISH_NUMBER)].filter(
    ({ index }) => !isRead(index),
  );
  const quoted = [...sentence.matchAll(QUOTED), ...sentence.matchAll(SPEAKER_END)].map(([words]) => words);
  return [
    ...marks,
    ...left.map(([words]): Mark => ({ kind: 'name', words })),
    ...quoted.map((words): Mark => ({ kind: 'name', words })),
    ...latinNames(sentence).map((words): Mark => ({ kind: 'name', words })),
  ];
}

function markOf(fact: Fact): Mark[] {
  const words = fact.quote;
  switch (fact.kind) {
    case 'figure':
      return [{ kind: 'figure', words, figure: fact }];
    case 'date':
    case 'deadline':
      return fact.iso === undefined ? [{ kind: 'name', words }] : [{ kind: 'date', words, iso: fact.iso }];
    case 'speaker':
      return [fact.name, fact.organisation, ...fact.roles]
        .filter((name) => name !== undefined)
        .map((name) => ({ kind: 'name', words: name }));
    case 'citation':
      return [{ kind: 'name', words: fact.title }];
    case 'region':
    case 'organisation':
      return [{ kind: 'name', words: fact.name }];
    case 'documentNumber':
    case 'credit':
    case 'dateline':
      return [{ kind: 'name', words }];
  }
}

/** Capitalised words that name something; a word that only opens the sentence does not. */
function latinNames(sentence: string): string[] {
  return [...sentence.matchAll(LATIN_NAME)].flatMap(([words]) => {
    const parts = words.split(/\s+/);
    while (parts.length > 0 && OPENERS.test(parts[0] ?? '')) parts.shift();
    return parts.length === 0 ? [] : [parts.join(' ').replace(/[.,’']+$/u, '')];
  });
}
