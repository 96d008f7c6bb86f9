import type { Digest, InterfaceLanguage } from '../model/digest.ts';

/** The words of the pages and letters for readers. */
export interface ReaderWording {
  readonly other: { readonly lang: InterfaceLanguage; readonly name: string };
  readonly subscribeTitle: string;
  readonly subscribeLead: string;
  readonly email: string;
  readonly digests: string;
  readonly pastEditions: string;
  readonly pdf: string;
  readonly pdfAttached: string;
  readonly pdfLink: string;
  readonly consent: string;
  readonly subscribe: string;
  readonly leaveEmpty: string;
  readonly faults: string;
  readonly faultEmail: string;
  readonly faultDigests: string;
  readonly faultConsent: string;
  readonly tooMany: string;
  readonly closed: string;
  readonly asked: string;
  readonly askedMore: string;
  readonly confirmTitle: string;
  readonly confirmLead: string;
  readonly confirm: string;
  readonly confirmed: string;
  readonly confirmedMore: string;
  readonly choose: string;
  newest(title: string, week: string): string;
  readonly stale: string;
  readonly staleMore: string;
  readonly again: string;
  readonly unknownLink: string;
  readonly unknownLinkMore: string;
  readonly unsubscribeTitle: string;
  unsubscribeLead(title: string, address: string): string;
  unsubscribeAllLead(address: string): string;
  readonly unsubscribeOne: string;
  readonly unsubscribeAll: string;
  readonly unsubscribed: string;
  unsubscribedMore(title: string, address: string): string;
  unsubscribedAll(address: string): string;
  readonly otherwise: string;
  readonly preferencesTitle: string;
  preferencesLead(address: string): string;
  readonly topics: string;
  readonly regions: string;
  nothingMeansAll(isOnWeb: boolean): string;
  readonly provinces: string;
  readonly strategic: string;
  readonly quietWeek: string;
  readonly quietNote: string;
  readonly quietNothing: string;
  readonly language: string;
  readonly languageOfDigest: string;
  switchOffer(from: SwitchDigest, to: SwitchDigest): string;
  switchTo(title: string): string;
  readonly save: string;
  readonly saved: string;
  readonly stopped: string;
  readonly contact: string;
  weekly(weekday: number, time: string, zone: string): string;
  next(at: string): string;
  letterSubject: string;
  letterText(titles: readonly string[], url: string): string;
}

type SwitchDigest = Pick<Digest, 'title' | 'lang'>;

const ZH_LANGUAGES: Readonly<Record<InterfaceLanguage, string>> = { 'zh-CN': '中文', en: '英文' };
const EN_LANGUAGES: Readonly<Record<InterfaceLanguage, string>> = { 'zh-CN': 'Chinese', en: 'English' };
const ZH_DAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];
const EN_DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const zh: ReaderWording = {
  other: { lang: 'en', name: 'English' },
  subscribeTitle: '订阅',
  subscribeLead:
    '免费。填写邮箱后会收到一封确认信，点信里的链接并按下按钮，订阅才生效。主题和地区在确认之后选择。',
  email: '邮箱',
  digests: '简报',
  pastEditions: '看看往期',
  pdf: 'PDF',
  pdfAttached: '随信附上',
  pdfLink: '只要链接',
  consent:
    '我同意通过上面的邮箱接收所选简报。邮箱和选择只用于寄送，每封信都有退订链接，随时可以退订并要求删除。',
  subscribe: '订阅',
  leaveEmpty: '请留空',
  faults: '还差一点：',
  faultEmail: '请填写完整的邮箱地址，例如 name@example.org。',
  faultDigests: '请至少选择一份简报。',
  faultConsent: '请勾选同意，否则不能寄信。',
  tooMany: '从这里来的请求太多，请一小时后再试。',
  closed: '这里还没有开放订阅。',
  asked: '请查收邮件',
  askedMore:
    '如果这个地址可以订阅，确认信已在路上。72 小时内点信里的链接并按下按钮即可；没有收到，请看看垃圾邮件夹。',
  confirmTitle: '确认订阅',
  confirmLead: '按下按钮，订阅就生效。',
  confirm: '确认订阅',
  confirmed: '订阅成功',
  confirmedMore:
    '下一期会寄到您的邮箱。现在就可以限定主题和地区，以后也可以：每封信的末尾都有设置和退订的链接。',
  choose: '选择主题和地区',
  newest: (title, week) => `最新一期：《${title}》${week}`,
  stale: '链接已失效',
  staleMore: '这个链接已经用过，或已超过 72 小时。',
  again: '重新订阅',
  unknownLink: '链接无效',
  unknownLinkMore: '请使用最近一封信末尾的链接；地址要完整，没有断行。',
  unsubscribeTitle: '退订',
  unsubscribeLead: (title, address) => `不再向 ${address} 寄送《${title}》？`,
  unsubscribeAllLead: (address) => `不再向 ${address} 寄送任何简报？`,
  unsubscribeOne: '退订这一份',
  unsubscribeAll: '退订全部',
  unsubscribed: '已退订',
  unsubscribedMore: (title, address) => `《${title}》不再寄往 ${address}。`,
  unsubscribedAll: (address) => `不再向 ${address} 寄送任何简报。`,
  otherwise: '也可以只改选择：少收几份、限定主题或地区',
  preferencesTitle: '接收设置',
  preferencesLead: (address) => `寄往 ${address} 的简报。`,
  topics: '主题',
  regions: '地区',
  nothingMeansAll: (isOnWeb) =>
    `都不选，就是全部。选了之后，信里只列出相符的条目，完整内容在${isOnWeb ? '网页版' : '所附 PDF'}。`,
  provinces: '省、自治区、直辖市',
  strategic: '战略区域',
  quietWeek: '没有相符条目的那一周',
  quietNote: '寄一封简短的说明',
  quietNothing: '不寄',
  language: '页面和信件的语言',
  languageOfDigest: '与简报相同',
  switchOffer: (from, to) =>
    `您现在收到的《${from.title}》是${ZH_LANGUAGES[from.lang]}版。《${to.title}》内容相同，是${ZH_LANGUAGES[to.lang]}版。`,
  switchTo: (title) => `改收《${title}》`,
  save: '保存',
  saved: '已保存。从下一期起生效。',
  stopped: '寄往这个地址的信已停发（例如曾被退回）。要恢复，请与我们联系。',
  contact: '联系',
  weekly: (weekday, time, zone) => `每${ZH_DAYS[weekday]} ${time}（${zone}）`,
  next: (at) => `下一期 ${at}`,
  letterSubject: '请确认订阅',
  letterText: (titles, url) =>
    [
      '您好，',
      '',
      '有人用这个邮箱订阅了：',
      ...titles.map((title) => `  ${title}`),
      '',
      '如果是您，请在 72 小时内打开下面的链接，并按下页面上的按钮：',
      url,
      '',
      '如果不是您，不必理会：不按按钮就不会寄信，这次登记到期即删除。',
      '',
    ].join('\n'),
};

