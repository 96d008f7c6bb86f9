import type { Article, Site } from '../site.ts';
import type { Family } from './family.ts';
import { attachments, type BlockStyle, body, day, escaped, footer, html, navigation } from './page.ts';

const COLUMN = '80179';

const STYLE: BlockStyle = {
  heading: (text) => `<p style="text-indent: 2em;"><strong>${text}</strong></p>`,
  signature: (text) => `<p style="text-align: right;">${text}</p>`,
  paragraph: (text) => `<p style="text-indent: 2em; line-height: 1.75em;">${text}</p>`,
};

/** Provincial sites: the list is the XML answer to a form, items are HTML inside CDATA. */
export const hanweb: Family = {
  list(site, articles, { path, method, fields }) {
    if (path === `/col/col${COLUMN}/index.html`) return html(shell(site));
    if (path !== site.list || method !== 'POST') return undefined;
    const items = fields.get('columnid') === COLUMN ? articles : [];
    const records = items.map((article) => `<record><![CDATA[${listItem(article)}]]></record>`).join('');
    return {
      type: 'text/xml',
      text: `<datastore><totalrecord>${items.length}</totalrecord><totalpage>${items.length === 0 ? 0 : 1}</totalpage><recordset>${records}</recordset></datastore>`,
    };
  },

  article(site, article, { visits }) {
    const files =
      article.attachments.length === 0 ? '' : `<p>附件：</p><ul class="annex">${attachments(article)}</ul>`;
    return html(`<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="UTF-8"><title>${escaped(article.title)}</title>
<meta name="SiteName" content="${site.name}"><meta name="ArticleTitle" content="${escaped(article.title)}">
<meta name="PubDate" content="${article.published ?? ''}"><meta name="ColumnName" content="${site.column}">
<meta name="contentSource" content="${escaped(article.credit ?? '')}">
</head><body>${banner(site)}
<div class="bt-box"><div id="barrierfree_container"><div class="position">当前位置： <a href="/">首页</a> &gt; <a href="/col/col${COLUMN}/index.html">${site.column}</a></div>
${card(article)}<div class="article-title">${escaped(article.title)}</div>
<div class="article-info"><span>发布日期：${article.published ?? ''}</span> <span>来源：${escaped(article.credit ?? site.name)}</span> <span>浏览次数：${960 + visits}次</span> <span>字体：[<a>大</a> <a>中</a> <a>小</a>]</span></div>
<div class="article-content" id="zoom"><!--ZJEG_RSS.content.begin-->
${body(article, STYLE)}
${files}<!--ZJEG_RSS.content.end--></div>
<div class="share"><span>分享：</span><a>微博</a><a>微信</a><a>QQ空间</a></div></div></div>
<div class="footer">${footer(site, (line) => `<p>${line}</p>`)}</div></body></html>`);
  },
};

function listItem(article: Article): string {
  const title = escaped(article.title);
  return `<li><a target="_blank" href="${article.path}" title="${title}">${escaped(article.listTitle)}</a><b readlabel="${day(article)}">${day(article)}</b></li>`;
}

function card(article: Article): string {
  if (article.index === undefined) return '';
  return `<table class="xxgk_table"><tbody>
<tr><th>索引号</th><td>${article.index}</td><th>分类</th><td>${escaped(article.type ?? '科技、教育')}</td></tr>
<tr><th>发布机构</th><td>${escaped(article.issuer ?? '')}</td><th>发文日期</th><td>${article.issued ?? day(article)}</td></tr>
<tr><th>文号</th><td>${article.number ?? ''}</td><th>时效</th><td>有效</td></tr>
</tbody></table>
`;
}

function banner(site: Site): string {
  return `<div class="header"><h2>${site.name}</h2><div class="nav">${navigation(site, (link) => `<span>${link}</span>`)}</div></div>`;
}

function shell(site: Site): string {
  return `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="UTF-8"><title>${site.column} - ${site.name}</title></head><body>${banner(site)}
<div id="${COLUMN}"><script type="text/xml"><datastore><nextgroup><![CDATA[<a href="${site.list}?columnid=${COLUMN}"></a>]]></nextgroup><recordset></recordset></datastore></script></div>
</body></html>`;
}
