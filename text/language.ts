/** Characters that only simplified, or only traditional, writing uses; frequent in public texts. */
const SIMPLIFIED = /[国发务业产会关对时东车门见这进说过来还应将与为实际术学术标准区]/gu;
const TRADITIONAL = /[國發務業產會關對時東車門見這進說過來還應將與為實際術學準區]/gu;

/** Words that are common in one Latin-script language and rare in the others. */
const STOP_WORDS: readonly (readonly [string, RegExp])[] = [
  ['en', /\b(?:the|of|and|to|in|for|that|with|is|on)\b/giu],
  ['de', /\b(?:der|die|und|das|den|für|mit|von|ist|nicht)\b/giu],
  ['fr', /\b(?:le|la|les|des|et|du|une|pour|dans|est)\b/giu],
  ['es', /\b(?:el|los|las|del|y|para|una|por|con|que)\b/giu],
  ['it', /\b(?:il|gli|della|di|che|per|una|con|sono|nel)\b/giu],
  ['pt', /\b(?:os|das|dos|uma|para|com|não|em|que|ao)\b/giu],
  ['nl', /\b(?:het|een|van|voor|niet|zijn|met|aan|dat|en)\b/giu],
];
const ENOUGH_LETTERS = 20;

/**
 * The language of a text by its script, BCP 47: zh-CN, zh-TW, ja, ko, ru, ar, … and for Latin script by its small
 * words. Undefined when the text is too short to say.
 */
export function detectLanguage(text: string): string | undefined {
  const sample = text.slice(0, 4000);
  const kana = count(sample, /[\u3040-\u30ff]/gu);
  const hangul = count(sample, /[\uac00-\ud7af]/gu);
  const han = count(sample, /[\u4e00-\u9fff]/gu);
  const latin = count(sample, /\p{Script=Latin}/gu);
  // One Han character says about as much as two or three Latin letters.
  if (hangul * 2 > latin && hangul > han) return 'ko';
  if (kana > 0 && kana * 10 > han && (kana + han) * 2 > latin) return 'ja';
  if (han >= 2 && han * 2 > latin) return chineseOf(sample);
  if (count(sample, /[\u0400-\u04ff]/gu) > latin) return 'ru';
  if (count(sample, /[\u0600-\u06ff]/gu) > latin) return 'ar';
  return latin < ENOUGH_LETTERS ? undefined : latinOf(sample);
}

function chineseOf(text: string): string {
  return count(text, TRADITIONAL) > count(text, SIMPLIFIED) ? 'zh-TW' : 'zh-CN';
}

function latinOf(text: string): string | undefined {
  const scored = STOP_WORDS.map(([lang, words]) => ({ lang, hits: count(text, words) }));
  const best = scored.reduce((left, right) => (right.hits > left.hits ? right : left));
  return best.hits === 0 ? undefined : best.lang;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
