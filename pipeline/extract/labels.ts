import { foldSpace, type Html } from '../../text/html.ts';
import { type Element, firstParagraph, type Run } from './runs.ts';

/** What a labelled value on a page is. */
export type LabelName =
  | 'title'
  | 'indexNumber'
  | 'issuer'
  | 'documentNumber'
  | 'issuedOn'
  | 'publishedOn'
  | 'credit'
  | 'author';

/** A value with the label it stood behind, as printed without spaces. */
export interface LabelledValue {
  readonly label: string;
  readonly value: string;
}

export type Labels = ReadonlyMap<LabelName, LabelledValue>;

/** These name a field wherever they stand; the others also occur in articles and count only above the text. */
const STRONG: Readonly<Record<string, LabelName>> = {
  索引号: 'indexNumber',
  信息索引号: 'indexNumber',
  索引编号: 'indexNumber',
  信息索引: 'indexNumber',
  发文机关: 'issuer',
  发文单位: 'issuer',
  发文机构: 'issuer',
  发布机构: 'issuer',
  发布机关: 'issuer',
  发布单位: 'issuer',
  制发机关: 'issuer',
  制定机关: 'issuer',
  发文字号: 'documentNumber',
  发文文号: 'documentNumber',
  文件编号: 'documentNumber',
  文件字号: 'documentNumber',
  公文文号: 'documentNumber',
  成文日期: 'issuedOn',
  成文时间: 'issuedOn',
  发文日期: 'issuedOn',
  发文时间: 'issuedOn',
  印发日期: 'issuedOn',
  生成日期: 'issuedOn',
  签发日期: 'issuedOn',
  发布日期: 'publishedOn',
  发布时间: 'publishedOn',
  发表时间: 'publishedOn',
  公开日期: 'publishedOn',
  公开时间: 'publishedOn',
  公布日期: 'publishedOn',
  发稿时间: 'publishedOn',
  上网日期: 'publishedOn',
  信息名称: 'title',
  文件名称: 'title',
  文件标题: 'title',
  公文名称: 'title',
};
const WEAK: Readonly<Record<string, LabelName>> = {
  标题: 'title',
  名称: 'title',
  文号: 'documentNumber',
  时间: 'publishedOn',
  日期: 'publishedOn',
  更新时间: 'publishedOn',
  更新日期: 'publishedOn',
  录入时间: 'publishedOn',
  来源: 'credit',
  信息来源: 'credit',
  文章来源: 'credit',
  稿件来源: 'credit',
  稿源: 'credit',
  作者: 'author',
  published: 'publishedOn',
  publisheddate: 'publishedOn',
  publicationdate: 'publishedOn',
  datepublished: 'publishedOn',
  date: 'publishedOn',
};
/** Labels that end a value but mean nothing to us. */
const OTHER =
  '字号|字体|浏览次数|浏览|点击数|点击|阅读次数|阅读|访问量|主题分类|主题词|体裁分类|服务对象|有效性|状态|责任编辑|责编|编辑|审核|打印|分享|关键词|公开方式|公开范围|公开类别|分类|编辑日期|备注';
const KNOWN = [...Object.keys(STRONG), ...Object.keys(WEAK)].sort(
  (left, right) => right.length - left.length,
);
/** `label：value` without spaces inside the label; opening marks of 【索引号】 and the like are optional. */
const LABELLED = new RegExp(`^[【\\[（(]?(${KNOWN.join('|')})[】\\]）)]?([:：]?)(.*)$`, 'iu');
/** What a labelled piece can begin with; most runs of a page begin otherwise. */
const FIRST_SIGNS = new Set(['【', '[', '（', '(', ...KNOWN.map((label) => label.charAt(0))]);
const ANY_LABEL_SOURCE = `(?<![\\u4e00-\\u9fa5])(?:${spaced(KNOWN)}|${spaced(OTHER.split('|'))})\\s*[】\\]]?\\s*[:：]`;
const ANY_LABEL = new RegExp(ANY_LABEL_SOURCE, 'iu');
const COLON = /[:：]/;
/** Without one of these (of `published` and `date` the beginning) no label stands in a text. */
const LABEL_SIGN = /[\u4e00-\u9fa5]|p\s*u|d\s*a/i;
const EACH_LABEL = new RegExp(ANY_LABEL_SOURCE, 'giu');
const CELLS = new Set(['td', 'th', 'dt']);
const BLOCKS = new Set([
  'td',
  'th',
  'dt',
  'dd',
  'li',
  'p',
  'div',
  'tr',
  'h1',
  'h2',
  'h3',
  'h4',
  'section',
  'body',
]);
const LONGEST_LABEL_RUN = 200;

