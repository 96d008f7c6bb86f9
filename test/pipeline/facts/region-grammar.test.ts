import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf, misread } from './read.ts';

const regions = (text: string) => factsOf('region', text).map(({ id, name }) => id ?? name);

test('provinces, cities, counties and zones', () => {
  const table = `
    江苏省苏州市工业园区的企业增产。 → CN-JS; 苏州
    会议在浙江省杭州市召开。 → CN-ZJ; 杭州
    安徽合肥、湖北武汉两地合作。 → CN-AH; 合肥; CN-HB; 武汉
    内蒙古自治区呼和浩特市新增项目。 → CN-NM; 呼和浩特
    广西壮族自治区和宁夏回族自治区参与。 → CN-GX; CN-NX
    调研组赴福建省晋江市、石狮市调研。 → CN-FJ; 晋江; 石狮
    项目落户四川省绵阳市游仙区。 → CN-SC; 绵阳; 游仙区
    项目落户湖南省长沙县。 → CN-HN; 长沙县
    延边朝鲜族自治州发展特色产业。 → 延边
    浦东新区、雄安新区先行先试。 → pudong; xiongan
    海南自由贸易港建设加快。 → ftp
    粤港澳大湾区和长三角一体化发展。 → gba; yrd
    京津冀协同，成渝地区双城经济圈提速。 → jjj; cy
    深圳前海、珠海横琴、广州南沙。 → 深圳; 前海; 珠海; 横琴; 广州; 南沙
    河北省雄安新区和北京市海淀区中关村。 → CN-HE; xiongan; CN-BJ; 海淀区; 中关村
    山东半岛城市群和兰西城市群。 → 山东半岛城市群; 兰西城市群
    长江经济带和黄河流域保护。 → yreb; yrb
    东北三省和中部地区增速回升。 → northeast; central
  `;
  assert.deepEqual(misread(table, regions), []);
});

test('lists and short names', () => {
  const table = `
    苏州、无锡两市产值居前。 → 苏州; 无锡
    广州、深圳、佛山、东莞四市产值居前。 → 广州; 深圳; 佛山; 东莞
    在苏浙皖三省推广。 → CN-JS; CN-ZJ; CN-AH
    在沪苏浙皖推广。 → yrd
    京、沪两地率先开展。 → CN-BJ; CN-SH
    京津冀、长三角、珠三角等地区。 → jjj; yrd; prd
    北京、上海、广东、浙江等省市参与。 → CN-BJ; CN-SH; CN-GD; CN-ZJ
    山东省济南、青岛、烟台等市参与。 → CN-SD; 济南; 青岛; 烟台
    贵州遵义、毕节的企业参与。 → CN-GZ; 遵义; 毕节
    河北的石家庄和唐山参与。 → CN-HE; 石家庄; 唐山
    浙江省嘉善县、江苏省昆山市和上海市青浦区。 → CN-ZJ; 嘉善县; CN-JS; 昆山; CN-SH; 青浦区
    香港、澳门与内地合作。 → CN-HK; CN-MO
    陕甘宁和云贵川地区。 → CN-SN; CN-GS; CN-NX; CN-SC; CN-GZ; CN-YN
    江苏南通、盐城，浙江温州等地。 → CN-JS; 南通; 盐城; CN-ZJ; 温州
    从陕西到甘肃再到新疆。 → CN-SN; CN-GS; CN-XJ
  `;
  assert.deepEqual(misread(table, regions), []);
});

test('what only bears the name of a place', () => {
  const table = `
    据“苏州发布”消息。 → –
    上海南站客流增加，北京西站客流回落。 → –
    吉林大学和南京大学的学者发言。 → –
    他家住南京路，常去北京东路。 → –
    他爱吃北京烤鸭、重庆火锅、兰州拉面和扬州炒饭。 → –
    贵州茅台、青岛啤酒、云南白药股价上涨。 → –
    他是河南人，说四川话。 → –
    上海银行和浙江卫视合作。 → –
    西安交通大学、重庆邮电大学入选。 → –
    《浙江日报》和《北京青年报》报道。 → –
    会议学习了中央精神，北京时间20时发布。 → –
    中国大陆与中国全国各地，我省我市。 → –
    四川地震局、河南省科技厅发布公告。 → –
    上证所和深交所的上海机场、深圳能源涨停。 → –
    泰山、黄山、青海湖风景优美。 → –
  `;
  assert.deepEqual(misread(table, regions), []);
});

test('foreign places', () => {
  const table = `
    美国、日本和德国的企业参与。 → US; JP; DE
    会议在法国巴黎举行。 → FR; 巴黎
    与英国、俄罗斯签署协议。 → GB; RU
    欧盟和东盟国家参与。 → 欧盟; 东盟
    美国加利福尼亚州的企业。 → US; 加利福尼亚州
    美国人和日本人合作，中美关系。 → –
    韩国三星和日本丰田投资。 → KR; JP
    哈萨克斯坦与乌兹别克斯坦参与。 → KZ; UZ
    新加坡国立大学和东京大学入选。 → –
  `;
  assert.deepEqual(misread(table, regions), []);
});

test('places in English', () => {
  const table = `
    Officials from Shanghai and Guangdong met. → CN-SH; CN-GD
    The plant in Beijing opened. → CN-BJ
    Shanghainese food is popular. → –
  `;
  assert.deepEqual(misread(table, regions), []);
});

test('districts behind their city, airports and clinics', () => {
  const table = `
    调研组一行先后来到湖州安吉、绍兴柯桥。 → 湖州; 安吉; 绍兴; 柯桥
    企业总部位于深圳市南山区，在惠州设有工厂。 → 深圳; 南山区; 惠州
    上海浦东机场、广州白云机场客流回升。 → –
    四川大学华西医院的专家发言。 → –
    云南腾冲、新疆喀什、西藏林芝。 → CN-YN; 腾冲; CN-XJ; 喀什; CN-XZ; 林芝
    巴西圣保罗州与中国湖北省结好。 → BR; 圣保罗; CN-HB
    内蒙古鄂尔多斯市准格尔旗的煤矿。 → CN-NM; 鄂尔多斯; 准格尔旗
    重庆人喜欢吃辣，上海话很软。 → –
  `;
  assert.deepEqual(misread(table, regions), []);
});
