import type { Family } from './family.ts';
import { address, type BlockStyle, body, escaped, footer, html, navigation, related } from './page.ts';

const STYLE: BlockStyle = {
  heading: (text) => `<p><strong>　　${text}</strong></p>`,
  signature: (text) => `<p>　　${text}</p>`,
  paragraph: (text) => `<p>　　${text}</p>`,
};

/** A news agency: the list is a JSON data source that its pages load. */
export const agency: Family = {
  list(site, articles, { path }) {
    if (path !== site.list) return undefined;
    const datasource = articles.map((article, index) => ({
      contentId: article.path.replace(/\D/g, ''),
      title: `<a href='${article.path}' target='_blank'>${article.listTitle}</a>`,
      showTitle: article.listTitle,
      publishUrl: address(site, article.path),
      publishTime: `${article.published ?? ''}:00`,
      summary: article.summary ?? '',
      author: article.author ?? '',
      sourceText: article.credit ?? site.name,
      sort: index + 1,
    }));
    return { type: 'application/json', text: JSON.stringify({ datasource }) };
  },

  article(site, article, { visits }) {
    const near = related(site, article)
      .map((other) => `<li><a href="${other.path}">${escaped(other.title)}</a></li>`)
      .join('');
    const [on = '', time = ''] = (article.published ?? '').split(' ');
    return html(`<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${escaped(article.title)}-${site.name}</title>
<meta name="publishdate" content="${on}"><meta name="source" content="${escaped(article.credit ?? site.name)}">
<meta name="description" content="${escaped(article.summary ?? article.title)}"></head>
<body><div class="domPC"><div class="header-nav">${navigation(site, (link) => link)}</div>
<div class="header-cont"><div class="header-time"><span class="year"><em>${on.slice(0, 4)}</em></span><span class="day">${on.slice(5, 7)}/${on.slice(8)}</span><span class="time">${time}:00</span></div>
<div class="head-line"><h1><span class="title">${escaped(article.title)}</span></h1></div>
<div class="info">${on} ${time}　来源：${escaped(article.credit ?? site.name)}　<span class="pl">已有<i>${18 + visits}</i>人浏览</span></div></div></div>
<div id="detail" class="main-article">
${body(article, STYLE)}
<div class="editor">【责任编辑：${escaped(article.author ?? '林一')}】</div></div>
<div class="share-btn"><a>微信</a><a>微博</a><a>复制链接</a></div>
<div class="recommend"><h4>相关新闻</h4><ul>${near}</ul></div>
<div class="ft">${footer(site, (line) => `<p>${line}</p>`)}</div></body></html>`);
  },
};
