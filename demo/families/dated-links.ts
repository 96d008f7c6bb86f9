import type { Article, Site } from '../site.ts';
import type { Family } from './family.ts';
import { type BlockStyle, body, escaped, footer, html, navigation } from './page.ts';

const STYLE: BlockStyle = {
  heading: (text) => `<div style="text-indent:2em"><b>${text}</b></div>`,
  signature: (text) => `<div style="text-align:right">${text}</div>`,
  paragraph: (text) => `<div style="text-indent:2em">${text}</div>`,
};

/** Sites that print no date in list or page head: it stands in the address alone, and at the end of a notice. */
export const datedLinks: Family = {
  list(site, articles, { path }) {
    if (path !== site.list) return undefined;
    const items = articles
      .map((article) => `<dd><a href="${article.path}">${escaped(article.listTitle)}</a></dd>`)
      .join('\n');
    return html(`${top(site, site.column)}
<div class="wzlist"><dl><dt>${site.column}</dt>
${items}
</dl></div><div class="pager"><a class="on">1</a><a href="list_2.html">2</a><a href="list_2.html">下一页</a></div>${end(site)}`);
  },

  article(site, article, { visits }) {
    return html(`${top(site, article.title)}
<div class="wz"><div class="wz_title">${escaped(article.title)}</div>
<div class="wz_sub">来源：${escaped(article.credit ?? site.name)}　点击数：${640 + visits}　<a>收藏</a> <a>打印</a></div>
<div class="wz_con">
${body(article, STYLE)}
</div></div>${links(site, article)}${end(site)}`);
  },
};

function links(site: Site, article: Article): string {
  const others = site.articles.filter((other) => other.path !== article.path && other.from <= article.from);
  const [previous] = others.slice(-1);
  if (previous === undefined) return '';
  return `<div class="wz_nav">上一篇：<a href="${previous.path}">${escaped(previous.title)}</a></div>`;
}

function top(site: Site, title: string): string {
  return `<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>${escaped(title)}--${site.name}</title></head><body>
<div class="top"><h3>${site.name}</h3>${navigation(site, (link) => `<span>${link}</span>`)}</div>
<div class="dqwz">当前位置：<a href="/">网站首页</a> &gt;&gt; <a href="${site.list}">${site.column}</a></div>`;
}

function end(site: Site): string {
  return `<div class="bq">${footer(site, (line) => `<p>${line}</p>`)}</div></body></html>`;
}
