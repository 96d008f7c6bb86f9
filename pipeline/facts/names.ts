import type { NameWords } from '../../model/vocabulary.ts';
import { wordsOf } from './words.ts';

/** What may stand right behind a name. */
const BEHIND_NAME =
  /^(?:[，。、；：:“”"（()）\s!！?？\d]|$|在|向|对|就|还|也|则|曾|将|同|等|和|与|的|为|从|今|昨|日前|近日|当|出席|主持|参加|致辞|作|任|率|通过|接受|受|本|说|称|看|又|更|再|并|却|是|正|已|首次|特意|亲自|一行|周[一二三四五六日]|当地时间|带|了解|坚持|代表)/u;
/** A name's last character when it more likely begins what follows. */
const FUNCTION_SIGNS = /[在向对就还也则曾将同和与的为从说称等看又更再并是当]/u;
/** Signs that belong to words for bodies, groups and grammar, seldom to a given name. */
export const NO_NAME_SIGNS =
  /[了着过不这那有是要会们等议组委部局院所团办司室处方者人士员党政厅副系省市县区村长席记任]/u;
/** 严格地说, 乔氏夫妇: no given names. */
const NO_GIVEN = /[地得着]$|夫[妇人]$/u;
/** What stands before a name with a title behind it. */
const NAME_START = /[\s，。；：、！？“”‘’（()）的和与及由请让是位名如]/u;
const FOREIGN =
  /^(?:[\u4e00-\u9fa5]{1,6}(?:[-－—][\u4e00-\u9fa5]{1,6})?(?:[·•][\u4e00-\u9fa5A-Za-z]{1,8}){1,2}|[A-Z][a-z]+(?:\s[A-Z][a-z.]+){1,2})/u;
/** Signs that write foreign names: 约翰逊, 默克尔. */
const SOUNDS =
  '约阿埃艾安奥巴贝比宾波伯布查达戴德迪蒂丁顿多恩尔法菲费弗夫福哈海汉赫亨霍基杰卡凯科克库拉莱兰劳勒雷里利林卢鲁罗洛马玛麦曼梅米莫默姆穆纳内尼纽诺帕佩皮普奇乔乌切萨塞森沙史斯坦塔泰特图托瓦威韦维沃西希夏谢辛休雅亚伊尤约泽詹朱兹逊翰朗拜登金珀珍露娜茨格根冈加盖戈古努施冯潘士伦佐蕾妮莎娃';
const TRANSLITERATED = new RegExp(`^[${SOUNDS}]{2,6}`, 'u');
/** Signs that besides write names of Uyghurs, Kazakhs, Tibetans and Mongols without a dot: 阿布都热西提, 扎西次仁. */
const SOUNDED = new RegExp(
  `^[${SOUNDS}都热提买吐孜木江依吾甫玉苏扎次仁吉央宗旺堆增珠措才让卓桑其桂丹顿确群哲]{3,8}`,
  'u',
);
const LAST_SOUNDS = new RegExp(`[·•][${SOUNDS}]+`, 'u');
/** Words that begin with a sign which is also a surname. */
export const WORDS_NOT_NAMES =
  /^(?:哈马斯|塔利班|开始|开玩笑|开心|正在|已经|纷纷|普遍|一致|大多|最近|目前|方面|初步|高度|高级|高等|高质|高水|公布|公开|公众|应对|应邀|解决|解读|解释|安全|安排|成立|成功|时代|常态|常年|贯彻|温馨|古代|关注|关心|关键|管委|农业|平均|平时|水平|满意|戴着|商业|商务|明年|宁夏|石化|江南|池州|武汉|谷歌|符合|计算|居民|游客|家长|干部|冷静|乐观|热情|强烈|毛利|雷军一|宫颈|公司|相关|项目|高层|高管|任何|时间|应该|有关|成果|金融|车主|华为|马上|于是|双方|多方|官方|我方|校方|警方|院方|业主|有人|许多|何时|单位|包括|万科|金山|白宫|江苏|安徽|贵州|云南|海南|王者|国家|国内|国外|华东|全国|常务|黄金|高校|高铁|高通|连续|文件|文章|经济|银行|施工|管理|通知|通过|明确|明显|同时|广大|都是|司法|应当|强调|阳光|上海|商家|牛市|熊市|空间|关于|相应|宁可|温度|农民|谈判|尚未|方案|米饭|房企|房东|别人|时任|易车|向来|石油|钱包|钢铁|平台|水务|党委|计划|宣传|平时|曾经|和|任务|贝壳|蔚来|小米|金额|池州|白天|全部)/u;

/** The longest likely name that starts at `at`: surname and one or two characters, or a transliterated name. */
export function nameAt(text: string, at: number, words: NameWords): string | undefined {
  const foreign = FOREIGN.exec(text.slice(at, at + 24))?.[0];
  if (foreign !== undefined) return foreign.slice(0, foreignEnd(text, at, foreign, words));
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
      !NO_GIVEN.test(given) &&
      isBoundary(text, at + length, words)
    );
  };
  const long = surname.length + 2;
  const short = surname.length + 1;
  // 书记瞿某认为: the sign that begins a verb is no part of the name.
  const verb = wordsOf(words.verbs).startingAt(text, at + short);
  if ((verb?.length ?? 0) > 1 && isName(short)) return text.slice(at, at + short);
  if (isName(long) && !(isName(short) && FUNCTION_SIGNS.test(text.charAt(at + long - 1))))
    return text.slice(at, at + long);
  return isName(short) ? text.slice(at, at + short) : undefined;
}

