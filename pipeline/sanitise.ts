import sanitizeHtml from 'sanitize-html';

const ALLOWED = [
  ...['h1', 'h2', 'h3', 'h4', 'p', 'ul', 'ol', 'li', 'blockquote', 'br'],
  ...['table', 'tbody', 'tr', 'th', 'td', 'a', 'strong', 'em'],
];

/**
 * The gate every body leaves through, whatever wrote its HTML: the small list of tags a document may carry, links with
 * `href` alone and only to pages and mail boxes. Anything else loses its tag and keeps its words.
 */
export function sanitise(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: ALLOWED,
    allowedAttributes: { a: ['href'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
  });
}
