import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import Handlebars from 'handlebars';
import type { Edition } from '../model/edition.ts';
import { AppError, errorText } from '../model/errors.ts';
import { attachmentView, keptFile } from './document-view.ts';
import type { EditionView } from './edition-view.ts';
import type { KeptText } from './evidence.ts';
import { mailViewOf } from './mail-view.ts';
import { DIFFERENCE_FILE } from './manifest.ts';
import { stableJson } from './stable-json.ts';
import { viewOf } from './view.ts';
import { WORDING } from './wording.ts';

/** One file of a template, compiled: an unknown field is an error, values are escaped. */
export type Render = (view: object) => string;

/** A look: the compiled files of one folder in `templates/`, by file name without `.hbs`. */
export type Template = ReadonlyMap<string, Render>;

/** What a template for editions must hold. */
export const EDITION_FILES = ['web', 'print', 'email', 'email-text', 'kept'] as const;

/** An edition in its formats, except the PDF, which a browser prints from `print`. */
export interface Renditions {
  /** Content by path within the edition's folder. */
  readonly files: ReadonlyMap<string, string>;
  /** The page to print, with the page numbers of its contents by anchor; unknown ones keep their width. */
  print(pages: ReadonlyMap<string, number>): string;
}

export interface RenderOptions {
  /** Where the edition's folder will be read on the web, ending in `/`; without it mail links to the originals. */
  readonly publicUrl?: string;
  /** Which revision of its week it is. @default the first */
  readonly revision?: RevisionInfo;
}

/** What an edition that was made again says of itself. */
export interface RevisionInfo {
  readonly number: number;
  /** There is a page that tells how it differs from the revision before. */
  readonly hasDifference: boolean;
}

/**
 * Compiles a template folder: `*.hbs`, `partials/*.hbs`, and `*.css` usable as `{{> web.css}}`. Files named `*-text`
 * are plain text and not escaped. A `template.yml` that says `extends: gazette` takes every file that the folder does
 * not have from `../gazette`.
 * @throws AppError `TEMPLATE_MISSING` when there is no such folder, `TEMPLATE_EXTENDS` when `template.yml` says
 *   something else or leads in a circle
 */
export async function loadTemplate(folder: string): Promise<Template> {
  const sources = await inherited(folder, []);
  const engine = Handlebars.create();
  engine.registerHelper('cssString', (text: unknown) => new Handlebars.SafeString(cssString(String(text))));
  for (const [path, source] of sources) {
    // A final newline would stand as a space where a partial is set within a line.
    if (dirname(path) === 'partials') engine.registerPartial(basename(path, '.hbs'), source.trimEnd());
    else if (path.endsWith('.css')) engine.registerPartial(path, () => source);
  }
  const pages = sources.filter(([path]) => path.endsWith('.hbs') && dirname(path) === '.');
  return new Map(
    pages.map(([path, source]): [string, Render] => {
      const name = basename(path, '.hbs');
      const options = {
        strict: true,
        knownHelpersOnly: true,
        knownHelpers: { cssString: true },
        noEscape: name.endsWith('-text'),
        preventIndent: true,
      };
      return [name, engine.compile(source, options)];
    }),
  );
}

/** Every rendition of an edition that is made without a browser, and the page for the one that needs it. */
export function renderEdition(
  template: Template,
  { edition, evidence }: { readonly edition: Edition; readonly evidence: readonly KeptText[] },
  options: RenderOptions,
): Renditions {
  const view = { ...viewOf(edition), ...revisionView(edition, options.revision) };
  const mail = mailViewOf(view, options.publicUrl);
  const notes = new Map(view.notes.map((note) => [note.keptHref, note]));
  const kept = evidence.map(({ document, lines, attachments }): [string, string] => {
    const file = keptFile(document.documentId);
    const files = attachments.map((one) => ({
      ...attachmentView(one, WORDING[edition.lang]),
      address: one.url,
      lines: one.lines,
      isCut: one.isCut,
    }));
    return [file, render(template, 'kept', { ...view, document: notes.get(file), lines, files })];
  });
  return {
    files: new Map([
      ['index.html', render(template, 'web', view)],
      ['email.html', render(template, 'email', mail)],
      ['email.txt', render(template, 'email-text', mail)],
      ['edition.json', stableJson(edition)],
      ...kept,
    ]),
    print: (pages) =>
      render(template, 'print', {
        ...view,
        contents: [...view.contents, { anchor: 'notes', title: view.parts.notes, level: 1 }].map((row) => ({
          ...row,
          page: String(pages.get(row.anchor) ?? '00'),
        })),
      }),
  };
}

/** What the edition says of its revision; nothing when it is the first. */
export function revisionView(
  { lang }: Edition,
  revision: RevisionInfo | undefined,
): Pick<EditionView, 'revision' | 'differenceHref'> {
  if (revision === undefined || revision.number === 1) return { revision: null, differenceHref: null };
  return {
    revision: `${WORDING[lang].labels.revision} ${revision.number}`,
    differenceHref: revision.hasDifference ? DIFFERENCE_FILE : null,
  };
}

/** @throws AppError `TEMPLATE_INCOMPLETE` when the template has no such file, `TEMPLATE_FAILED` when it asks for a field that is not there */
export function render(template: Template, name: string, view: object): string {
  const file = template.get(name);
  if (file === undefined)
    throw new AppError('TEMPLATE_INCOMPLETE', `rendering ${name}: the template has no file ${name}.hbs`);
  try {
    return file(view);
  } catch (cause) {
    const reason = errorText(cause);
    throw new AppError('TEMPLATE_FAILED', `rendering ${name}.hbs: ${reason}`, { cause });
  }
}

const EXTENDS = /^extends:\s*(?<base>[a-z][a-z0-9-]*)$/;

/** The folder's files over those of the one it extends. */
async function inherited(folder: string, before: readonly string[]): Promise<readonly [string, string][]> {
  const own = await sourcesIn(folder);
  const base = await baseOf(folder);
  if (base === undefined) return own;
  if ([...before, folder].includes(base))
    throw new AppError(
      'TEMPLATE_EXTENDS',
      `reading the template ${folder}: it extends itself by way of ${base}`,
    );
  const files = new Map([...(await inherited(base, [...before, folder])), ...own]);
  return [...files].sort(([left], [right]) => (left < right ? -1 : 1));
}

async function baseOf(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, 'template.yml'), 'utf8').catch(() => '');
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const [line] = lines;
  if (line === undefined) return undefined;
  const base = EXTENDS.exec(line.trim())?.groups?.base;
  if (base === undefined || lines.length > 1)
    throw new AppError(
      'TEMPLATE_EXTENDS',
      `reading ${join(folder, 'template.yml')}: it may say one thing, extends: <folder beside it>`,
    );
  return join(dirname(folder), base);
}

async function sourcesIn(folder: string): Promise<[string, string][]> {
  const paths = await readdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new AppError('TEMPLATE_MISSING', `reading the template ${folder}: there is no such folder`, {
      cause,
    });
  });
  return Promise.all(
    paths
      .filter((path) => path.endsWith('.hbs') || path.endsWith('.css'))
      .sort()
      .map(async (path): Promise<[string, string]> => [path, await readFile(join(folder, path), 'utf8')]),
  );
}

/** A CSS string literal; everything but letters, digits and plain spaces is written as a code point. */
function cssString(text: string): string {
  return `"${text.replace(/[^\p{L}\p{N} ]/gu, (char) => `\\${char.codePointAt(0)?.toString(16)} `)}"`;
}
