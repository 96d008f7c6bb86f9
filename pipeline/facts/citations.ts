import type { CitationFact } from '../../model/facts.ts';
import type { Reading } from './reading.ts';

interface Marked {
  readonly start: number;
  readonly end: number;
  readonly inner: readonly string[];
}

/** Newspapers, journals and programmes also stand in 《 》; so do books and films, which no lexicon can list. */
const MEDIUM =
  /(?:[日晚晨周时早]报|周刊|周报|月刊|半月谈|杂志|新闻|时报|导报|商报|财经|快报|明报|学报|焦点访谈|联播|频道|画报|华尔街日报|参考消息|求是|科学|自然|细胞)$/u;
const MEDIUM_BEHIND = /^[》]?(?:记者|报道|杂志|周刊|报社|采访|栏目|节目|的报道|网站)/u;
const CERTIFICATE_BEHIND = /^》?(?:证书)/u;
const CERTIFICATE = /(?:通关单|许可证|执照|证书|资格证|居住证|登记证)$/u;
const ALIAS =
  /^(?:[（(][^（()）]{0,40}号[）)])?\s*[（(]以下(?:统称|简称|称)(?:为)?[“"《]?([^”"》）)]{1,20})[”"》]?[）)]/u;
const SHORT_TITLE = 8;
const NEAR_TITLES = 30;
/** A title cut by the end of a line goes on in the next. */
const LONGEST_TITLE = 160;
const TITLE_TAIL =
  '(?:意见|办法|通知|规划|纲要|方案|计划|条例|规定|决定|报告|要点|目录|指南|细则|规则|标准|协议|请示|公告|白皮书|蓝图|章程)';
const UNMARKED: readonly (readonly [RegExp, string])[] = [
  [/(?:党的)?(?:十[一二三四五六七八九]|二十)大报告/gu, 'CONGRESS'],
  [/(?:20\d\d年)?(?:国务院|省|市)?政府工作报告/gu, 'WORK_REPORT'],
  [/中国制造2025/gu, 'NAMED'],
  [
    /(?:[\u4e00-\u9fa5]{2,10})?“[一二三四五六七八九十]{3}五?”(?:[\u4e00-\u9fa5]{0,12}规划)(?:和20\d\d年远景目标纲要|纲要)?/gu,
    'FIVE_YEAR',
  ],
  [/20\d\d年(?:[中年]期|年度|半年度|第[一三]季度)(?:业绩|财务)?报告/gu, 'YEAR_REPORT'],
  [/(?:20\d\d年)[\u4e00-\u9fa5]{0,8}工作要点/gu, 'WORK_POINTS'],
  [/[\u4e00-\u9fa5]{4,24}(?:规划纲要|技术标准|共建[\u4e00-\u9fa5]{2,14}协议)/gu, 'PHRASE'],
];
/** Words before an unmarked title that are not part of it. */
const LEAD =
  /^.*(?:落实|贯彻|实施|根据|按照|依据|执行|符合|参照|编制|制定|完成|推进|公布的|发布的|出台的?|印发的?|发布了?|纳入|列入|结合|关于|围绕|对照|依照|遵循|全面|是|在|和|与|了|将|为|各|由|明确|以及)(?=[\u4e00-\u9fa5]{4})/u;

/** Every document that the text names, in 《 》 or by a definite name. */
export function findCitations(reading: Reading): readonly CitationFact[] {
  const { text } = reading;
  const aliases = new Map<string, string>();
  const found: CitationFact[] = [];
  for (const { start, end, inner } of markedTitles(text)) {
    reading.cover(start, end);
    const title = text.slice(start + 1, end - 1).replace(/\s*\n\s*/gu, '');
    // （以下简称《意见》） declares and does not cite.
    if (/以下(?:统称|简称|称)为?$/u.test(text.slice(Math.max(0, start - 6), start))) continue;
    if (isMedium(text, title, end)) continue;
    const alias = ALIAS.exec(text.slice(end, end + 80))?.[1];
    if (alias !== undefined) aliases.set(alias, title);
    const full = title.length <= SHORT_TITLE ? (aliases.get(title) ?? lastEnding(found, title)) : undefined;
    found.push({
      kind: 'citation',
      ...reading.span(start, end, full === undefined ? 'MARKED' : 'ALIAS'),
      title: full ?? title,
      ...(alias !== undefined ? { alias } : full !== undefined && { alias: title }),
      inner,
    });
  }
  found.push(...unmarkedTitles(reading), ...requests(reading));
  return found.sort((left, right) => left.start - right.start);
}

/** 《实施方案》 without a declared alias means the plan named last whose title ends so. */
function lastEnding(found: readonly CitationFact[], title: string): string | undefined {
  return found
    .slice(-NEAR_TITLES)
    .findLast(
      (known) =>
        known.title.length > title.length + 2 &&
        known.title.replace(/[（(][^）)]*[）)]$/u, '').endsWith(title),
    )?.title;
}

