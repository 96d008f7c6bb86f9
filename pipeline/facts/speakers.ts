import type { SpeakerFact } from '../../model/facts.ts';
import type { NameWords } from '../../model/vocabulary.ts';
import { form } from '../../text/forms.ts';
import { introducedNameAt, nameAt, WORDS_NOT_NAMES } from './names.ts';
import { attributionBefore, findPeople, type PersonMention } from './people.ts';
import type { Reading } from './reading.ts';
import { ANY_VERB_BEHIND_NAME, type SpeechVerb, speechVerbs } from './speech-verbs.ts';
import { wordsOf } from './words.ts';

/** From the subject to the verb: 在开幕式上, 向记者, 还, 进一步. No clause mark may stand between but after 在…中. */
const ADVERBIAL =
  /^(?:教授|研究员|院士|博士|先生|女士|老师)?(?:[（(][^（()）]{1,30}[）)])?(?:\d{1,2}(?:月\d{1,2})?日(?:上午|下午|晚间?)?|近日|日前|此前|昨[天日]|今[天日])?(?:(?:在|向|对|就|于|从|针对|接受|通过|面对|谈及|谈到)[^。；！？\n“”]{0,24}|[^，。；！？、\n“”（）的]{0,6}|[^，。；！？、\n“”（）]{0,8}[着地][^，。；！？、\n“”（）]{0,8})$/u;
/** Words for people in general: with 一位 or a place before them they are somebody. */
const EVERYBODY =
  /^(?:人士|高管|从业者|从业人员|交易员|研究人员|科研人员|技术人员|办案人员|执法人员|工人|村民|居民|店主|商户|家长|司机|医生|教师|学生|员工|民警|母亲|父亲|妻子|丈夫|家属)$/u;
