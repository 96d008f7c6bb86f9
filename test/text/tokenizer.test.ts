import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from 'cheerio';
import { parseTree } from '../../text/parse-tree.ts';

const SCRIPT = 'var one = "two"; if (a < b && c > d) { call(1); }\r\n'.repeat(10);

type Tree = ReturnType<typeof parseTree>;
type Node = Tree['children'][number];

for (const [kind, html] of [
  ['words, white space and line ends', '  a b\r\nc\rd\n\n <p> e  f </p>\r\n'],
  ['letters of two units', '𠮷<p title="𠮷&amp;𠮷">野𠮷</p><!--𠮷--><script>𠮷</script>'],
  ['half of such a letter', '<p title="\ud800">\udc00a\ud800</p>'],
  ['character references', '<p>a&amp;b&nbsp;&#x6587;&notit;&unknown; &&<a href="?a=1&copy=2&amp;b">&lt'],
  ['white space by reference', '<table>&#32;&#x20;<tr>&Tab;a'],
  ['nulls', '<p a\0b="c\0d" e=\'\0\'>f\0g</p><title>\0</title><script>h\0i</script><!--\0--><svg>\0j</svg>'],
  [
    'names in capitals and of strange signs',
    '<DIV ID=A Data-X_y="1" é=2 _z:Q><o:P x"y=1 a<b></o:P></DIV><bé>',
  ],
  ['attributes in all spellings', `<a b c = d e='f"&gt;' g="h'i" j=k&amp;l b=2 =m/n /o><br/><p a="b"c="d">`],
  ['attributes without white space between', `<p a="1"b="2"c='3'd=4"e"f="5"/>g<p a="h>i`],
  ['values without quotes', '<a href=?b=1&amp;c=2&d title=e"f\'g<h=i` j=/>k<a b=\nc=>d'],
  ['attributes of the document twice', '<html lang=a><body id=b><html lang=c dir=d><body id=e class=f>'],
  ['an attribute named like a member of all objects', '<p __proto__=a constructor=b tostring=c>'],
  [
    'foreign elements',
    '<svg viewBox="0 0"><use XLINK:href="#a"/><foreignObject>a b<p>c</svg><math><mi xml:lang=a> b',
  ],
  ['comments', '<!--a-b--c<d<!--e--><!--><!---><!--a--!>b<!-- - -- --- --><!x><?y z?></ w><!--never closed'],
  ['sections of characters', '<svg><![CDATA[a<b&amp;]]></svg><![CDATA[c]]>'],
  ['document types', '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">a'],
  ['formatting across blocks', '<b>a<p>b</b>c<i>d<div>e</i>f</p><a>g<a>h'],
  ['text between the parts of a table', '<table> a b <tr> c <td> d </table> e'],
  ['text where column groups stand', '<template><col> a b <p>c</template><table><colgroup> a b'],
  ['frame sets', '<frameset> a b <frame> c </frameset> d e </html> f g'],
  ['a line end that opens a block', '<pre>\n\na b</pre><textarea>\r\n c</textarea><listing>\n</listing>'],
  ['text without markup', '<title>a <b>&amp; c</title><textarea><!-- &lt;</textarea><xmp>&amp;<b></xmp>'],
  ['words for browsers without scripts', '<head><noscript><p>a</noscript><body><noscript>b <i>c</noscript>'],
  ['lists for choosing', '<select> a b <option>c d<optgroup>e</select>'],
  ['a script', `<p>a<script>${SCRIPT}</script>b`],
  ['a style sheet, names in capitals', `<STYLE type="a>b">${SCRIPT}</STYLE ><p>a`],
  ['a script that is never closed', `<p>a<script>${SCRIPT}<p>b`],
  ['a script with a comment', `<p>a<script><!--${SCRIPT}<script></script>--></script>b`],
  ['a script in a comment', `<p>a<!-- <script>${SCRIPT}</script> --><script>${SCRIPT}</script>b`],
  ['a script in an attribute', `<p title="<script>${SCRIPT}</script>">a</p>`],
  ['text behind the end', '<body>a</body> b c</html> d<!--e-->f'],
  ['a tag that the page ends in', '<p>a<b class="c" d'],
  ['a long page', '<p class="a">b &amp; c</p>\n'.repeat(5000)],
] as const)
  test(`parses ${kind} as the standard says`, () => {
    // cheerio parses with parse5 as it is.
    assert.deepEqual(shapeOf(parseTree(html)), shapeOf(load(html)._root));
  });

test('a page that goes down without end is cut', () => {
  assert.equal(depthOf(parseTree('<div>'.repeat(20_000))), 3002);
});

test('many tags that need no closing are no depth', () => {
  const { children } = parseTree(`<svg>${'<path d="M0"/>'.repeat(5000)}</svg><p>a`);
  assert.match(JSON.stringify(children.map(shapeOf)), /"a"/u);
});

/** All that a tree says, without the links between its nodes. */
function shapeOf(node: Node | Tree): unknown {
  if (!('children' in node)) return [node.type, node.data];
  const children = node.children.map(shapeOf);
  if (!('attribs' in node)) return [node.type, 'x-mode' in node && node['x-mode'], children];
  return [node.type, node.name, node.namespace, node.attributes.map((one) => ({ ...one })), children];
}

function depthOf(tree: Tree): number {
  let depth = 0;
  for (let level: readonly Node[] = tree.children; level.length > 0; depth += 1)
    level = level.flatMap((node) => ('children' in node ? node.children : []));
  return depth;
}
