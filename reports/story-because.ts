import type { InterfaceLanguage } from '../model/digest.ts';

/** A reason as the reader of one language understands it, made from what the pattern caught. */
interface Rule {
  readonly pattern: RegExp;
  readonly say: Readonly<Record<InterfaceLanguage, (...caught: (string | undefined)[]) => string>>;
}

function rule(
  pattern: RegExp,
  zh: (...caught: (string | undefined)[]) => string,
  en: (...caught: (string | undefined)[]) => string,
): Rule {
  return { pattern, say: { 'zh-CN': zh, en } };
}

function percent(share: string | undefined): number {
  return Math.round(Number(share) * 100);
}

function sentences(count: string | undefined): string {
  return count === '1' ? 'one sentence' : `${count} sentences`;
}

function apart(days: string | undefined, lang: InterfaceLanguage): string {
  if (days === undefined) return '';
  if (lang === 'en')
    return days === '0' ? ', the same day' : `, ${days} ${days === '1' ? 'day' : 'days'} apart`;
  return days === '0' ? '，同日' : `，相隔 ${days} 天`;
}

/** Whatever folding says of why a document is in its story (pipeline/stories, pipeline/relate.ts), part by part. */
const RULES: readonly Rule[] = [
  rule(
    /^only document$/,
    () => '',
    () => '',
  ),
  rule(
    /^issuer's own document$/,
    () => '发文机关发布',
    () => "the issuer's own",
  ),
  rule(
    /^official$/,
    () => '官方发布',
    () => 'official',
  ),
  rule(
    /^earliest$/,
    () => '最早',
    () => 'the earliest',
  ),
  rule(
    /^first with this text$/,
    () => '首见此文',
    () => 'first with this text',
  ),
  rule(
    /^same text$/,
    () => '全文照登',
    () => 'the same text',
  ),
  rule(
    /^text 1\.00$/,
    () => '文字相同',
    () => 'the same words',
  ),
  rule(
    /^text (\d\.\d\d)$/,
    (share) => `文字相同 ${percent(share)}%`,
    (share) => `${percent(share)}% of the words in common`,
  ),
  rule(
    /^(\d+) sentences? left out$/,
    (n) => `删去 ${n} 句`,
    (n) => `${sentences(n)} left out`,
  ),
  rule(
    /^(\d+) sentences? added$/,
    (n) => `增加 ${n} 句`,
    (n) => `${sentences(n)} added`,
  ),
  rule(
    /^(\d+) sentences? with other numbers$/,
    (n) => `${n} 句数字不同`,
    (n) => `${sentences(n)} with other numbers`,
  ),
  rule(
    /^other title$/,
    () => '标题不同',
    () => 'another title',
  ),
  rule(
    /^same event: shared words(?:, (\d+) days? apart)?$/,
    (days) => `用词相符${apart(days, 'zh-CN')}`,
    (days) => `tells the same event in like words${apart(days, 'en')}`,
  ),
  rule(
    /^same event: shared numbers .+?(?:, (\d+) days? apart)?$/,
    (days) => `数字相符${apart(days, 'zh-CN')}`,
    (days) => `tells the same event with the same numbers${apart(days, 'en')}`,
  ),
  rule(
    /^title \d\.\d\d, (\d+) days? apart$/,
    (days) => `标题相近${apart(days, 'zh-CN')}`,
    (days) => `a like title${apart(days, 'en')}`,
  ),
];

/** The document that a reading explains. */
const NAMES = /^names 《(?<title>.+?)》(?:, through 《.+》)?$/s;

/** Where a copy's reason names the text it carries; on the page it stands right below that text. */
const AFTER = /, after 《.+》$/s;

/**
 * Why a document is in its story and what it changed, in words for readers; a reason of unknown form stays as it is.
 * @param above titles that stand above it already
 */
export function becauseWords(because: string, lang: InterfaceLanguage, above: readonly string[]): string {
  return because
    .replace(AFTER, '')
    .split(' · ')
    .map((part) => {
      const title = NAMES.exec(part)?.groups?.title;
      if (title !== undefined) return above.includes(title) ? '' : `《${title}》`;
      for (const { pattern, say } of RULES) {
        const match = pattern.exec(part);
        if (match !== null) return say[lang](...match.slice(1));
      }
      return part;
    })
    .filter((part) => part !== '')
    .join(lang === 'en' ? ', ' : '，');
}