/** 雅各布·卢表示: the verb is no part of the name. */
export function foreignEnd(text: string, at: number, name: string, words: NameWords): number {
  for (let end = name.search(/[·•]/u) + 2; end > 1 && end < name.length; end += 1)
    if (isBoundary(text, at + end, words)) return end;
  // 安东·贝克尔接手了: any word may follow; its signs do not write sounds.
  const sounds = LAST_SOUNDS.exec(name);
  return sounds === null ? name.length : sounds.index + sounds[0].length;
}

function isBoundary(text: string, at: number, words: NameWords): boolean {
  return (
    BEHIND_NAME.test(text.slice(at, at + 4)) ||
    wordsOf(words.titles).startingAt(text, at) !== undefined ||
    wordsOf(words.verbs).startingAt(text, at) !== undefined
  );
}

/**
 * The name right behind a role. What follows it may be any word (公关总监裴逸群显得惊讶): without a known boundary most names
 * are a surname and two characters, or one when the text names the person so elsewhere.
 */
export function introducedNameAt(text: string, at: number, words: NameWords): string | undefined {
  const known = nameAt(text, at, words) ?? nicknameAt(text, at, words);
  if (known !== undefined) return known;
  const sounded = SOUNDED.exec(text.slice(at, at + 8))?.[0];
  if (sounded !== undefined && isBoundary(text, at + sounded.length, words)) return sounded;
  const surname = words.surnames.has(text.slice(at, at + 2)) ? text.slice(at, at + 2) : text.charAt(at);
  if (FUNCTION_SIGNS.test(surname)) return undefined;
  const isSurname = words.surnames.has(surname);
  const given = /^[\u4e00-\u9fa5]{2}/u.exec(text.slice(at + surname.length))?.[0];
  if (given === undefined) return undefined;
  const short = surname + given.charAt(0);
  if (isSurname && isNamedElsewhere(text, at, short, words)) return short;
  if (FUNCTION_SIGNS.test(given) || NO_NAME_SIGNS.test(given)) return undefined;
  const name = surname + given;
  // A rare surname is told by the verb behind the name.
  const isSpeaking = wordsOf(words.verbs).startingAt(text, at + name.length) !== undefined;
  return isSurname || (isSpeaking && !NO_NAME_SIGNS.test(surname)) ? name : undefined;
}

/** 小丽（化名）; 老单 where he speaks. */
export function nicknameAt(text: string, at: number, words: NameWords): string | undefined {
  const changed = /^[\u4e00-\u9fa5]{2,3}(?=[（(]化名)/u.exec(text.slice(at, at + 6))?.[0];
  if (changed !== undefined) return changed;
  if (!/[小老阿]/u.test(text.charAt(at)) || !words.surnames.has(text.charAt(at + 1))) return undefined;
  const verb = wordsOf(words.verbs).startingAt(text, at + 2);
  return verb === undefined ? undefined : text.slice(at, at + 2);
}

function isNamedElsewhere(text: string, at: number, name: string, words: NameWords): boolean {
  for (let place = text.indexOf(name); place >= 0; place = text.indexOf(name, place + 1))
    if (place !== at && nameAt(text, place, words) === name) return true;
  return false;
}

/** A name right before a title: 吴玉华副院长, 宋国青教授. */
export function titledName(text: string, titleAt: number, words: NameWords): string | undefined {
  for (const length of [3, 2, 4]) {
    const from = titleAt - length;
    const isSurname = words.surnames.has(text.slice(from, from + 2)) || words.surnames.has(text.charAt(from));
    const name = text.slice(from, titleAt);
    if (from < 0 || !isSurname || !/^[\u4e00-\u9fa5]+$/u.test(name)) continue;
    if (length === 4 && !words.surnames.has(text.slice(from, from + 2))) continue;
    if (NO_NAME_SIGNS.test(name) || WORDS_NOT_NAMES.test(name)) continue;
    if (from === 0 || NAME_START.test(text.charAt(from - 1))) return name;
  }
  return undefined;
}
