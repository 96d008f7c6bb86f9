import type { SpeakerFact } from '../../model/facts.ts';
import type { NameWords } from '../../model/vocabulary.ts';
import type { PersonMention } from './people.ts';
import type { Reading } from './reading.ts';
import { ADVERBIAL, CLAUSE_START, isStop, LONGEST_GAP } from './speech-verbs.ts';
import { wordsOf } from './words.ts';

/** How somebody known is called behind the surname. */
const ADDRESS = /^[总工董]$/u;
/** A pronoun farther from a name means somebody else. */
const LONGEST_REFERENCE = 240;

/** Everybody whom the text introduces. */
export interface Named {
  readonly byName: ReadonlyMap<string, readonly PersonMention[]>;
  /** The signs with which their names begin. */
  readonly firsts: ReadonlySet<string>;
}

export function namedPeople(people: readonly PersonMention[]): Named {
  const byName = new Map<string, PersonMention[]>();
  for (const person of people) {
    byName.set(person.name, [...(byName.get(person.name) ?? []), person]);
    // 茉莉·西尔斯 is 茉莉 from then on.
    const first = /^(.{2,})[·•]/u.exec(person.name)?.[1];
    if (first !== undefined && !byName.has(first)) byName.set(first, [person]);
  }
  return { byName, firsts: new Set([...byName.keys()].map((name) => name.charAt(0))) };
}

/** 柯教授, 罗总, 老罗: somebody named before, by the surname. */
export function addressed(
  reading: Reading,
  at: number,
  { byName, firsts }: Named,
  words: NameWords,
): SpeakerFact | undefined {
  const { text } = reading;
  for (let from = at - 2; from >= Math.max(0, at - LONGEST_GAP); from -= 1) {
    if (isStop(text, from)) return undefined;
    const before = text.charAt(from - 1);
    if (!firsts.has(text.charAt(from)) || !(before === '' || before === '老' || CLAUSE_START.test(before)))
      continue;
    const isOld = before === '老';
    const title = isOld
      ? ''
      : (wordsOf(words.titles).startingAt(text, from + 1) ?? ADDRESS.exec(text.charAt(from + 1))?.[0]);
    // 罗女士 is told of instead of a name.
    if (
      title === undefined ||
      /先生|女士/u.test(title) ||
      !ADVERBIAL.test(text.slice(from + 1 + title.length, at))
    )
      continue;
    const last = [...byName.values()]
      .flat()
      .findLast(({ name, nameStart }) => nameStart < from && name.startsWith(text.charAt(from)));
    if (last !== undefined) return speakerOf(reading, last);
  }
  return undefined;
}

/** 她指出: the person named last. */
export function referent(reading: Reading, at: number, { byName }: Named): SpeakerFact | undefined {
  const { text } = reading;
  const from = Math.max(0, at - LONGEST_GAP);
  const clause =
    text
      .slice(from, at)
      .split(/[。；！？\n”]/u)
      .at(-1) ?? '';
  const place = Math.max(
    clause.lastIndexOf('他'),
    clause.lastIndexOf('她'),
    clause.search(/(?<=^|，)其(?![中他实余])/u),
  );
  if (place < 0 || !ADVERBIAL.test(clause.slice(place + 1))) return undefined;
  const before = clause.charAt(place - 1);
  // 7月11日他说, 随后她表示.
  const isLed = /(?:\d日|[昨今当][天日]|随后|同时|此外|后来|因此|但|而|不过)$|^(?:在|据|正如|用)$/u.test(
    clause.slice(0, place),
  );
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

/** 这位船长 after 高级船长李某 is he. */
export function pointedAt(
  reading: Reading,
  subject: SpeakerFact,
  people: readonly PersonMention[],
): SpeakerFact | undefined {
  if (subject.name !== undefined || !/^[这该]/u.test(subject.quote)) return undefined;
  const person = people.findLast(
    ({ start, roles }) =>
      start < subject.start && roles.some((role) => role.endsWith(subject.roles.at(-1) ?? ' ')),
  );
  return person === undefined ? undefined : speakerOf(reading, person);
}

/** A person as somebody who speaks, with the attribution at the name. */
export function speakerOf(reading: Reading, person: PersonMention): SpeakerFact {
  const organisation = [...new Set(person.organisations)].join('、');
  return {
    kind: 'speaker',
    ...reading.span(person.start, person.end, 'ROLE'),
    name: person.name,
    ...(organisation !== '' && { organisation }),
    roles: person.roles,
  };
}
