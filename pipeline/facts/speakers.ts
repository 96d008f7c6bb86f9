import type { SpeakerFact } from '../../model/facts.ts';
import type { NameWords } from '../../model/vocabulary.ts';
import { form } from '../../text/forms.ts';
import { introducedNameAt, nameAt, nicknameAt, WORDS_NOT_NAMES } from './names.ts';
import { findPeople, type PersonMention } from './people.ts';
import type { Reading } from './reading.ts';
import { addressed, type Named, namedPeople, pointedAt, referent, speakerOf } from './referents.ts';
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

/** “…。”谈起当年，: what leads from a quotation to whoever has said it. */
const QUOTED_BEFORE = /[。！？…][”」](?:谈|说|提|聊|讲|回想|回忆|想|面对)[^，。！？\n“”]{1,18}，$/u;
/** Right before a person: a whole sentence of somebody's words has ended. */
const QUOTED = /[。！？…][”」]$/u;

/** “…。”某教授话锋一转，“…: the quotation goes on. */
const REOPENED = /^[^，。！？\n“”]{1,20}[，：]“/u;

/** Everybody whose statement the text reports, each person once, with the fullest attribution. */
export function findSpeakers(reading: Reading): readonly SpeakerFact[] {
  const words = reading.context.vocabulary.lexicon.names;
  const people = findPeople(reading);
  const named = namedPeople(people);
  const speakers = new Map<string, SpeakerFact>();
  for (const verb of speechVerbs(reading, words)) {
    const found = subjectOf(reading, verb, named, words);
    if (found === undefined) continue;
    const subject = pointedAt(reading, found, people) ?? found;
    // 该负责人: somebody who has spoken before.
    const isAgain =
      subject.name === undefined &&
      (AGAIN.test(subject.quote) || BEFORE_AGAIN.test(reading.text.slice(0, subject.start).slice(-2))) &&
      [...speakers.values()].some(({ roles }) =>
        roles.some((role) => role.endsWith(subject.roles.at(-1) ?? '')),
      );
    if (isAgain) continue;
    for (const companion of companionsOf(reading, subject, people))
      if (!speakers.has(companion.name)) speakers.set(companion.name, speakerOf(reading, companion));
    const key = subject.name ?? `${subject.organisation ?? ''}|${subject.roles.join()}`;
    const known = speakers.get(key);
    // The mention that speaks, with the fullest attribution.
    if (known === undefined || (subject.roles.length > 0 && lengthOf(subject) > lengthOf(known)))
      speakers.set(key, subject);
  }
  // “…。”董事长某某拿出一份合同: whoever acts right behind a quotation has said it.
  for (const person of people)
    if (!speakers.has(person.name) && isBehindQuotation(reading.text, person))
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

const ASKED = form(/^\s*(?:记者|问|主持人)[：:]/gmu, '记者 问 主持', '： :');
const ANSWER = form(/^\s*(?<name>[\u4e00-\u9fa5]{2,4})[：:](?=\S)/gmu, '： :');

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

/** 院长柯明远、书记罗静怡均表示: whoever is named along with a speaker. */
function companionsOf(
  { text }: Reading,
  { start, end, name }: SpeakerFact,
  people: readonly PersonMention[],
): readonly PersonMention[] {
  const companions: PersonMention[] = [];
  if (name === undefined) return companions;
  const joint = ALL.test(text.slice(end, end + 2)) ? JOINT_OF_ALL : JOINT;
  let from = start;
  for (;;) {
    const next = people.find(
      (person) =>
        person.end < from &&
        joint.test(text.slice(person.end, Math.min(from, person.end + 4))) &&
        from - person.end <= 2,
    );
    if (next === undefined) return companions;
    companions.push(next);
    from = next.start;
  }
}

function isBehindQuotation(text: string, { start, nameStart, end }: PersonMention): boolean {
  const before = text.slice(Math.max(0, start - 26), start);
  if (QUOTED_BEFORE.test(before)) return true;
  return QUOTED.test(before) && (start < nameStart || REOPENED.test(text.slice(end, end + 24)));
}

function lengthOf({ start, end }: { readonly start: number; readonly end: number }): number {
  return end - start;
}

/** Before the attribution: what follows did it, and said nothing. */
const BY = /(?<![自理缘])由(?!于)[^，。；\n]*$/u;
/** 在调度会上要求 */
const AT_EVENT = /^在[^，。；！？\n“”]{1,16}[上中时]$/u;
const AGAIN = /^(?:该|这位|这名|上述|前述)/u;
/** 与 also says whom somebody meets. */
const JOINT = /^(?:、|和|及|以及)$/u;
const JOINT_OF_ALL = /^(?:、|和|及|以及|与)$/u;
const ALL = /^[都均]|^一致|^共同/u;
const BEFORE_AGAIN = /[上前]述$/u;

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
    if (!ADVERBIAL.test(gap) || (isWeak && gap.length > 4 && !AT_EVENT.test(gap))) continue;
    const mention = byName.get(name)?.find((candidate) => candidate.nameStart === from);
    // 方案由…某某提出: a proposal, nothing said.
    if (isWeak && BY.test(text.slice(Math.max(0, from - 60), from))) continue;
    if (mention !== undefined) return speakerOf(reading, mention);
    const full = byName.get(name)?.[0];
    if (full !== undefined && full.name !== name) return speakerOf(reading, full);
    return { kind: 'speaker', ...reading.span(from, from + name.length, 'NAME'), name, roles: [] };
  }
  if (isWeak) return /[他她]$/u.test(text.slice(0, at).slice(-1)) ? referent(reading, at, named) : undefined;
  return (
    addressed(reading, at, named, words) ??
    unnamedSubject(reading, at, words) ??
    bareName(reading, at, words) ??
    referent(reading, at, named)
  );
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
    // 讲解员潘慧文, 海关关长聂世勋: a role that no list knows.
    const isOf = /[的员师匠长]/u.test(before);
    if (from > 0 && !CLAUSE_START.test(before) && !isOf && !isLed(text, from)) continue;
    const nickname = nicknameAt(text, from, words);
    const name = nickname ?? (isOf ? introducedNameAt : nameAt)(text, from, words);
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
    if (isSounded && titles === '' && !/[·•A-Z]/u.test(name) && nickname === undefined) continue;
    // 朱某也谈到: such a word stands behind a subject.
    const isSubject = /^[也则还亦]$/u.test(gap);
    if (name.length === 2 && nickname === undefined && !isKnown && titles === '' && !isSubject) continue;
    return {
      kind: 'speaker',
      ...reading.span(from, from + name.length + titles.length, 'BARE'),
      name,
      roles: titles === '' ? [] : [titles],
    };
  }
  return undefined;
}
