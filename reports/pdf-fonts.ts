import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { charactersOf } from './font-cmap.ts';

/** The fonts a page to print may use, all static weights: variable fonts come out as Type 3 outlines. */
const FACES = [
  { family: 'Noto Sans SC', folder: 'noto-sans-sc', letters: 'noto-sans', weights: [400, 600] },
  { family: 'Noto Serif SC', folder: 'noto-serif-sc', letters: 'noto-serif', weights: [400, 600] },
] as const;

/** Han, CJK punctuation and full-width forms come from one file per weight: one embedded font each. */
const HAN = 'U+2E80-303F,U+3200-9FFF,U+F900-FAFF,U+FE30-FE4F,U+FF00-FFEF';
/** Letters that the Chinese families lack (ł, ő, α), out of the same designers' Latin families. */
const LETTERS = ['latin-ext', 'greek', 'greek-ext', 'cyrillic-ext', 'vietnamese'] as const;
const FILE_NAME = /^[\w-]+\.woff2$/;

/** What the families' packages leave out: characters beyond U+FFFF (𬭎 in names of elements and people), Ⅲ, ∂. */
const RARE_FOLDER = 'rare';
const RARE_PACKAGE = '@chinese-fonts/sypxzs';
const RARE_FACE =
  /@font-face\s*\{[^}]*?url\("\.\/(?<file>[\w-]+\.woff2)"\)[^}]*?unicode-range:(?<range>[^;}]+)[^}]*\}/gu;
const LAST_CONTROL = 0x9f;

const require = createRequire(import.meta.url);

const FACE = /@font-face\s*\{[^}]*\}/g;
const RANGE = /unicode-range:([^;}]+)/;
/** Written into pages by entities, counters and style sheets: Latin, punctuation, CJK punctuation, full-width forms. */
const ALWAYS = codesIn('U+0-FF,U+2000-206F,U+3000-303F,U+FF00-FFEF');
/** Characters written as code points: `\\2014 ` in a style sheet, `&#8212;` and `&#x2014;` in a page. */
const WRITTEN = /\\([0-9a-f]{1,6})|&#x([0-9a-f]{1,6});|&#(\d{1,7});/gi;

/** Of the style sheet `fonts.css`, the faces that this page can ask for: all of them are 750 kB to read. */
export function fontStylesFor(html: string): string {
  const used = new Set(ALWAYS);
  // Style sheets may ask for capitals.
  for (const one of new Set(html))
    for (const form of one + one.toUpperCase() + one.toLowerCase()) used.add(form.codePointAt(0) ?? 0);
  for (const [, css, hex, decimal] of html.matchAll(WRITTEN))
    used.add(decimal === undefined ? Number.parseInt(css ?? hex ?? '', 16) : Number(decimal));
  faces ??= [...fontStyles().matchAll(FACE)].map(([text]) => ({
    text,
    characters: codesIn(RANGE.exec(text)?.[1] ?? ''),
  }));
  return faces
    .filter(({ characters }) => characters.length === 0 || characters.some((code) => used.has(code)))
    .map(({ text }) => text)
    .join('\n');
}

let faces: readonly { readonly text: string; readonly characters: readonly number[] }[] | undefined;

/**
 * The style sheet `fonts.css` of a page to print. The packages' own faces cover all scripts in slices; the whole
 * Chinese file stands after them and wins for what it has; rare characters come from a third font.
 */
export function fontStyles(): string {
  styles ??= readStyles();
  return styles;
}

function readStyles(): string {
  const faces = FACES.flatMap(({ family, folder, letters, weights }) =>
    weights.flatMap((weight) => [
      ...letterSlices(letters).map(({ slice, characters }) =>
        face(family, weight, `${letters}/${letters}-${slice}-${weight}-normal.woff2`, rangeOf(characters)),
      ),
      slicedStyles(folder, weight),
      face(family, weight, `${folder}/${folder}-chinese-simplified-${weight}-normal.woff2`, HAN),
    ]),
  );
  return [...faces, ...rareFaces()].join('\n');
}

let styles: string | undefined;
let printable: ReadonlySet<number> | undefined;
let covered: ReadonlySet<number> | undefined;

/** Every character that a page to print has a glyph for, whichever of our fonts it is set in. */
export function printableCharacters(): ReadonlySet<number> {
  printable ??= new Set([...letteredCharacters(), ...rareSlices().flatMap(({ characters }) => characters)]);
  return printable;
}

/**
 * What the two families cover, read once from the fonts' own character maps: the ranges of the packages' style sheets
 * name characters that the fonts do not have.
 */
