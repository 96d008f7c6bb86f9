import type { Document } from '../model/document.ts';
import type { SourceId } from '../model/ids.ts';
import { cluster, type StorySource } from '../pipeline/cluster.ts';
import { type MadeText, sourcesOf, toDocument } from './evaluate/documents-of-texts.ts';
import { seededRandom } from './evaluate/seeded-random.ts';
import { projectVocabulary } from './evaluate/vocabulary.ts';

// `node bench/cluster.ts` clusters 1,000 and 10,000 made documents in one run and prints
// both times. A tenth are
// reprints, a tenth reports of one event, the rest notices of a few forms that share most of their words.

const FORMS = ['申报工作的通知', '验收结果的公告', '拟立项名单的公示', '管理办法（试行）', '现场推进会召开'];
const SUBJECTS =
  '量子信息 生物制造 氢能装备 人工智能 集成电路 商业航天 脑机接口 新型储能 先进材料 智能网联'.split(' ');
const PLACES = '东川 西岭 南屏 北原 青河 白石 云湖 金沙 长林 平谷 高岭 临江'.split(' ');
/** Formulas that all share; most of a text is its own words. */
const SENTENCES = [
  '为深入实施创新驱动发展战略，进一步推动科技创新和产业创新融合发展，现将有关事项通知如下',
  '各有关单位要高度重视，加强组织领导，按照职责分工抓好落实',
  '对符合条件的项目给予不超过{n}万元的补助，执行期为{m}个月',
  '申报单位应当在本地注册满{m}个月，上年度研发投入不低于{n}万元',
  '会议指出，{p}要围绕{s}布局创新链，力争到2027年培育企业{n}家',
  '截至目前，{p}已建成{s}平台{m}个，带动投资{n}.{m}亿元',
  '请于{m}月{d}日前将材料报送{p}科学技术局，逾期不予受理',
  '专家组听取了汇报，审阅了资料，经质询和讨论，一致同意通过验收，得分{n}分',
  '{s}联合实验室由{k}家企业共同建设，总投入{n}.{m}亿元，计划三年内突破关键技术{k}项',
];

/** Documents as a week of many sources may bring them. */
export function madeDocuments(count: number, seed: number): readonly MadeText[] {
  const random = seededRandom(seed);
  const pick = <Value>(values: readonly Value[]): Value =>
    // The index lies within the list.
    values[Math.floor(random() * values.length)] as Value;
  const texts: MadeText[] = [];
  for (let index = 0; index < count; index += 1) {
    const before = index > 20 && random() < 0.1 ? pick(texts) : undefined;
    const [subject, place] = [pick(SUBJECTS), pick(PLACES)];
    const number = () => String(10 + Math.floor(random() * 9000));
    const own = Array.from({ length: 9 }, () => wordsOf(random, 24));
    const sentences = [...own.slice(0, 3), pick(SENTENCES), pick(SENTENCES), ...own.slice(3)].map(
      (sentence) =>
        sentence
          .replaceAll('{s}', subject)
          .replaceAll('{p}', place)
          .replaceAll('{n}', number)
          .replaceAll('{m}', () => String(1 + Math.floor(random() * 12)))
          .replaceAll('{d}', () => String(1 + Math.floor(random() * 28)))
          .replaceAll('{k}', () => String(3 + Math.floor(random() * 40))),
    );
    texts.push({
      id: `made-${index}`,
      site: `${place}日报${Math.floor(random() * 40)}`,
      trust: random() < 0.5 ? 'government' : 'media',
      url: `https://made.example/${index}`,
      publishedAt: `2021-06-${String(1 + Math.floor(random() * 28)).padStart(2, '0')}T08:00:00+08:00`,
      title: `${place}${index}号${subject}${pick(FORMS)}`,
      text: before === undefined ? `${sentences.join('。\n')}。` : `${before.text}\n${sentences[0]}。`,
    });
  }
  return texts;
}

/** A sentence of made words, few of them common and most rare, as in any language. */
function wordsOf(random: () => number, count: number): string {
  return Array.from({ length: count }, () => {
    const rank = Math.floor(3000 ** random());
    return String.fromCharCode(0x4e00 + ((rank * 7) % 5000), 0x4e00 + ((rank * 131) % 5000));
  }).join('');
}

async function main(): Promise<number> {
  const vocabulary = await projectVocabulary();
  const prepared = (count: number): [readonly Document[], ReadonlyMap<SourceId, StorySource>] => {
    const texts = madeDocuments(count, count);
    return [texts.map((text) => toDocument(text, vocabulary)), sourcesOf(texts)];
  };
  const timed = (input: [readonly Document[], ReadonlyMap<SourceId, StorySource>]) => {
    // The processor's time: other work on the machine does not count.
    const before = process.cpuUsage();
    const stories = cluster(...input);
    const { user, system } = process.cpuUsage(before);
    return { ms: (user + system) / 1000, stories: stories.length };
  };
  // The machine's own warming up is not what is measured.
  timed(prepared(300));
  const [small, large] = [prepared(1000), prepared(10_000)];
  const [few, many] = [timed(small), timed(large)];
  console.log(`1,000 documents   ${few.ms.toFixed(0)} ms, ${few.stories} stories`);
  console.log(
    `10,000 documents  ${many.ms.toFixed(0)} ms, ${many.stories} stories, × ${(many.ms / few.ms).toFixed(1)}`,
  );
  return many.ms <= 20_000 && many.ms <= 12 * few.ms ? 0 : 1;
}

if (import.meta.main) process.exitCode = await main();
