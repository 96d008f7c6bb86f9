/** Words that every English headline may hold. */
const COMMON = new Set(
  (
    'a about after again all also amid an and any are as at back be been before but by can could did do does down ' +
    'first for from get gets got had has have he her here his how i if in into is it its just may might more most ' +
    'my new news no not now of off on one only or our out over own photo photos report reports review said say ' +
    'says she should so some still than that the their there these they this those to too two under up update us ' +
    'very via video vs was watch we were what when where which who why will with would you your'
  ).split(' '),
);

/** The root that the forms of an English word share (ends, ended, ending); empty for words that say nothing. */
export function stem(word: string): string {
  const bare = word.replace(/['’]s?$/u, '');
  if (bare.length < 2 || COMMON.has(bare)) return '';
  const root = cut(bare);
  const silent = root.length > 4 && root.endsWith('e') ? root.slice(0, -1) : root;
  return /([bdfglmnprt])\1$/u.test(silent) && silent.length > 4 ? silent.slice(0, -1) : silent;
}

function cut(word: string): string {
  const { length } = word;
  if (length > 5 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (length > 6 && word.endsWith('ings')) return word.slice(0, -4);
  if (length > 5 && /(?:ing|ers)$/u.test(word)) return word.slice(0, -3);
  if ((length > 4 && word.endsWith('ed')) || (length > 5 && word.endsWith('er'))) return word.slice(0, -2);
  if (length > 4 && /(?:s|x|z|ch|sh)es$/u.test(word)) return word.slice(0, -2);
  return length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}
