import type { DateFact, Fact } from '../../model/facts.ts';
import { addDays } from '../../text/calendar.ts';
import { findDays } from '../../text/dates.ts';
import { form } from '../../text/forms.ts';
import { ownDocumentNumber } from '../fields/document-number.ts';
import { findCitations } from './citations.ts';
import { findCredits, findDatelines } from './credits.ts';
import { dateRole } from './date-roles.ts';
import { findDateDrafts } from './dates.ts';
import { findDeadlines } from './deadlines.ts';
import { findNumbers } from './document-numbers.ts';
import { findEnglishFigures } from './english.ts';
import { relateChanges } from './figure-relations.ts';
import { findFigures } from './figures.ts';
import { findOrganisations, organisationMentions } from './organisations.ts';
import { findRanks } from './ranks.ts';
import { type FactContext, Stretches, startReading } from './reading.ts';
import { findRegionFacts } from './regions.ts';
import { findSpeakers } from './speakers.ts';

export type { FactContext } from './reading.ts';

/** Times of day, addresses and telephone numbers: their numbers state nothing. */
const NO_FIGURES = [
  form(/\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?![:：\d])/gu, ': ：', '0-9'),
  form(
    /(?:上午|下午|凌晨|晚上|早上|中午|晚间|晚|早)\s?\d{1,2}\s?[点时](?:\d{1,2}分|半)?/gu,
    '上午 下午 凌晨 中午 晚 早',
    '点 时',
    '0-9',
  ),
  form(/\d{1,2}[点时]\d{1,2}分/gu, '点 时', '分', '0-9'),
  form(/\d{1,2}时(?:\d{1,2}分)?(?=[，。、；）\s前至—-]|$)/gmu, '时', '0-9'),
  form(/\d{1,4}号(?:[^，。；\n]{0,14}?\d{1,4}(?:层|室|楼|座))?/gu, '号', '0-9'),
  form(/(?:大厦|大楼|广场|号楼|座|中心)[A-Z]?\d{1,3}(?:层|楼|室)/gu, '层 楼 室', '0-9'),
  form(
    /(?:电话|传真|邮编|手机|QQ|热线)[^，。；\n]{0,4}[:：]?\s?[\d\s()（）+/-]{5,30}/gu,
    '电话 传真 邮编 手机 热线 qq',
  ),
  form(/https?:\/\/[^\s，。）]{1,200}/gu, ':', '/'),
  form(/[\w.-]{1,60}@[\w.-]{1,60}/gu, '@'),
];

/** 延伸阅读 over a list of headlines: they belong to other pages. */
const RELATED =
  /\n\s*[【[]?(?:延伸阅读|相关链接|相关阅读|相关新闻|推荐阅读|更多新闻|热门推荐|相关文章)[】\]]?[:：]?\s*\n/u;
const LONGEST_HEADLINE = 45;

function ownLength(text: string): number {
  const at = text.search(RELATED);
  if (at < 0) return text.length;
  const lines = text.slice(at).split('\n').slice(2);
  const isList = lines.every((line) => line.trim().length <= LONGEST_HEADLINE && !line.includes('。'));
  return isList ? at : text.length;
}

/** Days by which a document may be older than its page before its words mean its own time. */
const MOST_DAYS_LATE = 60;
/** A line that is nothing but a date signs a document. */
const SIGNED =
  /^[ \t\u3000]*(?:[\d〇○零一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日[ \t]*$/mu;

/** 今年 in a letter of 2005 that was put on line in 2018 means 2005: the day to count from. */
function anchorOf(
  text: string,
  { publishedOn, issuedOn }: FactContext,
  ownNumber: string | undefined,
): string | undefined {
  const signed = issuedOn ?? findDays(SIGNED.exec(text)?.[0] ?? '')[0]?.on;
  if (publishedOn === undefined) return signed;
  if (signed !== undefined) return signed < addDays(publishedOn, -MOST_DAYS_LATE) ? signed : publishedOn;
  // A letter cut short of its signature still has its number: the middle of that year.
  const [, year = ''] = ownNumber?.split('|') ?? [];
  return year !== '' && Number(year) < Number(publishedOn.slice(0, 4)) - 1 ? `${year}-06-30` : publishedOn;
}

/**
 * Every fact of a text that a reader may want to see or check, sorted by place; each with its span and rule. The time it
 * takes grows with the length of the text, no faster.
 */
export function findFacts(text: string, context: FactContext): readonly Fact[] {
  const own = text.slice(0, ownLength(text));
  const ownNumber = ownDocumentNumber(own, context.title ?? '')?.key;
  const reading = startReading(own, { ...context, publishedOn: anchorOf(own, context, ownNumber) });
  const numbers = findNumbers(reading, ownNumber);
  const inHan = <T>(find: () => readonly T[]): readonly T[] => (reading.isEastAsian ? find() : []);
  const citations = inHan(() => findCitations(reading));
  const datelines = inHan(() => findDatelines(reading));
  const credits = inHan(() => findCredits(reading, datelines));
  const drafts = findDateDrafts(reading);
  const deadlines = findDeadlines(reading, drafts);
  const due = new Stretches(text.length);
  for (const { start, end } of deadlines) due.take(start, end);
  for (const { start, end } of [...drafts, ...deadlines]) reading.cover(start, end);
  for (const noFigure of NO_FIGURES)
    for (const match of reading.matches(noFigure)) reading.cover(match.index, match.index + match[0].length);
  const ranks = inHan(() => relateChanges(reading, findRanks(reading)));
  const english = findEnglishFigures(reading);
  const figures = findFigures(reading);
  const dates = drafts
    .filter(({ start, end }) => !due.touches(start, end))
    .map(
      (draft): DateFact => ({
        kind: 'date',
        ...draft,
        quote: text.slice(draft.start, draft.end),
        role: dateRole(reading, draft),
      }),
    );
  const organisations = organisationMentions(reading);
  const facts: Fact[] = [
    ...numbers,
    ...citations,
    ...datelines,
    ...credits,
    ...dates,
    ...deadlines,
    ...ranks,
    ...english,
    ...figures,
    ...findOrganisations(reading, organisations),
    ...findRegionFacts(reading, [...organisations, ...credits, ...datelines]),
    ...inHan(() => findSpeakers(reading)),
  ];
  return facts.sort((left, right) => left.start - right.start || left.end - right.end);
}
