import { readDigests } from './catalogue/digests.ts';
import { readSourceFamilies } from './catalogue/families.ts';
import { readSources } from './catalogue/sources.ts';
import { readVocabulary } from './catalogue/vocabulary.ts';
import type { Digest, DigestSelection } from './model/digest.ts';
import { configError, type Fault } from './model/errors.ts';
import type { Source, SourceFamily } from './model/source.ts';
import type { Vocabulary } from './model/vocabulary.ts';

export interface CatalogueDirs {
  readonly sourcesDir: string;
  readonly digestsDir: string;
  readonly vocabularyDir: string;
}

/** Everything an operator edits in files, as typed values. Sources and digests are sorted by id. */
export interface Catalogue {
  readonly sources: readonly Source[];
  readonly families: readonly SourceFamily[];
  readonly digests: readonly Digest[];
  readonly vocabulary: Vocabulary;
}

/**
 * Reads sources, digests and vocabulary.
 * @throws ConfigError SOURCES_INVALID, DIGESTS_INVALID or the vocabulary's own code, with every fault of that folder
 */
export async function readCatalogue(dirs: CatalogueDirs): Promise<Catalogue> {
  const [sources, families, digests, vocabulary] = await Promise.all([
    readSources(dirs.sourcesDir),
    readSourceFamilies(dirs.sourcesDir),
    readDigests(dirs.digestsDir),
    readVocabulary(dirs.vocabularyDir),
  ]);
  const faults = digests.flatMap((digest) => unknownSelections(digest, sources, vocabulary));
  if (faults.length > 0)
    throw configError('DIGESTS_INVALID', 'digests select what the catalogue does not know', faults);
  return { sources, families, digests, vocabulary };
}

/** What a digest selects must exist, or it would silently select nothing. */
function unknownSelections(
  digest: Digest,
  sources: readonly Source[],
  vocabulary: Vocabulary,
): readonly Fault[] {
  const known: { readonly [Key in keyof DigestSelection]-?: readonly string[] } = {
    countries: sources.map((source) => source.country),
    languages: sources.map((source) => source.lang),
    sources: sources.map((source) => source.id),
    topics: vocabulary.topics.map((topic) => topic.id),
    regions: vocabulary.regions.map((region) => region.id),
  };
  const file = `digests/${digest.id}.yml`;
  return (Object.keys(known) as (keyof DigestSelection)[]).flatMap((key) =>
    (digest.select[key] ?? [])
      .filter((value) => !known[key].includes(value))
      .map((value) => ({ file, key: `select.${key}`, reason: `${value} is not known` })),
  );
}
