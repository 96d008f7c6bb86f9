import type { CitationFact } from '../../model/facts.ts';
import { type Form, form, formNear, near } from '../../text/forms.ts';
import { LAWS } from './laws.ts';
import type { Reading } from './reading.ts';

const UNMARKED: readonly (readonly [Form, string])[] = [
  [form(/(?:党的)?(?:十[一二三四五六七八九]|二十)大报告/gu, '大报'), 'CONGRESS'],
  [form(/(?:20\d\d年)?(?:国务院|省|市)?政府工作报告/gu, '府工'), 'WORK_REPORT'],
  [form(/中国制造2025|(?:20\d\d年)?中央(?:一|1)号文件/gu, '国制 中央'), 'NAMED'],
  [
    formNear(
      /(?:[\u4e00-\u9fa5]{2,10})?“[一二三四五六七八九十]{3}五?”(?:[\u4e00-\u9fa5]{0,12}规划)(?:和20\d\d年远景目标纲要|纲要)?/gu,
      near('“一 “二 “三 “四 “五 “六 “七 “八 “九 “十', 12, 48),
      '规划',
    ),
    'FIVE_YEAR',
  ],
  [form(/20\d\d年(?:[中年]期|年度|半年度|第[一三]季度)(?:业绩|财务)?报告/gu, '年', '报告'), 'YEAR_REPORT'],
  [form(/(?:20\d\d年)[\u4e00-\u9fa5]{0,8}工作要点/gu, '年', '作要'), 'WORK_POINTS'],
  [
    formNear(
      /(?<=按照|根据|依据|依照|执行|写进|写入|违反|参照|适用|履行)(?!本|该|此|有关|相关|具体|上述|国家有关)[\u4e00-\u9fa5]{4,24}?(?:管理办法|实施办法|暂行办法|实施细则|管理规定|暂行规定|条例|公约)(?![\u4e00-\u9fa5]{0,2}》)/gu,
      near('按照 根据 依据 依照 执行 写进 写入 违反 参照 适用 履行', 0, 40),
      '办法 细则 规定 条例 公约',
    ),
    'RULES',
  ],
  [
    formNear(
      /(?<=关于)禁止[\u4e00-\u9fa5]{2,12}公约|[\u4e00-\u9fa5]{2,8}(?:框架|国际)公约/gu,
      near('公约', 24, 2),
    ),
    'PHRASE',
  ],
  [
    formNear(
      /[\u4e00-\u9fa5]{4,24}(?:(?:规划|战略|行动)纲要|技术标准|共建[\u4e00-\u9fa5]{2,14}协议)/gu,
      near('规划纲要 战略纲要 行动纲要 技术标准 共建', 26, 18),
    ),
    'PHRASE',
  ],
  [
    formNear(
      /(?<=根据|按照|依据|依照|落实|贯彻|执行)(?!落实|执行|本|该|此|有关|相关|上述|国家有关)[\u4e00-\u9fa5、]{0,16}?关于[^，。；：《》“”\n]{4,50}?的(?:若干|指导|实施)?(?:意见|通知|决定|规定|方案|办法|措施|计划|规划|细则)(?=要求|精神|规定|部署|有关|等|[，。；、和（(])/gu,
      near('关于', 18, 64),
      '根据 按照 依据 依照 落实 贯彻 执行',
    ),
    'CARRIER',
  ],
];
/** Words before an unmarked title that are not part of it. */
const LEAD =
  /^.*(?:落实|贯彻|实施|根据|按照|依据|执行|符合|参照|编制|制定|完成|推进|公布的|发布的|出台的?|印发的?|发布了?|纳入|列入|结合|关于|围绕|对照|依照|遵循|全面|是|在|和|与|了|将|为|各|由|明确|以及)(?=[\u4e00-\u9fa5]{4}|“)/u;
/** Every document named without 《 》: listed, by a definite name, a law by its short title, the letter that is answered. */
export function findUnmarkedTitles(reading: Reading): readonly CitationFact[] {
  return [...listedTitles(reading), ...definiteTitles(reading), ...laws(reading), ...requests(reading)];
}

function definiteTitles(reading: Reading): readonly CitationFact[] {
  const found: CitationFact[] = [];
  for (const [form, rule] of UNMARKED)
    for (const match of reading.matchesAsWritten(form)) {
      const words = /^(?:PHRASE|FIVE_YEAR|RULES)$/u.test(rule) ? match[0].replace(LEAD, '') : match[0];
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

/** A plan of rules to make or change lists their names, one a line; a single such line is a heading. */
const LISTED = form(
  /^[ \t\u3000]*(?:\d{1,2}[.．、]\s?)?(?<title>[\u4e00-\u9fa5“”、]{6,40}(?:办法|规定|条例|细则|规则))(?:\n?[（(](?:修订|废止|制定|修改|试行|暂行|新制定)[）)])?[ \t]*$/gmu,
  '办法 规定 条例 细则 规则',
);
const FEWEST_LISTED = 3;

function listedTitles(reading: Reading): readonly CitationFact[] {
  const lines = reading.matchesAsWritten(LISTED);
  if (lines.length < FEWEST_LISTED) return [];
  return lines.flatMap((match) => {
    const title = match.groups?.title ?? '';
    const start = match.index + match[0].indexOf(title);
    const end = start + title.length;
    if (reading.isCovered(start)) return [];
    reading.cover(start, end);
    return [{ kind: 'citation' as const, ...reading.span(start, end, 'LISTED'), title, inner: [] }];
  });
}

const LAW = formNear(
  new RegExp(`(?:中华人民共和国|中国|我国)?(?<title>${LAWS.join('|')})(?!规(?!定)|[律制治院人定理])`, 'gu'),
  near('法 遗传资源管理条例', 20, 4),
);

/** 违反劳动法, 外商投资法实施: laws by their short titles. */
function laws(reading: Reading): readonly CitationFact[] {
  return reading.matchesAsWritten(LAW).flatMap((match) => {
    const end = match.index + match[0].length;
    if (reading.isCovered(match.index) || reading.isCovered(end - 1)) return [];
    reading.cover(match.index, end);
    const title = match.groups?.title ?? match[0];
    return [{ kind: 'citation' as const, ...reading.span(match.index, end, 'LAW'), title, inner: [] }];
  });
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

const REQUEST = form(
  /关于[^，。；《》\n]{4,60}?的(?:请示|函|报告)(?=[（(]|》|收悉|（|及)|听取(?:和审议|并审议|审议)?(?<heard>[\u4e00-\u9fa5、]{2,24}?关于[^，。；《》\n]{4,70}?的报告)/gu,
  '关于 听取',
  '的请 的函 的报',
);

/** 你们关于…的请示收悉: the letter that a reply answers. */
function requests(reading: Reading): readonly CitationFact[] {
  const found: CitationFact[] = [];
  for (const match of reading.matchesAsWritten(REQUEST)) {
    const title = match.groups?.heard ?? match[0];
    const end = match.index + match[0].length;
    const start = end - title.length;
    if (reading.isCovered(start) || reading.isCovered(end - 1)) continue;
    reading.cover(start, end);
    found.push({ kind: 'citation', ...reading.span(start, end, 'REQUEST'), title, inner: [] });
  }
  return found;
}
