// Which elements, attributes, properties and units of a mail a mail client shows, by the data of caniemail.com.
import { parseHtml } from '../../text/html.ts';

/** The part of the data that is read: support by client and platform, `y`, `a` (partly), `n`, `u`, with note numbers. */
export interface MailFeatures {
  readonly features: Readonly<Record<string, { readonly support: Readonly<Record<string, string | null>> }>>;
}

export const CLIENTS = [
  'apple-mail.macos',
  'apple-mail.ios',
  'gmail.desktop-webmail',
  'gmail.ios',
  'gmail.android',
  'outlook.windows',
  'outlook.outlook-com',
  'yahoo.desktop-webmail',
  'yahoo.ios',
  'yahoo.android',
] as const;

/** Names under which the data keeps what has another name in HTML and CSS. */
const ALIASES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((one) => [`html-${one}`, 'html-h1-h6'])),
  ...Object.fromEntries(['ul', 'ol', 'li'].map((one) => [`html-${one}`, 'html-lists'])),
  ...Object.fromEntries(['thead', 'tbody', 'tr', 'td', 'th'].map((one) => [`html-${one}`, 'html-table'])),
  ...Object.fromEntries(
    ['article', 'aside', 'header', 'footer', 'main', 'nav', 'section'].map((one) => [
      `html-${one}`,
      'html-semantics',
    ]),
  ),
  'css-font-family': 'css-font',
  // The attribute of this name is basic, the element is not.
  'element-style': 'html-style',
};

/** Older than the data, which does not list them: HTML 4 and CSS 1 that every client shows. */
const BASIC = new Set([
  ...[
    'html',
    'head',
    'title',
    'meta',
    'a',
    'br',
    'charset',
    'name',
    'content',
    'style',
    'class',
    'href',
    'border',
  ].map((one) => `html-${one}`),
  'css-color',
  // Only Word's own engine knows it, for which it is meant.
  'css-mso-hide',
]);

/** Everything a mail uses, by the data's names; what the data does not list keeps its own name. */
export function featuresOf(html: string, data: MailFeatures): ReadonlySet<string> {
  const used = new Set<string>(['html-doctype']);
  const $ = parseHtml(html);
  for (const element of $('*').toArray()) {
    if (!('tagName' in element)) continue;
    used.add(`html-${element.tagName}`);
    if (element.tagName === 'style')
      for (const feature of featuresOfSheet($(element).text())) used.add(feature);
    for (const [name, value] of Object.entries($(element).attr() ?? {})) {
      if (element.tagName === 'meta') {
        if (name === 'name' && value.endsWith('color-scheme')) used.add('html-meta-color-scheme');
        continue;
      }
      if (name === 'href' && value.startsWith('#')) used.add('html-anchor-links');
      used.add(`html-${name}`);
    }
    for (const [property, value] of declarationsOf($(element).attr('style') ?? '')) {
      used.add(`css-${property}`);
      if (value === 'none' && property === 'display') used.add('css-display-none');
      for (const [, unit = ''] of value.matchAll(/\d(%|[a-z]+)/g))
        used.add(`css-unit-${unit === '%' ? 'percent' : unit}`);
      for (const [, name = ''] of value.matchAll(/([a-z-]+)\(/g)) used.add(`css-function-${name}`);
    }
  }
  return new Set([...used].filter((one) => !BASIC.has(one)).map((one) => listed(one, data)));
}

/** What a style sheet uses: `@media` and what it asks for, kinds of selectors, properties. */
function featuresOfSheet(sheet: string): readonly string[] {
  const media = [...sheet.matchAll(/@media\s*\(([a-z-]+)/g)].map(([, asked]) => `css-at-media-${asked}`);
  const rules = [...sheet.matchAll(/([^{}]+)\{([^{}]+)\}/g)].flatMap(([, selector = '', body = '']) => [
    selector.trim().startsWith('.') ? 'css-selector-class' : 'css-selector-type',
    ...declarationsOf(body).map(([property]) => `css-${property}`),
  ]);
  return ['element-style', ...media, ...rules, ...(sheet.includes('!important') ? ['css-important'] : [])];
}

/** The clients that do not show a feature; undefined when the data does not know the feature. */
export function clientsWithout(feature: string, { features }: MailFeatures): readonly string[] | undefined {
  const support = features[feature]?.support;
  return support && CLIENTS.filter((client) => support[client]?.startsWith('n'));
}

/** `padding-top` is kept under `padding`, `border-bottom` under `border`. */
function listed(feature: string, { features }: MailFeatures): string {
  const name = ALIASES[feature] ?? feature;
  if (features[name] !== undefined) return name;
  const shorter = name.replace(/-(?:top|right|bottom|left|color|style|width)$/, '');
  return features[shorter] === undefined ? name : shorter;
}

function declarationsOf(style: string): [string, string][] {
  return (
    style
      .split(';')
      .map((one) => one.split(':').map((part) => part.trim()))
      .filter((pair): pair is [string, string] => pair.length === 2)
      // A colour such as #1c1b19 holds no unit.
      .map(([property, value]) => [property, value.replace(/#[0-9a-f]+/gi, '').replace(/'[^']*'/g, '')])
  );
}
