import type { Article, Site } from '../site.ts';
import type { Answer, Ask } from './family.ts';
import {
  attachments,
  type BlockStyle,
  body,
  escaped,
  footer,
  html,
  navigation,
  publishedAt,
  related,
} from './page.ts';

const STYLE: BlockStyle = {
  heading: (text) => `<h2>${text}</h2>`,
  signature: (text) => `<p class="sig">${text}</p>`,
  paragraph: (text) => `<p>${text}</p>`,
};

/** The page behind the items of a feed: semantic HTML with JSON-LD, as publishing systems of the last years make it. */
export function blogArticle(site: Site, article: Article, { visits }: Ask): Answer {
  const at = publishedAt(site, article)?.toISOString();
  const near = related(site, article).map(
    (other) => `<li><a href="${other.path}">${escaped(other.title)}</a></li>`,
  );
  const ld = JSON.stringify({
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: article.title,
    datePublished: at,
    author: { '@type': 'Organization', name: article.author ?? article.issuer ?? site.name },
    publisher: { '@type': 'Organization', name: site.name },
  });
  const files =
    article.attachments.length === 0
      ? ''
      : `<section class="attachments"><ul>${attachments(article)}</ul></section>`;
  const credit =
    article.credit === undefined ? '' : `<span class="source">来源：${escaped(article.credit)}</span>`;
  return html(`<!doctype html>
<html lang="${site.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(article.title)} | ${escaped(site.name)}</title>
<meta property="og:title" content="${escaped(article.title)}"><meta property="og:site_name" content="${escaped(site.name)}">
<meta property="article:published_time" content="${at ?? ''}">
<script type="application/ld+json">${ld.replaceAll('<', '\\u003c')}</script></head>
<body><a class="skip" href="#main">${site.lang === 'en' ? 'Skip to main content' : '▼'}</a>
<header><a href="/">${escaped(site.name)}</a><nav><ul>${navigation(site, (link) => `<li>${link}</li>`)}</ul></nav></header>
<main id="main"><article><header><h1>${escaped(article.title)}</h1>
<div class="meta"><time datetime="${at ?? ''}">${article.published ?? ''}</time> ${credit} <span class="views">${120 + visits}</span></div></header>
<div class="entry-content">
${body(article, STYLE)}
</div>${files}</article>
<aside class="related"><ul>${near.join('')}</ul></aside></main>
<footer>${footer(site, (line) => `<p>${line}</p>`)}</footer></body></html>`);
}
