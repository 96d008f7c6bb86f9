import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf } from './read.ts';

/** A line and its credits: `form medium authors`, the last two where they matter. */
type Row = readonly [text: string, ...credits: string[]];

/** What stands between the first lines of a text and its last. */
const BODY = '\n会议昨天召开，人们认真总结，继续努力工作，再接再厉。\n';

/** The rows that are read otherwise, at the head of a text and at its end. */
function misread(rows: readonly Row[]): readonly (readonly string[])[] {
  return rows.flatMap(([line, ...expected]) =>
    [`${line}${BODY}`, `${BODY}${line}`].flatMap((text) => {
      const found = factsOf('credit', text).map(({ form, medium, authors }) =>
        [form, medium ?? '-', (authors ?? []).join('、')].join(' ').trim(),
      );
      const isRead =
        found.length === expected.length &&
        found.every((credit, index) => `${credit} `.startsWith(`${expected[index]} `));
      return isRead ? [] : [[text.startsWith(line) ? `${line}↓` : `↑${line}`, ...found]];
    }),
  );
}

const SOURCES: readonly Row[] = [
  ['来源：江州日报', 'source 江州日报'],
  ['来源|江州日报', 'source 江州日报'],
  ['来源｜江州日报', 'source 江州日报'],
  ['来源 | 江州日报', 'source 江州日报'],
  ['来源丨江州日报', 'source 江州日报'],
  ['来源/江州日报', 'source 江州日报'],
  ['来 源：江州日报', 'source 江州日报'],
  ['【来源】江州日报', 'source 江州日报'],
  ['【来源：江州日报】', 'source 江州日报'],
  ['（来源：江州日报）', 'source 江州日报'],
  ['信息来源：江州市科技局', 'source 江州市科技局'],
  ['新闻来源：江州日报', 'source 江州日报'],
  ['内容来源：江州日报', 'source 江州日报'],
  ['本文来源：江州日报', 'source 江州日报'],
  ['稿源：江州日报', 'source 江州日报'],
  ['来源于：江州日报', 'source 江州日报'],
  ['供稿单位：江州市科技局', 'source 江州市科技局'],
  ['信息来源：江州市科技局 发布时间：2021-06-21', 'source 江州市科技局'],
  ['2021-06-21 来源：江州日报 作者：罗静怡', 'source 江州日报', 'byline - 罗静怡'],
  ['来源：江州日报 记者：罗静怡 编辑：柯明远', 'source 江州日报', 'byline - 罗静怡', 'editor - 柯明远'],
  ['发布时间：2021-06-21 09:00 来源：江州市科技局 浏览次数：120', 'source 江州市科技局'],
  ['本文转自：江州日报', 'source 江州日报'],
  ['转载自江州日报', 'reprint 江州日报'],
  ['（转载自《江州日报》）', 'source 江州日报'],
  ['本文转载自“江州科技”微信公众号', 'reprint 江州科技'],
  ['摘编自《江州日报》', 'reprint 江州日报'],
  ['综合自江州日报、江州发布', 'reprint 江州日报、江州发布'],
  ['综合新华社、江州日报报道', 'reprint 新华社、江州日报'],
  ['（据江州日报）', 'reprint 江州日报'],
  ['（据《江州日报》报道）', 'reprint 江州日报'],
  ['来源：新华社、江州日报', 'source 新华社、江州日报'],
  ['来源：江州发布（ID：jiangzhoufabu）', 'source 江州发布'],
  ['来源：“江州发布”微信公众号', 'source 江州发布'],
  ['投稿：江州市科技局', 'source 江州市科技局'],
  ['文字来源：江州市科协', 'source 江州市科协'],
  ['内容转载自江州发布，版权归原作者所有', 'reprint 江州发布'],
  ['江州新闻网讯（记者 潘慧文 通讯员 冯启年 文/图）', 'byline 江州新闻网 潘慧文、冯启年'],
  ['Source: Jiangzhou Daily', 'source Jiangzhou Daily'],
  ['原文来源：江州日报', 'source 江州日报'],
  ['首发于江州日报', 'reprint 江州日报'],
];