const CLAUSE_START = /[，。；：！？!?\n”“‘’"]/u;

/** Everybody whose statement the text reports, each person once, with the fullest attribution. */
export function findSpeakers(reading: Reading): readonly SpeakerFact[] {
  const words = reading.context.vocabulary.lexicon.names;
  const people = findPeople(reading);
  const named = new Map<string, PersonMention[]>();
  for (const person of people) {
    named.set(person.name, [...(named.get(person.name) ?? []), person]);
    // 茉莉·西尔斯 is 茉莉 from then on.
    const first = /^(.{2,})[·•]/u.exec(person.name)?.[1];
    if (first !== undefined && !named.has(first)) named.set(first, [person]);
  }
  const speakers = new Map<string, SpeakerFact>();
  for (const verb of speechVerbs(reading, words)) {
    const subject = subjectOf(reading, verb, named, words);
    if (subject === undefined) continue;
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
  for (const answer of interviewed(reading, words))
    if (answer.name !== undefined && !speakers.has(answer.name)) speakers.set(answer.name, answer);
  for (const [name, mentions] of named) {
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

function lengthOf({ start, end }: { readonly start: number; readonly end: number }): number {
  return end - start;
}

const LONGEST_GAP = 30;
const AGAIN = /^(?:该|这位|这名|上述|前述)/u;
/** A pronoun farther from a name means somebody else. */
const LONGEST_REFERENCE = 240;

function subjectOf(
  reading: Reading,
  { at, word }: SpeechVerb,
  named: ReadonlyMap<string, readonly PersonMention[]>,
  words: NameWords,
): SpeakerFact | undefined {
  const { text } = reading;
  const isWeak = ANY_VERB_BEHIND_NAME.test(word);
  // The nearest known name before the verb, in the same sentence or clause.
  for (let from = at - 2; from >= Math.max(0, at - LONGEST_GAP); from -= 1) {
    if (/[。；！？\n”]/u.test(text.charAt(from))) break;
    const name = [...named.keys()].find((candidate) => text.startsWith(candidate, from));
    if (name === undefined || from + name.length > at) continue;
    const gap = text.slice(from + name.length, at);
    if (!ADVERBIAL.test(gap) || (isWeak && gap.length > 4)) continue;
    const mention = named.get(name)?.find((candidate) => candidate.nameStart === from);
    if (mention !== undefined) return speakerOf(reading, mention);
    const full = named.get(name)?.[0];
    if (full !== undefined && full.name !== name) return speakerOf(reading, full);
    return { kind: 'speaker', ...reading.span(from, from + name.length, 'NAME'), name, roles: [] };
  }
  if (isWeak) return undefined;
  return unnamedSubject(reading, at, words) ?? bareName(reading, at, words) ?? referent(reading, at, named);
}

/** 她指出: the person named last. */
function referent(
  reading: Reading,
  at: number,
  named: ReadonlyMap<string, readonly PersonMention[]>,
): SpeakerFact | undefined {
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
  if (before !== '' && !CLAUSE_START.test(before)) return undefined;
  const pronoun = at - clause.length + place;
  const last = [...named.values()]
    .flat()
    .filter(({ nameStart }) => nameStart < pronoun && pronoun - nameStart <= LONGEST_REFERENCE)
    .filter(({ end }) => !text.slice(end, pronoun).includes('\n'))
    .reduce<PersonMention | undefined>(
      (latest, mention) => (latest === undefined || mention.nameStart > latest.nameStart ? mention : latest),
      undefined,
    );
  return last === undefined ? undefined : speakerOf(reading, last);
}

/** 科技部火炬中心相关负责人透露, 多位业内人士表示, 一位自称业主的男子…表示. */
function unnamedSubject(reading: Reading, at: number, words: NameWords): SpeakerFact | undefined {
  const { text } = reading;
  const unnamed = wordsOf(words.unnamed);
  const roles = wordsOf(words.roles);
  for (let end = at; end >= Math.max(2, at - LONGEST_GAP); end -= 1) {
    if (/[。；！？\n”]/u.test(text.charAt(end))) break;
    const role = unnamed.endingAt(text, end) ?? roles.endingAt(text, end);
    // 专家组 and 专家库 are bodies.
    if (
      role === undefined ||
      /^(?:[组库委会]|人(?!士))/u.test(text.slice(end, end + 1)) ||
      !ADVERBIAL.test(text.slice(end, at))
    )
      continue;
    let start = end - role.length;
    while (start > 0 && end - start < 40 && !CLAUSE_START.test(text.charAt(start - 1))) start -= 1;
    const before = text.slice(start, end - role.length);
    // 向投资者披露: they are told and do not tell.
    if (/[向对给][\u4e00-\u9fa5]{0,4}$/u.test(before)) continue;
    const lead =
      /^(?:对此|据|而|但|也?有|同时|此外|前述|上述|近日|日前|随后|\d{1,2}日)*/u.exec(before)?.[0].length ?? 0;
    const organisation =
      attributionBefore(text, end, words).organisations.at(-1) ??
      before.slice(lead).replace(/(?:的|一位|多位|有|位|名|一名|多名|该|某)+$/u, '');
    const clean = organisation
      .replace(/^(?:前述|上述|有|一位|多位|一名|多名|该|某|据|也|来自)+/u, '')
      .replace(/(?:的|一位|多位|一名)$/u, '');
    // 工人, 院长 alone name no role of somebody: who, or whose?
    if (unnamed.endingAt(text, end) === undefined && clean.length < 2) return undefined;
    if (EVERYBODY.test(role) && before.slice(lead).length < 2) return undefined;
    return {
      kind: 'speaker',
      ...reading.span(start + lead, end, 'UNNAMED'),
      ...(clean.length >= 2 && !/自称/u.test(clean) && { organisation: clean }),
      roles: [role],
    };
  }
  return undefined;
}

/** 随后董某表示: the clause begins with a word of time or manner. */
function isLed(text: string, at: number): boolean {
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
    if (/[。；！？\n”]/u.test(text.charAt(from))) break;
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
    if (name.length === 2 && !isKnown && titles === '') continue;
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
