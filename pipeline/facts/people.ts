import type { NameWords } from '../../model/vocabulary.ts';
import type { Reading } from './reading.ts';
import { wordsOf } from './words.ts';

/** A person as the text names them, with the attribution before the name. */
export interface PersonMention {
  readonly name: string;
  readonly organisations: readonly string[];
  readonly roles: readonly string[];
  /** Of the attribution with the name and the title behind it. */
  readonly start: number;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly end: number;
}

/** What may stand right behind a name. */
const BEHIND_NAME =
  /^(?:[，。、；：:“”"（()）\s!！?？]|$|在|向|对|就|还|也|则|曾|将|同|等|和|与|的|为|从|今|昨|日前|近日|当|出席|主持|参加|致辞|作|任|率|通过|接受|受|本|说|称|看|又|更|再|并|却|是|正|已|首次|特意|亲自|一行|带|了解|坚持|代表)/u;
/** A name's last character when it more likely begins what follows. */
const FUNCTION_SIGNS = /[在向对就还也则曾将同和与的为从说称等看又更再并是当]/u;
const FOREIGN =
  /^(?:[\u4e00-\u9fa5]{1,6}(?:[·•][\u4e00-\u9fa5A-Za-z]{1,8}){1,2}|[A-Z][a-z]+(?:\s[A-Z][a-z.]+){1,2})/u;
/** Signs that write foreign names: 约翰逊, 默克尔. */
const TRANSLITERATED =
  /^[约阿埃艾安奥巴贝比宾波伯布查达戴德迪蒂丁顿多恩尔法菲费弗夫福哈海汉赫亨霍基杰卡凯科克库拉莱兰劳勒雷里利林卢鲁罗洛马玛麦曼梅米莫默姆穆纳内尼纽诺帕佩皮普奇乔乌切萨塞森沙史斯坦塔泰特图托瓦威韦维沃西希夏谢辛休雅亚伊尤约泽詹朱兹逊翰朗拜登金珀珍露娜茨格根冈加盖戈古]{2,6}/u;
/** Words that begin with a sign which is also a surname. */
export const WORDS_NOT_NAMES =
  /^(?:方面|公司|相关|项目|高层|高管|任何|时间|应该|有关|成果|金融|车主|华为|马上|于是|双方|多方|官方|我方|校方|警方|院方|业主|有人|许多|何时|单位|包括|万科|金山|白宫|江苏|安徽|贵州|云南|海南|王者|国家|国内|国外|华东|全国|常务|黄金|高校|高铁|高通|连续|文件|文章|经济|银行|施工|管理|通知|通过|明确|明显|同时|广大|都是|司法|应当|强调|阳光|上海|商家|牛市|熊市|空间|关于|相应|宁可|温度|农民|谈判|尚未|方案|米饭|房企|房东|别人|时任|易车|向来|石油|钱包|钢铁|平台|水务|党委|计划|宣传|平时|曾经|和|任务|贝壳|蔚来|小米|金额|池州|白天|全部)/u;
const CLAUSE_BREAK = /[，。；：“”‘’！？!?\n\r（()）:,]/u;
const LONGEST_ATTRIBUTION = 60;
/** Words at the head of a clause that are no part of an organisation's name. */
const LEAD =
  /^(?:对此|日前|近日|据悉|据|而|但|同时|此外|另外|其中|随后|昨天|今天|昨日|今日|当天|当日|会上|来自|由|在此|时任|现任|原|记者采访|采访了?|按照|正如|一位|多位|有|与|和|以及|及|包括|\d{1,2}月\d{1,2}日|\d{1,2}日|20\d\d年)+/u;

/** The longest likely name that starts at `at`: surname and one or two characters, or a transliterated name. */
export function nameAt(text: string, at: number, words: NameWords): string | undefined {
  const foreign = FOREIGN.exec(text.slice(at, at + 24))?.[0];
  if (foreign !== undefined) return foreign;
  const double = text.slice(at, at + 2);
  const sounded = TRANSLITERATED.exec(text.slice(at, at + 6))?.[0];
  if (sounded !== undefined && sounded.length >= 3 && isBoundary(text, at + sounded.length, words))
    return sounded;
  const surname = words.surnames.has(double)
    ? double
    : words.surnames.has(text.charAt(at))
      ? text.charAt(at)
      : undefined;
  if (surname === undefined) return undefined;
  const isName = (length: number) => {
    const given = text.slice(at + surname.length, at + length);
    return (
      given.length === length - surname.length &&
      /^[\u4e00-\u9fa5]+$/u.test(given) &&
      isBoundary(text, at + length, words)
    );
  };
  const long = surname.length + 2;
  const short = surname.length + 1;
  if (isName(long) && !(isName(short) && FUNCTION_SIGNS.test(text.charAt(at + long - 1))))
    return text.slice(at, at + long);
  return isName(short) ? text.slice(at, at + short) : undefined;
}

function isBoundary(text: string, at: number, words: NameWords): boolean {
  return (
    BEHIND_NAME.test(text.slice(at, at + 4)) ||
    wordsOf(words.titles).startingAt(text, at) !== undefined ||
    wordsOf(words.verbs).startingAt(text, at) !== undefined
  );
}

/** Every person named behind a role: 西南交通大学公共政策研究中心主任陈光教授. */
export function findPeople(reading: Reading): readonly PersonMention[] {
  const { text, context } = reading;
  const words = context.vocabulary.lexicon.names;
  const roles = wordsOf(words.roles);
  const titles = wordsOf(words.titles);
  const found: PersonMention[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const role = roles.startingAt(text, at);
    if (role === undefined || reading.isCovered(at)) continue;
    let nameStart = at + role.length;
    // 书记兼主任, 董事长、总经理: the name stands behind the last role of the chain.
    if (/^[\s　]/u.test(text.slice(nameStart, nameStart + 1))) nameStart += 1;
    const name = nameAt(text, nameStart, words);
    if (
      name === undefined ||
      roles.startingAt(text, nameStart) !== undefined ||
      WORDS_NOT_NAMES.test(text.slice(nameStart, nameStart + 4))
    )
      continue;
    const nameEnd = nameStart + name.length;
    const title = titles.startingAt(text, nameEnd);
    const attribution = attributionBefore(text, at + role.length, words);
    found.push({
      name,
      organisations: attribution.organisations,
      roles: [...attribution.roles, ...(title === undefined || /先生|女士|老师/u.test(title) ? [] : [title])],
      start: attribution.start,
      nameStart,
      nameEnd,
      end: nameEnd + (title?.length ?? 0),
    });
    at = nameEnd - 1;
  }
  return found;
}

/** The organisations and roles that end at `end`, several joined by 、: 协会副理事长、研究所所长. */
export function attributionBefore(
  text: string,
  end: number,
  words: NameWords,
): { readonly organisations: readonly string[]; readonly roles: readonly string[]; readonly start: number } {
  const roles = wordsOf(words.roles);
  let from = end;
  while (from > 0 && end - from < LONGEST_ATTRIBUTION && !CLAUSE_BREAK.test(text.charAt(from - 1))) from -= 1;
  const pieces = text.slice(from, end).split('、');
  const found = { organisations: [] as string[], roles: [] as string[] };
  let start = end;
  for (let index = pieces.length - 1; index >= 0; index -= 1) {
    const piece = pieces[index] ?? '';
    const chain: string[] = [];
    let rest = piece;
    for (;;) {
      const bare = rest.replace(/[兼及、\s]$/u, '');
      const role = endingRole(roles, bare);
      if (role === undefined) break;
      chain.unshift(role);
      rest = bare.slice(0, bare.length - role.length);
    }
    if (chain.length === 0) break;
    const organisation = rest.replace(LEAD, '').trim();
    found.roles.unshift(...chain);
    if (organisation.length >= 2) found.organisations.unshift(organisation);
    const pieceStart = from + pieces.slice(0, index).join('、').length + (index > 0 ? 1 : 0);
    start =
      pieceStart + (rest.length - rest.trimStart().length) + (rest.length - rest.replace(LEAD, '').length);
  }
  return { ...found, start: Math.min(start, end) };
}

function endingRole(roles: ReturnType<typeof wordsOf>, words: string): string | undefined {
  return roles.endingAt(words, words.length);
}
