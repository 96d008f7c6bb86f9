import sanitizeHtml from 'sanitize-html';

const ALLOWED = [
  ...['h1', 'h2', 'h3', 'h4', 'p', 'ul', 'ol', 'li', 'blockquote', 'br'],
  ...['table', 'tbody', 'tr', 'th', 'td', 'a', 'strong', 'em'],
];

const BLOCKS = new Set(['h1', 'h2', 'h3', 'h4', 'p', 'blockquote', 'ul', 'ol', 'table']);
const WORDS = new Set(['words', 'br /', 'a', 'strong', 'em']);
const PLAIN_WORDS = new Set(['words']);
/** What may stand right inside each element of a clean body; '' is the body itself. */
const INSIDE = new Map<string, ReadonlySet<string>>([
  ['', BLOCKS],
  ['ul', new Set(['li'])],
  ['ol', new Set(['li'])],
  ['table', new Set(['tbody'])],
  ['tbody', new Set(['tr'])],
  ['tr', new Set(['th', 'td'])],
  ...['h1', 'h2', 'h3', 'h4', 'p', 'blockquote', 'li', 'th', 'td'].map((name) => [name, WORDS] as const),
  ...['a', 'strong', 'em'].map((name) => [name, PLAIN_WORDS] as const),
]);
/** A tag without attributes, a line break, a link to an address of ASCII signs, or words; no clean body has anything else. */
const PART =
  /<(\/?)([a-z][a-z0-9]*)>|<(br \/)>|<(a) href="([!#-%'-;=?-~]*(?:&amp;[!#-%'-;=?-~]*)*)">|([^<>&\0]+|&(?:amp|lt|gt);)/y;
const TARGET = /^(?:https?:\/\/|mailto:)[^/]/;

/**
 * The gate every body leaves through, whatever wrote its HTML: the small list of tags a document may carry, links with
 * `href` alone and only to pages and mail boxes. Anything else loses its tag and keeps its words.
 */
export function sanitise(html: string): string {
  if (isClean(html)) return html;
  return sanitizeHtml(html, {
    allowedTags: ALLOWED,
    allowedAttributes: { a: ['href'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
  });
}

/** True for HTML that is, to the letter, what the gate lets through: nearly all bodies, which need no second parser. */
function isClean(html: string): boolean {
  const open = [''];
  PART.lastIndex = 0;
  while (PART.lastIndex < html.length) {
    const part = PART.exec(html);
    if (part === null) return false;
    const [, slash, tag, lineBreak, link, target, words] = part;
    if (slash === '/') {
      if (open.pop() !== tag) return false;
      continue;
    }
    const name = tag ?? lineBreak ?? link ?? 'words';
    if (INSIDE.get(open.at(-1) ?? '')?.has(name) !== true) return false;
    if (target !== undefined && !TARGET.test(target)) return false;
    if (words === undefined && lineBreak === undefined) open.push(name);
  }
  return open.length === 1;
}