const WRITERS: readonly Row[] = [
  ['文｜罗静怡', 'byline - 罗静怡'],
  ['文丨罗静怡 柯明远', 'byline - 罗静怡、柯明远'],
  ['文 | 罗静怡', 'byline - 罗静怡'],
  ['文：罗静怡', 'byline - 罗静怡'],
  ['撰文：罗静怡', 'byline - 罗静怡'],
  ['撰稿：罗静怡', 'byline - 罗静怡'],
  ['作者：罗静怡', 'byline - 罗静怡'],
  ['作者 | 罗静怡', 'byline - 罗静怡'],
  ['作者丨罗静怡 编辑丨柯明远', 'byline - 罗静怡', 'editor - 柯明远'],
  ['作者：罗静怡（江南大学教授）', 'byline - 罗静怡'],
  ['本报记者 罗静怡', 'byline 本报 罗静怡'],
  ['本报记者 罗静怡 通讯员 柯明远', 'byline 本报 罗静怡、柯明远'],
  ['本报记者罗静怡 通讯员柯明远', 'byline 本报 罗静怡、柯明远'],
  ['江州日报记者 罗静怡', 'byline 江州日报 罗静怡'],
  ['江州日报全媒体记者 罗静怡', 'byline 江州日报 罗静怡'],
  ['江州融媒记者 罗静怡 报道', 'byline 江州融媒 罗静怡'],
  ['本报首席记者 罗静怡', 'byline 本报 罗静怡'],
  ['本报驻江州记者 罗静怡', 'byline 本报 罗静怡'],
  ['记者：罗静怡', 'byline - 罗静怡'],
  ['记者丨罗静怡', 'byline - 罗静怡'],
  ['记者/罗静怡', 'byline - 罗静怡'],
  ['通讯员：罗静怡', 'byline - 罗静怡'],
  ['通讯员 罗静怡', 'byline - 罗静怡'],
  ['（通讯员 罗静怡）', 'byline - 罗静怡'],
  ['（记者罗静怡 通讯员柯明远）', 'byline - 罗静怡、柯明远'],
  ['（本报记者 罗静怡）', 'byline 本报 罗静怡'],
  ['（作者：罗静怡）', 'byline - 罗静怡'],
  ['（作者为江南大学教授）', 'byline'],
  ['作者单位：江南大学', 'byline'],
  ['（作者罗静怡系江南大学教授）', 'byline'],
  ['作者系江南大学教授', 'byline'],
  ['采写：罗静怡', 'byline - 罗静怡'],
  ['采写/罗静怡', 'byline - 罗静怡'],
  ['供稿：罗静怡', 'byline - 罗静怡'],
  ['文字：罗静怡', 'byline - 罗静怡'],
  ['□ 本报记者 罗静怡', 'byline 本报 罗静怡'],
  ['（江州日报 罗静怡）', 'byline 江州日报 罗静怡'],
  ['■ 罗静怡', 'byline - 罗静怡'],
  ['By Luo Jingyi', 'byline - Luo Jingyi'],
  ['By Luo Jingyi, China Herald', 'byline'],
  ['翻译：罗静怡', 'byline - 罗静怡'],
  ['策划：罗静怡', 'editor - 罗静怡'],
  ['总策划：罗静怡', 'editor - 罗静怡'],
];

const DESKS: readonly Row[] = [
  ['编辑：罗静怡', 'editor - 罗静怡'],
  ['编辑｜罗静怡', 'editor - 罗静怡'],
  ['编辑 | 罗静怡', 'editor - 罗静怡'],
  ['编辑/罗静怡', 'editor - 罗静怡'],
  ['（编辑：罗静怡）', 'editor - 罗静怡'],
  ['（责任编辑：罗静怡）', 'editor - 罗静怡'],
  ['【责任编辑：罗静怡】', 'editor - 罗静怡'],
  ['[责任编辑：罗静怡]', 'editor - 罗静怡'],
  ['责编：罗静怡 审核：柯明远', 'editor - 罗静怡、柯明远'],
  ['责任编辑：罗静怡　柯明远', 'editor - 罗静怡、柯明远'],
  ['责编：罗静怡、柯明远', 'editor - 罗静怡、柯明远'],
  ['责编：罗静怡\n校对：柯明远\n审核：单守田', 'editor', 'editor', 'editor'],
  ['值班编辑：罗静怡', 'editor - 罗静怡'],
  ['执行编辑：罗静怡', 'editor - 罗静怡'],
  ['监制：罗静怡', 'editor - 罗静怡'],
  ['总监制：罗静怡', 'editor - 罗静怡'],
  ['一审：罗静怡 二审：柯明远 三审：单守田', 'editor - 罗静怡、柯明远、单守田'],
  ['初审：罗静怡 复审：柯明远 终审：单守田', 'editor - 罗静怡、柯明远、单守田'],
  ['审签：罗静怡', 'editor - 罗静怡'],
  ['签发：罗静怡', 'editor - 罗静怡'],
  ['责任编辑 罗静怡', 'editor - 罗静怡'],
  ['编辑：罗静怡 jy@example.cn', 'editor - 罗静怡'],
  ['排版：罗静怡', 'editor - 罗静怡'],
  ['视觉：罗静怡', 'editor - 罗静怡'],
  ['设计：罗静怡', 'editor - 罗静怡'],
];

