import { EMPTY_LEXICON, type Vocabulary } from '../../model/vocabulary.ts';

/** A vocabulary small enough to read beside a test. */
export const VOCABULARY: Vocabulary = {
  topics: [
    {
      id: 'ip',
      zh: '知识产权',
      en: 'Intellectual property',
      words: [
        { word: '知识产权', weight: 3 },
        { word: '专利', weight: 3 },
        { word: '商标', weight: 2 },
        { word: '保护', weight: 1 },
        { word: 'patents', weight: 3 },
      ],
      not: ['专利药'],
    },
    {
      id: 'digital',
      zh: '数字经济',
      en: 'Digital economy',
      words: [
        { word: '人工智能', weight: 3 },
        { word: '算力', weight: 3 },
        { word: '数据', weight: 1 },
        { word: 'AI', weight: 3 },
      ],
      not: [],
    },
  ],
  documentTypes: [
    { id: 'draft', zh: '征求意见稿', en: 'Draft', title: ['征求意见稿'], weight: 7 },
    { id: 'interpretation', zh: '解读', en: 'Reading', title: ['解读', '一图读懂'], weight: 3 },
    { id: 'plan', zh: '规划', en: 'Plan', title: ['规划$'], weight: 9 },
    { id: 'measures', zh: '办法', en: 'Measures', title: ['办法$'], weight: 8 },
    { id: 'notice', zh: '通知', en: 'Notice', title: ['通知$'], weight: 5 },
  ],
  issuers: [
    {
      id: 'cn.sc',
      zh: '国务院',
      en: 'State Council',
      aliases: [],
      level: 'central',
      numberPrefixes: ['国发'],
    },
    {
      id: 'cn.scgo',
      zh: '国务院办公厅',
      en: 'General Office',
      aliases: ['国办'],
      level: 'central',
      numberPrefixes: ['国办发'],
    },
    {
      id: 'cn.most',
      zh: '科学技术部',
      en: 'MOST',
      aliases: ['科技部'],
      level: 'central',
      numberPrefixes: ['国科发'],
    },
    { id: 'cn.mof', zh: '财政部', en: 'MOF', aliases: [], level: 'central', numberPrefixes: ['财教'] },
    {
      id: 'cn.js.st',
      zh: '江苏省科学技术厅',
      en: 'Jiangsu S&T',
      aliases: [],
      level: 'province',
      numberPrefixes: ['苏科'],
    },
  ],
  lexicon: EMPTY_LEXICON,
  regions: [
    { id: 'CN-JS', zh: '江苏', en: 'Jiangsu', aliases: ['江苏省'], members: [], places: ['南京', '苏州'] },
    { id: 'CN-HA', zh: '河南', en: 'Henan', aliases: ['河南省'], members: [], places: ['郑州'] },
    { id: 'CN-HB', zh: '湖北', en: 'Hubei', aliases: ['湖北省'], members: [], places: ['武汉'] },
    { id: 'CN-SH', zh: '上海', en: 'Shanghai', aliases: ['上海市'], members: [], places: [] },
    {
      id: 'yrd',
      zh: '长三角',
      en: 'Yangtze River Delta',
      aliases: [],
      members: ['CN-SH', 'CN-JS'],
      places: [],
    },
  ],
};
