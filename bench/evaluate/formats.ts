import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Vocabulary } from '../../model/vocabulary.ts';
import { findFacts } from '../../pipeline/facts/find-facts.ts';
import { readCredit } from '../../pipeline/fields/credit.ts';
import { findDatedFacts } from '../../pipeline/fields/dated-facts.ts';
import {
  findDocumentNumbers,
  ownDocumentNumber,
  parseDocumentNumber,
} from '../../pipeline/fields/document-number.ts';
import { documentTypeOf } from '../../pipeline/fields/document-type.ts';
import { issuersOfTitle } from '../../pipeline/fields/issuers.ts';
import { regionMentions } from '../../pipeline/regions.ts';
import { quotedTitles, stripTitleMarks, titleSimilarity } from '../../text/titles.ts';
import type { Evaluation } from './corpus.ts';
import { projectVocabulary } from './vocabulary.ts';

type Case = Readonly<Record<string, unknown>>;
type Judge = (input: Case, vocabulary: Vocabulary) => boolean;

const SAME_TITLE = 0.85;

/** How each group is held against its expectation; a group without a judge fails. Bare strings must hold no figure. */
const JUDGES: Readonly<Record<string, Judge>> = {
  docNumber: ({ text, key }) => (parseDocumentNumber(String(text))?.key ?? null) === key,
  ownVsCited({ text, own, cited }) {
    const found = ownDocumentNumber(String(text), '')?.key ?? null;
    const others = findDocumentNumbers(String(text)).map((number) => number.key);
    return (
      found === own &&
      equal(
        others.filter((key) => key !== found),
        cited,
      )
    );
  },
  title({ text, issuers, type, site, inner, carrier, status }, vocabulary) {
    const title = String(text);
    // A relative issuer (市政府) is resolved by the site, which a title alone does not tell.
    const found = site === undefined ? issuersOfTitle(title, vocabulary.issuers) : [site];
    const bare = stripTitleMarks(title);
    const enclosed = quotedTitles(title.replace(/^《(.*)》$/u, '$1'));
    return (
      documentTypeOf(title, vocabulary.documentTypes) === type &&
      (issuers === undefined || equal(found, issuers)) &&
      (inner === undefined || equal(enclosed, inner)) &&
      (carrier === undefined || bare.replace(/》$/u, '').endsWith(String(carrier))) &&
      (status === undefined || !bare.includes(String(status)))
    );
  },
  sameTitle: ({ a, b, same }) => titleSimilarity(String(a), String(b)) >= SAME_TITLE === same,
  deadline({ text, published, deadline, effective }) {
    const publishedOn = typeof published === 'string' ? published : undefined;
    const facts = findDatedFacts(String(text), { publishedOn });
    const due = facts.find(({ kind }) => kind === 'deadline');
    const [day, time] = typeof deadline === 'string' ? deadline.split(/T|\+/) : [];
    const inForce = facts.find(({ kind }) => kind === 'effective')?.on;
    return (
      due?.on === day &&
      (time === undefined || due?.time === time) &&
      (effective === undefined || effective === inForce)
    );
  },
  credit({ text, kind, medium, place, date, reporters }, vocabulary) {
    const facts = findFacts(String(text), { vocabulary });
    const dateline = facts.find((fact) => fact.kind === 'dateline');
    if (kind === 'dateline')
      return (
        dateline !== undefined &&
        dateline.medium === medium &&
        dateline.place === place &&
        dateline.on?.endsWith(String(date)) === true &&
        equal(dateline.reporters, reporters)
      );
    const credit = facts.find((fact) => fact.kind === 'credit');
    return (
      (credit?.form ?? null) === kind &&
      credit?.medium === medium &&
      readCredit(String(text)).credit === medium
    );
  },
  number({ text, value, unit, op, from, to, magnitude }, vocabulary) {
    const figures = findFacts(String(text), { vocabulary }).filter((fact) => fact.kind === 'figure');
    const last = figures.at(-1);
    if (last === undefined) return false;
    if (from !== undefined) return last.from === from && last.value === to && last.unit === unit;
    if (op === 'class') return figures.length === 1 && last.value === magnitude && last.qualifier === 'class';
    const qualifier = op === 'delta' ? 'change' : op;
    return figures.length === 1 && last.value === value && last.unit === unit && last.qualifier === qualifier;
  },
  speaker({ text, name, org, role }, vocabulary) {
    const speakers = findFacts(String(text), { vocabulary }).filter((fact) => fact.kind === 'speaker');
    const [speaker] = speakers;
    return (
      speakers.length === 1 &&
      (speaker?.name ?? null) === name &&
      speaker?.organisation === org &&
      equal(speaker?.roles ?? [], role)
    );
  },
  region({ text, isos }, vocabulary) {
    const found = [...regionMentions(String(text), vocabulary.regions).keys()];
    const provinces = found.flatMap((id) => {
      const members = vocabulary.regions.find((region) => region.id === id)?.members ?? [];
      return members.length > 0 ? members : [id];
    });
    return equal([...new Set(provinces)].sort(), [...(isos as readonly string[])].sort());
  },
};

/** Runs the pairs of input and expectation in formats-tests.json, given as the file or its folder. */
export async function evaluateFormats(path: string): Promise<Evaluation> {
  const vocabulary = await projectVocabulary();
  const file = path.endsWith('.json') ? path : join(path, 'formats-tests.json');
  const groups: Readonly<Record<string, readonly (Case | string)[]>> = JSON.parse(
    await readFile(file, 'utf8'),
  );
  const failed: string[] = [];
  let total = 0;
  for (const [group, cases] of Object.entries(groups))
    for (const input of cases) {
      total += 1;
      const judge = JUDGES[group];
      const isRight =
        typeof input === 'string'
          ? findFacts(input, { vocabulary }).every(({ kind }) => kind !== 'figure')
          : judge?.(input, vocabulary) === true;
      if (!isRight) failed.push(`${group}: ${JSON.stringify(input)}`);
    }
  return { set: 'formats', n: total, figures: { passed: total - failed.length, total }, notes: failed };
}

function equal(left: readonly unknown[], right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
