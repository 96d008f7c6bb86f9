import { basename } from 'node:path';
import { cluster } from '../../pipeline/cluster.ts';
import { type Evaluation, readManifest } from './corpus.ts';
import { type MadeText, sourcesOf, toDocument } from './documents-of-texts.ts';
import { seededRandom } from './seeded-random.ts';
import { reprintPairs } from './stories.ts';
import { projectVocabulary } from './vocabulary.ts';

/** A text of the set, or what was made of it. */
interface ReprintText extends MadeText {
  readonly reprintOf: string | null;
}

const SEED = 20_210_621;
const DROPPED = 0.2;
const ADDED = 2;
const SHORTEST = 120;
const WAYS = ['verbatim', 'cut', 'retitled', 'dropped', 'added', 'all'] as const;

/**
 * Makes reprints of the bodies of a page set (cut, retitled, a fifth of the sentences dropped, two paragraphs of another
 * text added, and all of it), clusters originals and reprints together and counts the pairs found. The same every time.
 */
export async function evaluateReprints(dir: string): Promise<Evaluation> {
  const vocabulary = await projectVocabulary();
  const texts = madeReprints(await originals(dir));
  const documents = texts.map((text) => toDocument(text, vocabulary));
  const pairs = reprintPairs(texts, documents, cluster(documents, sourcesOf(texts)));
  return {
    set: basename(dir),
    n: texts.length,
    figures: { reprintPrecision: pairs?.precision ?? null, reprintRecall: pairs?.recall ?? null },
    notes: pairs?.notes ?? [],
  };
}

async function originals(dir: string): Promise<readonly ReprintText[]> {
  const pages = await readManifest(dir);
  return pages.flatMap(({ id, url, expected }) => {
    const { title, body, publishedAt } = expected ?? {};
    if (typeof body !== 'string' || body.length < SHORTEST) return [];
    return {
      id,
      site: `original ${id}`,
      trust: 'media',
      url: url ?? `https://set.example/${id}`,
      publishedAt: typeof publishedAt === 'string' ? publishedAt : '2021-06-21',
      title: typeof title === 'string' ? title : body.slice(0, 24),
      text: body,
      reprintOf: null,
    };
  });
}

/** Each text and one reprint of it in every way. */
function madeReprints(texts: readonly ReprintText[]): readonly ReprintText[] {
  const random = seededRandom(SEED);
  return texts.flatMap((text, index) => {
    const made = WAYS.map((way): ReprintText => {
      // Each medium adds paragraphs of its own.
      const other = texts[(index + 1 + Math.floor(random() * (texts.length - 1))) % texts.length] ?? text;
      const isAll = way === 'all';
      let paragraphs = text.text.split('\n').filter((line) => line.trim() !== '');
      if (way === 'dropped' || isAll) paragraphs = paragraphs.map((line) => dropSome(line, random));
      let body = paragraphs.filter((line) => line !== '').join('\n');
      if (way === 'cut' || isAll) body = body.slice(0, Math.floor(body.length * (isAll ? 0.7 : 0.4)));
      if (way === 'added' || isAll) body = `${body}\n${paragraphsOf(other.text, random).join('\n')}`;
      return {
        ...text,
        id: `${text.id} ${way}`,
        site: `${way} of ${text.id}`,
        url: `https://reprint.example/${encodeURIComponent(text.id)}/${way}`,
        title: way === 'retitled' || isAll ? retitled(text) : text.title,
        text: body,
        reprintOf: text.id,
      };
    });
    return [text, ...made];
  });
}

function dropSome(paragraph: string, random: () => number): string {
  return (paragraph.match(/[^。！？]+[。！？]?[”’]?/gu) ?? []).filter(() => random() >= DROPPED).join('');
}

function paragraphsOf(text: string, random: () => number): readonly string[] {
  const paragraphs = text.split('\n').filter((line) => line.trim().length > 20);
  const at = Math.floor(random() * Math.max(1, paragraphs.length - ADDED));
  return paragraphs.slice(at, at + ADDED);
}

/** Another headline: the first words of the text. */
function retitled({ text }: ReprintText): string {
  return `快讯：${text.replace(/\s+/gu, '').slice(0, 18)}`;
}
