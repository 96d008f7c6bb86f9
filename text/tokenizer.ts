import { Token, Tokenizer } from 'parse5';

const { CHARACTER, WHITESPACE_CHARACTER } = Token.TokenType;

/** What is no plain character in one state or another. */
type Sign = '<' | '&' | '"' | "'" | '-' | '\0';

/**
 * The tokenizer of parse5 with one difference: where a state of the HTML standard takes plain characters one by one, the
 * whole run of them is cut out of the page at once. Whatever is no plain character goes through parse5's own states, so
 * the tokens are the same; a page takes a third of the time and leaves half of the garbage.
 * The page has no carriage returns: the standard turns them into line feeds before.
 */
export class RunTokenizer extends Tokenizer {
  /** Where the next of each sign stands, unless the page has been read beyond. */
  readonly #ahead: Record<Sign, number> = { '<': -1, '&': -1, '"': -1, "'": -1, '-': -1, '\0': -1 };

  constructor(...made: ConstructorParameters<typeof Tokenizer>) {
    super(...made);
    // parse5 drops what it has read of a long page, and every place behind would move.
    this.preprocessor.bufferWaterline = Number.POSITIVE_INFINITY;
  }

  protected override _stateData(code: number): void {
    if (!this.#takeText(code, this.#endAt('<', '&'))) super._stateData(code);
  }

  protected override _stateRcdata(code: number): void {
    if (!this.#takeText(code, this.#endAt('<', '&'))) super._stateRcdata(code);
  }

  protected override _stateRawtext(code: number): void {
    if (!this.#takeText(code, this.#endAt('<', '\0'))) super._stateRawtext(code);
  }

  protected override _stateScriptData(code: number): void {
    if (!this.#takeText(code, this.#endAt('<', '\0'))) super._stateScriptData(code);
  }

  protected override _stateTagName(code: number): void {
    const name = this.#takeName();
    const { currentToken: tag } = this;
    if (name === '' || tag === null || !('tagName' in tag)) super._stateTagName(code);
    else {
      tag.tagName += name;
      // What ends a name is no part of it.
      super._stateTagName(this._consume());
    }
  }

  protected override _stateBeforeAttributeName(code: number): void {
    if (!this.#takePlainAttribute()) super._stateBeforeAttributeName(code);
  }

  protected override _stateAttributeName(code: number): void {
    const name = this.#takeName();
    if (name === '') super._stateAttributeName(code);
    else this.currentAttr.name += name;
  }

  protected override _stateAttributeValueDoubleQuoted(code: number): void {
    const value = this.#take(code, this.#endAt('"', '&'));
    if (value === '') super._stateAttributeValueDoubleQuoted(code);
    else this.currentAttr.value += value;
  }

  protected override _stateAttributeValueSingleQuoted(code: number): void {
    const value = this.#take(code, this.#endAt("'", '&'));
    if (value === '') super._stateAttributeValueSingleQuoted(code);
    else this.currentAttr.value += value;
  }

  protected override _stateAttributeValueUnquoted(code: number): void {
    const value = this.#take(code, this.#bareValueEnd());
    if (value === '') super._stateAttributeValueUnquoted(code);
    else this.currentAttr.value += value;
  }

  protected override _stateComment(code: number): void {
    const words = this.#take(code, this.#endAt('-', '<'));
    const { currentToken: comment } = this;
    if (words === '' || comment?.type !== Token.TokenType.COMMENT) super._stateComment(code);
    else comment.data += words;
  }

  /** `name="value"`, as nearly all attributes are written, and what stands behind it. */
  #takePlainAttribute(): boolean {
    const { html, pos } = this.preprocessor;
    const nameEnd = this.#nameEnd();
    if (nameEnd === pos || !html.startsWith('="', nameEnd)) return false;
    const start = nameEnd + 2;
    const end = this.#endAt('"', '&', start);
    // Another attribute right behind the quote is an error, which parse5 mends.
    if (html.charAt(end) !== '"' || !isTagSpaceOrEnd(html.charCodeAt(end + 1))) return false;
    this._createAttr(known(html.slice(pos, nameEnd)));
    this._leaveAttrName();
    this.currentAttr.value = html.slice(start, end);
    this.preprocessor.pos = end;
    this._stateAfterAttributeValueQuoted(this._consume());
    return true;
  }

  /** Where a run ends that starts at the reading position: at one of two signs, at a null or where the page ends. */
  #endAt(sign: Sign, other: Sign, from = this.preprocessor.pos): number {
    return Math.min(this.#next(sign, from), this.#next(other, from), this.#next('\0', from));
  }

  #bareValueEnd(): number {
    const { html, pos } = this.preprocessor;
    let end = pos;
    while (end < html.length && isBareSign(html.charCodeAt(end))) end += 1;
    return end;
  }

  /** What was found once holds until it is reached: a page is searched for each sign once from end to end. */
  #next(sign: Sign, from: number): number {
    const { html } = this.preprocessor;
    const known = this.#ahead[sign];
    if (known >= from) return known;
    const found = html.indexOf(sign, from);
    const at = found < 0 ? html.length : found;
    this.#ahead[sign] = at;
    return at;
  }

  /** The characters from the one just read, which is `code`, up to `end`; empty when that one is no part of a run. */
  #take(code: number, end: number): string {
    const { html, pos } = this.preprocessor;
    if (end <= pos) return '';
    this.preprocessor.pos = end - 1;
    // Of a character of two units the second is the reading position.
    return html.slice(code > 0xffff ? pos - 1 : pos, end);
  }

  /** White space in front is a token of its own, for it may stand where no other text may. */
  #takeText(code: number, end: number): boolean {
    const text = this.#take(code, end);
    if (text === '') return false;
    let start = 0;
    if (this.currentCharacterToken?.type !== CHARACTER) {
      while (start < text.length && isSpace(text.charCodeAt(start))) start += 1;
      if (start > 0) this._appendCharToCurrentCharacterToken(WHITESPACE_CHARACTER, text.slice(0, start));
    }
    if (start < text.length) this._appendCharToCurrentCharacterToken(CHARACTER, text.slice(start));
    return true;
  }

