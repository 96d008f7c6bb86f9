import { splitLines } from '../../text/sentences.ts';

/** The medium that wrote a text and the people it names; both may be absent. */
export interface Credit {
  readonly credit?: string;
  readonly author?: string;
}

const DATELINE =
  /^\s*[（(【]?\s*(新华社|中新社|中新网|本报|央视网|科技日报|人民网|新华网|经济日报|光明日报|[\u4e00-\u9fa5]{2,6}(?:报|社|网))([\u4e00-\u9fa5、]{2,12})(\d{1,2}月)?(\d{1,2})日[电讯]/u;
const BYLINE =
  /(?:记者|通讯员)(?:[\s：:]+|(?=[\u4e00-\u9fa5·]{2,4}[）)]))([\u4e00-\u9fa5·]{2,4}(?:[\s、，]+[\u4e00-\u9fa5·]{2,4})*?)(?=[\s）)]|$|报道|摄|通讯员)/u;
const DATELINE_NAMES =
  /^[^。]{0,40}?[电讯]\s*[（(]\s*(?:记者\s*)?([\u4e00-\u9fa5·]{2,4}(?:[\s、，]+[\u4e00-\u9fa5·]{2,4})*)\s*[）)]/u;
const SOURCE = /(?:来源|稿源|稿件来源|文章来源|转自)\s*[:：]\s*([^\s）)|｜]{2,30})/u;
const REPRINT =
  /^\s*[（(]?(?:据|摘自|综合)\s*(新华社|[\u4e00-\u9fa5]{2,12}?)(?:[\u4e00-\u9fa5\d]{0,12}电|报道|消息)?[）)]?\s*$/u;
/** Credits are short; a page without line breaks must not be searched whole. */
const LONGEST_EDGE = 200;
const OWN_PAPER = /^(?:本报|本网|本台|本站)$/u;

/** Reads dateline, byline and source line at the edges of a text. `本报` is the showing site itself and no credit. */
export function readCredit(text: string): Credit {
  const lines = splitLines(text);
  const edges = [...lines.slice(0, 3), ...lines.slice(-3)].map((line) => line.text.slice(0, LONGEST_EDGE));
  const opening = lines.slice(0, 3).map((line) => line.text.slice(0, 80));
  const dateline = firstMatch(DATELINE, opening);
  const credit = firstMatch(SOURCE, edges) ?? firstMatch(REPRINT, edges.slice(-3)) ?? dateline;
  const author = firstMatch(DATELINE_NAMES, opening) ?? firstMatch(BYLINE, [...opening, ...edges.slice(-3)]);
  return {
    ...(credit !== undefined && !OWN_PAPER.test(credit) && { credit }),
    ...(author !== undefined && { author: cleanNames(author) }),
  };
}

/** 记者 李四　王五 → 李四、王五; names in letters keep their spaces: Ann Lee, Bo Chen. */
export function cleanNames(names: string): string {
  const list = names
    .replace(/^(?:本报|新华社)?(?:首席)?(?:记者|作者|通讯员)\s*[:：]?\s*/u, '')
    .split(/\s*[、，,;；]+\s*|(?<=\p{Script=Han})\s+(?=\p{Script=Han})/u)
    .filter((name) => name !== '' && name !== '通讯员' && name !== '记者');
  return list.join(list.some((name) => /\p{Script=Han}/u.test(name)) ? '、' : ', ');
}

function firstMatch(pattern: RegExp, lines: readonly string[]): string | undefined {
  for (const line of lines) {
    const found = pattern.exec(line)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}