function familyCharacters(): ReadonlySet<number> {
  covered ??= new Set(
    FACES.flatMap(({ folder }) => {
      const files = join(packageFolder(`@fontsource/${folder}`), 'files');
      return readdirSync(files)
        .filter((name) => name.endsWith('-400-normal.woff'))
        .flatMap((name) => charactersOf(readFileSync(join(files, name))));
    }),
  );
  return covered;
}

/** The families with the letters that were added to them. */
function letteredCharacters(): ReadonlySet<number> {
  const added = FACES.flatMap(({ letters }) => letterSlices(letters).flatMap(({ characters }) => characters));
  return new Set([...familyCharacters(), ...added]);
}

function letterSlices(folder: string): { readonly slice: string; readonly characters: readonly number[] }[] {
  const known = familyCharacters();
  return LETTERS.map((slice) => {
    const file = join(packageFolder(`@fontsource/${folder}`), 'files', `${folder}-${slice}-400-normal.woff`);
    return {
      slice,
      characters: charactersOf(readFileSync(file)).filter((code) => code > LAST_CONTROL && !known.has(code)),
    };
  }).filter(({ characters }) => characters.length > 0);
}

/** A font by its address below `fonts/`; undefined when it is not one of ours. */
export function fontFile(address: string): Uint8Array | undefined {
  const [folder = '', name = '', ...rest] = address.split('/');
  if (rest.length > 0 || !FILE_NAME.test(name)) return undefined;
  if (folder === RARE_FOLDER) return readFileSync(join(rareFolder(), name));
  if (!FACES.some((one) => one.folder === folder || one.letters === folder)) return undefined;
  return readFileSync(join(packageFolder(`@fontsource/${folder}`), 'files', name));
}

function slicedStyles(folder: string, weight: number): string {
  return readFileSync(join(packageFolder(`@fontsource/${folder}`), `${weight}.css`), 'utf8')
    .replaceAll('url(./files/', `url(fonts/${folder}/`)
    .replaceAll('font-display: swap', 'font-display: block');
}

function rareFaces(): string[] {
  // Chromium puts faces together only when their weights are written alike: a range would stand apart.
  return rareSlices().flatMap(({ file, characters }) => {
    const range = rangeOf(characters);
    return FACES.flatMap(({ family, weights }) =>
      weights.map((weight) => face(family, weight, `${RARE_FOLDER}/${file}`, range)),
    );
  });
}

/** The slices of the third font with what the families lack. It was sliced by its own characters: its ranges are true. */
function rareSlices(): { readonly file: string; readonly characters: readonly number[] }[] {
  const known = letteredCharacters();
  const source = readFileSync(join(rareFolder(), 'result.css'), 'utf8');
  return [...source.matchAll(RARE_FACE)].flatMap(({ groups }) => {
    // Both groups take part in every match.
    const { file = '', range = '' } = groups ?? {};
    const characters = codesIn(range).filter((code) => code > LAST_CONTROL && !known.has(code));
    return characters.length === 0 ? [] : [{ file, characters }];
  });
}

/** Code points in order as `U+3b1,U+3b3-3c9`. */
function rangeOf(codes: readonly number[]): string {
  const hex = (code: number) => code.toString(16);
  const runs: [number, number][] = [];
  for (const code of codes) {
    const last = runs.at(-1);
    if (last?.[1] === code - 1) last[1] = code;
    else runs.push([code, code]);
  }
  return runs.map(([from, to]) => (from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`)).join(',');
}

/** `U+3b1,U+3b3-3c9` as code points. */
function codesIn(range: string): number[] {
  return [...range.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/gi)].flatMap(([, from = '', to = from]) => {
    const first = Number.parseInt(from, 16);
    return Array.from({ length: Number.parseInt(to, 16) - first + 1 }, (_, index) => first + index);
  });
}

function face(family: string, weight: number, file: string, range: string): string {
  return `@font-face { font-family: "${family}"; font-weight: ${weight}; font-display: block; src: url(fonts/${file}) format("woff2"); unicode-range: ${range}; }`;
}

function packageFolder(name: string): string {
  return dirname(require.resolve(`${name}/package.json`));
}

/** The package holds its one font in a folder named after it. */
function rareFolder(): string {
  const dist = join(packageFolder(RARE_PACKAGE), 'dist');
  const folder = readdirSync(dist, { withFileTypes: true }).find((entry) => entry.isDirectory());
  if (folder === undefined) throw new RangeError(`${RARE_PACKAGE} holds no font folder`);
  return join(dist, folder.name);
}
