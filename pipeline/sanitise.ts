import sanitizeHtml from 'sanitize-html';
import { absoluteUrl } from '../text/urls.ts';

const ALLOWED = [
  ...['h1', 'h2', 'h3', 'h4', 'p', 'ul', 'ol', 'li', 'blockquote', 'br'],
  ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'a', 'strong', 'em'],
];
/** Their words are no words of the document. */
const DROPPED_WITH_TEXT = [
  ...['script', 'style', 'noscript', 'textarea', 'option', 'select', 'button', 'iframe', 'object', 'svg'],
  ...['math', 'canvas', 'template', 'title', 'audio', 'video'],
];
/** Elements that only say "a block stands here". */
const BLOCKS = [
  'div',
  'section',
  'article',
  'main',
  'center',
  'dd',
  'dt',
  'dl',
  'figcaption',
  'h5',
  'h6',
  'pre',
];

/**
 * Cuts HTML down to the small list of tags a document may carry. Links keep `href` alone, made absolute against `base`;
 * anything but http, https and mailto loses its link and keeps its words.
 */
export function sanitise(html: string, base: string): string {
  return sanitizeHtml(html, {
    allowedTags: ALLOWED,
    allowedAttributes: { a: ['href'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
    nonTextTags: DROPPED_WITH_TEXT,
    // The parser stops at 512; below a lower limit words would be lost without a sign.
    nestingLimit: 600,
    transformTags: {
      ...Object.fromEntries(BLOCKS.map((tag) => [tag, sanitizeHtml.simpleTransform('p', {}, false)])),
      b: sanitizeHtml.simpleTransform('strong', {}, false),
      i: sanitizeHtml.simpleTransform('em', {}, false),
      tfoot: 'tbody',
      a: (_tag, attributes) => {
        const href = linkTarget(attributes.href ?? '', base);
        return { tagName: 'a', attribs: href === undefined ? {} : { href } };
      },
    },
  });
}

function linkTarget(href: string, base: string): string | undefined {
  return /^mailto:[^\s<>"]+@[^\s<>"]+$/i.test(href.trim()) ? href.trim() : absoluteUrl(href, base);
}