const PICTURES: readonly Row[] = [
  ['图｜江州日报', 'caption 江州日报'],
  ['图片来源：江州日报', 'caption 江州日报'],
  ['图片来源 | 视觉中国', 'caption 视觉中国'],
  ['图源：江州日报', 'caption 江州日报'],
  ['图/视觉中国', 'caption 视觉中国'],
  ['图/新华社', 'caption 新华社'],
  ['题图来自：视觉中国', 'caption 视觉中国'],
  ['头图来源：视觉中国', 'caption 视觉中国'],
  ['封面图：视觉中国', 'caption 视觉中国'],
  ['（图片由江南大学提供）', 'caption 江南大学'],
  ['图片由受访者提供', 'caption'],
  ['受访者供图', 'caption'],
  ['（受访者供图）', 'caption'],
  ['江南大学供图', 'caption 江南大学'],
  ['（江南大学供图）', 'caption 江南大学'],
  ['摄影：罗静怡', 'caption'],
  ['摄影/罗静怡', 'caption'],
  ['罗静怡 摄', 'caption - 罗静怡'],
  ['罗静怡摄', 'caption - 罗静怡'],
  ['本报记者 罗静怡摄', 'caption 本报 罗静怡'],
  ['新华社记者 罗静怡 摄', 'caption 新华社 罗静怡'],
  ['新华社记者罗静怡摄', 'caption 新华社 罗静怡'],
  ['新华社发（罗静怡 摄）', 'caption 新华社'],
  ['图为装置全景。罗静怡/摄', 'caption'],
  ['图为装置全景（资料图片）。新华社发', 'caption 新华社'],
  ['装置全景。新华社记者 罗静怡 柯明远 摄', 'caption 新华社'],
];

const NOTHING: readonly Row[] = [
  ['用水来源：地下水'],
  ['资金来源：财政拨款'],
  ['（七）经费来源：自筹资金和财政拨款。'],
  ['水源地保护成效明显。'],
  ['收入的主要来源是技术服务。'],
  ['能源来源：天然气'],
  ['创新来源于实践，实践是检验真理的标准。'],
  ['设备来源：国内采购'],
  ['学生来源：全国各省份'],
  ['作者认为，误差来自温度。'],
  ['编辑部设在江州。'],
  ['记者会于上午举行。'],
  ['文化和旅游部门要加强协同。'],
  ['文件审核：由市科技局负责'],
  ['审核：区科技局对申报材料进行审核。'],
  ['设计：方案应当满足防火要求。'],
  ['策划：由双方共同完成。'],
  ['编辑《科技年鉴》'],
  ['记者见面会'],
  ['主编《材料学》等著作'],
  ['拍摄图像，绘制路线图'],
  ['通讯员培训班开班'],
];

const DATELINES: readonly Row[] = [
  ['新华社北京6月21日电（记者罗静怡、柯明远）', '新华社 北京 罗静怡、柯明远'],
  ['新华社北京6月21日电 （记者 罗静怡）', '新华社 北京 罗静怡'],
  ['新华社北京6月21日电　题：', '新华社 北京'],
  ['新华社华盛顿6月21日电（记者罗静怡）', '新华社 华盛顿 罗静怡'],
  ['据新华社北京6月21日电'],
  ['中新社北京6月21日电 (记者 罗静怡)', '中新社 北京 罗静怡'],
  ['中新网6月21日电 (记者 罗静怡)', '中新网 - 罗静怡'],
  ['中新网江州6月21日电 (罗静怡 柯明远)', '中新网 江州 罗静怡、柯明远'],
  ['人民网北京6月21日电（罗静怡）', '人民网 北京 罗静怡'],
  ['本报北京6月21日电（记者罗静怡）', '本报 北京 罗静怡'],
  ['本报江州6月21日讯（记者罗静怡）', '本报 江州 罗静怡'],
  ['本报讯（记者罗静怡）6月21日，会议召开。'],
  ['科技日报北京6月21日电（记者罗静怡）', '科技日报 北京 罗静怡'],
  ['科技日报记者 罗静怡'],
  ['光明日报江州6月21日电（记者罗静怡、通讯员柯明远）', '光明日报 江州 罗静怡、柯明远'],
  ['央视网消息：会议召开。'],
  ['新华网北京6月21日电', '新华网 北京'],
  ['新华财经北京6月21日电（记者罗静怡）', '新华财经 北京 罗静怡'],
  ['中国日报江州6月21日电（记者 罗静怡）', '中国日报 江州 罗静怡'],
  ['中国科学报北京6月21日讯（见习记者罗静怡）', '中国科学报 北京 罗静怡'],
  ['国际在线消息（记者 罗静怡）：会议召开。'],
  ['法新社巴黎6月21日电', '法新社 巴黎'],
  ['路透社伦敦6月21日电', '路透社 伦敦'],
  ['参考消息网6月21日报道'],
  ['（新华社北京6月21日电）', '新华社 北京'],
  ['新华社北京二〇二一年六月二十一日电'],
  ['新华社江州2021年6月21日电（记者罗静怡）', '新华社 江州 罗静怡'],
];

test('reads where a text is from', () => assert.deepEqual(misread(SOURCES), []));
test('reads who has written', () => assert.deepEqual(misread(WRITERS), []));
test('reads the desk', () => assert.deepEqual(misread(DESKS), []));
test('reads whose the pictures are', () => assert.deepEqual(misread(PICTURES), []));
test('takes no other line for a credit', () => assert.deepEqual(misread(NOTHING), []));

test('reads the datelines of every agency', () => {
  const wrong = DATELINES.flatMap(([line, ...expected]) => {
    const found = factsOf('dateline', `${line}会议今天召开。`).map(({ medium, place, reporters }) =>
      [medium, place === '' ? '-' : place, reporters.join('、')].join(' ').trim(),
    );
    return found.join() === expected.join() ? [] : [[line, ...found]];
  });
  assert.deepEqual(wrong, []);
});
