import type { DocumentNumberFact } from '../../model/facts.ts';
import { type Form, form, formNear, near } from '../../text/forms.ts';
import { findDocumentNumbers } from '../fields/document-number.ts';
import { type Reading, Stretches } from './reading.ts';

/** A metadata field printed as text. */
const LABELLED = /(?:发文字号|发文号|文\s?号|文件编号)\s?[:：]\s*$/u;

/** 某学会公告2006年(第9号）: the number in brackets of its own. */
const BRACKETED = formNear(
  /(?<letters>[\u4e00-\u9fa5]{2,24}(?:公告|通告|令))\s*(?<year>(?:19|20)\d{2})\s*年\s*[（(]\s*第?\s*0*(?<serial>\d{1,4})\s*号\s*[）)]/gu,
  near('公告 通告 令', 28, 28),
  '号',
);
const LEAD = /^.*(?:根据|按照|依据|见|发布的|公布的)(?=[\u4e00-\u9fa5]{4,})/u;

/** Registers other than 发文字号: scheme, pattern, what the groups are. */
const REGISTERS: readonly (readonly [DocumentNumberFact['scheme'], string, Form])[] = [
  [
    'federal-register',
    'FR',
    form(/\b(?<year>\d{2,3})\s(?:FR|Fed\.\s?Reg\.)\s(?<serial>\d{1,6})\b/gu, 'fr fed'),
  ],
  [
    'federal-register',
    'FR Doc',
    form(
      /\b(?:FR Doc\.?|[Dd]ocument (?:[Nn]umber|[Nn]o\.?):?)\s?(?<year>20\d{2})[-–](?<serial>\d{4,6})\b/gu,
      'doc document',
    ),
  ],
  [
    'docket',
    'Docket',
    form(
      /\b(?:Docket (?:ID |No\.? ?|Number:? ?)+:?\s?)(?<serial>[A-Z0-9]{2,12}(?:[-–][A-Z0-9]{1,8}){1,4})/gu,
      'docket',
    ),
  ],
  [
    'docket',
    'Docket',
    form(/\b(?<serial>[A-Z]{2,8}(?:-[A-Z]{2,8}){0,3}-(?:19|20)\d{2}-\d{4})\b/gu, '-', '0-9'),
  ],
  [
    'celex',
    'CELEX',
    form(/\b(?:CELEX[:\s]{0,2})?(?<serial>[1-9](?<year>(?:19|20)\d{2})[A-Z]{1,2}\d{4})\b/gu, '0-9'),
  ],
  [
    'celex',
    'EU',
    form(
      /\b(?:Regulation|Directive|Decision)\s\((?:EU|EC|EEC|CFSP)\)\s(?:(?<year>(?:19|20)\d{2})\/(?<serial>\d{1,4})|No\s(?<former>\d{1,4})\/(?<of>(?:19|20)\d{2}))\b/gu,
      'regulation directive decision',
      '(',
    ),
  ],
  [
    'celex',
    'EU',
    form(
      /\b(?:Directive|Decision|Regulation)\s(?:No\s)?(?:(?<year>(?:19|20)\d{2})\/(?<serial>\d{1,4})|(?<former>\d{1,4})\/(?<of>(?:19|20)\d{2}))\/(?:EU|EC|EEC)\b/gu,
      'regulation directive decision',
      '/',
    ),
  ],
  [
    'com',
    'COM',
    form(
      /\b(?<letters>COM|SWD|JOIN|SEC)\s?\((?<year>(?:19|20)\d{2})\)\s?(?<serial>\d{1,4})\b/gu,
      'com swd join sec',
      '(',
    ),
  ],
  [
    'command-paper',
    'Command paper',
    form(/\b(?<letters>CP|Cm|Cmd|Cmnd)\.?\s(?<serial>\d{1,5})\b/gu, 'cp cm cmd cmnd'),
  ],
  [
    'public-law',
    'Public Law',
    form(
      /\b(?:Public Law|Pub\.\s?L\.|P\.\s?L\.)\s(?:No\.\s)?(?<serial>\d{2,3}[-–]\d{1,4})\b/gu,
      'public pub p',
    ),
  ],
];

/**
 * Every document number of the text, own or cited, and its counterparts in English.
 * @param own the key of the document's own number
 */
export function findNumbers(reading: Reading, own: string | undefined): readonly DocumentNumberFact[] {
  const { text } = reading;
  const found: DocumentNumberFact[] = [];
  const taken = new Stretches(text.length);
  for (const number of findDocumentNumbers(text)) {
    const [letters = '', year = '', serial = ''] = number.key.split('|');
    taken.take(number.start, number.end);
    found.push({
      kind: 'documentNumber',
      ...reading.span(number.start, number.end, 'NUMBER'),
      scheme: 'cn',
      key: number.key,
      letters,
      ...(year !== '' && { year: Number(year) }),
      serial,
      isOwn: number.key === own || LABELLED.test(text.slice(Math.max(0, number.start - 10), number.start)),
    });
  }
  for (const match of reading.matches(BRACKETED)) {
    const { letters: words = '', year = '', serial = '' } = match.groups ?? {};
    const letters = words.replace(LEAD, '');
    const start = match.index + words.length - letters.length;
    const end = match.index + match[0].length;
    if (!taken.take(start, end)) continue;
    const key = `${letters}|${year}|${serial}`;
    found.push({
      kind: 'documentNumber',
      ...reading.span(start, end, 'BRACKETED'),
      scheme: 'cn',
      key,
      letters,
      year: Number(year),
      serial,
      isOwn: key === own,
    });
  }
  for (const [scheme, letters, register] of REGISTERS)
    for (const match of reading.matches(register)) {
      const end = match.index + match[0].length;
      if (!taken.take(match.index, end)) continue;
      const { of: lastYear = '', former = '' } = match.groups ?? {};
      // Regulation (EC) No 1907/2006: before 2015 the year stood behind the number.
      const { year = lastYear, serial = former, letters: printed = letters } = match.groups ?? {};
      found.push({
        kind: 'documentNumber',
        ...reading.span(match.index, end, scheme.toUpperCase()),
        scheme,
        key: `${printed}|${year}|${serial}`,
        letters: printed,
        ...(/^\d{4}$/.test(year) && { year: Number(year) }),
        serial,
        isOwn: false,
      });
    }
  for (const { start, end } of found) reading.cover(start, end);
  return found.sort((left, right) => left.start - right.start);
}
