import { isUtf8 } from 'node:buffer';
import { getEncoding } from 'encoding-sniffer';

/** A page's words, and the charset (WHATWG name, lower case) they were read with. */
export interface DecodedPage {
  readonly text: string;
  readonly encoding: string;
}

/** Bytes looked at when guessing; the top of a page is markup, its middle is words. */
const SAMPLE_BYTES = 256 * 1024;
/** Fewer sequences than this can be valid UTF-8 by accident (联通 in GBK is the known case). */
const ENOUGH_SEQUENCES = 8;
/** Fewer pairs of high bytes can be accented letters side by side. */
const ENOUGH_PAIRS = 40;

/**
 * Decodes a page after the WHATWG rules: byte order mark, `override`, Content-Type, meta or XML declaration, detection.
 * Two lies of old sites are seen through: "utf-8" that is GB18030 (or another East Asian charset), and a legacy label
 * on valid UTF-8. Never throws; bytes that mean nothing become U+FFFD, NUL is dropped.
 * @param headers names in lower case
 */
export function decodePage(
  body: Uint8Array,
  headers: Readonly<Record<string, string>>,
  options: { readonly override?: string } = {},
): DecodedPage {
  const encoding = chooseEncoding(body, headers, options.override);
  const text = new TextDecoder(encoding).decode(body);
  return { encoding, text: text.includes('\0') ? text.replaceAll('\0', '') : text };
}

function chooseEncoding(
  body: Uint8Array,
  headers: Readonly<Record<string, string>>,
  override: string | undefined,
): string {
  const marked = markedEncoding(body);
  if (marked !== undefined) return marked;
  const forced = override === undefined ? undefined : knownEncoding(override);
  if (forced !== undefined) return forced;
  const declared = declaredEncoding(body, headers['content-type'] ?? '');
  if (declared === 'utf-16le' || declared === 'utf-16be') return declared;
  const sequences = utf8Sequences(body);
  if (declared === undefined) return detect(body, sequences);
  if (declared === 'utf-8') return sequences === undefined ? (legacyEncoding(body) ?? 'utf-8') : 'utf-8';
  return sequences !== undefined && sequences >= ENOUGH_SEQUENCES ? 'utf-8' : declared;
}

/** The charset that the mark at the beginning of a file names. */
export function markedEncoding(body: Uint8Array): string | undefined {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return 'utf-8';
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf-16le';
  if (body[0] === 0xfe && body[1] === 0xff) return 'utf-16be';
  return undefined;
}

