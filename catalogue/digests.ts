import { basename } from 'node:path';
import { z } from 'zod';
import type { Digest } from '../model/digest.ts';
import { configError, type Fault } from '../model/errors.ts';
import type { DigestId } from '../model/ids.ts';
import { isZone } from '../text/calendar.ts';
import { counted } from '../text/counted.ts';
import { check, readYamlFiles } from './read-yaml.ts';

const text = z.string('give a text').trim().min(1, 'is empty');
const some = z.array(text).min(1, 'leave the key out to select everything');
const count = z.int('give a whole number').min(1).max(50);
const FIELD = '(?:\\*|[0-9A-Za-z]+(?:-[0-9A-Za-z]+)?)(?:/[0-9]+)?';
const CRON = new RegExp(`^(?:(?:${FIELD})(?:,${FIELD})*\\s+){4}(?:${FIELD})(?:,${FIELD})*$`);

const digestSchema = z.strictObject({
  id: text.regex(/^[a-z][a-z0-9-]*$/, 'write it in small letters, digits and dashes'),
  title: text,
  subtitle: text,
  lang: z.enum(['zh-CN', 'en'], 'give zh-CN or en'),
  siblings: z.array(text).min(1, 'leave the key out for a digest without siblings').optional(),
  zone: text.refine(isZone, 'is no time zone such as Asia/Shanghai'),
  cron: text.regex(CRON, 'give five fields such as 0 8 * * 1 (Monday 08:00)'),
  misfire: z.enum(['once', 'skip', 'all'], 'give once, skip or all').default('all'),
  enabled: z.boolean('give true or false').default(true),
  template: text.regex(/^[a-z][a-z0-9-]*$/, 'give the name of a folder in templates/').default('gazette'),
  select: z
    .strictObject({
      countries: some.optional(),
      languages: some.optional(),
      sources: some.optional(),
      topics: some.optional(),
      regions: some.optional(),
    })
    .default({}),
  limits: z
    .strictObject({ itemsPerSection: count.default(5), sections: count.default(6) })
    .default({ itemsPerSection: 5, sections: 6 }),
});

/**
 * Reads `<dir>/<id>.yml`; sorted by id.
 * @throws ConfigError DIGESTS_INVALID with every fault of every file
 */
export async function readDigests(dir: string): Promise<readonly Digest[]> {
  const { files, faults: unreadable } = await readYamlFiles(dir);
  const faults: Fault[] = [...unreadable];
  const digests: Digest[] = [];
  for (const file of files) {
    const checked = check(file, file.value, digestSchema);
    if ('faults' in checked) {
      faults.push(...checked.faults);
      continue;
    }
    const { id, select, siblings, ...rest } = checked.value;
    const name = basename(file.file).replace(/\.ya?ml$/, '');
    if (id !== name)
      faults.push({ file: file.at(['id']), key: 'id', reason: `must be the file's name, ${name}` });
    const chosen = Object.fromEntries(Object.entries(select).filter(([, list]) => list !== undefined));
    digests.push({
      ...rest,
      id: id as DigestId,
      ...(siblings === undefined ? {} : { siblings: siblings as DigestId[] }),
      select: chosen,
    });
  }
  faults.push(...digests.flatMap((digest) => wrongSiblings(digest, digests)));
  if (faults.length > 0)
    throw configError('DIGESTS_INVALID', `${counted(faults.length, 'fault')} in the digest files`, faults);
  return digests.sort((left, right) => (left.id < right.id ? -1 : 1));
}

/** A reader is offered a sibling in another language: it must be there, and be in one. */
function wrongSiblings({ id, lang, siblings = [] }: Digest, digests: readonly Digest[]): Fault[] {
  const fault = (reason: string) => ({ file: `digests/${id}.yml`, key: 'siblings', reason });
  return siblings.flatMap((sibling) => {
    const other = digests.find((digest) => digest.id === sibling);
    if (other === undefined) return [fault(`${sibling} is no digest`)];
    return other.lang === lang ? [fault(`${sibling} is in the same language`)] : [];
  });
}
