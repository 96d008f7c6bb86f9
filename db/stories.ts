import type { Knex } from 'knex';
import type { RankedStory, RankTerm } from '../model/edition.ts';
import type { DigestId, DocumentId, StoryId } from '../model/ids.ts';
import type { StoryMember, StoryRole } from '../model/story.ts';
import { fromJson, optional, toJson, toNull } from './tables.ts';

interface StoryRow {
  digest_id: string;
  week: string;
  id: string;
  position: number;
  score: number;
  why: string;
  follows: string | null;
}

interface MemberRow {
  digest_id: string;
  week: string;
  story_id: string;
  document_id: string;
  position: number;
  role: string;
  because: string;
  copy_of: string | null;
}

export interface KeptStory {
  readonly id: StoryId;
  readonly score: number;
  readonly why: readonly RankTerm[];
  readonly members: readonly StoryMember[];
  /** The story of an earlier week that this one goes on with. */
  readonly follows?: StoryId;
}

/** The stories of a digest's week, best first; replaced as a whole each time the week is composed. */
export function storiesTable(db: Knex) {
  return {
    /** Call inside a transaction. */
    async replaceWeek(digestId: DigestId, week: string, stories: readonly RankedStory[]): Promise<void> {
      const where = { digest_id: digestId, week };
      await db<MemberRow>('story_documents').where(where).delete();
      await db<StoryRow>('stories').where(where).delete();
      for (const [position, ranked] of stories.entries()) {
        await db<StoryRow>('stories').insert({
          ...where,
          id: ranked.story.id,
          position,
          score: ranked.score,
          why: toJson(ranked.why),
          follows: toNull(ranked.story.follows),
        });
        const members = ranked.story.members.map((member, at) => ({
          ...where,
          story_id: ranked.story.id,
          document_id: member.documentId,
          position: at,
          role: member.role,
          because: member.because,
          copy_of: toNull(member.copyOf),
        }));
        // SQLite caps the variables of one statement; eight columns a row.
        await db.batchInsert('story_documents', members, 100);
      }
    },

    async ofWeek(digestId: DigestId, week: string): Promise<KeptStory[]> {
      const where = { digest_id: digestId, week };
      const stories = await db<StoryRow>('stories').where(where).orderBy('position');
      const members = await db<MemberRow>('story_documents').where(where).orderBy('position');
      return stories.map((row) => ({
        id: row.id as StoryId,
        score: row.score,
        why: fromJson<RankTerm[]>(row.why),
        members: members.filter((member) => member.story_id === row.id).map(fromMemberRow),
        ...optional('follows', row.follows as StoryId | null),
      }));
    },
  };
}

function fromMemberRow(row: MemberRow): StoryMember {
  return {
    documentId: row.document_id as DocumentId,
    // Written by replaceWeek from the same union.
    role: row.role as StoryRole,
    because: row.because,
    ...optional('copyOf', row.copy_of as DocumentId | null),
  };
}
