import { form, formNear, near } from '../../text/forms.ts';

// What stands around a place's name and says whether it is one; regions.ts reads with it.

/** 武汉市 is 武汉, 湖北省武汉市 names both. */
export const TAIL = /^(?:市|省|地区|自治区|州)(?![场民值长委级内外区属直])/u;
export const FREE_TRADE_ZONE = form(
  /中国(?:[（(](?<place>[\u4e00-\u9fa5]{2,6})[）)](?:[\u4e00-\u9fa5]{2,6}区)?|(?<plain>[\u4e00-\u9fa5]{2,4}))(?:自由贸易试验区|自贸试验区)/gu,
  '中国',
  '贸易 自贸',
);
/** 四川、陕西省（自治区、直辖市）人民政府: the kinds of the places in brackets, then the body they share. */
export const SHARED_BODY = form(
  /[（(](?:(?:自治区|直辖市|计划单列市|省|市|区|州|县)、?)+[）)](?:各|有关)?(?:人民政府|[\u4e00-\u9fa5]{0,10}?[厅局委办])/gu,
  '（ (',
  '） )',
);
/** 北新建材（昆明）有限公司, 太原钢铁（集团）有限公司: a company, with its place in it. */
export const COMPANY = formNear(
  /[\u4e00-\u9fa5]{2,14}\\?[（(][\u4e00-\u9fa5]{2,6}\\?[）)][\u4e00-\u9fa5]{0,8}?(?:公司|集团|银行|研究院|事务所)/gu,
  near('公司 集团 银行 研究院 事务所', 36, 0),
  '（ (',
);
/** 在南平召开: where something happens, a place. */
export const HELD_IN = formNear(
  /(?<=在)..(?:召开|举行|举办|揭牌|启用|开幕|启动)/gu,
  near('召开 举行 举办 揭牌 启用 开幕 启动', 2, 0),
);
/** 北京市、天津市、甘肃省人民政府: the body's name is spread over several places. */
export const SPREAD = /[、，和及与]$/u;
/** 新疆西部地区 is a part of Xinjiang, not the western region. */
export const COMPASS = /^(?:东部|中部|西部|东北)地区$/u;
/** 江苏省原副省长: an office, not the province. */
export const OFFICE = /^(?:原|前|时任)?(?:常务)?副?(?:省长|市长|区长|县长|州长)/u;
/** Behind a place: it is part of the name of something that is no body of its own. */
export const PART_OF_NAME =
  /^(?:[东西南北中]?[路街](?!边|上)|[道门](?!边|上)|[东西南北]站(?!点|位|台)|族|发布(?=[”」])|湖(?![北南州])|(?:火锅|烤鸭|拉面|炒饭|米粉|汤包|烧鸡|烤鱼|小吃)|时间|籍|话|菜|人(?![才民口大力均工社事物文员士类流次家])|语|文(?!化)|村(?![民官支里])|银行|大学|立大学|[农师工医科财交林民]大(?![力大量多批型规面棚厅])|理工|日报|(?:商|晚|晨|早|时|都市|青年|法制|经济)报|卫视|铁路|(?:(?!的|各|新)[\u4e00-\u9fa5]{2})?(?:国际)?机场|港口?集团|证券|元(?![素旦宵])|交易所|合作组织|共识|宣言|协定|精神|红军|起义|会议精神|仪器|重工|电器|股份|商城|扑克|分院|物质院|先进院|分局|分行|支行|分公司|办事处|(?:总领|领|大使|使)馆|中心支行|经济特区分局|大桥|高速(?!公?路口)|公路(?!口)|队|男篮|女篮|男足|女足|女排|男排|方面军|客户端|军区|战役|火车站|高铁站|火山|湾(?!区)|海峡|半岛(?!经济)|平原|盆地|高原(?!城市|地区))/u;
/** 深圳能源涨停, 贵州茅台、青岛啤酒股价上涨: shares, each named with a place and two signs. */
export const SHARE =
  /^[\u4e00-\u9fa5]{2}(?:[、和与及][\u4e00-\u9fa5]{4})*(?:等[\u4e00-\u9fa5]{0,4})?(?:股价|涨停|跌停|领涨|领跌|跟涨|跟跌|涨超|跌超|[（(](?:sh|sz|SH|SZ)?\d{6})/u;
/** Districts whose names are common words: 和平 is not 和平区. */
export const WORD_TOO =
  /^(?:和平|平安|友谊|合作|资源|解放|新城|新华|城关|长安|光明|向阳|通道|互助|富裕|民权|方正|大方|红旗|高明|安定|安居|大通|长城|西湖|东湖|南湖|江北|城中|城北|城东|城西|桥西|桥东|市中|高新|东方|中原|新区|老城)/u;
export const LONGEST_SHARES = 40;
/** Districts the gazetteer leaves out, as 西南山区 is none; behind their city they are meant. */
export const WORD_ELSEWHERE = /^(?:南山|江北|和平|新城|长安)区/u;
/** 黄浦江, 长白山: rivers and mountains, not the county. */
export const RIVER_OR_MOUNTAIN = /^[江河湖山岛]/u;
export const KIND = /^(?:县|市|区|旗)(?![区域民场长委])/u;
export const ZONE =
  /^[\u4e00-\u9fa5]{0,8}?(?:自由贸易试验区|自贸试验区|自由贸易港|自贸区|高新技术产业开发区|经济技术开发区|高新区|经开区|开发区|综合保税区|保税区|新区|工业园区|科技园|示范区|科学城)/u;