/** Reads the metadata cards of a page: tables, definition lists, list items and inline labels. The first value wins. */
export function readLabels($: Html, runs: readonly Run[]): Labels {
  const found = new Map<LabelName, LabelledValue>();
  const weakUntil = firstParagraph(runs);
  for (const [index, run] of runs.entries()) {
    if (run.text.length > LONGEST_LABEL_RUN) continue;
    for (const piece of piecesOf(run.text)) {
      if (!FIRST_SIGNS.has(piece.charAt(0).toLowerCase())) continue;
      const match = LABELLED.exec(squeezed(piece));
      if (match === null) continue;
      const [, label = '', colon = '', rest = ''] = match;
      const name = STRONG[label] ?? (index < weakUntil ? WEAK[label.toLowerCase()] : undefined);
      if (name === undefined || found.has(name)) continue;
      // `发布日期` at the start of a sentence is a word; as a label it is followed by a colon or stands alone.
      if (colon === '' && (rest !== '' || !isLabelPlace(run.parent))) continue;
      const value = rest === '' ? valueBehind($, runs, index) : piece.slice(piece.search(COLON) + 1);
      const clean = foldSpace(value);
      if (clean !== '' && clean.length <= 300) found.set(name, { label, value: clean });
    }
  }
  return found;
}

/** A run that holds several labelled values (`时间：… 来源：…`) is read piece by piece. */
function piecesOf(text: string): readonly string[] {
  if (!COLON.test(text) || !LABEL_SIGN.test(text)) return [text];
  const starts = [...text.matchAll(EACH_LABEL)].map((match) => match.index);
  if (starts[0] !== 0) starts.unshift(0);
  return starts.map((start, index) => text.slice(start, starts[index + 1]).trim());
}

function valueBehind($: Html, runs: readonly Run[], index: number): string {
  const run = runs[index];
  if (run === undefined) return '';
  const cell = ancestor(run.parent, CELLS);
  if (cell !== undefined && squeezed($(cell).text()) === squeezed(run.text))
    return ownValue($(cell).next('td,th,dd').text());
  const block = ancestor(run.parent, BLOCKS);
  let value = '';
  for (const next of runs.slice(index + 1, index + 8)) {
    const isInside = ancestor(next.parent, BLOCKS) === block;
    // Only a value that stands alone may come from the neighbouring block (<div>来源：</div><div>新华社</div>).
    if (!isInside && (value !== '' || !isNeighbour(block, ancestor(next.parent, BLOCKS)))) break;
    const label = ANY_LABEL.exec(next.text);
    if (label !== null) {
      value += next.text.slice(0, label.index);
      break;
    }
    value += `${value === '' ? '' : ' '}${next.text.replace(/^[:：]/u, '')}`;
    if (!isInside) break;
  }
  return ownValue(value);
}

/** An empty cell followed by another label has no value. */
function ownValue(text: string): string {
  return ANY_LABEL.test(text) ? text.slice(0, text.search(ANY_LABEL)) : text;
}

function isNeighbour(left: Element | undefined, right: Element | undefined): boolean {
  return left?.parent !== undefined && left.parent === right?.parent;
}

function isLabelPlace(element: Element): boolean {
  return ancestor(element, new Set(['td', 'th', 'dt', 'li', 'label'])) !== undefined;
}

function ancestor(element: Element, names: ReadonlySet<string>): Element | undefined {
  for (let at: Element | undefined = element; at !== undefined; ) {
    if (names.has(at.tagName)) return at;
    const parent: unknown = at.parent;
    at = isElement(parent) ? parent : undefined;
  }
  return undefined;
}

function isElement(node: unknown): node is Element {
  return typeof node === 'object' && node !== null && 'tagName' in node;
}

function squeezed(text: string): string {
  return text.replace(/[\s\u00A0\u3000]+/g, '');
}

function spaced(labels: readonly string[]): string {
  return labels.map((label) => [...label].join('[\\s\\u3000]*')).join('|');
}
