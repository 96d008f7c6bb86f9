import type { CreditFact, DatelineFact } from '../../model/facts.ts';
import { cleanNames } from '../fields/credit.ts';
import { type Reading, Stretches } from './reading.ts';

const AGENCY =
  '新华社|中新社|中新网|本报|央视网|人民网|新华网|中国新闻网|[\\u4e00-\\u9fa5]{2,6}(?:日报|晚报|晨报|时报|商报|网|社)';
const DATELINE = new RegExp(
  `^[\\s（(【]*(?<medium>${AGENCY})(?<place>[\\u4e00-\\u9fa5、]{2,12}?)(?:(?<month>\\d{1,2})月)?(?<day>\\d{1,2})日(?:[电讯]|消息)(?:\\s*[（(](?:记者)?\\s*(?<names>[\\u4e00-\\u9fa5·、\\s，]{2,40})[）)])?`,
  'gmu',
);
const LOCAL =
  /^\s*(?<medium>[\u4e00-\u9fa5]{0,6}(?:报|网|刊|社|台))(?:快|专)?讯\s*[（(](?:首席|见习|实习)?(?:记者|通讯员)\s*(?<names>[\u4e00-\u9fa5·、\s，]{2,40})[）)]/gmu;
/** 【上海证券报】 at the head of a line. */
const BRACKETED_MEDIUM =
  /^\s*[【[](?<medium>[\u4e00-\u9fa5\d]{2,12}?(?:报道|报|网|社|周刊|杂志|财经|新闻|日报|中国|在线|客户端))[】\]]/gmu;
const EDITORS =
  /^\s*(?:责任)?(?:编辑|校对)\s+(?<names>[\u4e00-\u9fa5]{2,4})(?:\s+(?:编辑|校对)\s+[\u4e00-\u9fa5]{2,4})?\s*$/gmu;
const SOURCE =
  /(?:文章来源|稿件来源|信息来源|资料来源|图片来源|数据来源|来源|稿源|转自)\s?[:：]\s{0,3}(?<medium>[^\s）)|｜，。；、]{2,30})/gu;
const REPRINT =
  /^[\s（(]*(?:据|摘自|综合)(?<medium>新华社|[\u4e00-\u9fa5]{2,12}?)(?:[\u4e00-\u9fa5\d]{0,12}电|报道|消息)?[）)]?\s*$/gmu;
const REPORTED =
  /(?:据|援引|引述)(?<medium>《[^》\n]{2,12}》|[“"]?[\u4e00-\u9fa5A-Za-z·]{2,12}(?:社|报|网|台|电视|日报|新闻|财经|周刊|彭博|路透)[”"]?)(?:[^，。；\n]{0,12}?)(?:报道|消息|电|披露|援引|援引[^，。]{0,12})/gu;
const OWN_REPORTER = /(?:据)?《(?<medium>[^》\n]{2,12})》(?:首席)?记者(?:了解|获悉|表示)?/gu;
const BYLINE =
  /(?:[（(【]|^|\s|\/|／)(?:(?<medium>本报|新华社|本网|本刊|[\u4e00-\u9fa5]{2,8}(?:报|网|社|周刊|新闻|财经|电视台|客户端|频道))?(?:首席|特约|实习|见习)?(?:记者|作者|撰文|文)\s?(?:[丨|｜/／:：]\s?|\s+)|(?:文|作者|撰文)\s?[丨|｜/／:：]\s?)(?<names>[\u4e00-\u9fa5·]{2,4}(?:[\s、，]+[\u4e00-\u9fa5·]{2,4}){0,5})(?=[\s）)】]|$|报道|摄|通讯员|实习|编辑)/gmu;
const BRACKETED =
  /[（(【](?:本报|新华社)?(?:首席)?(?:记者|作者)\s?(?<names>[\u4e00-\u9fa5·]{2,4}(?:[\s、，]+[\u4e00-\u9fa5·]{2,4}){0,5})\s?[）)】]/gu;
const EDITOR =
  /(?:责任编辑|责编|编辑|校对|审核|监制|主编)\s?[:：丨|｜/]\s{0,2}(?<names>[^\s）)】，。]{2,20})/gu;
const ORIGINAL_TITLE = /原标题\s?[:：]\s?(?<medium>[^\n]{2,60})/gu;
const CAPTION =
  /[（(【]?(?:图片来源|图源|供图|摄影|图)\s?[:：丨|｜/]\s?(?<medium>[^\s）)】，。\n]{2,20})|(?<names>[\u4e00-\u9fa5]{2,4})\s?(?:摄(?=[）)\s\n。]|$)|\/摄)|(?<image>视觉中国|新华社|中新社|东方IC|CFP|IC photo)\s?(?:图|发|供图|摄|资料图)/gmu;

