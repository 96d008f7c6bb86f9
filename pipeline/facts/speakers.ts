import type { SpeakerFact } from '../../model/facts.ts';
import type { NameWords } from '../../model/vocabulary.ts';
import { form } from '../../text/forms.ts';
import { introducedNameAt, nameAt, WORDS_NOT_NAMES } from './names.ts';
import { findPeople, type PersonMention } from './people.ts';
import type { Reading } from './reading.ts';
import {
  ADVERBIAL,
  ANY_VERB_BEHIND_NAME,
  CLAUSE_START,
  isStop,
  LONGEST_GAP,
  type SpeechVerb,
  speechVerbs,
} from './speech-verbs.ts';
import { unnamedSubject } from './unnamed-speakers.ts';
import { wordsOf } from './words.ts';

/** Right before a person: a whole sentence of somebody's words has ended. */
const QUOTED = /[。！？…][”」]$/u;

/** Everybody whose statement the text reports, each person once, with the fullest attribution. */
export function findSpeakers(reading: Reading): readonly SpeakerFact[] {
  const words = reading.context.vocabulary.lexicon.names;
  const people = findPeople(reading);
  const named = namedPeople(people);
  const speakers = new Map<string, SpeakerFact>();
  for (const verb of speechVerbs(reading, words)) {
    const found = subjectOf(reading, verb, named, words);
    if (found === undefined) continue;
    const subject = pointedAt(found, people, speakerOf.bind(undefined, reading)) ?? found;
    // 该负责人: somebody who has spoken before.
    const isAgain =
      subject.name === undefined &&
      AGAIN.test(subject.quote) &&
      [...speakers.values()].some(({ roles }) =>
        roles.some((role) => role.endsWith(subject.roles.at(-1) ?? '')),
      );
    if (isAgain) continue;
    const key = subject.name ?? `${subject.organisation ?? ''}|${subject.roles.join()}`;
    const known = speakers.get(key);
    // The mention that speaks, with the fullest attribution.
    if (known === undefined || (subject.roles.length > 0 && lengthOf(subject) > lengthOf(known)))
      speakers.set(key, subject);
  }
  // “…。”董事长某某拿出一份合同: whoever acts right behind a quotation has said it.
  for (const person of people)
    if (
      !speakers.has(person.name) &&
      person.start < person.nameStart &&
      QUOTED.test(reading.text.slice(Math.max(0, person.start - 2), person.start))
    )
      speakers.set(person.name, speakerOf(reading, person));
  for (const answer of interviewed(reading, words))
    if (answer.name !== undefined && !speakers.has(answer.name)) speakers.set(answer.name, answer);
  for (const [name, mentions] of named.byName) {
    const speaker = speakers.get(name);
    if (speaker === undefined || speaker.roles.length > 0) continue;
    const fullest = mentions.reduce((best, mention) => (lengthOf(mention) > lengthOf(best) ? mention : best));
    speakers.set(name, speakerOf(reading, fullest));
  }
  return [...speakers.values()].sort((left, right) => left.start - right.start);
}

/** Everybody whom the text introduces. */
interface Named {
  readonly byName: ReadonlyMap<string, readonly PersonMention[]>;
  /** The signs with which their names begin. */
  readonly firsts: ReadonlySet<string>;
}

function namedPeople(people: readonly PersonMention[]): Named {
  const byName = new Map<string, PersonMention[]>();
  for (const person of people) {
    byName.set(person.name, [...(byName.get(person.name) ?? []), person]);
    // 茉莉·西尔斯 is 茉莉 from then on.
    const first = /^(.{2,})[·•]/u.exec(person.name)?.[1];
    if (first !== undefined && !byName.has(first)) byName.set(first, [person]);
  }
  return { byName, firsts: new Set([...byName.keys()].map((name) => name.charAt(0))) };
}

const ASKED = form(/^\s*(?:记者|问|主持人)[：:]/gmu, '记者 问 主持', '： :');
const ANSWER = form(/^\s*(?<name>[\u4e00-\u9fa5]{2,4})[：:](?=\S)/gmu, '： :');