function isMedium(text: string, title: string, end: number): boolean {
  if (
    MEDIUM_BEHIND.test(text.slice(end, end + 4)) ||
    CERTIFICATE_BEHIND.test(text.slice(end, end + 4)) ||
    CERTIFICATE.test(title)
  )
    return true;
  return title.length <= 9 && MEDIUM.test(title) && !new RegExp(`${TITLE_TAIL}$`, 'u').test(title);
}

/** Outermost 《 》, read with a stack; one that is not closed within reach is no title. */
function* markedTitles(text: string): Generator<Marked> {
  const open: { readonly at: number; readonly sign: string }[] = [];
  let inner: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (open.length > 0 && at - (open[0]?.at ?? at) > LONGEST_TITLE) {
      // Never closed: go on behind the mark that opened it.
      at = open[0]?.at ?? at;
      open.length = 0;
      inner = [];
      continue;
    }
    if (sign === '《' || (open.length > 0 && (sign === '〈' || sign === '<'))) open.push({ at, sign });
    else if (sign === '》' || (open.length > 0 && (sign === '〉' || sign === '>'))) {
      const opener = open.pop();
      if (opener === undefined) continue;
      if (open.length > 0) inner.push(text.slice(opener.at + 1, at));
      else {
        // 《…〈…》: the outer mark closed what the inner one opened.
        yield { start: opener.at, end: at + 1, inner };
        inner = [];
      }
    }
  }
}

function unmarkedTitles(reading: Reading): readonly CitationFact[] {
  const found: CitationFact[] = [];
  for (const [pattern, rule] of UNMARKED)
    for (const match of reading.text.matchAll(pattern)) {
      const words = rule === 'PHRASE' || rule === 'FIVE_YEAR' ? match[0].replace(LEAD, '') : match[0];
      const start = match.index + match[0].length - words.length;
      const end = match.index + match[0].length;
      if (words.length < 6 || reading.isCovered(start) || reading.isCovered(end - 1)) continue;
      if (isHeading(reading.text, start, end)) continue;
      reading.cover(start, end);
      found.push({
        kind: 'citation',
        ...reading.span(start, end, rule),
        title: titled(reading, start, words, rule),
        inner: [],
      });
    }
  return found;
}

/** A line of its own is the heading of a document, not a mention. */
function isHeading(text: string, start: number, end: number): boolean {
  const before =
    text
      .slice(Math.max(0, start - 12), start)
      .split('\n')
      .at(-1) ?? '';
  return before.trim() === '' && start > 0 && /^\s*(?:\n|$)/u.test(text.slice(end, end + 4));
}

/** 科技部火炬中心在2021年工作要点中: the issuer before 在 belongs to the title. */
function titled(reading: Reading, start: number, words: string, rule: string): string {
  if (rule !== 'WORK_POINTS') return words;
  const issuer = /([\u4e00-\u9fa5]{2,16})(?:在|的)$/u.exec(
    reading.text.slice(Math.max(0, start - 18), start),
  )?.[1];
  return issuer === undefined ? words : `${issuer}${words}`;
}

/** 你们关于…的请示收悉: the letter that a reply answers. */
function requests(reading: Reading): readonly CitationFact[] {
  const found: CitationFact[] = [];
  for (const match of reading.text.matchAll(
    /关于[^，。；《》\n]{4,60}?的(?:请示|函|报告)(?=[（(]|》|收悉|（|及)/gu,
  )) {
    const start = match.index;
    const end = start + match[0].length;
    if (reading.isCovered(start) || reading.isCovered(end - 1)) continue;
    reading.cover(start, end);
    found.push({ kind: 'citation', ...reading.span(start, end, 'REQUEST'), title: match[0], inner: [] });
  }
  return found;
}