  /** A name of ASCII letters, digits, hyphens and colons, in small letters. */
  #takeName(): string {
    const { html, pos } = this.preprocessor;
    const end = this.#nameEnd();
    if (end === pos) return '';
    this.preprocessor.pos = end - 1;
    return known(html.slice(pos, end));
  }

  #nameEnd(): number {
    const { html, pos } = this.preprocessor;
    let end = pos;
    while (end < html.length && isNameSign(html.charCodeAt(end))) end += 1;
    return end;
  }
}

/** Pages repeat a hundred names: one string for each is hashed once and compared by its place. */
const NAMES = new Map<string, string>();
const MOST_NAMES = 5000;
/** V8 copies shorter strings; a longer one is a view of the page and would keep it in memory. */
const LONGEST_COPY = 12;

function known(name: string): string {
  const before = NAMES.get(name);
  if (before !== undefined) return before;
  const lower = name.toLowerCase();
  if (name.length <= LONGEST_COPY && NAMES.size < MOST_NAMES) NAMES.set(name, lower);
  return lower;
}

/** White space of the HTML standard, after carriage returns are gone. */
export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0c;
}

function isNameSign(code: number): boolean {
  const small = code | 0x20;
  return (small >= 0x61 && small <= 0x7a) || code === 0x2d || (code >= 0x30 && code <= 0x3a);
}

/** White space, `/` or `>`. */
function isTagSpaceOrEnd(code: number): boolean {
  return isSpace(code) || code === 0x2f || code === 0x3e;
}

/** What a value without quotes consists of: white space and `>` end it, references and nulls are parse5's. */
function isBareSign(code: number): boolean {
  return !isSpace(code) && code !== 0x3e && code !== 0x26 && code !== 0;
}
