import type { DateFact } from '../../model/facts.ts';
import type { DateDraft } from './date-list.ts';
import type { Reading } from './reading.ts';

const HORIZON_BEFORE = /(?:到|至|力争|截至到|预计|计划|拟于|拟在|有望|目标[^，。]{0,4}|规划到|争取)(?:在)?$/u;
const HORIZON_BEHIND =
  /^[，]?(?:前|之前|以前)?[^，。；]{0,8}(?:力争|建成|达到|实现|基本|才能|有望|预计|总体)/u;
const EFFECT_BEHIND = /^(?:起|之日起|开始)?(?:正式)?(?:施行|实施|执行|生效|起施行)/u;
const ENGLISH_EFFECT =
  /(?:effective|into (?:force|effect)|takes effect|applies)(?:\s(?:on|from|as of))?\s$/iu;
const OTHER_BEFORE = /(?:截至|截止到?|发布日期[：:]?|日期[：:]?|时间[：:]?|有效期[^，。]{0,6}|更新于)\s*$/u;
const ISSUED_BEHIND =
  /^(?:[\u4e00-\u9fa5]{0,14}(?:令第|公告)|[^，。]{0,8}(?:发布|公布|印发|颁布|制定)(?:的)?[，。《]?)/u;

/** What a date says: when a document was issued, when something happened, what a target aims at. */
export function dateRole(reading: Reading, draft: DateDraft): DateFact['role'] {
  const before = reading.text.slice(Math.max(0, draft.start - 8), draft.start);
  const behind = reading.text.slice(draft.end, draft.end + 16);
  const lead = reading.text.slice(Math.max(0, draft.start - 28), draft.start);
  if (EFFECT_BEHIND.test(behind) || ENGLISH_EFFECT.test(lead)) return 'effective';
  if (/^by\s/iu.test(reading.text.slice(draft.start, draft.end)) || /\bby\s$/iu.test(lead)) return 'horizon';
  if (OTHER_BEFORE.test(before)) return 'other';
  if (HORIZON_BEFORE.test(before) || (draft.precision === 'year' && HORIZON_BEHIND.test(behind)))
    return 'horizon';
  if (/成文日期[：:]?\s*$/u.test(before) || isOwnLine(reading, draft)) return 'issued';
  if (ISSUED_BEHIND.test(behind)) return 'issued';
  return draft.precision === 'period' ? 'other' : 'event';
}

/** White space by which a signature is moved to the right, at most. */
const LONGEST_INDENT = 120;

/** A line that is nothing but a date signs a document. */
function isOwnLine({ text }: Reading, { start, end, precision }: DateDraft): boolean {
  if (precision !== 'day') return false;
  const before = text.slice(Math.max(0, start - LONGEST_INDENT), start);
  const behind = text.slice(end, end + LONGEST_INDENT);
  const from = before.lastIndexOf('\n');
  const to = behind.indexOf('\n');
  if ((from < 0 && start > LONGEST_INDENT) || (to < 0 && end + LONGEST_INDENT < text.length)) return false;
  const line = before.slice(from + 1) + text.slice(start, end) + behind.slice(0, to < 0 ? undefined : to);
  return line.trim().length <= end - start + 2;
}