function declaredEncoding(body: Uint8Array, contentType: string): string | undefined {
  const label = /;\s*charset\s*=\s*["']?([^\s;"']+)/i.exec(contentType)?.[1];
  const stated = label === undefined ? undefined : knownEncoding(label);
  if (stated !== undefined) return stated;
  // x-user-defined can never be the sniffer's finding (in a meta it counts as windows-1252), so it marks "none".
  const sniffed = getEncoding(body.subarray(0, 4096), { maxBytes: 4096, defaultEncoding: 'x-user-defined' });
  return sniffed.toLowerCase() === 'x-user-defined' ? undefined : knownEncoding(sniffed);
}

/** The WHATWG name of a label; GB2312 and GBK are read as their superset. Undefined for an unknown label (utf-7). */
function knownEncoding(label: string): string | undefined {
  const name = charsetNamed(label);
  return name === 'gbk' ? 'gb18030' : name;
}

/** The WHATWG name of a charset as people call it; undefined for one that is not known. */
export function charsetNamed(label: string): string | undefined {
  try {
    return new TextDecoder(label.trim()).encoding;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Multi-byte sequences of a valid UTF-8 text, counted up to as many as are enough; undefined when it is not valid. */
function utf8Sequences(body: Uint8Array): number | undefined {
  if (!isUtf8(body)) return undefined;
  let count = 0;
  for (let at = 0; at < body.length && count < ENOUGH_SEQUENCES; at += 1) if (body[at]! >= 0xc0) count += 1; // within
  return count;
}

function detect(body: Uint8Array, sequences: number | undefined): string {
  const wide = wideEncoding(body);
  if (wide !== undefined) return wide;
  if (sequences !== undefined) return 'utf-8';
  return legacyEncoding(body) ?? 'windows-1252';
}

/** UTF-16 without a mark: markup makes every other byte NUL. */
function wideEncoding(body: Uint8Array): string | undefined {
  const sample = body.subarray(0, SAMPLE_BYTES);
  const nuls = [0, 0];
  for (let at = 0; at < sample.length; at++) if (sample[at] === 0) nuls[at % 2]!++; // index is 0 or 1
  const [even = 0, odd = 0] = nuls;
  const enough = Math.max(3, sample.length * 0.15);
  if (odd > enough && even < odd / 10) return 'utf-16le';
  if (even > enough && odd < even / 10) return 'utf-16be';
  return undefined;
}

/** The multi-byte charset in which the bytes are valid, or nearly so, and look like words; undefined when there is none. */
function legacyEncoding(body: Uint8Array): string | undefined {
  const valid = (encoding: string) => decodes(body, encoding);
  const sample = body.subarray(0, SAMPLE_BYTES);
  const pairs = doubleBytes(sample);
  if (pairs.total === 0) return undefined;
  // A page of UTF-8 with a comment cut in the middle of a character stays UTF-8.
  if (faultShare(sample, 'utf-8') < 0.05) return 'utf-8';
  const share = (count: number) => count / pairs.total;
  if (share(pairs.kanaEuc) > 0.2 && valid('euc-jp')) return 'euc-jp';
  if (shiftJisKana(sample) > 0.2 && valid('shift_jis')) return 'shift_jis';
  if (share(pairs.lowTrail) > 0.15 && share(pairs.big5Lead) > 0.75 && valid('big5')) return 'big5';
  if (share(pairs.hangulLead) > 0.97 && share(pairs.lowTrail) < 0.05 && valid('euc-kr')) return 'euc-kr';
  if (valid('gb18030') && share(pairs.hanzi) > 0.5) return 'gb18030';
  // Old pages carry a few stray or cut bytes; nearly all pairs being everyday Chinese speaks louder.
  return pairs.total >= ENOUGH_PAIRS && share(pairs.commonHanzi) > 0.8 && faultShare(sample, 'gb18030') < 0.02
    ? 'gb18030'
    : undefined;
}

interface DoubleBytes {
  total: number;
  /** Hiragana and katakana rows of EUC-JP. */
  kanaEuc: number;
  /** Second byte below 0x7F: usual in Big5, rare in GBK, absent in EUC. */
  lowTrail: number;
  big5Lead: number;
  /** Symbols and Hangul of EUC-KR; Chinese spreads far beyond. */
  hangulLead: number;
  hanzi: number;
  /** Level 1 of GB2312 (everyday characters) and Chinese punctuation. */
  commonHanzi: number;
}

function doubleBytes(sample: Uint8Array): DoubleBytes {
  const pairs = { total: 0, kanaEuc: 0, lowTrail: 0, big5Lead: 0, hangulLead: 0, hanzi: 0, commonHanzi: 0 };
  for (let at = 0; at + 1 < sample.length; at++) {
    const lead = sample[at] ?? 0;
    if (lead < 0x81) continue;
    const trail = sample[++at] ?? 0;
    pairs.total++;
    if (trail < 0x7f) pairs.lowTrail++;
    if (lead === 0xa4 || lead === 0xa5) pairs.kanaEuc++;
    if (lead >= 0xa1 && lead <= 0xc8) pairs.big5Lead++;
    if (lead <= 0xa3 || (lead >= 0xb0 && lead <= 0xc8)) pairs.hangulLead++;
    if (lead >= 0xb0 && lead <= 0xf7 && trail >= 0xa1) pairs.hanzi++;
    else if (lead >= 0xa1 && lead <= 0xa3 && trail >= 0xa1) pairs.hanzi++;
    if (((lead >= 0xb0 && lead <= 0xd7) || lead === 0xa1 || lead === 0xa3) && trail >= 0xa1)
      pairs.commonHanzi++;
  }
  return pairs;
}

function shiftJisKana(sample: Uint8Array): number {
  let total = 0;
  let kana = 0;
  for (let at = 0; at + 1 < sample.length; at++) {
    const lead = sample[at] ?? 0;
    if (lead < 0x81 || (lead > 0x9f && lead < 0xe0)) continue;
    const trail = sample[++at] ?? 0;
    total++;
    if ((lead === 0x82 && trail >= 0x9f && trail <= 0xf1) || (lead === 0x83 && trail <= 0x96)) kana++;
  }
  return total === 0 ? 0 : kana / total;
}

/** How much of the text an encoding cannot read. */
function faultShare(sample: Uint8Array, encoding: string): number {
  const text = new TextDecoder(encoding).decode(sample);
  return (
    (text.match(/\uFFFD/gu)?.length ?? 0) / Math.max(1, text.match(/[\u0080-\u{10FFFF}]/gu)?.length ?? 1)
  );
}

function decodes(body: Uint8Array, encoding: string): boolean {
  // A cap may have cut the last character; that alone must not speak against an encoding.
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    decoder.decode(body, { stream: true });
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