/** 这位船长 after 高级船长李某 is he. */
function pointedAt(
  subject: SpeakerFact,
  people: readonly PersonMention[],
  tell: (person: PersonMention) => SpeakerFact,
): SpeakerFact | undefined {
  if (subject.name !== undefined || !/^[这该]/u.test(subject.quote)) return undefined;
  const person = people.findLast(
    ({ start, roles }) =>
      start < subject.start && roles.some((role) => role.endsWith(subject.roles.at(-1) ?? ' ')),
  );
  return person === undefined ? undefined : tell(person);
}

/** 记者：…  李某某：…: whoever answers in an interview. */
function interviewed(reading: Reading, words: NameWords): readonly SpeakerFact[] {
  const { text } = reading;
  if (reading.matchesAsWritten(ASKED).length === 0) return [];
  return reading.matchesAsWritten(ANSWER).flatMap((match) => {
    const name = match.groups?.name ?? '';
    if (nameAt(text, match.index + match[0].indexOf(name), words) !== name) return [];
    const start = match.index + match[0].indexOf(name);
    return [
      { kind: 'speaker' as const, ...reading.span(start, start + name.length, 'ANSWER'), name, roles: [] },
    ];
  });
}

function lengthOf({ start, end }: { readonly start: number; readonly end: number }): number {
  return end - start;
}

/** Before the attribution: what follows did it, and said nothing. */
const BY = /(?<![自理缘])由(?!于)[^，。；\n]*$/u;
const AGAIN = /^(?:该|这位|这名|上述|前述)/u;
/** A pronoun farther from a name means somebody else. */
const LONGEST_REFERENCE = 240;

function subjectOf(
  reading: Reading,
  { at, word }: SpeechVerb,
  named: Named,
  words: NameWords,
): SpeakerFact | undefined {
  const { text } = reading;
  const { byName, firsts } = named;
  const isWeak = ANY_VERB_BEHIND_NAME.test(word);
  // The nearest known name before the verb, in the same sentence or clause.
  for (let from = at - 2; from >= Math.max(0, at - LONGEST_GAP); from -= 1) {
    if (isStop(text, from)) break;
    const name = firsts.has(text.charAt(from))
      ? [...byName.keys()].find((one) => text.startsWith(one, from))
      : undefined;
    if (name === undefined || from + name.length > at) continue;
    const behind = text.slice(from + name.length, at);
    // 林主席在会晤时指出: the title belongs to the name.
    const gap = behind.slice(wordsOf(words.titles).startingAt(behind, 0)?.length ?? 0);
    if (!ADVERBIAL.test(gap) || (isWeak && gap.length > 4)) continue;
    const mention = byName.get(name)?.find((candidate) => candidate.nameStart === from);
    // 方案由…某某提出: a proposal, nothing said.
    if (isWeak && BY.test(text.slice(Math.max(0, from - 60), from))) continue;
    if (mention !== undefined) return speakerOf(reading, mention);
    const full = byName.get(name)?.[0];
    if (full !== undefined && full.name !== name) return speakerOf(reading, full);
    return { kind: 'speaker', ...reading.span(from, from + name.length, 'NAME'), name, roles: [] };
  }
  if (isWeak) return undefined;
  return unnamedSubject(reading, at, words) ?? bareName(reading, at, words) ?? referent(reading, at, named);
}