const en: ReaderWording = {
  other: { lang: 'zh-CN', name: '中文' },
  subscribeTitle: 'Subscribe',
  subscribeLead:
    'Free of charge. You will get a letter; the subscription counts once you open its link and press the button there. Topics and regions are chosen after that.',
  email: 'E-mail address',
  digests: 'Digests',
  pastEditions: 'Look at past editions',
  pdf: 'PDF',
  pdfAttached: 'attached to the mail',
  pdfLink: 'a link is enough',
  consent:
    'I agree to get the chosen digests at this address. The address and the choice are used for sending only; every mail has a link to unsubscribe, and I can have everything deleted at any time.',
  subscribe: 'Subscribe',
  leaveEmpty: 'Leave this empty',
  faults: 'Something is missing:',
  faultEmail: 'Enter the whole address, for example name@example.org.',
  faultDigests: 'Choose at least one digest.',
  faultConsent: 'Tick that you agree; without it no mail may be sent.',
  tooMany: 'Too many requests came from here. Try again in an hour.',
  closed: 'Subscribing here is not open yet.',
  asked: 'Look into your mail',
  askedMore:
    'If this address can be subscribed, a letter is on its way. Open its link within 72 hours and press the button there. If nothing arrives, look into the spam folder.',
  confirmTitle: 'Confirm the subscription',
  confirmLead: 'Press the button, and the subscription counts.',
  confirm: 'Confirm',
  confirmed: 'You are subscribed',
  confirmedMore:
    'The next edition will be mailed to you. You can narrow it down to topics and regions now, or at any time: links to change your choice and to unsubscribe stand at the end of every mail.',
  choose: 'Choose topics and regions',
  newest: (title, week) => `Newest edition: ${title}, ${week}`,
  stale: 'This link no longer works',
  staleMore: 'It was used before, or is older than 72 hours.',
  again: 'Subscribe again',
  unknownLink: 'This link does not work',
  unknownLinkMore:
    'Use the link at the end of the newest mail; the address must be whole, without a line break.',
  unsubscribeTitle: 'Unsubscribe',
  unsubscribeLead: (title, address) => `Stop sending ${title} to ${address}?`,
  unsubscribeAllLead: (address) => `Stop sending anything to ${address}?`,
  unsubscribeOne: 'Unsubscribe from this digest',
  unsubscribeAll: 'Unsubscribe from everything',
  unsubscribed: 'You are unsubscribed',
  unsubscribedMore: (title, address) => `${title} is no longer sent to ${address}.`,
  unsubscribedAll: (address) => `Nothing more is sent to ${address}.`,
  otherwise: 'Or choose less: fewer digests, only some topics or regions',
  preferencesTitle: 'What you get',
  preferencesLead: (address) => `Digests sent to ${address}.`,
  topics: 'Topics',
  regions: 'Regions',
  nothingMeansAll: (isOnWeb) =>
    `Nothing chosen means everything. With a choice the mail lists the matching items only; the ${isOnWeb ? 'web edition' : 'attached PDF'} has them all.`,
  provinces: 'Provinces',
  strategic: 'Strategic regions',
  quietWeek: 'In a week without a matching item',
  quietNote: 'send a short note',
  quietNothing: 'send nothing',
  language: 'Language of pages and letters',
  languageOfDigest: 'as the digest',
  switchOffer: (from, to) =>
    `You get ${from.title}, which is in ${EN_LANGUAGES[from.lang]}. ${to.title} has the same content in ${EN_LANGUAGES[to.lang]}.`,
  switchTo: (title) => `Get ${title} instead`,
  save: 'Save',
  saved: 'Saved. It counts from the next edition on.',
  stopped:
    'Mail to this address is stopped, for instance because it came back. To have it again, write to us.',
  contact: 'Contact',
  weekly: (weekday, time, zone) => `every ${EN_DAYS[weekday]}, ${time} (${zone})`,
  next: (at) => `next ${at}`,
  letterSubject: 'Please confirm your subscription',
  letterText: (titles, url) =>
    [
      'Hello,',
      '',
      'somebody subscribed this address to:',
      ...titles.map((title) => `  ${title}`),
      '',
      'If it was you, open this link within 72 hours and press the button on the page:',
      url,
      '',
      'If it was not you, do nothing: without the button no mail is sent, and the request is deleted.',
      '',
    ].join('\n'),
};

export const READER_WORDING: Readonly<Record<InterfaceLanguage, ReaderWording>> = { 'zh-CN': zh, en };
