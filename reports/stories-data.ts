import type { EditionStories } from './archive-stories.ts';

/** What the editions of a digest tell of its stories, beside their pages: for machines, and so that no edition is read twice. */
export const STORIES_DATA_FILE = 'stories.json';

/** What one edition tells, under the hash of its manifest. */
export interface KnownStories extends EditionStories {
  readonly manifestHash: string;
}

/** Rises with the shape of the rows. */
const FORMAT = 1;

/** The file: one line per edition, so that two archives can be compared line by line. */
export function storiesDataFile(editions: readonly KnownStories[]): string {
  const lines = editions.map((edition) => JSON.stringify(edition));
  return `{"format":${FORMAT},"editions":[\n${lines.join(',\n')}\n]}\n`;
}

/** The editions of a file that `storiesDataFile` wrote, by manifest hash; none when it is of another kind or broken. */
export function readStoriesData(text: string): Map<string, KnownStories> {
  try {
    const { format, editions } = JSON.parse(text === '' ? '{}' : text) as {
      format?: unknown;
      editions?: readonly KnownStories[];
    };
    if (format !== FORMAT || editions === undefined) return new Map();
    return new Map(editions.map((edition) => [edition.manifestHash, edition]));
  } catch (error) {
    // Cut off or edited: it is only a copy of what the editions hold and is made again.
    if (error instanceof SyntaxError) return new Map();
    throw error;
  }
}