/** What stands behind 图： is a medium only when it sounds like one; else it is a name or a description. */
const MEDIUM_NAME = /(?:报|网|社|中国|周刊|杂志|新闻|电视台|图虫|IC|CFP|[A-Za-z]{3,})/u;

/** Datelines: 新华社北京6月21日电（记者张泉、胡喆）. */
export function findDatelines(reading: Reading): readonly DatelineFact[] {
  const { plain, context } = reading;
  const found: DatelineFact[] = [];
  for (const match of plain.matchAll(DATELINE)) {
    const { medium = '', place = '', month, day = '', names = '' } = match.groups ?? {};
    const lead = match[0].length - match[0].trimStart().length;
    const start = match.index + lead;
    const end = match.index + match[0].length;
    const monthNumber = month ?? context.publishedOn?.slice(5, 7);
    const on =
      monthNumber === undefined
        ? undefined
        : `${context.publishedOn?.slice(0, 4) ?? '-'}-${monthNumber.padStart(2, '0')}-${day.padStart(2, '0')}`;
    found.push({
      kind: 'dateline',
      ...reading.span(start, end, 'DATELINE'),
      medium,
      place,
      ...(on !== undefined && { on }),
      reporters: split(names),
    });
    reading.cover(start, end);
  }
  return found;
}

/** Source lines, bylines, reprint credits, editors, captions; the words of the medium itself (记者获悉) are none. */
export function findCredits(reading: Reading, datelines: readonly DatelineFact[]): readonly CreditFact[] {
  const { plain } = reading;
  const found: CreditFact[] = [];
  const { surnames } = reading.context.vocabulary.lexicon.names;
  // 记者出镜 and 记者手记 name nobody.
  const isPerson = (names: string) =>
    surnames.has(names.charAt(0)) || surnames.has(names.slice(0, 2)) || names.includes('·');
  const own = new Set<string>();
  const taken = new Stretches(plain.length);
  for (const { start, end } of datelines) taken.take(start, end);
  const add = (match: RegExpExecArray, form: CreditFact['form'], medium: string | undefined) => {
    const lead = match[0].length - match[0].replace(/^\s+/u, '').length;
    const start = match.index + lead;
    const end = match.index + match[0].trimEnd().length;
    if (!taken.take(start, end)) return;
    const authors = split(match.groups?.names ?? '');
    const clean = medium?.replace(/^[《“"]|[》”"]$/gu, '');
    found.push({
      kind: 'credit',
      ...reading.span(start, end, form.toUpperCase()),
      ...(clean !== undefined && clean !== '' && { medium: clean }),
      form,
      ...(authors.length > 0 && { authors }),
    });
  };
  for (const match of plain.matchAll(ORIGINAL_TITLE)) add(match, 'originalTitle', undefined);
  for (const match of plain.matchAll(SOURCE))
    add(match, /^图片/u.test(match[0]) ? 'caption' : 'source', match.groups?.medium);
  for (const match of plain.matchAll(REPRINT)) add(match, 'reprint', match.groups?.medium);
  for (const match of plain.matchAll(EDITOR)) add(match, 'editor', undefined);
  for (const match of plain.matchAll(EDITORS)) add(match, 'editor', undefined);
  for (const match of plain.matchAll(BRACKETED_MEDIUM)) add(match, 'source', match.groups?.medium);
  for (const match of plain.matchAll(LOCAL)) add(match, 'byline', match.groups?.medium);
  for (const match of [...plain.matchAll(BYLINE), ...plain.matchAll(BRACKETED)])
    if (isPerson(match.groups?.names ?? '')) add(match, 'byline', match.groups?.medium);
  for (const match of plain.matchAll(CAPTION)) {
    const { medium, names, image } = match.groups ?? {};
    // 主摄 and 慢动作升摄 are cameras, not photographers.
    if (names !== undefined && !isPerson(names)) continue;
    add(match, 'caption', image ?? (medium !== undefined && MEDIUM_NAME.test(medium) ? medium : undefined));
  }
  for (const match of plain.matchAll(OWN_REPORTER)) {
    const medium = match.groups?.medium ?? '';
    if (own.has(medium)) continue;
    own.add(medium);
    add(match, 'self', medium);
  }
  for (const match of plain.matchAll(REPORTED)) add(match, 'reprint', match.groups?.medium);
  return found.sort((left, right) => left.start - right.start);
}

function split(names: string): readonly string[] {
  const clean = cleanNames(names.trim());
  return clean === '' ? [] : clean.split('、');
}
