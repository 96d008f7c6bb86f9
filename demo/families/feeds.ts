import type { Article, Site } from '../site.ts';
import { blogArticle } from './blog.ts';
import type { Family } from './family.ts';
import { address, escaped, publishedAt } from './page.ts';

/** A news site with an RSS 2.0 feed whose links say where the reader came from. */
export const rss: Family = {
  list(site, articles, { path }) {
    if (path !== site.list) return undefined;
    const items = articles.map(
      (
        article,
      ) => `<item><title>${escaped(article.listTitle)}</title><link>${link(site, article)}?utm_source=rss&amp;utm_medium=feed</link>
<guid isPermaLink="true">${link(site, article)}</guid><pubDate>${rfc822(site, article)}</pubDate>
<dc:creator>${escaped(article.author ?? site.name)}</dc:creator><description><![CDATA[${lead(article)}]]></description></item>`,
    );
    return {
      type: 'application/rss+xml',
      text: `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>${escaped(site.name)}</title><link>${address(site, '/')}</link><description>${escaped(site.column)}</description><language>${site.lang}</language>
${items.join('\n')}
</channel></rss>`,
    };
  },
  article: blogArticle,
};

/** A government site with an Atom feed in the manner of search-driven portals. */
export const atom: Family = {
  list(site, articles, { path }) {
    if (path !== site.list) return undefined;
    const newest = articles[0] === undefined ? undefined : iso(site, articles[0]);
    const entries = articles.map(
      (
        article,
      ) => `<entry><id>${link(site, article)}#${iso(site, article)}</id><updated>${iso(site, article)}</updated>
<link href="${link(site, article)}" rel="alternate" type="text/html"/><title>${escaped(article.listTitle)}</title>
<summary type="html">${escaped(lead(article))}</summary></entry>`,
    );
    return {
      type: 'application/atom+xml',
      text: `<?xml version="1.0" encoding="UTF-8"?>
<feed xml:lang="en" xmlns="http://www.w3.org/2005/Atom"><id>${address(site, site.list)}</id><title>${escaped(site.column)}</title>
<author><name>${escaped(site.name)}</name></author><link rel="self" href="${address(site, site.list)}"/><updated>${newest}</updated>
${entries.join('\n')}
</feed>`,
    };
  },
  article: blogArticle,
};

/** A Japanese ministry's RSS 1.0 (RDF): the channel names the items, which follow it. */
export const rdf: Family = {
  list(site, articles, { path }) {
    if (path !== site.list) return undefined;
    const names = articles.map((article) => `<rdf:li rdf:resource="${link(site, article)}"/>`);
    const items = articles.map(
      (
        article,
      ) => `<item rdf:about="${link(site, article)}"><title>${escaped(article.listTitle)}</title><link>${link(site, article)}</link>
<description>${escaped(lead(article))}</description><dc:date>${(article.published ?? '').replace(' ', 'T')}:00+09:00</dc:date></item>`,
    );
    return {
      type: 'application/rdf+xml',
      text: `<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" xml:lang="ja">
<channel rdf:about="${address(site, site.list)}"><title>${escaped(site.column)}</title><link>${address(site, '/')}</link><description>${escaped(site.name)}</description><items><rdf:Seq>${names.join('')}</rdf:Seq></items></channel>
${items.join('\n')}
</rdf:RDF>`,
    };
  },
  article: blogArticle,
};

function link(site: Site, article: Article): string {
  return address(site, article.path);
}

function lead(article: Article): string {
  return article.summary ?? article.blocks[0] ?? '';
}

function iso(site: Site, article: Article): string {
  return publishedAt(site, article)?.toISOString().replace('.000', '') ?? '';
}

function rfc822(site: Site, article: Article): string {
  return publishedAt(site, article)?.toUTCString() ?? '';
}
