import type { Family } from './family.ts';
import {
  address,
  attachments,
  type BlockStyle,
  body,
  day,
  escaped,
  footer,
  html,
  navigation,
} from './page.ts';

const STYLE: BlockStyle = {
  heading: (text) => `<h2>${text}</h2>`,
  signature: (text) => `<p class="signature">${text}</p>`,
  paragraph: (text) => `<p>${text}</p>`,
};

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** An official register with a documents API: JSON with number, agency, abstract and day. */
export const register: Family = {
  list(site, articles, { path }) {
    if (path !== site.list) return undefined;
    const results = articles.map((article) => ({
      title: article.listTitle,
      type: article.type ?? 'Notice',
      abstract: article.summary ?? null,
      document_number: article.number,
      html_url: address(site, article.path),
      publication_date: day(article),
      agencies: [{ raw_name: article.issuer?.toUpperCase(), name: article.issuer, id: 7 }],
    }));
    const answer = { description: 'Documents on innovation', count: results.length, total_pages: 1, results };
    return { type: 'application/json', text: JSON.stringify(answer) };
  },

  article(site, article, { visits }) {
    const [year, month, date] = day(article).split('-');
    return html(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(site.name)} :: ${escaped(article.title)}</title>
<meta property="og:title" content="${escaped(article.title)}"><meta name="citation_date" content="${day(article)}"></head>
<body><header><a href="/">${escaped(site.name)}</a><nav>${navigation(site, (link) => link)}</nav></header>
<main><div class="metadata"><h1>${escaped(article.title)}</h1>
<p class="type">${escaped(article.type ?? 'Notice')} by the <a href="/agencies">${escaped(article.issuer ?? '')}</a> on <time datetime="${day(article)}">${MONTHS[Number(month) - 1]} ${Number(date)}, ${year}</time></p>
<dl><dt>Document number:</dt><dd>${article.number}</dd><dt>Publication date:</dt><dd>${month}/${date}/${year}</dd><dt>Page views:</dt><dd>${77 + visits}</dd></dl></div>
<div id="fulltext_content_area" class="body">
${body(article, STYLE)}
</div><ul class="attachments">${attachments(article)}</ul>
<div class="utility"><a>Print</a><a>Share</a><a>Public inspection</a></div></main>
<footer>${footer(site, (line) => `<p>${line}</p>`)}</footer></body></html>`);
  },
};
