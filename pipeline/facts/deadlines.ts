import type { DeadlineFact } from '../../model/facts.ts';
import { addDays, isDay } from '../../text/calendar.ts';
import { form } from '../../text/forms.ts';
import { readWholeNumber } from '../../text/numerals.ts';
import { signSet } from '../../text/signs.ts';
import { findDatedFacts } from '../fields/dated-facts.ts';
import { addWorkingDays } from '../fields/working-days.ts';
import type { DateDraft } from './date-list.ts';
import { type Reading, Stretches } from './reading.ts';

/** Between a day and 前: （含）, （星期五）, 下午5时, 下班. */
const AT_TIME =
  '(?:\\s?[（(](?:[^（）()]{0,2}含[^（）()]{0,3}|(?:周|星期)[一二三四五六日天])[）)])?\\s?(?:上午|下午|中午|晚上?)?(?:\\d{1,2}[:：时点](?:\\d{0,2}分?|整))?(?:下班|工作时间)?';
const BEFORE_MARK = new RegExp(`^${AT_TIME}(?:之|以)?前(?![后沿景提期来所])`, 'u');
const END_MARK = /^(?:底|末|中旬|下旬|上旬)(?:之|以)?前/u;
/** To whom a day is a limit, as against what a programme aims at. */
const ASKS =
  /请|须|需|务必|应当?|报送|上报|提交|反馈|申报|寄送|填报|提出|完成|制定|修订|出台|印发|落实|公布|报告|整改|建立|缴纳|办理|备案|送达|答复|要求|推行|启用|启动|开展|组织|纳入|上线|接入|公开|清理|编制|移交|取消|出具|汇总|归集|上传|录入|验收|考核|拨付|支付|发放|办结/u;
const AIMS = /到$|至$|力争|目标|全面建成|基本建成|预计|有望/u;
const CUTOFF_BEFORE =
  /(?:(?:最后期限|截止期限?)(?:是|为|到)|(?:截止|截至)(?:时间|日期|日)?(?:仍|均|统一)?(?:为|是|：|:|至|到|于)?)\s*$/u;
/** 不得晚于, 最迟于, 最晚不超过 a day. */
const AT_LATEST =
  /(?:不(?:得|能|可|应|要)?(?:晚|迟)于|最[迟晚](?:应|须|不(?:得|能)?)?(?:于|在|至|到|是|为|超过)?)\s*$/u;
/** 即日起至7月31日. */
const FROM_NOW = /(?:即日|(?:发布|公布|印发|公告|通知)之日|今日|今天)起?\s?(?:至|到|-|—{1,2}|~)\s?$/u;
/** 该市在5月1日前已完成: told as over. */
const DONE =
  /^(?:(?!将|把)[^，。；\n]{0,3}(?:已经?|就已?|便已|均已|曾)(?!经营)|，?[^，。；\n]{0,8}(?:未收到|没有收到|未接到|无异议|无人提出))/u;
/** 12月31日前注册成立的企业: what is founded before a day, not what must be done by then. */
const FOUNDED =
  /^(?!将|把|完成|提交|报|对)[^，。；\n]{0,6}(?:注册|登记|成立|设立|出生|取得|获得|毕业|入职|参加工作|开工|投产|建成|认定|发表|授权|立项|备案|签订|购买)(?:[^，。；\n]{0,8})?的/u;
/** 截至6月20日，平台受理2万件: as of a day. */
const AS_OF = /(?:^|[，。；：\n])\s*截[至止]到?\s*$/u;
/** The time to hand in is 由4月28日延长至5月6日. */
const PUT_OFF = /(?:延长|延期|顺延|推迟|延后|延)(?:到|至)\s*$/u;
const ACTION = /申报|受理|征求意见|意见|反馈|报名|提交|推荐|填报|征集|公示|申请|报送|投稿|咨询|异议/u;
const COUNTED =
  /(?:应当?|须|自|从|于|在)?(?<anchor>[^，。；：、！？\n（）()]{2,28}?(?:之日|之次日|之时|当日|次日|后|时|之后|以后)|[\u4e00-\u9fa5]{2,10}(?=起))(?:起)?的?\s?(?<count>\d{1,3}|[一二三四五六七八九十两]{1,3})\s?(?<unit>个工作日|工作日|个月|日|天|年|小时|周)(?:之|以)?内/gu;
