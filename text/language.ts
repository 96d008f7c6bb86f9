/** Characters that only simplified, or only traditional, writing uses; frequent in public texts. */
const SIMPLIFIED = /[国发务业产会关对时东车门见这进说过来还应将与为实际术学术标准区]+/g;
const TRADITIONAL = /[國發務業產會關對時東車門見這進說過來還應將與為實際術學準區]+/g;

/** Words that are common in one or two languages of the Latin script and rare in the others. */
const STOP_WORDS: Readonly<Record<string, string>> = {
  en: 'the of and to in for that with is on',
  de: 'der die und das den für mit von ist nicht',
  fr: 'le la les des et du une pour dans est',
  es: 'el los las del y para una por con que',
  it: 'il gli della di che per una con sono nel',
  pt: 'os das dos uma para com não em que ao',
  nl: 'het een van voor niet zijn met aan dat en',
};
const SPOKEN = Object.keys(STOP_WORDS);
/** The languages of each word. */
const LANGUAGES = new Map<string, readonly string[]>();
for (const [lang, words] of Object.entries(STOP_WORDS))
  for (const word of words.split(' ')) LANGUAGES.set(word, [...(LANGUAGES.get(word) ?? []), lang]);
const STOP_WORD = new RegExp(`\\b(?:${[...LANGUAGES.keys()].join('|')})\\b`, 'g');
const ENOUGH_LETTERS = 20;

/**
 * The language of a text by its script, BCP 47: zh-CN, zh-TW, ja, ko, ru, ar, … and for Latin script by its small
 * words. Undefined when the text is too short to say.
 */
export function detectLanguage(text: string): string | undefined {
  const sample = text.slice(0, 4000);
  const kana = count(sample, /[\u3040-\u30ff]+/g);
  const hangul = count(sample, /[\uac00-\ud7af]+/g);
  const han = count(sample, /[\u4e00-\u9fff]+/g);
  const latin = count(sample, /[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+/g);
  // One Han character says about as much as two or three Latin letters.
  if (hangul * 2 > latin && hangul > han) return 'ko';
  if (kana > 0 && kana * 10 > han && (kana + han) * 2 > latin) return 'ja';
  if (han >= 2 && han * 2 > latin) return chineseOf(sample);
  if (count(sample, /[\u0400-\u04ff]+/g) > latin) return 'ru';
  if (count(sample, /[\u0600-\u06ff]+/g) > latin) return 'ar';
  return latin < ENOUGH_LETTERS ? undefined : latinOf(sample);
}

function chineseOf(text: string): string {
  return count(text, TRADITIONAL) > count(text, SIMPLIFIED) ? 'zh-TW' : 'zh-CN';
}

function latinOf(text: string): string | undefined {
  const hits = new Map(SPOKEN.map((lang) => [lang, 0]));
  for (const word of text.toLowerCase().match(STOP_WORD) ?? [])
    for (const lang of LANGUAGES.get(word) ?? []) hits.set(lang, (hits.get(lang) ?? 0) + 1);
  const [lang, most] = [...hits].reduce((left, right) => (right[1] > left[1] ? right : left));
  return most === 0 ? undefined : lang;
}

/** How many characters of a text are of a kind; the pattern takes them by the run. */
function count(text: string, pattern: RegExp): number {
  let sum = 0;
  for (const run of text.match(pattern) ?? []) sum += run.length;
  return sum;
}
