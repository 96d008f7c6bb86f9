import type { Article, Site } from '../site.ts';
import type { Family } from './family.ts';
import {
  attachments,
  type BlockStyle,
  body,
  day,
  escaped,
  footer,
  html,
  navigation,
  parts,
  related,
} from './page.ts';

const STYLE: BlockStyle = {
  heading: (text) => `<p align="justify" style="text-indent:2em;"><strong>${text}</strong></p>`,
  signature: (text) => `<p align="right" style="text-align:right;">${text}&nbsp;&nbsp;&nbsp;&nbsp;</p>`,
  paragraph: (text) =>
    `<p align="justify" style="text-indent: 2em; line-height: 2;"><span style="font-family: 仿宋,仿宋_GB2312;">${text}</span></p>`,
};

/** Ministry sites: static pages named by date, links relative to the list, metas PubDate and ArticleTitle. */
export const trs: Family = {
  list(site, articles, { path }) {
    if (path !== site.list) return undefined;
    const items = articles.map((article) => listItem(site, article)).join('\n');
    return html(`${head(site, site.column, '')}
<body>${top(site)}
<div class="container"><div class="left_nav"><h2>信息公开</h2><ul><li><a href="/xxgk/zn/">公开指南</a></li><li><a href="/xxgk/ml/">公开目录</a></li></ul></div>
<div class="right_con"><div class="location">当前位置：<a href="/">首页</a> &gt; <span>${site.column}</span></div>
<ul class="data_list">
${items}
</ul>
<div class="page"><script>createPageHTML(1, 0, "index", "html");</script></div></div></div>
${bottom(site)}</body></html>`);
  },

  article(site, article, { visits }) {
    const files =
      article.attachments.length === 0
        ? ''
        : `<div class="fjxz"><b>附件下载：</b><ul>${attachments(article)}</ul></div>`;
    const near = related(site, article)
      .map((other) => `<li><a href="${other.path}">${escaped(other.title)}</a></li>`)
      .join('');
    return html(`${head(site, article.title, metas(site, article))}
<body>${top(site)}
<div class="location">您现在的位置：<a href="/">首页</a> &gt; <a href="${site.list}">${site.column}</a> &gt; 正文</div>
<div class="content"><h1 class="title">${escaped(article.title)}</h1>
<div class="info"><span>发布时间：${article.published ?? ''}</span><span>来源：${escaped(article.credit ?? site.name)}</span><span>浏览次数：<em id="hits">${4200 + visits}</em></span>
<span class="fontsize">字号：[ <a href="javascript:doZoom(18)">大</a> <a href="javascript:doZoom(16)">中</a> <a href="javascript:doZoom(14)">小</a> ]</span>
<span class="share">分享到：<a class="weixin" href="javascript:;">微信</a> <a class="weibo" href="javascript:;">微博</a></span></div>
${card(article)}<div class="TRS_Editor" id="Zoom">
${body(article, STYLE)}
</div>${files}
<div class="tools"><a href="javascript:window.print()">【打印本页】</a> <a href="javascript:window.close()">【关闭窗口】</a></div>
<div class="xgxx"><h3>相关信息</h3><ul>${near}</ul></div></div>
${bottom(site)}</body></html>`);
  },
};

function listItem(site: Site, article: Article): string {
  const link = relativeTo(site.list, article.path);
  const title = escaped(article.title);
  return `<li><a href="${link}" target="_blank" title="${title}">${escaped(article.listTitle)}</a><span>${day(article)}</span></li>`;
}

/** `./202106/t1.html` below the list's folder, `../zcjd/202106/t2.html` beside it. */
function relativeTo(list: string, path: string): string {
  const folder = list.slice(0, list.lastIndexOf('/') + 1);
  if (path.startsWith(folder)) return `./${path.slice(folder.length)}`;
  const parent = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
  return path.startsWith(parent) ? `../${path.slice(parent.length)}` : path;
}

/** The card of a document: number, issuer, dates. */
function card(article: Article): string {
  if (article.index === undefined) return '';
  const { year, month, date } = parts(article);
  const [issuedYear, issuedMonth, issuedDate] = (article.issued ?? day(article)).split('-');
  return `<table class="bd1" width="100%"><tbody>
<tr><td><b>索 引 号：</b></td><td>${article.index}</td><td><b>发文机关：</b></td><td>${escaped(article.issuer ?? '')}</td></tr>
<tr><td><b>发文字号：</b></td><td>${article.number ?? ''}</td><td><b>成文日期：</b></td><td>${issuedYear}年${issuedMonth}月${issuedDate}日</td></tr>
<tr><td><b>标　　题：</b></td><td>${escaped(article.title)}</td><td><b>发布日期：</b></td><td>${year}年${month}月${date}日</td></tr>
</tbody></table>
`;
}

function metas(site: Site, article: Article): string {
  return `<meta name="ArticleTitle" content="${escaped(article.title)}">
<meta name="PubDate" content="${article.published ?? ''}">
<meta name="ContentSource" content="${escaped(article.credit ?? site.name)}">
<meta name="ColumnName" content="${site.column}">
`;
}

function head(site: Site, title: string, more: string): string {
  return `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="X-UA-Compatible" content="IE=edge">
<title>${escaped(title)} - ${site.name}</title>
<meta name="SiteName" content="${site.name}"><meta name="SiteDomain" content="${site.host}">
${more}</head>`;
}

function top(site: Site): string {
  return `<div class="topbar"><a href="javascript:;">无障碍阅读</a> | <a href="javascript:;">繁體</a> | <a href="javascript:;">English</a></div>
<div class="header"><div class="logo">${site.name}</div><ul class="nav">${navigation(site, (link) => `<li>${link}</li>`)}</ul>
<form class="search"><input type="text" value="请输入关键字"></form></div>`;
}

function bottom(site: Site): string {
  return `<div class="footer">${footer(site, (line) => `<p>${line}</p>`)}</div>`;
}
