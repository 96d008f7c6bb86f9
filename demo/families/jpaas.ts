import type { Article, Site } from '../site.ts';
import type { Family } from './family.ts';
import { type BlockStyle, body, day, escaped, footer, html, navigation, related } from './page.ts';

const STYLE: BlockStyle = {
  heading: (text) => `<p style="text-indent:2em;"><span style="font-family:黑体;">${text}</span></p>`,
  signature: (text) => `<p style="text-align:right;"><span>${text}</span></p>`,
  paragraph: (text) => `<p style="text-indent:2em;"><span style="font-size:16px;">${text}</span></p>`,
};

/** Department sites whose column is built by a publishing service: JSON with a piece of HTML in `data.html`. */
export const jpaas: Family = {
  list(site, articles, { path, fields }) {
    if (path === '/zwgk/tzgg/index.html') return html(shell(site));
    if (path !== site.list) return undefined;
    const known = fields.get('pageId') === 'tzgg';
    const text = JSON.stringify({
      success: known,
      code: known ? '200' : '404',
      message: known ? '操作成功' : '页面不存在',
      data: known ? { html: fragment(site, articles), total: articles.length } : null,
    });
    return { type: 'application/json', text };
  },

  article(site, article, { visits }) {
    const start = `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${escaped(article.title)}_${site.name}</title>
<meta name="ArticleTitle" content="${escaped(article.title)}"><meta name="PubDate" content="${article.published ?? ''}:00">
</head><body>${banner(site)}
<div class="mnr-box"><div class="crumb"><a href="/">首页</a>&gt;<a href="/zwgk/tzgg/index.html">${site.column}</a></div>`;
    if (article.broken === 'half') return html(start);
    const near = related(site, article)
      .map((other) => `<li><a href="${other.path}">${escaped(other.title)}</a><i>${day(other)}</i></li>`)
      .join('');
    return html(`${start}
<div class="ctitle"><h1>${escaped(article.title)}</h1></div>
<div class="cinfo"><span>发布时间：${article.published ?? ''}</span><span>来源：${escaped(article.credit ?? site.name)}</span><span>阅读量：<b>${310 + visits}</b></span></div>
<div id="con_con" class="ccontent">
${body(article, STYLE)}
</div>
<div class="side"><h3>热点推荐</h3><ul>${near}</ul></div></div>
<div class="foot">${footer(site, (line) => `<p>${line}</p>`)}</div></body></html>`);
  },
};

function fragment(site: Site, articles: readonly Article[]): string {
  const items = articles.map(
    (article) =>
      `<li class="cf"><a href="${article.path}" target="_blank" title="${escaped(article.listTitle)}" class="fl">${escaped(article.listTitle)}</a><span class="fr">${day(article)}</span></li>`,
  );
  return `<div class="page-content"><div class="lmname">${site.column}</div><ul>${items.join('')}</ul></div>`;
}

function banner(site: Site): string {
  return `<div class="head"><a class="logo" href="/">${site.name}</a><div class="menu">${navigation(site, (link) => link)}</div></div>`;
}

function shell(site: Site): string {
  return `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${site.column}_${site.name}</title></head><body>${banner(site)}
<div id="tzgg"><script parseType="buildstatic" queryData="{'webId':'demo','pageId':'tzgg'}" url="${site.list}"></script></div></body></html>`;
}
