import type { SpeakerFact } from '../../model/facts.ts';
import type { NameWords } from '../../model/vocabulary.ts';
import { attributionBefore } from './people.ts';
import type { Reading } from './reading.ts';
import { ADVERBIAL, CLAUSE_START, isStop, LONGEST_GAP } from './speech-verbs.ts';
import { wordsOf } from './words.ts';

/** Words for people in general: with 一位 or a place before them they are somebody. */
const EVERYBODY =
  /^(?:人士|高管|从业者|从业人员|交易员|研究人员|科研人员|技术人员|办案人员|执法人员|工人|村民|居民|店主|商户|家长|司机|医生|教师|学生|员工|民警|母亲|父亲|妻子|丈夫|家属|护士|患者|市民|游客|乘客|车主|经营者|种植户|养殖户|亲属|邻居|同事|同学)$/u;
/** 据村民介绍, 经营者告诉本报记者: somebody has spoken to somebody. */
const TOLD = /^告诉[^，。；\n]{0,10}(?:记者|本报|新闻|日报|晚报|》)/u;
/** 鼓励专家建议: what somebody is asked to do has not been said. */
const ASKED_TO =
  /^(?:应当?|要|可以?)?(?:鼓励|支持|组织|邀请|聘请|听取|征求|采纳|吸收|委托|要求|引导|允许|方便)/u;
/** 不少创作者, 六成受访者: nobody in particular. */
const CROWD =
  /^(?:不少|许多|很多|大多数?|大部分|众多|越来越多|[近约超]?过?(?:[\d.]+[%％]|[\d两一二三四五六七八九几]+成))/u;

const COUNT = /^(?:另外?|有|还有|又)?(?:[一两多几数某][位名]|上述|前述)/u;
const COUNTED_PERSON =
  /(?:^|[，。；！？\s”])(?<who>(?:另外?|有|还有|又)?(?:[一两多几数某][位名]|上述|前述)[^，。；：！？\s“”]{1,24})$/u;
/** Bodies, documents and matters are 上述, too. */
const BODY =
  /(?:公司|集团|部门|机构|单位|企业|平台|政府|[局委厅院会部处所社网报台])$|(?:通知|报告|文件|公告|办法|意见|统计|数据|通报|规定|人员名单|消息)$/u;

/** Who speaks at `at` without a name: 科技部火炬中心相关负责人透露, 多位业内人士表示, 一位自称业主的男子…表示. */
export function unnamedSubject(reading: Reading, at: number, words: NameWords): SpeakerFact | undefined {
  const { text } = reading;
  const unnamed = wordsOf(words.unnamed);
  const roles = wordsOf(words.roles);
  for (let end = at; end >= Math.max(2, at - LONGEST_GAP); end -= 1) {
    if (isStop(text, end)) break;
    const role = unnamed.endingAt(text, end) ?? roles.endingAt(text, end);
    // 专家组 and 专家库 are bodies.
    if (
      role === undefined ||
      /^(?:[组库委会]|人(?!士))/u.test(text.slice(end, end + 1)) ||
      !ADVERBIAL.test(text.slice(end, at))
    )
      continue;
    let start = end - role.length;
    while (start > 0 && end - start < 40 && !CLAUSE_START.test(text.charAt(start - 1))) start -= 1;
    const before = text.slice(start, end - role.length);
    // 向投资者披露: they are told and do not tell.
    if (/[向对给][\u4e00-\u9fa5]{0,4}$/u.test(before)) continue;
    const lead =
      /^(?:对此|据|正如|诚如|而|但|也?有|同时|此外|前述|上述|近日|日前|随后|\d{1,2}日)*/u.exec(before)?.[0]
        .length ?? 0;
    const organisation =
      attributionBefore(text, end, words).organisations.at(-1) ??
      before.slice(lead).replace(/(?:的|一位|多位|有|位|名|一名|多名|该|某)+$/u, '');
    const clean = organisation
      .replace(/^(?:前述|上述|有|一位|多位|一名|多名|该|某|据|也|来自)+/u, '')
      .replace(/(?:的|一位|多位|一名)$/u, '');
    // 还和员工开玩笑说: whom somebody talks with.
    if (
      CROWD.test(before.slice(lead)) ||
      ASKED_TO.test(before) ||
      /^[还也又曾常]?(?:[和跟]|与(?!会))/u.test(before.slice(lead))
    )
      return undefined;
    // 工人, 院长 alone name no role of somebody: who, or whose?
    const isSome = before.endsWith('某');
    if (unnamed.endingAt(text, end) === undefined && clean.length < 2 && !isSome) break;
    const isHeard = before.startsWith('据') || TOLD.test(text.slice(at, at + 20));
    if (EVERYBODY.test(role) && before.slice(lead).length < 2 && !isHeard && !isSome) break;
    return {
      kind: 'speaker',
      ...reading.span(start + lead, end, 'UNNAMED'),
      ...(clean.length >= 2 && !/自称/u.test(clean) && { organisation: clean }),
      roles: [role],
    };
  }
  return countedPerson(reading, at);
}

/** 一位投了多只基金的GP说, 上述老板说: 位 and 名 count people, whatever they do. */
function countedPerson(reading: Reading, at: number): SpeakerFact | undefined {
  const before = reading.text.slice(Math.max(0, at - 40), at);
  const words = COUNTED_PERSON.exec(before)?.groups?.who;
  if (words === undefined || BODY.test(words)) return undefined;
  const start = at - words.length;
  return { kind: 'speaker', ...reading.span(start, at, 'COUNTED'), roles: [words.replace(COUNT, '')] };
}
