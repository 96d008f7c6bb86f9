import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fact, FigureFact } from '../../model/facts.ts';
import { findFacts } from '../../pipeline/facts/find-facts.ts';
import { type Article, articleText, type Repaired, repairLayout } from '../../pipeline/layout/repair.ts';
import { bigramSimilarity } from '../../text/titles.ts';
import type { Evaluation } from './corpus.ts';
import { projectVocabulary } from './vocabulary.ts';

/** What a complete reading of the seed article holds; only what is compared here. */
interface Expected {
  readonly file: string;
  readonly title: string;
  readonly sections: readonly { readonly head: string | null }[];
  readonly sideArticle: { readonly title: string };
  readonly credit: { readonly medium: string };
  readonly slogan: readonly string[];
  readonly date: { readonly inferred: string };
  readonly documents: readonly { readonly title: string; readonly alias?: string; readonly part: string }[];
  readonly people: readonly {
    readonly name: string;
    readonly org: string;
    readonly role: string;
    readonly part: string;
  }[];
  readonly regions: readonly {
    readonly id?: string;
    readonly iso?: string;
    readonly city?: string;
    readonly mentions?: readonly string[];
    readonly part: string;
  }[];
  readonly figures: readonly {
    readonly raw: string;
    readonly normalised: number | readonly number[];
    readonly kind: string;
    readonly currency?: string;
    readonly part: string;
  }[];
  readonly notFigures: readonly string[];
  readonly checks: { readonly paragraphsAfterRepair: number };
  readonly defects: readonly {
    readonly kind: string;
    readonly head?: string;
    readonly tail?: string;
    readonly joinedFragment?: string;
  }[];
}

interface Part {
  readonly name: 'main' | 'side';
  readonly text: string;
  readonly facts: readonly Fact[];
}

/** Holds the reading of the seed article against each pass mark of its description. */
export async function evaluateSeed(dir: string): Promise<Evaluation> {
  const vocabulary = await projectVocabulary();
  const expected: Expected = JSON.parse(await readFile(join(dir, 'expected.json'), 'utf8'));
  const repaired = repairLayout(await readFile(join(dir, expected.file), 'utf8'));
  const publishedOn = `${expected.date.inferred}-22`;
  const partOf = (name: Part['name'], article: Article): Part => {
    const text = articleText(article);
    return { name, text, facts: findFacts(text, { title: article.title, publishedOn, vocabulary }) };
  };
  const parts = [partOf('main', repaired.main), ...repaired.sides.map((side) => partOf('side', side))];
  const marks: Mark[] = [...layoutMarks(expected, repaired, parts), ...factMarks(expected, parts)];
  const passed = marks.filter(({ passes }) => passes).length;
  return {
    set: 'seed',
    n: 1,
    figures: { passed, total: marks.length },
    notes: marks.map(({ name, passes, detail }) => `${passes ? 'pass' : 'FAIL'} ${name}: ${detail}`),
  };
}

interface Mark {
  readonly name: string;
  readonly passes: boolean;
  readonly detail: string;
}

function layoutMarks(expected: Expected, repaired: Repaired, parts: readonly Part[]): readonly Mark[] {
  const text = parts.map((part) => part.text).join('\n');
  const cuts = expected.defects.filter(({ kind }) => kind === 'split-paragraph');
  const made = cuts.filter(({ joinedFragment = '' }) => text.includes(joinedFragment));
  const heads = repaired.main.sections.map(({ head }) => head ?? null);
  const wanted = expected.sections.map(({ head }) => head);
  const paragraphs = [repaired.main, ...repaired.sides].flatMap(({ sections }) =>
    sections.flatMap((section) => section.paragraphs),
  );
  const slogans = repaired.removed.filter(({ kind }) => kind === 'slogan').map((line) => line.text);
  const is = (name: string, passes: boolean, detail: unknown): Mark => ({
    name,
    passes,
    detail: JSON.stringify(detail),
  });
  return [
    is('joins', made.length === cuts.length && repaired.joins.length === cuts.length, repaired.joins),
    is('title', repaired.main.title === expected.title, repaired.main.title),
    is('sections', JSON.stringify(heads) === JSON.stringify(wanted), heads),
    is(
      'side article',
      repaired.sides.length === 1 && repaired.sides[0]?.title === expected.sideArticle.title,
      repaired.sides.map(({ title }) => title),
    ),
    is('credit', repaired.credit === expected.credit.medium, repaired.credit),
    is('slogan', JSON.stringify(slogans) === JSON.stringify(expected.slogan), slogans),
    is('paragraphs', paragraphs.length === expected.checks.paragraphsAfterRepair, paragraphs.length),
  ];
}

