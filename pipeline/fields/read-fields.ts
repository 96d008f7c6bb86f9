import type { DocumentFields, TraceStep } from '../../model/document.ts';
import type { Entry } from '../../model/entry.ts';
import type { Vocabulary } from '../../model/vocabulary.ts';
import { findDays, readDay } from '../../text/dates.ts';
import { foldSpace } from '../../text/html.ts';
import { splitLines } from '../../text/sentences.ts';
import type { LabelName, Labels } from '../extract/labels.ts';
import { cleanNames, readCredit } from './credit.ts';
import { findDatedFacts } from './dated-facts.ts';
import { ownDocumentNumber, parseDocumentNumber } from './document-number.ts';
import { documentTypeOf } from './document-type.ts';
import { issuersOfSignature, issuersOfTitle, splitIssuers } from './issuers.ts';

/** What the fields are read from. */
export interface FieldsInput {
  readonly title: string;
  readonly text: string;
  readonly labels: Labels;
  readonly entry: Entry | undefined;
  readonly publishedOn: string | undefined;
  /** Text at the source's issuer selector. */
  readonly ruledIssuer: string | undefined;
  readonly author: string | undefined;
  readonly vocabulary: Vocabulary;
}

/** A day written under a document, at most this many lines from its end. */
const SIGNATURE_LINES = 14;

/** A dozen names. */
const LONGEST_NAMES = 200;

/** What content systems put into the author field when nobody filled it in. */
const NO_PERSON = /https?:|\w\.(?:com|cn|net)|_|\d{3}|网$|公司|集团|编辑部|^admin$/iu;

/** Government fields and dated facts of a document, with the trace of where each was read. */
export function readFields(input: FieldsInput): { fields: DocumentFields; trace: readonly TraceStep[] } {
  const { title, text, labels, entry, publishedOn, vocabulary } = input;
  const trace: TraceStep[] = [];
  const note = <Value>(step: string, candidates: readonly (readonly [string, Value | undefined])[]) => {
    const found = candidates.find(
      ([, value]) => value !== undefined && (!Array.isArray(value) || value.length > 0),
    );
    if (found?.[1] === undefined) return undefined;
    trace.push({ step, rule: found[0], value: String(found[1]) });
    return found[1];
  };
  const label = (name: LabelName) => labels.get(name)?.value;
  const issuerLabel = label('issuer');
  const listed = entry?.issuer;
  const issuers = note<readonly string[]>('issuers', [
    ['source', input.ruledIssuer === undefined ? undefined : splitIssuers(input.ruledIssuer)],
    ['label', issuerLabel === undefined ? undefined : splitIssuers(issuerLabel)],
    ['title', issuersOfTitle(title, vocabulary.issuers)],
    ['signature', issuersOfSignature(text, vocabulary.issuers)],
    ['list', listed === undefined ? undefined : splitIssuers(listed)],
  ]);
  const documentNumber = note('documentNumber', [
    ['label', parseDocumentNumber(label('documentNumber') ?? '')?.display],
    ['own line', ownDocumentNumber(text, title)?.display],
  ]);
  const indexNumber = note('indexNumber', [['label', label('indexNumber')]]);
  const issuedOn = note('issuedOn', [
    ['label', readDay(label('issuedOn') ?? '')],
    ['signature', signatureDay(text)],
  ]);
  const documentType = note('documentType', [['title', documentTypeOf(title, vocabulary.documentTypes)]]);
  const read = readCredit(text);
  const credit = note('credit', [
    ['label', cleanCredit(label('credit'))],
    ['text', read.credit],
  ]);
  const author = note('author', [
    ['label', authorOf(label('author'))],
    ['page', authorOf(input.author)],
    ['text', read.author],
    ['list', entry?.author],
  ]);
  const dates = findDatedFacts(text, { publishedOn, issuedOn }, vocabulary.lexicon.holidays);
  for (const fact of dates)
    trace.push({ step: fact.kind, rule: fact.rule, value: `${fact.on} ${fact.quote}` });
  return {
    fields: {
      issuers: issuers ?? [],
      ...(documentNumber !== undefined && { documentNumber }),
      ...(indexNumber !== undefined && { indexNumber }),
      ...(issuedOn !== undefined && { issuedOn }),
      ...(documentType !== undefined && { documentType }),
      ...(author !== undefined && { author }),
      ...(credit !== undefined && { credit }),
      dates,
    },
    trace,
  };
}

/** A line that is nothing but a date, at the end of the text. */
function signatureDay(text: string): string | undefined {
  for (const { text: line } of splitLines(text).slice(-SIGNATURE_LINES).reverse()) {
    const [day] = findDays(line);
    if (day !== undefined && day.start <= 1 && day.end >= line.length - 1) return day.on;
  }
  return undefined;
}

function cleanCredit(value: string | undefined): string | undefined {
  const clean = foldSpace(value ?? '').replace(/\s*(?:作者|责任编辑|编辑|字号|浏览|点击|时间|发布).*$/u, '');
  return clean === '' || clean.length > 40 ? undefined : clean;
}

function authorOf(value: string | undefined): string | undefined {
  const clean = cleanNames(foldSpace(value ?? ''));
  return clean === '' || clean.length > LONGEST_NAMES || NO_PERSON.test(clean) ? undefined : clean;
}
