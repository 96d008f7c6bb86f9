import type { StoryMember } from '../../model/story.ts';
import { interpretation, type Relation, relate } from '../relate.ts';
import { daysApart } from './apart.ts';
import type { Candidate } from './candidate.ts';
import { type Reprint, reprintsOf } from './reprint-tree.ts';

/** Of a large story only the first documents are searched for what ties another one to it. */
const MOST_SEARCHED = 30;
const MOST_FIGURES = 4;

/**
 * The documents of a story with their roles to its lead, the lead first, the others by time.
 * @param textOf documents with one text have one value
 */
export function membersOf(
  candidates: readonly Candidate[],
  textOf: (candidate: Candidate) => unknown,
): readonly StoryMember[] {
  const [lead, ...others] = [...candidates].sort(byLead);
  if (lead === undefined) return [];
  const texts = [...Map.groupBy([lead, ...others], textOf).values()];
  const reprints = new Map(texts.flatMap((copies) => [...reprintsOf(copies)]));
  const withLead = new Set(texts.find((copies) => copies.includes(lead)));
  return [lead, ...others].map((member) => {
    const reprint = reprints.get(member);
    const copyOf = reprint === undefined ? {} : { copyOf: reprint.original.document.id };
    const documentId = member.document.id;
    if (member === lead)
      return { documentId, role: 'lead', because: whyLead(lead, others.length), ...copyOf };
    if (withLead.has(member)) {
      const role = member.publisher.name === lead.publisher.name ? 'copy' : 'reprint';
      return { documentId, role, because: reprint?.because ?? 'first with this text', ...copyOf };
    }
    return { documentId, ...relationOf(member, lead, others, reprint), ...copyOf };
  });
}

/** The role to the lead; a member that only another member ties to the story says so. */
function relationOf(
  member: Candidate,
  lead: Candidate,
  others: readonly Candidate[],
  reprint: Reprint | undefined,
): Relation {
  const direct = relate(lead, member);
  if (direct !== undefined && direct.role !== 'copy' && direct.role !== 'reprint')
    return { role: direct.role, because: direct.because };
  if (reprint !== undefined)
    return { role: 'report', because: `${reprint.because}, after 《${reprint.original.document.title}》` };
  for (const other of others.slice(0, MOST_SEARCHED)) {
    const through = other === member ? undefined : interpretation(other, member);
    if (through !== undefined)
      return { role: through.role, because: `${through.because}, through 《${other.document.title}》` };
  }
  return { role: 'report', because: whyReport(lead, member) };
}

function whyReport(lead: Candidate, member: Candidate): string {
  const figures = [...member.figures.values()]
    .filter(({ key }) => lead.figures.has(key))
    .sort((left, right) => right.weight - left.weight || (left.key < right.key ? -1 : 1))
    .slice(0, MOST_FIGURES)
    .map(({ key }) => key);
  const days = daysApart(lead, member);
  const when = days === undefined ? '' : `, ${days} ${days === 1 ? 'day' : 'days'} apart`;
  return `same event: ${figures.length === 0 ? 'shared words' : `shared numbers ${figures.join(', ')}`}${when}`;
}

/** A body's own document first, then other official ones, then the earliest; readings of a document never lead it. */
function byLead(left: Candidate, right: Candidate): number {
  return (
    Number(left.interprets.length > 0) - Number(right.interprets.length > 0) ||
    authority(right) - authority(left) ||
    (left.document.published?.at ?? '9').localeCompare(right.document.published?.at ?? '9') ||
    (left.document.id < right.document.id ? -1 : 1)
  );
}

function authority({ document, publisher }: Candidate): number {
  if (!publisher.official) return 0;
  const isOwn = document.issuers.some(
    (issuer) => publisher.name.includes(issuer) || issuer.includes(publisher.name),
  );
  return isOwn ? 2 : 1;
}

function whyLead(lead: Candidate, others: number): string {
  if (others === 0) return 'only document';
  return ['earliest', 'official', "issuer's own document"][authority(lead)] ?? 'earliest';
}