/** 她指出: the person named last. */
function referent(reading: Reading, at: number, { byName }: Named): SpeakerFact | undefined {
  const { text } = reading;
  const from = Math.max(0, at - LONGEST_GAP);
  const clause =
    text
      .slice(from, at)
      .split(/[。；！？\n”]/u)
      .at(-1) ?? '';
  const place = Math.max(clause.lastIndexOf('他'), clause.lastIndexOf('她'));
  if (place < 0 || !ADVERBIAL.test(clause.slice(place + 1))) return undefined;
  const before = clause.charAt(place - 1);
  // 7月11日他说, 随后她表示.
  const isLed = /(?:\d日|[昨今当][天日]|随后|同时|此外|后来)$/u.test(clause.slice(0, place));
  if (before !== '' && !CLAUSE_START.test(before) && !isLed) return undefined;
  const pronoun = at - clause.length + place;
  const last = [...byName.values()]
    .flat()
    .filter(({ nameStart }) => nameStart < pronoun && pronoun - nameStart <= LONGEST_REFERENCE)
    .filter(({ end }) => !text.slice(end, pronoun).includes('\n'))
    .reduce<PersonMention | undefined>(
      (latest, mention) => (latest === undefined || mention.nameStart > latest.nameStart ? mention : latest),
      undefined,
    );
  return last === undefined ? undefined : speakerOf(reading, last);
}

/** What the words below end with. */
const LED_BY = /[后来终前时日天晚中悉此外过但是而人]/;

/** 随后董某表示: the clause begins with a word of time or manner. */
function isLed(text: string, at: number): boolean {
  if (!LED_BY.test(text.charAt(at - 1))) return false;
  const clause =
    text
      .slice(Math.max(0, at - 10), at)
      .split(CLAUSE_START)
      .at(-1) ?? '';
  return /^(?:随后|此后|事后|后来|最后|最终|此前|之后|同时|日前|近日|昨[天日]|今[天日]|当[天日晚]|其中|据悉|对此|此外|不过|但是?|而|艺人|\d{1,2}日|\d{1,2}月\d{1,2}日)+$/u.test(
    clause,
  );
}

/** A name nobody introduced, right before the verb and at the head of its clause. */
function bareName(reading: Reading, at: number, words: NameWords): SpeakerFact | undefined {
  const { text } = reading;
  for (let from = at - 2; from >= Math.max(0, at - LONGEST_GAP); from -= 1) {
    if (isStop(text, from)) break;
    const before = text.charAt(from - 1);
    const isOf = before === '的';
    if (from > 0 && !CLAUSE_START.test(before) && !isOf && !isLed(text, from)) continue;
    const name = nicknameAt(text, from) ?? (isOf ? introducedNameAt : nameAt)(text, from, words);
    // 井湾村的晏某某: two characters behind 的 are a word more often than a name.
    if (
      name === undefined ||
      (isOf && (name.length < 3 || !words.surnames.has(name.charAt(0)))) ||
      WORDS_NOT_NAMES.test(text.slice(from, from + 4)) ||
      reading.isCovered(from)
    )
      continue;
    const gap = text.slice(from + name.length, at);
    const titles = wordsOf(words.titles).startingAt(gap, 0) ?? '';
    if (gap.slice(titles.length) !== '' && !ADVERBIAL.test(gap)) continue;
    const isKnown = text.indexOf(name) !== text.lastIndexOf(name);
    // 特斯拉表示: sounds without role, title, dot and surname are a company more often.
    const isSounded = !words.surnames.has(name.charAt(0)) && !words.surnames.has(name.slice(0, 2));
    if (isSounded && titles === '' && !/[·•A-Z]/u.test(name) && nicknameAt(text, from) === undefined)
      continue;
    // 朱某也谈到: such a word stands behind a subject.
    const isSubject = /^[也则还亦]$/u.test(gap);
    if (name.length === 2 && !isKnown && titles === '' && !isSubject) continue;
    return {
      kind: 'speaker',
      ...reading.span(from, from + name.length + titles.length, 'BARE'),
      name,
      roles: titles === '' ? [] : [titles],
    };
  }
  return undefined;
}

/** 小丽（化名）. */
function nicknameAt(text: string, at: number): string | undefined {
  return /^([\u4e00-\u9fa5]{2,3})(?=[（(]化名)/u.exec(text.slice(at, at + 6))?.[1];
}

function speakerOf(reading: Reading, person: PersonMention): SpeakerFact {
  const organisation = [...new Set(person.organisations)].join('、');
  return {
    kind: 'speaker',
    ...reading.span(person.start, person.end, 'ROLE'),
    name: person.name,
    ...(organisation !== '' && { organisation }),
    roles: person.roles,
  };
}