const WITHIN = signSet('内');
/** Asked first: most sentences hold no window, and the patterns below are slow to say so. */
const HAS_WINDOW = /[日天月年时周](?:之|以)?内/u;
const ALONE =
  /(?:应当?|须|必须|需|要求|请)(?:于|在)(?<count>\d{1,3}|[一二三四五六七八九十两]{1,3})\s?(?<unit>个工作日|工作日|个月|日|天)(?:之|以)?内/gu;
/** 5个工作日内答复: what an office owes. */
const OWED =
  /(?<count>\d{1,3}|[一二三四五六七八九十两]{1,3})\s?(?<unit>个工作日|工作日|日|天)(?:之|以)?内(?=(?:予以|给予|一次性|作出|完成|书面)?(?:答复|办结|反馈|回复|审批|审核|拨付|到账|兑现|办理|受理|告知|报送|提交|上报|整改|备案|公示|公布)(?!了|率))/gu;
const REPEATED = form(
  /每(?:年|月|季度|季|周|半年)(?:\d{1,2}月)?(?:\d{1,2}日|[月年季]?底|末)?(?:之|以)?前(?![后沿])/gu,
  '每年 每月 每季 每周 每半',
  '前',
);
const EVERY_YEAR = /每年[^。；\n]{0,12}前[^。；\n]*$/u;
/** 次月十五日内: so many days into another month. */
const NEXT_MONTH = form(
  /(?:次月|次日|次年|翌年|下月|每月|当月)(?:[\d一二三四五六七八九十]{1,3}月)?[\d一二三四五六七八九十]{1,3}日(?:之|以)?[内前]/gu,
  '次 翌 下月 每月 当月',
  '内 前',
);
/** Comments must be received within 30 days. */
const ENGLISH_WINDOW = form(
  /\b(?:must|shall|should|may|are to|submit|received|respond|due|appeal|apply)\b[^.;\n]{0,60}?\b((?:within|no later than|not later than)\s(?:the next\s)?\d{1,3}\s(?:calendar\s|working\s|business\s)?(?:days|weeks|months))\b/giu,
  'within later',
  '0-9',
);
/** Written comments are due by 5 p.m. on 15 March; open until 30 April. */
const ENGLISH_DUE =
  /\b(?:due|open until|no later than|not later than|on or before|close[sd]?)\b[^;\n]{0,30}$/iu;
/** The consultation runs from 1 June to 31 July. */
const ENGLISH_RUN =
  /\b(?:consultation|call|comments?|applications?|submissions?|window|proposals?)\b[^.;\n]{0,40}\b(?:from|between)\b[^.;\n]{0,20}\s(?:to|until|through|and)\s$/iu;
/** Past events count their time without asking anybody. */
const REPORTS = /(?:已|了|曾)[^，。]{0,10}$/u;

/** What has been held, or drew nobody's objection, is over. */
const HELD =
  /^(?:(?:进行|组织|开展|予以|公示|举行)了|[）)]?(?:期间|内)?，?[^，。；\n]{0,6}(?:未收到|没有收到|未接到|无异议|无人))/u;

/** Days and counted times before which somebody must act. */
export function findDeadlines(reading: Reading, drafts: readonly DateDraft[]): readonly DeadlineFact[] {
  const found: DeadlineFact[] = [];
  const taken = new Stretches(reading.text.length);
  const add = (fact: DeadlineFact) => {
    if (taken.take(fact.start, fact.end)) found.push(fact);
  };
  for (const match of reading.matches(REPEATED)) {
    if (/\d|底|末/u.test(match[0]))
      add({ kind: 'deadline', ...spanOf(reading, match.index, match[0]), relative: match[0] });
  }
  for (const match of reading.matches(NEXT_MONTH))
    add({ kind: 'deadline', ...spanOf(reading, match.index, match[0]), relative: match[0] });
  for (const [index, draft] of drafts.entries()) {
    const fact = yearly(reading, draft, datedDeadline(reading, draft));
    if (fact === undefined) continue;
    add(fact);
    // 7月3日和1月3日前: the limit governs both days.
    const previous = drafts[index - 1];
    if (previous !== undefined && /^[和、及与]$/u.test(reading.text.slice(previous.end, draft.start)))
      add(deadlineOf(reading, previous, '', 'UNTIL'));
  }
  for (const { start, end } of reading.hasAny(WITHIN) ? reading.sentences : []) {
    const sentence = reading.plain.slice(start, end);
    if (!HAS_WINDOW.test(sentence)) continue;
    for (const pattern of [COUNTED, ALONE, OWED])
      for (const match of sentence.matchAll(pattern)) {
        const fact = countedDeadline(reading, start + match.index, match);
        if (fact !== undefined) add(fact);
      }
  }
  for (const match of reading.matches(ENGLISH_WINDOW)) {
    const words = match[1] ?? '';
    const start = match.index + match[0].length - words.length;
    add({ kind: 'deadline', ...reading.span(start, start + words.length, 'COUNTED'), relative: words });
  }
  for (const { kind, on, time, start, end, rule } of findDatedFacts(
    reading.text,
    anchorOf(reading),
    reading.context.vocabulary.lexicon.holidays,
  )) {
    // 于8月14日至25日进行了公示: over.
    if (kind !== 'deadline' || HELD.test(reading.text.slice(end, end + 20)) || isOver(reading, start, end))
      continue;
    const draft = drafts.find(
      (candidate) =>
        candidate.start >= start && candidate.end <= end + 1 && candidate.iso?.endsWith(on) === true,
    );
    const [from, to] = draft === undefined ? [start, end] : [draft.start, draft.end];
    add({ kind: 'deadline', ...reading.span(from, to, rule), iso: on, ...(time !== undefined && { time }) });
  }
  return found.sort((left, right) => left.start - right.start);
}

