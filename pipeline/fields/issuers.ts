import type { Issuer } from '../../model/vocabulary.ts';
import { splitLines } from '../../text/sentences.ts';
import { stripTitleMarks } from '../../text/titles.ts';

const VERB = /(?:关于|印发|转发|批转|公布|发布|对[^，。]{2,30}的(?:答复|复函))/u;
const ENDS_LIKE_BODY =
  /(?:部|委|委员会|局|厅|院|署|办|办公厅|办公室|政府|中心|协会|基金委|总局|银行|中央|国务院|法院|检察院|军委|科协|总会|学会|组|管委会)$/u;
/** 国务院 also begins 国务院办公厅 and 国务院国资委: a longer name is tried first. */
const LONGEST_ISSUER = 60;

/** The issuers that a metadata field names: `国务院办公厅、中央军委办公厅`, `科技部 财政部`. */
export function splitIssuers(field: string): readonly string[] {
  return field
    .split(/[、，,;；]|\s+(?=[\u4e00-\u9fa5])/u)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** The issuers that a title opens with, before 关于 or 印发; joint names without a mark between are cut by vocabulary. */
export function issuersOfTitle(title: string, vocabulary: readonly Issuer[]): readonly string[] {
  const clean = stripTitleMarks(title).replace(/^《/u, '');
  const at = clean.search(VERB);
  if (at < 2 || at > LONGEST_ISSUER) return [];
  const head = clean
    .slice(0, at)
    .replace(/等.{0,6}(?:部门|单位|机构)$/u, '')
    .trim();
  return splitIssuers(head)
    .flatMap((name) => cutJoint(name, vocabulary))
    .filter((name) => ENDS_LIKE_BODY.test(name));
}

/** The signature under a document: short lines that name known bodies, right above the written date. */
export function issuersOfSignature(text: string, vocabulary: readonly Issuer[]): readonly string[] {
  const lines = splitLines(text).slice(-14);
  const dateLine = lines.findLastIndex(({ text: line }) =>
    /^\S{0,2}[\d〇○二一]{2,4}\s*年.{1,8}日\s*$/u.test(line),
  );
  if (dateLine < 1) return [];
  const found: string[] = [];
  for (const { text: line } of lines.slice(Math.max(0, dateLine - 4), dateLine).reverse()) {
    const names = splitIssuers(line).flatMap((name) => cutJoint(name.replace(/\s/g, ''), vocabulary));
    if (line.length > LONGEST_ISSUER || !names.every((name) => ENDS_LIKE_BODY.test(name))) break;
    found.unshift(...names);
  }
  return found;
}

/** The vocabulary entry of a name, by full name or alias. */
export function findIssuer(name: string, vocabulary: readonly Issuer[]): Issuer | undefined {
  return vocabulary.find(
    (issuer) => issuer.zh === name || issuer.en === name || issuer.aliases.includes(name),
  );
}

/** The vocabulary entry whose letters open a document number (国办发 before 国发: the longest wins). */
export function issuerOfNumber(letters: string, vocabulary: readonly Issuer[]): Issuer | undefined {
  let best: { readonly issuer: Issuer; readonly length: number } | undefined;
  for (const issuer of vocabulary)
    for (const prefix of issuer.numberPrefixes)
      if (letters.startsWith(prefix) && prefix.length > (best?.length ?? 0))
        best = { issuer, length: prefix.length };
  return best?.issuer;
}

/** 国家发展改革委国家能源局 → both names, when each part is known by itself. */
function cutJoint(name: string, vocabulary: readonly Issuer[]): readonly string[] {
  if (findIssuer(name, vocabulary) !== undefined) return [name];
  for (let at = name.length - 2; at >= 2; at -= 1) {
    const head = name.slice(0, at);
    if (findIssuer(head, vocabulary) === undefined) continue;
    const rest = cutJoint(name.slice(at), vocabulary);
    if (rest.every((part) => findIssuer(part, vocabulary) !== undefined)) return [head, ...rest];
  }
  return [name];
}
