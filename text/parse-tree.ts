import { type Document, Element } from 'domhandler';
import { Parser, Token } from 'parse5';
import { adapter, type Htmlparser2TreeAdapterMap } from 'parse5-htmlparser2-tree-adapter';
import { isSpace, RunTokenizer } from './tokenizer.ts';

/** Depth at which a page is cut: the parser looks through the whole stack at many tags, 100,000 deep takes minutes. */
const ABYSS = 3000;
/** Where text is dropped and the white space in it is not: column groups of templates, and before, in and after frame sets. */
const WORD_BY_WORD: ReadonlySet<number> = new Set([11, 19, 20, 22]);
const { CHARACTER, WHITESPACE_CHARACTER } = Token.TokenType;

/** The tree of a page or a fragment after the HTML standard, as cheerio walks it. */
export function parseTree(html: string): Document {
  const parser = new PageParser({ treeAdapter: leanAdapter, scriptingEnabled: true });
  // The standard turns them into line feeds before it looks at anything else.
  parser.tokenizer.write(html.includes('\r') ? html.replace(/\r\n?/g, '\n') : html, true);
  return parser.document;
}

/** The parser of parse5 with a tokenizer that takes text by the run, bounded in depth. */
class PageParser extends Parser<Htmlparser2TreeAdapterMap> {
  override tokenizer = new RunTokenizer(this.options, this);

  override onItemPush(...pushed: Parameters<Parser<Htmlparser2TreeAdapterMap>['onItemPush']>): void {
    super.onItemPush(...pushed);
    if (this.openElements.stackTop <= ABYSS) return;
    const { preprocessor } = this.tokenizer;
    preprocessor.html = preprocessor.html.slice(0, preprocessor.pos + 1);
  }

  /** parse5 makes a token of every word, for the few places where white space and words part. */
  override onCharacter(token: Token.CharacterToken): void {
    if (!WORD_BY_WORD.has(this.insertionMode)) {
      super.onCharacter(token);
      return;
    }
    for (const chars of token.chars.match(/[\t\n\f ]+|[^\t\n\f ]+/g) ?? [])
      if (isSpace(chars.charCodeAt(0)))
        super.onWhitespaceCharacter({ ...token, type: WHITESPACE_CHARACTER, chars });
      else super.onCharacter({ ...token, type: CHARACTER, chars });
  }
}

/** Attributes by their names, without inherited ones: an object of a class takes a third of the room of a bare one. */
class Attributes {
  [name: string]: string;
}
Object.setPrototypeOf(Attributes.prototype, null);
Reflect.deleteProperty(Attributes.prototype, 'constructor');

/** cheerio's tree; only attributes of another namespace (`xlink:href`) are kept with it. */
const leanAdapter: typeof adapter = {
  ...adapter,
  createElement(tagName, namespace, attributes) {
    if (attributes.some((attribute) => attribute.namespace !== undefined))
      return adapter.createElement(tagName, namespace, attributes);
    const attribs = new Attributes();
    for (const { name, value } of attributes) attribs[name] = value;
    const element = new Element(tagName, attribs, []);
    element.namespace = namespace;
    return element;
  },
  adoptAttributes({ attribs }, attributes) {
    for (const { name, value } of attributes) attribs[name] ??= value;
  },
};
