import type { Article, Site } from '../site.ts';
import type { Family } from './family.ts';
import { type BlockStyle, body, day, escaped, footer, html, navigation } from './page.ts';

const DATA = '/api/column/tzgg.json';

const STYLE: BlockStyle = {
  heading: (text) => `<h3>${text}</h3>`,
  signature: (text) => `<p class="right">${text}</p>`,
  paragraph: (text) => `<p>${text}</p>`,
};

/** A single-page front end: the list is empty until a script has asked for it and drawn it. */
export const scripted: Family = {
  list(site, articles, { path }) {
    if (path === DATA) return { type: 'application/json', text: JSON.stringify({ rows: articles.map(row) }) };
    if (path !== site.list) return undefined;
    return html(`${top(site, site.column)}
<div id="app"><div class="loading">正在加载，请稍候……</div><ul class="news-list" id="list"></ul></div>
<noscript>请启用 JavaScript 后访问本栏目。</noscript>
<script>
fetch('${DATA}').then(function (answer) { return answer.json(); }).then(function (data) {
  var list = document.getElementById('list');
  data.rows.forEach(function (row) {
    var item = document.createElement('li');
    item.className = 'news-item';
    var link = document.createElement('a');
    link.href = row.href; link.title = row.title; link.textContent = row.title;
    var date = document.createElement('span');
    date.className = 'date'; date.textContent = row.date;
    item.appendChild(link); item.appendChild(date); list.appendChild(item);
  });
  document.querySelector('.loading').remove();
});
</script>${end(site)}`);
  },

  article(site, article, { visits }) {
    return html(`${top(site, article.title)}
<div class="detail"><h1 class="detail-title">${escaped(article.title)}</h1>
<div class="detail-meta"><span>发布时间：${article.published ?? ''}</span><span>信息来源：${escaped(article.credit ?? site.name)}</span><span>浏览：${57 + visits}</span></div>
<div class="detail-content">
${body(article, STYLE)}
</div></div>${end(site)}`);
  },
};

function row(article: Article): { title: string; href: string; date: string } {
  return { title: article.listTitle, href: article.path, date: day(article) };
}

function top(site: Site, title: string): string {
  return `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${escaped(title)} | ${site.name}</title></head><body>
<div class="navbar"><strong>${site.name}</strong>${navigation(site, (link) => `<span>${link}</span>`)}</div>`;
}

function end(site: Site): string {
  return `<div class="site-footer">${footer(site, (line) => `<p>${line}</p>`)}</div></body></html>`;
}