/** Whether the day is told as past, or only bounds who may apply. */
function isOver({ text }: Reading, start: number, end: number): boolean {
  const words = text.slice(start, end);
  const mark = /[之以]?前$/u.exec(words)?.[0] ?? BEFORE_MARK.exec(text.slice(end, end + 32))?.[0];
  if (mark === undefined) return false;
  const behind = text.slice(words.endsWith(mark) ? end : end + mark.length, end + 32);
  return DONE.test(behind) || FOUNDED.test(behind);
}

function anchorOf({ context }: Reading) {
  return { publishedOn: context.publishedOn, issuedOn: context.issuedOn };
}

function spanOf(reading: Reading, start: number, words: string) {
  return reading.span(start, start + words.length, 'REPEATED');
}

/** Words farther away do not bear on a day. */
const LONGEST_CLAUSE = 240;

function datedDeadline(reading: Reading, draft: DateDraft): DeadlineFact | undefined {
  const { text } = reading;
  const sentence = reading.sentenceAt(draft.start);
  const before = text.slice(Math.max(sentence.start, draft.start - LONGEST_CLAUSE), draft.start);
  const clause = `${before.split('；').at(-1)}${text.slice(draft.start, Math.min(sentence.end, draft.start + LONGEST_CLAUSE)).split('；')[0]}`;
  const behind = text.slice(draft.end, draft.end + 32);
  const isCutoff =
    ((CUTOFF_BEFORE.test(before) || PUT_OFF.test(before)) &&
      ACTION.test(sentence.text) &&
      !(AS_OF.test(before) && !ACTION.test(before))) ||
    (AT_LATEST.test(before) && ASKS.test(clause)) ||
    (FROM_NOW.test(before) && ACTION.test(sentence.text));
  if (
    (ENGLISH_DUE.test(before) || ENGLISH_RUN.test(before)) &&
    draft.precision === 'day' &&
    !/\b(?:effective|published)\b/iu.test(before)
  )
    return deadlineOf(reading, draft, '', 'ENGLISH');
  const mark = BEFORE_MARK.exec(behind) ?? END_MARK.exec(behind);
  if (mark === null && !isCutoff && !isClosing(behind, sentence.text)) return undefined;
  if (
    mark !== null &&
    (FOUNDED.test(behind.slice(mark[0].length)) || DONE.test(behind.slice(mark[0].length)))
  )
    return undefined;
  if (mark !== null && (AIMS.test(before.slice(-2)) || !ASKS.test(clause) || /力争|建成/u.test(clause)))
    return undefined;
  return deadlineOf(reading, draft, mark?.[0] ?? '', isCutoff ? 'CUTOFF' : 'UNTIL');
}

/** 每年2月底前…，3月底前…: the second month has no year of its own either. */
function yearly(
  reading: Reading,
  draft: DateDraft,
  fact: DeadlineFact | undefined,
): DeadlineFact | undefined {
  if (fact?.iso === undefined || !/^\d{1,2}月/u.test(fact.quote)) return fact;
  const before = reading.plain.slice(reading.sentenceAt(draft.start).start, draft.start);
  if (!EVERY_YEAR.test(before)) return fact;
  const { iso: _iso, ...open } = fact;
  return { ...open, relative: fact.quote };
}

