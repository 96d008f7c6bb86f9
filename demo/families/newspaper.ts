import type { Family } from './family.ts';
import { type BlockStyle, body, escaped, footer, html, navigation, parts } from './page.ts';

const STYLE: BlockStyle = {
  heading: (text) => `<P>　　<B>${text}</B></P>`,
  signature: (text) => `<P align=right>${text}</P>`,
  paragraph: (text) => `<P>　　${text}</P>`,
};

/** An electronic newspaper of the old school: tables, GB2312, a page list node_2.htm with articles of the issue. */
export const newspaper: Family = {
  list(site, articles, { path }) {
    if (path !== site.list) return undefined;
    const items = articles
      .map((article) => {
        const { year, month, date } = parts(article);
        return `<tr><td class="px12">·<a href="${article.path.replace(/^\/html\//, '../')}">${escaped(article.listTitle)}</a></td><td class="rq" align=right>${year}年${Number(month)}月${Number(date)}日</td></tr>`;
      })
      .join('\n');
    return html(`${head(site, '本周版面')}
<table width=950 border=0 align=center><tr><td class="logo"><b>${site.name}</b> 数字报</td></tr><tr><td class="nav">${navigation(site, (link) => `[${link}]`)}</td></tr></table>
<table width=950 border=0 align=center><tr><td valign=top class="bmdh"><a href="node_2.htm">第A1版：要闻</a><br><a href="node_3.htm">第A2版：区域</a></td>
<td valign=top><table class="bt-list" width=100%><tbody>
${items}
</tbody></table></td></tr></table>
<table width=950 align=center><tr><td>${footer(site, (line) => `${line}<br>`)}</td></tr></table></body></html>`);
  },

  article(site, article, { visits }) {
    const { year, month, date } = parts(article);
    const credit =
      article.credit === undefined ? '' : `<founder-author>来源：${escaped(article.credit)}</founder-author>`;
    return html(`${head(site, article.title)}
<table width=950 border=0 align=center><tr><td class="logo"><b>${site.name}</b></td><td class="rq">${year}年${month}月${date}日 &nbsp;第A1版：要闻</td><td><a href="/html/2021-06/node_2.htm">返回目录</a> 放大&nbsp;缩小&nbsp;默认</td></tr></table>
<table width=620 border=0 align=center><tr><td class="font01" align=center><strong><founder-title>${escaped(article.title)}</founder-title></strong></td></tr>
<tr><td class="font02" align=center>${credit}${article.author === undefined ? '' : `　${escaped(article.author)}`}　点击：${visits + 5}</td></tr>
<tr><td class="font6"><div id="ozoom"><founder-content>
${body(article, STYLE)}
</founder-content></div></td></tr></table>
<table width=950 align=center><tr><td>${footer(site, (line) => `${line}<br>`)}</td></tr></table></body></html>`);
  },
};

function head(site: { readonly name: string }, title: string): string {
  return `<HTML><HEAD><META http-equiv="Content-Type" content="text/html; charset=gb2312">
<TITLE>${escaped(title)} ${site.name}</TITLE></HEAD><BODY bgcolor=#FFFFFF>`;
}
