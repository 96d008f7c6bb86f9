/** Scripts told apart, as numbers. Of the Han characters those that only one writing uses stand for themselves. */
const LATIN = 1;
const KANA = 2;
const HANGUL = 3;
const HAN = 4;
const CYRILLIC = 5;
const ARABIC = 6;
const SIMPLIFIED = 7;
const TRADITIONAL = 8;
/** The script of each character by its UTF-16 code; a text of thousands is counted in one pass. */
const SCRIPTS = new Uint8Array(0x10000);
for (const [script, from, to] of [
  [LATIN, 0x41, 0x5a],
  [LATIN, 0x61, 0x7a],
  [LATIN, 0xc0, 0x24f],
  [LATIN, 0x1e00, 0x1eff],
  [CYRILLIC, 0x400, 0x4ff],
  [ARABIC, 0x600, 0x6ff],
  [KANA, 0x3040, 0x30ff],
  [HAN, 0x4e00, 0x9fff],
  [HANGUL, 0xac00, 0xd7af],
] as const)
  SCRIPTS.fill(script, from, to + 1);
for (const [script, frequent] of [
  [SIMPLIFIED, '国发务业产会关对时东车门见这进说过来还应将与为实际术学标准区'],
  [TRADITIONAL, '國發務業產會關對時東車門見這進說過來還應將與為實際術學準區'],
] as const)
  for (const character of frequent) SCRIPTS[character.charCodeAt(0)] = script;

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
  const counts = new Int32Array(TRADITIONAL + 1);
  for (let at = 0; at < sample.length; at += 1) {
    const script = SCRIPTS[sample.charCodeAt(at)] ?? 0;
    counts[script] = (counts[script] ?? 0) + 1;
  }
  const [, latin = 0, kana = 0, hangul = 0, plainHan = 0, cyrillic = 0, arabic = 0] = counts;
  const [simplified = 0, traditional = 0] = counts.subarray(SIMPLIFIED);
  const han = plainHan + simplified + traditional;
  // One Han character says about as much as two or three Latin letters.
  if (hangul * 2 > latin && hangul > han) return 'ko';
  if (kana > 0 && kana * 10 > han && (kana + han) * 2 > latin) return 'ja';
  if (han >= 2 && han * 2 > latin) return traditional > simplified ? 'zh-TW' : 'zh-CN';
  if (cyrillic > latin) return 'ru';
  if (arabic > latin) return 'ar';
  return latin < ENOUGH_LETTERS ? undefined : latinOf(sample);
}

function latinOf(text: string): string | undefined {
  const hits = new Map(SPOKEN.map((lang) => [lang, 0]));
  for (const word of text.toLowerCase().match(STOP_WORD) ?? [])
    for (const lang of LANGUAGES.get(word) ?? []) hits.set(lang, (hits.get(lang) ?? 0) + 1);
  const [lang, most] = [...hits].reduce((left, right) => (right[1] > left[1] ? right : left));
  return most === 0 ? undefined : lang;
}
