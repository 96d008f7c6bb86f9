import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Fact } from '../../model/facts.ts';
import { findFacts } from '../../pipeline/facts/find-facts.ts';
import { type Evaluation, share } from './corpus.ts';
import { type SummarisedText, summaryHit } from './summary-hit.ts';
import { projectVocabulary } from './vocabulary.ts';

/** A fact as the set labels it. */
interface Labelled extends Readonly<Record<string, unknown>> {
  readonly kind: string;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
}

interface LabelledText extends SummarisedText {
  readonly facts: readonly Labelled[];
}

interface Score {
  right: number;
  wrong: number;
  missed: number;
}

/** Kind in the set → kind in the program. */
const KINDS: Readonly<Record<string, Fact['kind']>> = {
  figure: 'figure',
  date: 'date',
  deadline: 'deadline',
  citation: 'citation',
  docNumber: 'documentNumber',
  region: 'region',
  organisation: 'organisation',
  speaker: 'speaker',
  credit: 'credit',
  dateline: 'dateline',
};

/**
 * Reads the facts of each text and compares them with the labels: a fact counts when its span overlaps the labelled one by
 * half or more and its normalised value agrees. FACTS_HALF=even|odd looks at every other text only.
 */
export async function evaluateFacts(dir: string): Promise<Evaluation> {
  const vocabulary = await projectVocabulary();
  const lines = (await readFile(join(dir, 'docs.jsonl'), 'utf8')).split('\n').filter((line) => line !== '');
  const half = process.env.FACTS_HALF;
  const texts = lines
    .map((line): LabelledText => JSON.parse(line))
    .filter((_, index) => half === undefined || (index % 2 === 0) === (half === 'even'));
  const scores = new Map<string, Score>();
  const notes: string[] = [];
  let falseAlarms = 0;
  const summaries = texts.map((text) => summaryHit(text, vocabulary));
  for (const { id, wanted } of summaries.filter(({ hit }) => !hit))
    notes.push(`missed summary ${id}: ${wanted}`);
  const hits = summaries.filter(({ hit }) => hit).length;
  for (const { id, title, text, publishedAt, facts } of texts) {
    const found = findFacts(text, { title, publishedOn: publishedAt.slice(0, 10), vocabulary });
    for (const [kind, ours] of Object.entries(KINDS)) {
      const score = scores.get(kind) ?? { right: 0, wrong: 0, missed: 0 };
      scores.set(kind, score);
      const expected = facts.filter((fact) => fact.kind === kind);
      const open = new Set(found.filter((fact) => fact.kind === ours));
      for (const fact of expected) {
        const match = [...open].find((candidate) => overlaps(candidate, fact) && agrees(candidate, fact));
        if (match === undefined) {
          score.missed += 1;
          notes.push(`missed ${kind} ${id}: ${told(fact)}`);
        } else {
          open.delete(match);
          score.right += 1;
        }
      }
      score.wrong += open.size;
      if (kind === 'figure' && expected.length === 0) falseAlarms += open.size;
      for (const fact of open)
        notes.push(
          `wrong ${kind} ${id}: ${told(fact)} in ${text.slice(Math.max(0, fact.start - 12), fact.end + 12).replaceAll('\n', '/')}`,
        );
    }
  }
  const figures = Object.fromEntries([...scores].map(([kind, score]) => [`${kind}F1`, f1(score)] as const));
  return {
    set: basename(dir),
    n: texts.length,
    figures: { ...figures, figuresInTextsWithout: falseAlarms, summaryHit: share(hits, texts.length) },
    notes: notes.sort(),
  };
}

function f1({ right, wrong, missed }: Score): number | null {
  const whole = 2 * right + wrong + missed;
  return whole === 0 ? null : Math.round(((2 * right) / whole) * 10_000) / 10_000;
}

function overlaps(fact: Fact, { start, end }: Labelled): boolean {
  const shared = Math.min(fact.end, end) - Math.max(fact.start, start);
  return shared * 2 >= end - start;
}

function agrees(fact: Fact, label: Labelled): boolean {
  switch (fact.kind) {
    case 'figure':
      return (
        near(fact.value, label.value) &&
        sameUnit(fact.unit, String(label.unit)) &&
        fact.qualifier === label.qualifier &&
        (label.qualifier !== 'range' || near(fact.valueMax ?? Number.NaN, label.valueMax))
      );
    case 'date':
      return (fact.iso ?? null) === label.iso && fact.precision === label.precision;
    case 'deadline':
      return (fact.iso ?? null) === label.iso || (label.iso === null && fact.relative !== undefined);
    case 'citation':
      return bare(fact.title) === bare(String(label.title));
    case 'documentNumber':
      return fact.key === `${label.letters}|${label.year ?? ''}|${label.serial}` && fact.isOwn === label.own;
    case 'region':
      return (fact.id !== undefined && fact.id === label.id) || fact.name === label.name;
    case 'organisation':
      return label.issuerId !== undefined && fact.issuerId !== undefined
        ? fact.issuerId === label.issuerId
        : String(label.name).endsWith(fact.name) || fact.name.endsWith(String(label.name));
    case 'speaker':
      return (fact.name ?? null) === label.name;
    case 'credit':
      return (fact.medium ?? null) === label.medium;
    case 'dateline':
      return fact.medium === label.medium && (fact.on ?? null) === label.date;
  }
}

function near(value: number, expected: unknown): boolean {
  return typeof expected === 'number' && Math.abs(value - expected) <= Math.abs(expected) * 1e-9;
}

/** The head of a counted noun is enough (实训基地 of 专业化产教融合实训基地). */
function sameUnit(unit: string, expected: string): boolean {
  const left = bare(unit);
  const right = bare(expected);
  return (
    left === right || (left.length > 1 && right.length > 1 && (left.includes(right) || right.includes(left)))
  );
}

function bare(words: string): string {
  return words.replace(/[《》〈〉<>（）()\s]/gu, '');
}

function told(fact: Fact | Labelled): string {
  const {
    start: _start,
    end: _end,
    kind: _kind,
    rule: _rule,
    measures: _measures,
    ...rest
  } = fact as unknown as Record<string, unknown>;
  return JSON.stringify(rest);
}
