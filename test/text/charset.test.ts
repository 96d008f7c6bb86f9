import assert from 'node:assert/strict';
import { test } from 'node:test';
import iconv from 'iconv-lite';
import { decodePage } from '../../text/charset.ts';

const CHINESE =
  '<p>关于印发《科技创新专项资金管理办法》的通知，各有关单位请认真贯彻执行，并于本月底前报送材料。</p>';
const TRADITIONAL =
  '<p>關於發佈創新研究補助計畫申請須知的公告，請各機關學校於期限內完成線上申請作業程序。</p>';
const JAPANESE =
  '<p>イノベーション政策に関する新しい研究開発の公募についてのお知らせをここにまとめました。</p>';
const KOREAN =
  '<p>과학기술정보통신부는 새로운 혁신 정책과 연구개발 지원 계획을 오늘 발표하였다고 밝혔습니다</p>';

const UNDECLARED = [
  ['utf8', 'utf-8', CHINESE],
  ['gb18030', 'gb18030', CHINESE],
  ['big5', 'big5', TRADITIONAL],
  ['shift_jis', 'shift_jis', JAPANESE],
  ['euc-jp', 'euc-jp', JAPANESE],
  ['euc-kr', 'euc-kr', KOREAN],
  ['utf-16le', 'utf-16le', `<html lang="zh"><body>${CHINESE}<div class="footer"></div></body></html>`],
] as const;

for (const [written, expected, text] of UNDECLARED)
  test(`detects ${written} without any label`, () => {
    assert.deepEqual(decodePage(iconv.encode(text, written, { addBOM: false }), {}), {
      text,
      encoding: expected,
    });
  });

for (const [written, expected, text] of UNDECLARED.slice(1, 6))
  test(`does not believe utf-8 of a ${written} page`, () => {
    const decoded = decodePage(iconv.encode(text, written), { 'content-type': 'text/html; charset=utf-8' });
    assert.deepEqual(decoded, { text, encoding: expected });
  });

test('does not believe gb2312 of a UTF-8 page', () => {
  const page = Buffer.from(`<meta charset=big5>${CHINESE}`);
  assert.equal(decodePage(page, { 'content-type': 'text/html; charset=gb2312' }).text, page.toString());
});

test('reads GB2312 as its superset GB18030', () => {
  const text = `<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>朱镕基、喆、\u3400</p>`;
  assert.deepEqual(decodePage(iconv.encode(text, 'gb18030'), {}), { text, encoding: 'gb18030' });
});

test('lets the mark win over header and meta', () => {
  const page = Buffer.from(`\uFEFF<meta charset=gbk>${CHINESE}`);
  const decoded = decodePage(page, { 'content-type': 'text/html; charset=gbk' });
  assert.equal(decoded.encoding, 'utf-8');
  assert.equal(decoded.text, `<meta charset=gbk>${CHINESE}`);
});

test('lets the override win over the header', () => {
  const page = iconv.encode(TRADITIONAL, 'big5');
  const decoded = decodePage(page, { 'content-type': 'text/html; charset=gbk' }, { override: 'big5' });
  assert.deepEqual(decoded, { text: TRADITIONAL, encoding: 'big5' });
});

test('takes the charset of an XML declaration', () => {
  const text = `<?xml version="1.0" encoding="Shift_JIS"?><t>${JAPANESE}</t>`;
  assert.deepEqual(decodePage(iconv.encode(text, 'shift_jis'), {}), { text, encoding: 'shift_jis' });
});

test('passes over labels that nobody knows', () => {
  for (const label of ['x-nonsense', 'utf-7']) {
    const decoded = decodePage(Buffer.from('+ADw-script+AD4-'), {
      'content-type': `text/html; charset=${label}`,
    });
    assert.deepEqual(decoded, { text: '+ADw-script+AD4-', encoding: 'utf-8' });
  }
});

test('still sees UTF-8 when the last character was cut', () => {
  const cut = Buffer.from(CHINESE).subarray(0, 40);
  assert.equal(decodePage(cut, { 'content-type': 'text/html; charset=utf-8' }).encoding, 'utf-8');
});

test('drops NUL and never throws', () => {
  assert.equal(decodePage(Buffer.from('a\0b'), {}).text, 'ab');
  for (let seed = 0; seed < 200; seed++) {
    const bytes = Uint8Array.from(
      { length: 64 },
      (_, at) => (seed * 31 + at * at * 7 + (at << (seed % 5))) & 0xff,
    );
    assert.equal(typeof decodePage(bytes, {}).text, 'string');
  }
});

test('reads a GBK page that carries a stray byte as Chinese', () => {
  const bytes = iconv.encode(CHINESE.repeat(20), 'gb18030');
  const stray = Buffer.concat([bytes, Buffer.from([0xff, 0x20]), bytes]);
  const { encoding, text } = decodePage(stray, {});
  assert.equal(encoding, 'gb18030');
  assert.ok(text.includes('科技创新专项资金'));
});
