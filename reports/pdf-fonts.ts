import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The fonts a page to print may use, all static weights: variable fonts come out as Type 3 outlines. */
const FACES = [
  { family: 'Noto Sans SC', folder: 'noto-sans-sc', weights: [400, 600] },
  { family: 'Noto Serif SC', folder: 'noto-serif-sc', weights: [400, 600] },
] as const;

/** Han, CJK punctuation and full-width forms come from one file per weight: one embedded font each. */
const HAN = 'U+2E80-303F,U+3200-9FFF,U+F900-FAFF,U+FE30-FE4F,U+FF00-FFEF';
const FILE_NAME = /^[\w-]+\.woff2$/;

/** Characters beyond U+FFFF (𬭎 in names of elements and people), which the families' packages leave out. */
const RARE_FOLDER = 'rare';
const RARE_PACKAGE = '@chinese-fonts/sypxzs';
const RARE_FACE =
  /@font-face\s*\{[^}]*?url\("\.\/(?<file>[\w-]+\.woff2)"\)[^}]*?unicode-range:(?<range>[^;}]+)[^}]*\}/gu;
const BEYOND_BMP = /U\+[23][0-9A-F]{4}/iu;

const require = createRequire(import.meta.url);

/**
 * The style sheet `fonts.css` of a page to print. The packages' own faces cover all scripts in slices; the whole
 * Chinese file stands after them and wins for what it has; rare characters come from a third font.
 */
export function fontStyles(): string {
  const faces = FACES.flatMap(({ family, folder, weights }) =>
    weights.flatMap((weight) => [
      slicedStyles(folder, weight),
      face(family, weight, `${folder}/${folder}-chinese-simplified-${weight}-normal.woff2`, HAN),
    ]),
  );
  return [...faces, ...rareFaces()].join('\n');
}

/** A font by its address below `fonts/`; undefined when it is not one of ours. */
export function fontFile(address: string): Uint8Array | undefined {
  const [folder = '', name = '', ...rest] = address.split('/');
  if (rest.length > 0 || !FILE_NAME.test(name)) return undefined;
  if (folder === RARE_FOLDER) return readFileSync(join(rareFolder(), name));
  if (!FACES.some((one) => one.folder === folder)) return undefined;
  return readFileSync(join(packageFolder(`@fontsource/${folder}`), 'files', name));
}

function slicedStyles(folder: string, weight: number): string {
  return readFileSync(join(packageFolder(`@fontsource/${folder}`), `${weight}.css`), 'utf8')
    .replaceAll('url(./files/', `url(fonts/${folder}/`)
    .replaceAll('font-display: swap', 'font-display: block');
}

function rareFaces(): string[] {
  const source = readFileSync(join(rareFolder(), 'result.css'), 'utf8');
  return [...source.matchAll(RARE_FACE)].flatMap(({ groups }) => {
    // Both groups take part in every match.
    const { file = '', range = '' } = groups ?? {};
    if (!BEYOND_BMP.test(range)) return [];
    // Chromium puts faces together only when their weights are written alike: a range would stand apart.
    return FACES.flatMap(({ family, weights }) =>
      weights.map((weight) => face(family, weight, `${RARE_FOLDER}/${file}`, range)),
    );
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