function factMarks(expected: Expected, parts: readonly Part[]): readonly Mark[] {
  const all = parts.flatMap(({ name, facts }) => facts.map((fact) => ({ name, fact })));
  const people = all.flatMap(({ name, fact }) =>
    fact.kind === 'speaker' && fact.name !== undefined ? [{ part: name, fact }] : [],
  );
  const missing = expected.people.filter(
    (person) =>
      !people.some(
        ({ part, fact }) =>
          part === person.part &&
          fact.name === person.name &&
          fact.organisation === person.org &&
          fact.roles.join('、') === person.role,
      ),
  );
  const strangers = people.filter(({ fact }) => !expected.people.some(({ name }) => name === fact.name));
  const figures = all.flatMap(({ name, fact }) =>
    fact.kind === 'figure' || fact.kind === 'date' ? [{ part: name, fact }] : [],
  );
  const lost = expected.figures.filter(
    (figure) => !figures.some(({ part, fact }) => part === figure.part && figureAgrees(figure, fact)),
  );
  const noFigures = parts.flatMap(({ text, facts }) =>
    facts.filter(
      (fact) => fact.kind === 'figure' && expected.notFigures.some((words) => liesIn(text, words, fact)),
    ),
  );
  const citations = all.flatMap(({ name, fact }) => (fact.kind === 'citation' ? [{ part: name, fact }] : []));
  const unnamed = expected.documents.filter(
    ({ title, part }) =>
      !citations.some(({ part: own, fact }) => own === part && sameDocument(fact.title, title)),
  );
  const wrongAlias = citations.filter(
    ({ fact }) =>
      fact.alias !== undefined &&
      !expected.documents.some(({ alias, title }) => alias === fact.alias && title === fact.title),
  );
  const regions = all.flatMap(({ name, fact }) => (fact.kind === 'region' ? [{ part: name, fact }] : []));
  const fits = (region: Expected['regions'][number], { part, fact }: (typeof regions)[number]) =>
    (region.part === 'both' || region.part === part) &&
    (region.city === undefined ? fact.id === (region.id ?? region.iso) : fact.name === region.city);
  const unseen = expected.regions.filter((region) => !regions.some((found) => fits(region, found)));
  const foreign = regions.filter(
    (found) => !expected.regions.some((region) => fits({ ...region, part: 'both' }, found)),
  );
  const misplaced = [...strangersIn(people, expected), ...regionsIn(regions, expected)];
  const is = (name: string, passes: boolean, detail: unknown): Mark => ({
    name,
    passes,
    detail: JSON.stringify(detail),
  });
  return [
    is('people', missing.length === 0, missing),
    is(
      'no false person',
      strangers.length === 0,
      strangers.map(({ fact }) => fact.name),
    ),
    is(
      'figures',
      lost.length <= 1,
      lost.map(({ raw }) => raw),
    ),
    is(
      'no non-figure',
      noFigures.length === 0,
      noFigures.map(({ quote }) => quote),
    ),
    is(
      'documents',
      unnamed.length <= 1,
      unnamed.map(({ title }) => title),
    ),
    is(
      'alias',
      wrongAlias.length === 0,
      wrongAlias.map(({ fact }) => fact.title),
    ),
    is('regions', unseen.length <= expected.regions.length / 10 && foreign.length <= 2, {
      unseen: unseen.map(({ id, iso, city }) => city ?? id ?? iso),
      false: foreign.map(({ fact }) => fact.quote),
    }),
    is('parts kept apart', misplaced.length === 0, misplaced),
  ];
}

/** Whether the fact stands inside an occurrence of `words`, marks of quotation left aside. */
function liesIn(text: string, words: string, { start, end }: Fact): boolean {
  const bare = words.replace(/[“”]/gu, '');
  for (let at = text.indexOf(bare); at >= 0; at = text.indexOf(bare, at + 1))
    if (start >= at && end <= at + bare.length) return true;
  return false;
}

function strangersIn(
  people: readonly { readonly part: string; readonly fact: { readonly name?: string } }[],
  { people: expected }: Expected,
): readonly string[] {
  return people.flatMap(({ part, fact }) =>
    expected.some(({ name, part: own }) => name === fact.name && own !== part) ? [fact.name ?? ''] : [],
  );
}

function regionsIn(
  regions: readonly { readonly part: string; readonly fact: { readonly name: string } }[],
  { regions: expected }: Expected,
): readonly string[] {
  return regions.flatMap(({ part, fact }) => {
    const same = expected.filter(({ city }) => city === fact.name);
    return same.length > 0 && same.every(({ part: own }) => own !== part && own !== 'both')
      ? [fact.name]
      : [];
  });
}

/** Value and unit: the currency where one is stated, a rank for ranks, else a unit that stands in the raw words. */
function figureAgrees(expected: Expected['figures'][number], fact: Fact): boolean {
  if (expected.kind === 'target-date')
    return (
      fact.kind === 'date' &&
      fact.role === 'horizon' &&
      fact.iso?.startsWith(String(expected.normalised)) === true &&
      expected.raw.includes(fact.quote)
    );
  if (fact.kind !== 'figure' || !touches(expected.raw, fact.quote)) return false;
  const [first, last] =
    typeof expected.normalised === 'number' ? [undefined, expected.normalised] : expected.normalised;
  if (expected.kind === 'rank-change')
    return fact.value === last && fact.from === first && fact.unit === 'rank';
  return fact.value === last && hasUnit(expected, fact);
}

function hasUnit({ kind, currency }: Expected['figures'][number], fact: FigureFact): boolean {
  if (currency !== undefined) return fact.currency === currency;
  if (kind === 'rank') return fact.unit === 'rank';
  if (kind === 'membership') return fact.isMembership === true;
  if (kind === 'target') return (fact.qualifier === 'target' || fact.isTarget === true) && fact.unit !== '个';
  return fact.unit !== '' && fact.unit !== '个';
}

function touches(raw: string, quote: string): boolean {
  return (
    raw.includes(quote) ||
    quote.includes(raw) ||
    (raw.length > 2 && quote.length > 2 && raw.includes(quote.slice(-3)))
  );
}

/** Names of documents in news may be inexact (guide to formats): the same words in the main, or one within the other. */
function sameDocument(found: string, expected: string): boolean {
  const left = found.replace(/[（(].*$/u, '');
  const right = expected.replace(/[（(].*$/u, '');
  return left.includes(right) || right.includes(left) || bigramSimilarity(left, right) >= 0.8;
}
