import type { NameWords } from '../../model/vocabulary.ts';
import { form, formNear, near } from '../../text/forms.ts';
import { oneOf } from '../../text/signs.ts';
import type { Reading } from './reading.ts';
import { wordsOf } from './words.ts';

/** 说明, 称为, 分析师, 建议书 are other words. */
const NO_VERB: Readonly<Record<string, RegExp>> = {
  表示: /^表示了?(?:最|深|沉痛|深切|热烈|衷心|诚挚|崇高|亲切)*的?(?:哀悼|祝贺|慰问|敬意|问候|感谢)/u,
  说: /^(?:说明|说法|说服|说到做到|说起来|说不|说了[啥什]|说过的)/u,
  称: /^(?:称为|称号|称之|称作|称职|称赞|称呼|称重)/u,
  分析: /^分析(?:师|仪|与|和|工作|能力|数据|方法)/u,
  建议: /^建议(?:书|稿|案|的)/u,
  介绍: /^(?:介绍(?:信|所)|介绍了?(?:有关|相关|具体)?情况)/u,
  叮嘱: /^叮嘱了几句/u,
  谈: /^谈(?![“"《])/u,
  警告: /^警告处分/u,
  回复: /^回复(?:了|率|信)/u,
  总结: /^总结(?:会|经验|推广|评估)/u,
  强调: /^强调(?:的是)?/u,
  解释: /^解释(?:权|性)/u,
  评价: /^评价(?:体系|指标|机制|报告|标准|方法|结果|改革)/u,
  预计: /^预计/u,
  提出: /^提出(?:申请|异议|书面|复议|意见|诉讼|建议的)/u,
};
/** Such a verb reports only right behind a name. */
export const ANY_VERB_BEHIND_NAME =
  /^(?:强调|预计|提出|希望|相信|担心|担忧|提议|期待|期望|盼望|坚信|深信|质疑|注意到|要求|断言|推测|估计|估算|解读|概括|归纳|反驳|澄清|批评|指责|谴责|敦促|承诺|赞叹|号召)$/u;
/** 据…介绍, 表达了…观点: other ways to report. */
const VIEW_VERB = formNear(
  /(?:表达了|发表了?)(?=[^，。]{0,10}(?:观点|看法|意见))|(?<![支坚主保维扶])持(?=[^，。]{1,6}(?:观点|看法|态度))/gu,
  near('表达了 发表 持', 1, 16),
);
/** Verbs that are also nouns, and what stands before the noun. */
const NOUNS =
  /^(?:建议|介绍|测算|抱怨|分析|评价|判断|解释|回应|评论|预测|总结|表态|答复|回复|主张|倡议|呼吁|警告|提醒|点评|描述)$/u;
const NOUN_BEFORE = /(?:[作做的]|[作做]了|进行|提出|予以|给予|发出|出了?|这一|各项|相关|有关)$/u;
/** A colon opens the quotation. */
const QUOTATION = form(/(?<=[\u4e00-\u9fa5）)])[：:](?=[“"])/gu, '： :', '“ "');

/** Characters from a subject to its verb, at most. */
export const LONGEST_GAP = 30;
/** No subject is sought before one of these. */
export const isStop = oneOf('。；！？\n”');
/** From the subject to the verb: 在开幕式上, 向记者, 还, 进一步. No clause mark may stand between but after 在…中 and before 并. */
export const ADVERBIAL =
  /^(?:教授|研究员|院士|博士|先生|女士|老师)?(?:[（(][^（()）]{1,30}[）)])?(?:\d{1,2}(?:月\d{1,2})?日(?:上午|下午|晚间?)?|近日|日前|此前|昨[天日]|今[天日])?(?:(?:在|向|对|就|于|从|针对|接受|通过|面对|谈及|谈到)[^。；！？\n“”]{0,24}|[^，。；！？、\n“”（）的]{0,6}|[^，。；！？、\n“”（）]{0,8}[着地][^，。；！？、\n“”（）]{0,8}|[^。；！？\n“”（）]{0,24}并且?[^，。；！？、\n“”（）]{0,4}|一?边[^。；！？\n“”]{1,16}，一?边[^，。；！？\n“”]{0,10}|[^，。；！？\n“”（）]{1,8}着[^，。；！？\n“”（）]{1,10}，[^，。；！？、\n“”（）]{0,4})$/u;
/** What a clause begins behind. */
export const CLAUSE_START = /[，。；：！？!?\n”“‘’"\s]/u;

/** A verb of reported speech, or the colon before a quotation. */
export interface SpeechVerb {
  readonly at: number;
  readonly word: string;
}

/** Every place where the text says that somebody says something. */
export function speechVerbs(reading: Reading, words: NameWords): readonly SpeechVerb[] {
  const { text } = reading;
  const verbs = wordsOf(words.verbs);
  const found: SpeechVerb[] = [];
  const views = reading.matchesAsWritten(VIEW_VERB).map(({ index }) => index);
  let view = 0;
  const next = (from: number) => {
    while ((views[view] ?? from) < from) view += 1;
    return Math.min(verbs.nextFrom(text, from), views[view] ?? text.length);
  };
  for (let at = next(0); at < text.length; at = next(at + 1)) {
    const word = verbs.startingAt(text, at) ?? (views[view] === at ? '表达' : undefined);
    if (word === undefined) continue;
    const behind = text.slice(at, at + 8);
    const isOther = NO_VERB[word]?.test(behind) === true && !ANY_VERB_BEHIND_NAME.test(word);
    // 他描述的位置: a clause before a noun; 他说的是… tells.
    const isClause = /^的(?!是|就是|则)/u.test(text.slice(at + word.length, at + word.length + 3));
    // 作了总结讲话 tells of a speech, not what was said.
    const isNoun = NOUN_BEFORE.test(text.slice(Math.max(0, at - 2), at)) && NOUNS.test(word);
    // 调研后发现: a finding is told where something was done for it.
    const isFinding = word !== '发现' || /[后中]$/u.test(text.charAt(at - 1));
    // 被认为: somebody else does.
    const isPassive = text.charAt(at - 1) === '被';
    if (!isOther && !isClause && !isNoun && isFinding && !isPassive) found.push({ at, word });
    at += word.length - 1;
  }
  // 村民晏某记忆深刻：“…”: a quotation needs no verb.
  for (const { index } of reading.matchesAsWritten(QUOTATION)) found.push({ at: index, word: '：' });
  return found.sort((left, right) => left.at - right.at);
}
