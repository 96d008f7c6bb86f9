import { Converter } from 'opencc-js/t2cn';

/** Fewer different ones may be names or quotations in a simplified text (著, 乾). */
const LEAST_TRADITIONAL = 3;
/** So much of a text tells which characters it is written in. */
const SAMPLE = 600;

const convert = Converter({ from: 't', to: 'cn' });
const known = new Map<string, string>();

const FIRST_HAN = 0x3400;
const SHARED = 1;
const TRADITIONAL = 2;
/** Of each UTF-16 unit that was asked for, whether only traditional writing uses it. */
const kinds = new Uint8Array(65_536);

function kindOf(code: number): number {
  const character = String.fromCharCode(code);
  const kind = simplifiedOf(character) === character ? SHARED : TRADITIONAL;
  kinds[code] = kind;
  return kind;
}

/**
 * A text in traditional characters in simplified ones, for rules and vocabularies that know only those; any other text
 * is given back as it is. Character by character, so every offset stays: 粵科研撥款 → 粤科研拨款.
 */
export function toSimplified(text: string): string {
  return isTraditional(text) ? charactersOf(text) : text;
}

/** Title and text of one document as `toSimplified` gives them; a title is often too short to tell, then its text does. */
export function simplifiedWords({ title, text }: Words): Words {
  if (!isTraditional(text)) return { title: toSimplified(title), text };
  return { title: charactersOf(title), text: charactersOf(text) };
}

interface Words {
  readonly title: string;
  readonly text: string;
}

/** True when a text is written in traditional characters, by its beginning. */
export function isTraditional(text: string): boolean {
  const sample = text.slice(0, SAMPLE);
  // Japanese shares many characters, not the language.
  if (/[\u3041-\u30FA]/u.test(sample)) return false;
  const found = new Set<number>();
  for (let at = 0; at < sample.length; at += 1) {
    const code = sample.charCodeAt(at);
    if (code < FIRST_HAN || (kinds[code] || kindOf(code)) !== TRADITIONAL) continue;
    found.add(code);
    if (found.size >= LEAST_TRADITIONAL) return true;
  }
  return false;
}

function charactersOf(text: string): string {
  let simplified = '';
  for (const character of text) simplified += simplifiedOf(character);
  return simplified;
}

function simplifiedOf(character: string): string {
  const before = known.get(character);
  if (before !== undefined) return before;
  const converted = convert(character);
  const simplified = converted?.length === character.length ? converted : character;
  known.set(character, simplified);
  return simplified;
}
