import type { InterfaceLanguage } from '../model/digest.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import { type ArchivedEdition, listEditions, readEdition } from './archive.ts';
import { archiveView, byDigest, livesViews } from './archive-index-view.ts';
import { livesOf } from './archive-lives.ts';
import { editionStories, STORIES_FOLDER, storyFile } from './archive-stories.ts';
import { feedFiles } from './feeds.ts';
import { render, type Template } from './render.ts';
import {
  type IndexedEdition,
  indexEdition,
  readSearchIndex,
  SEARCH_INDEX_FILE,
  searchIndexFile,
} from './search-index.ts';
import { SITEMAP_FILE, sitemapFile } from './sitemap.ts';
import { type KnownStories, readStoriesData, STORIES_DATA_FILE, storiesDataFile } from './stories-data.ts';
import { storyMovedView, storyYearViews } from './story-lists.ts';
import type { DigestStories } from './story-summary.ts';
import { storyThreads } from './story-threads.ts';
import { storyView } from './story-view.ts';

/** The look of the archive's own pages: `templates/archive/`. */
export interface ArchiveLook {
  readonly template: Template;
  /** The front door's script, as it is written beside it. */
  readonly script: string;
}

export interface ArchiveIndexOptions {
  /** The page's own language while there is no edition; later it is that of the digest with most editions. */
  readonly lang: InterfaceLanguage;
  /** Where the archive is read on the web, ending in `/`; empty: nowhere, then links in feeds are relative. */
  readonly archiveUrl: string;
  /** Names topics and regions in the page's language. @default as editions name them */
  readonly vocabulary?: Pick<Vocabulary, 'topics' | 'regions'>;
}

/** The pages that an archive has besides its editions. */
export interface ArchivePages {
  /** Content by path within the archive; the front door comes last: what it leads to is there when it is. */
  readonly files: ReadonlyMap<string, string>;
  readonly editions: number;
}

/** Not the name of a digest: those lie beside it and hold years of editions. */
export const LIVES_FOLDER = 'documents';
export const FRONT_DOOR_FILE = 'index.html';
export const SCRIPT_FILE = 'archive.js';

/**
 * Every page of the archive itself: front door with its script and search data, the pages of stories and of lives, each
 * digest's feeds. They follow from the editions alone, so the same archive gives the same bytes.
 * @param readKnown a data file as it was written last, by which editions need not be read again; empty: all are read
 */
export async function archivePages(
  archiveDir: string,
  look: ArchiveLook,
  options: ArchiveIndexOptions,
  readKnown: (path: string) => Promise<string>,
): Promise<ArchivePages> {
  const editions = await listEditions(archiveDir);
  const indexed = await indexEditions(archiveDir, editions, await readKnown(SEARCH_INDEX_FILE));
  const lives = new Map(
    livesOf(indexed.flatMap(({ events }) => events)).map((life) => [life.number, life] as const),
  );
  const stories = new Map<string, DigestStories>();
  const data: [string, string][] = [];
  for (const [digestId, ofDigest] of byDigest(editions)) {
    const file = `${digestId}/${STORIES_FOLDER}/${STORIES_DATA_FILE}`;
    const told = await toldStories(archiveDir, ofDigest, await readKnown(file));
    const { lang, title } = ofDigest.at(-1)?.manifest.edition ?? { lang: options.lang, title: digestId };
    stories.set(digestId, { lang, title, threads: storyThreads(told), lives });
    data.push([file, storiesDataFile(told)]);
  }
  const view = archiveView(editions, { ...options, indexed, stories });
  const pages: [string, string][] = [
    ...[...stories].flatMap(([digestId, ofDigest]) => storyPages(digestId, ofDigest, look.template)),
    ...livesViews(view, indexed).map((one): [string, string] => [
      `${LIVES_FOLDER}/${one.year}.html`,
      render(look.template, 'lives', one),
    ]),
  ];
  const sitemap =
    options.archiveUrl === ''
      ? []
      : [
          [
            SITEMAP_FILE,
            sitemapFile(options.archiveUrl, [
              FRONT_DOOR_FILE,
              ...indexed.map(({ folder }) => `${folder}/index.html`),
              ...pages.map(([path]) => path),
            ]),
          ] as const,
        ];
  return {
    files: new Map([
      ...feeds(editions, options.archiveUrl),
      ...data,
      ...pages,
      ...sitemap,
      [SEARCH_INDEX_FILE, searchIndexFile(indexed)],
      [SCRIPT_FILE, look.script],
      [FRONT_DOOR_FILE, render(look.template, 'index', view)],
    ]),
    editions: editions.length,
  };
}

function feeds(editions: readonly ArchivedEdition[], archiveUrl: string): [string, string][] {
  return [...byDigest(editions)].flatMap(([digestId, ofDigest]) => {
    const url = archiveUrl === '' ? '' : new URL(`${digestId}/`, archiveUrl).href;
    return [...feedFiles(ofDigest, url)].map(([name, text]): [string, string] => [
      `${digestId}/${name}`,
      text,
    ]);
  });
}

/** What all editions of a digest, the revised ones included, tell of its stories. */
async function toldStories(
  archiveDir: string,
  editions: readonly ArchivedEdition[],
  last: string,
): Promise<KnownStories[]> {
  const known = readStoriesData(last);
  const told: KnownStories[] = [];
  for (const archived of editions) {
    const { manifestHash, folder } = archived;
    const before = known.get(manifestHash);
    if (before !== undefined && before.folder === folder) {
      told.push(before);
      continue;
    }
    const edition = await readEdition(archiveDir, archived);
    if (edition !== undefined) told.push({ manifestHash, ...editionStories(edition, archived) });
  }
  return told;
}

function storyPages(digestId: string, stories: DigestStories, template: Template): [string, string][] {
  const folder = `${digestId}/${STORIES_FOLDER}`;
  return [
    ...stories.threads.flatMap((thread): [string, string][] => [
      [`${folder}/${storyFile(thread.id)}`, render(template, 'story', storyView(thread, stories))],
      ...thread.otherIds.map((id): [string, string] => [
        `${folder}/${storyFile(id)}`,
        render(template, 'story-moved', storyMovedView(thread, stories)),
      ]),
    ]),
    ...storyYearViews(stories).map((year): [string, string] => [
      `${folder}/${year.year}.html`,
      render(template, 'stories', year),
    ]),
  ];
}

/** The newest revision of every week as a search finds it; what the last search data hold is not read again. */
async function indexEditions(
  archiveDir: string,
  editions: readonly ArchivedEdition[],
  last: string,
): Promise<IndexedEdition[]> {
  const known = readSearchIndex(last);
  const weeks = Map.groupBy(editions, ({ manifest: { edition } }) => `${edition.digestId} ${edition.week}`);
  const indexed: IndexedEdition[] = [];
  for (const revisions of weeks.values()) {
    const newest = revisions.at(-1);
    if (newest === undefined) continue;
    const before = known.get(newest.manifestHash);
    if (before !== undefined && before.folder === newest.folder) {
      indexed.push(before);
      continue;
    }
    // Without its data an edition is listed all the same; `verify` tells what is wrong with it.
    const edition = await readEdition(archiveDir, newest);
    if (edition !== undefined) indexed.push(indexEdition(edition, newest));
  }
  return indexed.sort((left, right) => (left.week + left.folder > right.week + right.folder ? -1 : 1));
}
