import { form } from '../../text/forms.ts';
import { signSet } from '../../text/signs.ts';

/** Between a day and 前: （含）, （星期五）, 下午5时, 下班. */
const AT_TIME =
  '(?:\\s?[（(](?:[^（）()]{0,2}含[^（）()]{0,3}|(?:周|星期)[一二三四五六日天])[）)])?\\s?(?:上午|下午|中午|晚上?)?(?:\\d{1,2}[:：时点](?:\\d{0,2}分?|整))?(?:下班|工作时间)?';
/** What makes a day a limit: 前, with the time of day before it. */
export const BEFORE_MARK = new RegExp(
  `^${AT_TIME}(?:之|以)?前(?![后沿景期来所]|提(?!交|出|供|请|报|升))`,
  'u',
);
/** 6月底前, 9月中旬前. */
export const END_MARK = /^(?:底|末|中旬|下旬|上旬)(?:之|以)?前/u;
/** To whom a day is a limit, as against what a programme aims at. */
export const ASKS =
  /请|须|需|务必|应当?|报送|上报|提交|反馈|申报|寄送|填报|提出|完成|制定|修订|出台|印发|落实|公布|报告|整改|建立|缴纳|办理|备案|送达|答复|要求|推行|启用|启动|开展|组织|纳入|上线|接入|公开|清理|编制|移交|取消|出具|汇总|归集|上传|录入|验收|考核|拨付|支付|发放|办结/u;
/** What is aimed at asks nobody. */
export const AIMS = /到$|至$|力争|目标|全面建成|基本建成|预计|有望/u;
/** 截止时间为 and its like before a day. */
export const CUTOFF_BEFORE =
  /(?:(?:最后期限|截止期限?)(?:是|为|到)|(?:截止|截至)(?:时间|日期|日)?(?:仍|均|统一)?(?:为|是|：|:|至|到|于)?)\s*$/u;
/** 不得晚于, 最迟于, 最晚不超过 a day. */
export const AT_LATEST =
  /(?:不(?:得|能|可|应|要)?(?:晚|迟)于|最[迟晚](?:应|须|不(?:得|能)?)?(?:于|在|至|到|是|为|超过)?)\s*$/u;
/** 即日起至7月31日. */
export const FROM_NOW = /(?:即日|(?:发布|公布|印发|公告|通知)之日|今日|今天)起?\s?(?:至|到|-|—{1,2}|~)\s?$/u;
/** 文件获取期限为6月22日至6月29日. */
export const OPEN_FOR =
  /(?:申报|受理|公示|报名|征求意见|提交|填报|登记|获取|领取|申领|投标|申请|预约|缴费|投票)(?:窗口)?(?:期限?|时间|日期|阶段)(?:为|是|：|:)?\s*$/u;
/** 该市在5月1日前已完成: told as over. */
export const DONE =
  /^(?:(?!将|把)[^，。；\n]{0,3}(?:已经?|就已?|便已|均已|曾)(?!经营)|，?[^，。；\n]{0,8}(?:未收到|没有收到|未接到|无异议|无人提出))/u;
/** 12月31日前注册成立的企业: what is founded before a day, not what must be done by then. */
export const FOUNDED =
  /^(?!将|把|完成|提交|报|对)[^，。；\n]{0,6}(?:注册|登记|成立|设立|出生|取得|获得|毕业|入职|参加工作|开工|投产|建成|认定|发表|授权|立项|备案|签订|购买)(?:[^，。；\n]{0,8})?的/u;
