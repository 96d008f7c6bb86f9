import type { CitationFact } from '../../model/facts.ts';
import type { Reading } from './reading.ts';
import { findUnmarkedTitles } from './unmarked-titles.ts';

interface Marked {
  readonly start: number;
  readonly end: number;
  readonly inner: readonly string[];
}

/** Newspapers, journals and programmes also stand in 《 》; so do books and films, which no lexicon can list. */
const MEDIUM =
  /(?:[日晚晨周时早]报|周刊|周报|月刊|半月谈|杂志|新闻|时报|导报|商报|财经|快报|明报|学报|焦点访谈|联播|频道|画报|华尔街日报|参考消息|求是|科学|自然|细胞|(?<![公简通汇申年季情战预])报)$/u;
const MEDIUM_BEHIND = /^[》]?(?:记者|报道|杂志|周刊|报社|采访|栏目|节目|网站)/u;
/** 对《棱镜》表示, 告诉《棱镜》: one speaks to a medium. */
const MEDIUM_BEFORE = /(?:对|向|告诉|接受|据|由)$/u;
const SPEECH_BEHIND = /^》?(?:表示|说|称|透露|坦言|提到|介绍|记者|采访|报道|，|：|作者|撰文|编辑部)/u;
const CERTIFICATE_BEHIND = /^》?(?:证书)/u;
const CERTIFICATE = /(?:通关单|许可证|执照|证书|资格证|居住证|登记证)$/u;
const ALIAS =
  /^(?:[（(][^（()）]{0,40}号[）)])?\s*[（(]以?下(?:统称|简称|称)(?:为)?[“"]?《?([^”"》）)]{1,20})[”"》]?[）)]/u;
const SHORT_TITLE = 8;
const NEAR_TITLES = 30;
/** A title cut by the end of a line goes on in the next. */
const LONGEST_TITLE = 160;
const TITLE_TAIL =
  '(?:意见|办法|通知|规划|纲要|方案|计划|条例|规定|决定|报告|要点|目录|指南|细则|规则|标准|协议|请示|公告|白皮书|蓝图|章程)';
/** Every document that the text names, in 《 》 or by a definite name. */
export function findCitations(reading: Reading): readonly CitationFact[] {
  const { text } = reading;
  const aliases = new Map<string, string>();
  const found: CitationFact[] = [];
  const titles = [...markedTitles(text)];
  // Once a medium, always one in this text.
  const media = new Set(
    titles
      .filter(({ start, end }) => isSpokenTo(text, start, end))
      .map(({ start, end }) => text.slice(start + 1, end - 1)),
  );
  for (const { start, end, inner } of titles) {
    reading.cover(start, end);
    const title = text.slice(start + 1, end - 1).replace(/\s*\n\s*/gu, '');
    // （原题为《…》） is what this text was called before.
    if (/原(?:标)?题(?:为|[:：])$/u.test(text.slice(Math.max(0, start - 5), start))) continue;
    // （以下简称《意见》） declares and does not cite.
    if (/以?下(?:统称|简称|称)为?[“"]?$/u.test(text.slice(Math.max(0, start - 6), start))) continue;
    if (media.has(title) || isMedium(text, title, end)) continue;
    const alias = ALIAS.exec(text.slice(end, end + 80))?.[1];
    if (alias !== undefined) aliases.set(alias, title);
    const full =
      title.length <= SHORT_TITLE
        ? (aliases.get(title) ?? lastEnding(found, title) ?? ofHeading(reading, title))
        : undefined;
    found.push({
      kind: 'citation',
      ...reading.span(start, end, full === undefined ? 'MARKED' : 'ALIAS'),
      title: full ?? title,
      ...(alias !== undefined ? { alias } : full !== undefined && { alias: title }),
      inner,
    });
  }
  found.push(...findUnmarkedTitles(reading));
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

/** 《办法》 in a reading of the 《…管理办法（试行）》 that the heading of the text names. */
function ofHeading({ context }: Reading, title: string): string | undefined {
  const heading = context.title ?? '';
  for (const { start, end } of markedTitles(heading)) {
    const named = heading.slice(start + 1, end - 1);
    if (named.length > title.length + 2 && named.replace(/[（(][^）)]*[）)]$/u, '').endsWith(title))
      return named;
  }
  return undefined;
}

function isSpokenTo(text: string, start: number, end: number): boolean {
  const title = text.slice(start + 1, end - 1);
  return (
    title.length <= SHORT_TITLE &&
    !new RegExp(`${TITLE_TAIL}$`, 'u').test(title) &&
    MEDIUM_BEFORE.test(text.slice(Math.max(0, start - 2), start)) &&
    SPEECH_BEHIND.test(text.slice(end, end + 4))
  );
}

/** 题为《…》的报道 cites what a medium wrote. */
function isMedium(text: string, title: string, end: number): boolean {
  if (
    /(?:题为|题目为|标题为)$/u.test(text.slice(Math.max(0, end - title.length - 5), end - title.length - 2))
  )
    return false;
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
    if (open.length === 0) {
      at = text.indexOf('《', at);
      if (at < 0) return;
    }
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