/** 填报通道2月26日关闭, 报名6月30日截止. */
function isClosing(behind: string, sentence: string): boolean {
  return (
    /^\s?(?:\d{1,2}[:：时点]\d{0,2}分?)?截止/u.test(behind) ||
    (/^\s?(?:\d{1,2}[:：时点]\d{0,2}分?)?(?:关闭|结束)/u.test(behind) && ACTION.test(sentence))
  );
}

function deadlineOf(reading: Reading, draft: DateDraft, mark: string, rule: string): DeadlineFact {
  const iso = toCome(reading, draft, lastDay(draft, mark));
  return {
    kind: 'deadline',
    ...reading.span(draft.start, draft.end + mark.length, rule),
    ...(iso !== undefined && { iso }),
    ...(draft.relative !== undefined && { relative: draft.relative }),
  };
}

/** 12月底前 without a year, said in May: what is still to be done is not due in the year before. */
function toCome({ text, context }: Reading, draft: DateDraft, iso: string | undefined): string | undefined {
  const { publishedOn } = context;
  if (
    iso === undefined ||
    publishedOn === undefined ||
    !/^\d{1,2}月/u.test(text.slice(draft.start, draft.end))
  )
    return iso;
  const year = Number(publishedOn.slice(0, 4));
  const paragraph = text.slice(text.lastIndexOf('\n', draft.start) + 1, draft.start);
  if (iso >= publishedOn || Number(iso.slice(0, 4)) !== year - 1 || paragraph.includes(`${year - 1}年`))
    return iso;
  const next = `${year}${iso.slice(4)}`;
  return isDay(next) ? next : iso;
}

/** 2019年2月底前 is the last of February; 2006年底 the last of December. */
function lastDay({ iso, precision, part }: DateDraft, mark: string): string | undefined {
  if (iso === undefined) return undefined;
  const last = iso.split('/').at(-1) ?? iso;
  if (last.length === 10) return last;
  const isEnd = part === 'end' || /^[底末]/u.test(mark);
  if (precision === 'year') return isEnd ? `${last}-12-31` : last;
  if (!isEnd) return last;
  const [year = '', month = ''] = last.split('-');
  const next =
    Number(month) === 12
      ? `${Number(year) + 1}-01-01`
      : `${year}-${String(Number(month) + 1).padStart(2, '0')}-01`;
  return isDay(next) ? addDays(next, -1) : undefined;
}

function countedDeadline(reading: Reading, start: number, match: RegExpExecArray): DeadlineFact | undefined {
  const { anchor, count = '', unit = '' } = match.groups ?? {};
  const number = readWholeNumber(count);
  const sentence = reading.sentenceAt(start);
  const before = reading.text.slice(sentence.start, start);
  if (number === undefined || REPORTS.test(before.slice(-12))) return undefined;
  if (
    anchor !== undefined &&
    !/之日|之次日|收到|接到|受理|签订|发布|公布|印发|公示|批准|届满|起$|后$|决定|通知/u.test(anchor)
  )
    return undefined;
  const whole = match[0];
  // 试点单位应在收到通知后15个工作日内: who must act is no part of the time.
  const lead =
    /^.*(?:应当?|须|(?<!申)请|可以?|必须|需要?)(?:在|于)?(?=自|从|收到|接到|[一二三四五六七八九十两\d])/u.exec(
      whole,
    )?.[0].length ?? 0;
  const end = start + whole.length;
  const { publishedOn } = reading.context;
  const base = {
    kind: 'deadline' as const,
    ...reading.span(start + lead, end, 'COUNTED'),
    relative: whole.slice(lead),
  };
  if (
    anchor === undefined ||
    publishedOn === undefined ||
    !/^(?:本[\u4e00-\u9fa5]{1,4})?(?:发布|公布|印发|公示|公告|颁布)(?:发布|公布)?(?:之日|之次日)/u.test(
      anchor.replace(/^.*自/u, ''),
    )
  )
    return base;
  if (/工作日/u.test(unit)) {
    const due = addWorkingDays(publishedOn, number, reading.context.vocabulary.lexicon.holidays);
    return { ...base, iso: due.on, ...(due.isAbout && { isAbout: true as const }) };
  }
  return /^[日天]$/u.test(unit) ? { ...base, iso: addDays(publishedOn, number) } : base;
}
