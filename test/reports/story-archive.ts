// An archive of three weeks in which stories go on, are reprinted, revised and lose their pages.
import { join, resolve } from 'node:path';
import type { ComposeInput, Edition, RankedStory, ToldThread } from '../../model/edition.ts';
import type { StoryId } from '../../model/ids.ts';
import type { StoryRole } from '../../model/story.ts';
import { readEdition } from '../../reports/archive.ts';
import { loadArchiveLook } from '../../reports/archive-index.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { differenceFiles } from '../../reports/difference-view.ts';
import { evidenceOf } from '../../reports/evidence.ts';
import { manifestFiles } from '../../reports/manifest.ts';
import { publish } from '../../reports/publish.ts';
import { loadTemplate, type RevisionInfo, renderEdition } from '../../reports/render.ts';
import { type DocumentParts, madeUpDocument, madeUpInput, madeUpSource, madeUpStory } from './made-up.ts';

export const ROOT = resolve(import.meta.dirname, '../..');
export const LOOK = await loadArchiveLook(join(ROOT, 'templates/archive'));
const GAZETTE = await loadTemplate(join(ROOT, 'templates/gazette'));

const SOURCES = [
  madeUpSource({ id: 'science', name: '科学技术部', nameEn: 'Ministry of Science' }),
  madeUpSource({ id: 'daily', name: '科技新报', nameEn: 'Science Daily', trust: 'stateMedia' }),
  madeUpSource({ id: 'observer', name: '创新经济观察', nameEn: 'Innovation Observer', trust: 'media' }),
  ...Array.from({ length: 9 }, (_, index) =>
    madeUpSource({ id: `portal-${index}`, name: `第${index + 1}门户`, trust: 'media' }),
  ),
];

export const NUMBER = '国科发监〔2021〕118号';

function doc(parts: Omit<DocumentParts, 'source' | 'topics'> & { readonly source?: string }) {
  return madeUpDocument({ source: 'science', topics: ['science'], ...parts });
}

export const DRAFT = doc({
  title: '科技部关于《科研诚信案件调查处理办法（征求意见稿）》公开征求意见的通知',
  on: '2021-06-08',
  type: 'draft',
  text: '为规范科研诚信案件调查处理，现将征求意见稿公布。意见请于2021年6月30日前反馈。有关单位可通过系统或者信函提出。',
  dates: [['deadline', '2021-06-30', '意见请于2021年6月30日前反馈。']],
});
export const REPRINT = doc({
  source: 'daily',
  title: '科研诚信案件怎么查？新办法公开征求意见',
  on: '2021-06-09',
  text: '为规范科研诚信案件调查处理，现将征求意见稿公布。意见请于2021年6月30日前反馈。专家认为此举必要。',
});
const REPORT = doc({
  source: 'observer',
  title: '诚信案件调查将有统一程序',
  on: '2021-06-10',
  text: '记者获悉，诚信案件调查将有统一程序。',
});
export const ADOPTED = doc({
  title: '科技部关于印发《科研诚信案件调查处理办法》的通知',
  number: NUMBER,
  type: 'measures',
  on: '2021-06-22',
  issuedOn: '2021-06-20',
  text: '办法已经审议通过，现印发给你们，请遵照执行。自2021年7月10日起施行。原试行规定同时废止。',
  dates: [['effective', '2021-07-10', '自2021年7月10日起施行。']],
});
const PORTALS = Array.from({ length: 9 }, (_, index) =>
  doc({
    source: `portal-${index}`,
    title: ADOPTED.title,
    on: index < 4 ? '2021-06-22' : '2021-06-23',
    text: ADOPTED.text,
  }),
);
export const READING = doc({
  title: '《科研诚信案件调查处理办法》解读',
  on: '2021-06-23',
  text: '有关负责人就办法的适用范围作了解读。',
});
export const OTHER = doc({
  title: '关于开展创新型产业集群试点的通知',
  number: '国科发火〔2021〕77号',
  on: '2021-06-16',
  text: '决定开展创新型产业集群试点，首批遴选二十个。申报截止2021年7月20日。',
  dates: [['deadline', '2021-07-20', '申报截止2021年7月20日。']],
});