/** 截至6月20日，平台受理2万件: as of a day. */
export const AS_OF = /(?:^|[，。；：\n])\s*截[至止]到?\s*$/u;
/** The time to hand in is 由4月28日延长至5月6日. */
export const PUT_OFF = /(?:延长|延期|顺延|推迟|延后|延)(?:到|至)\s*$/u;
/** What a call asks for. */
export const ACTION = /申报|受理|征求意见|意见|反馈|报名|提交|推荐|填报|征集|公示|申请|报送|投稿|咨询|异议/u;
/** 自收到之日起15个工作日内: counted from something. */
export const COUNTED =
  /(?:应当?|须|自|从|于|在)?(?<anchor>[^，。；：、！？\n（）()]{2,28}?(?:之日|之次日|之时|当日|次日|后|时|之后|以后)|[\u4e00-\u9fa5]{2,10}(?=起))(?:起)?的?\s?(?<count>\d{1,3}|[一二三四五六七八九十两]{1,3})\s?(?<unit>个工作日|工作日|个月|日|天|年|小时|周)(?:之|以)?内/gu;
/** A text without it counts no time. */
export const WITHIN = signSet('内');
/** Asked first: most sentences hold no window, and the patterns below are slow to say so. */
export const HAS_WINDOW = /[日天月年时周](?:之|以)?内/u;
/** 应在15日内: counted from what stands before. */
export const ALONE =
  /(?:应当?|须|必须|需|要求|请)(?:于|在)(?<count>\d{1,3}|[一二三四五六七八九十两]{1,3})\s?(?<unit>个工作日|工作日|个月|日|天)(?:之|以)?内/gu;
/** 5个工作日内答复: what an office owes. */
export const OWED =
  /(?<count>\d{1,3}|[一二三四五六七八九十两]{1,3})\s?(?<unit>个工作日|工作日|日|天)(?:之|以)?内(?=(?:予以|给予|一次性|作出|完成|书面)?(?:答复|办结|反馈|回复|审批|审核|拨付|到账|兑现|办理|受理|告知|报送|提交|上报|整改|备案|公示|公布)(?!了|率))/gu;
/** 每月10日前: comes again. */
export const REPEATED = form(
  /每(?:年|月|季度|季|周|半年)(?:\d{1,2}月)?(?:\d{1,2}日|[月年季]?底|末)?(?:之|以)?前(?![后沿])/gu,
  '每年 每月 每季 每周 每半',
  '前',
);
/** Before a month of any year. */
export const EVERY_YEAR = /每年[^。；\n]{0,12}前[^。；\n]*$/u;
/** 次月十五日内: so many days into another month. */
export const NEXT_MONTH = form(
  /(?:次月|次日|次年|翌年|下月|每月|当月)(?:[\d一二三四五六七八九十]{1,3}月)?[\d一二三四五六七八九十]{1,3}日(?:之|以)?[内前]/gu,
  '次 翌 下月 每月 当月',
  '内 前',
);
/** Comments must be received within 30 days. */
export const ENGLISH_WINDOW = form(
  /\b(?:must|shall|should|may|are to|submit|received|respond|due|appeal|apply)\b[^.;\n]{0,60}?\b((?:within|no later than|not later than)\s(?:the next\s)?\d{1,3}\s(?:calendar\s|working\s|business\s)?(?:days|weeks|months))\b/giu,
  'within later',
  '0-9',
);
/** Written comments are due by 5 p.m. on 15 March; open until 30 April. */
export const ENGLISH_DUE =
  /\b(?:due|open until|no later than|not later than|on or before|close[sd]?)\b[^;\n]{0,30}$/iu;
/** The consultation runs from 1 June to 31 July. */
export const ENGLISH_RUN =
  /\b(?:consultation|call|comments?|applications?|submissions?|window|proposals?)\b[^.;\n]{0,40}\b(?:from|between)\b[^.;\n]{0,20}\s(?:to|until|through|and)\s$/iu;
/** Past events count their time without asking anybody. */
export const REPORTS = /(?:已|了|曾)[^，。]{0,10}$/u;

/** What has been held, or drew nobody's objection, is over. */
export const HELD =
  /^(?:(?:进行|组织|开展|予以|公示|举行)了|[）)]?(?:期间|内)?，?[^，。；\n]{0,6}(?:未收到|没有收到|未接到|无异议|无人))/u;