function story(
  score: number,
  documents: readonly [ReturnType<typeof doc>, ...ReturnType<typeof doc>[]],
  ties: readonly (readonly [role: StoryRole, because: string, copyOf?: string])[] = [],
  follows?: StoryId,
): RankedStory {
  const made = madeUpStory(score, documents, [], follows);
  const members = made.story.members.map((member, index) => {
    const [role, because, copyOf] = ties[index - 1] ?? ['lead', "issuer's own document"];
    return {
      ...member,
      role: index === 0 ? ('lead' as const) : role,
      because,
      ...(copyOf === undefined ? {} : { copyOf: copyOf as typeof member.documentId }),
    };
  });
  return { ...made, story: { ...made.story, members } };
}

export const FIRST = story(
  9,
  [DRAFT, REPRINT, REPORT],
  [
    ['reprint', 'text 0.78 · 1 sentence left out · 1 sentence added · other title', DRAFT.id],
    ['report', 'same event: shared words, 2 days apart'],
  ],
);
export const SECOND = story(
  9,
  [ADOPTED, ...PORTALS, READING],
  [
    ...PORTALS.map(() => ['reprint', 'same text', ADOPTED.id] as const),
    ['interpretation', `names 《${ADOPTED.title}》`] as const,
  ],
  FIRST.story.id,
);
export const ALONE = story(5, [OTHER]);

/** The story by which both were told first. */
export const STORY_ID = FIRST.story.id;

const TOLD = new Map<StoryId, ToldThread>([
  [
    STORY_ID,
    {
      week: '2021-W23',
      headline: DRAFT.title,
      first: STORY_ID,
      firstWeek: '2021-W23',
      documents: [DRAFT, REPRINT, REPORT],
    },
  ],
]);

export function weekInput(
  week: string,
  stories: readonly RankedStory[],
  parts: Pick<Partial<ComposeInput>, 'stillAhead' | 'fates' | 'changes'> = {},
): ComposeInput {
  const input = madeUpInput({ stories, sources: SOURCES, week, told: TOLD, ...parts });
  return { ...input, number: Number(week.slice(-2)) };
}

/** Publishes a week as the program does, with all its pages but the PDF. */
export async function publishWeek(archive: string, input: ComposeInput): Promise<Edition> {
  const edition = composeEdition(input);
  const filesOf = (revision: RevisionInfo) =>
    renderEdition(GAZETTE, { edition, evidence: evidenceOf(edition, input) }, { revision }).files;
  const files = filesOf({ number: 1, hasDifference: false });
  await publish(archive, edition, {
    files,
    versions: { program: '0', chromium: null },
    revisionFiles: async (before, number) => {
      const revised = filesOf({ number, hasDifference: true });
      const older = { edition: before.manifest.edition, files: before.manifest.files };
      const difference = differenceFiles(
        LOOK.template,
        {
          edition: await editionOf(archive, before.folder),
          revision: older.edition.revision,
          files: older.files,
          href: `../${before.folder.split('/').at(-1)}/index.html`,
        },
        { edition, revision: number, files: manifestFiles(revised), href: 'index.html' },
      );
      return new Map([...revised, ...difference]);
    },
  });
  return edition;
}

async function editionOf(archive: string, folder: string): Promise<Edition> {
  const edition = await readEdition(archive, { folder });
  if (edition === undefined) throw new Error(`${folder} has no edition`);
  return edition;
}

/** Draft in week 23, another story in week 24, adoption with reprints in week 25; the draft's page gone in week 26. */
export async function publishWeeks(archive: string): Promise<void> {
  await publishWeek(archive, weekInput('2021-W23', [FIRST]));
  await publishWeek(archive, weekInput('2021-W24', [ALONE], { stillAhead: [DRAFT] }));
  await publishWeek(archive, weekInput('2021-W25', [SECOND], { stillAhead: [DRAFT, OTHER] }));
  await publishWeek(
    archive,
    weekInput('2021-W26', [], {
      stillAhead: [ADOPTED, OTHER],
      fates: [{ document: DRAFT, kind: 'gone', seenAt: '2021-06-29T02:00:00.000Z' }],
    }),
  );
}
