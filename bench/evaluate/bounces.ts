import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { judgeMessage } from '../../mail/bounces/judge-message.ts';
import type { BounceWords, ReturnedMail } from '../../model/bounce.ts';
import { type Evaluation, share } from './corpus.ts';
import { projectVocabulary } from './vocabulary.ts';

/** One line of `expected.jsonl`: what a message says of each address it names. */
interface ExpectedMessage {
  readonly file: string;
  readonly rfc3464: boolean;
  readonly expected: readonly {
    readonly status: string;
    readonly reason: string;
    readonly hard: boolean;
  }[];
}

/**
 * Returned mail: a message is judged as expected when it is told from other mail and as many addresses are given up as
 * the set's `hard` says, not one more or less. Where its own status code plainly says otherwise (RFC 3463: 5.1.1, hard
 * false), the set asks to go by the code: `byCode` counts these as right too. `nonBouncesLeftAlone` is about answers of
 * people who are away and the folder `not-a-bounce`.
 */
export async function evaluateBounces(dir: string): Promise<Evaluation> {
  const words = (await projectVocabulary()).bounces;
  if (words === undefined) throw new Error('vocabulary/bounces.yml is missing');
  const lines = (await readFile(join(dir, 'expected.jsonl'), 'utf8')).trim().split('\n');
  // The corpus is not ours to check: another shape fails at the first use.
  const rows = lines.map((line) => JSON.parse(line) as ExpectedMessage);
  const results: Result[] = [];
  for (const row of rows) results.push(await judge(dir, row, words));
  const others = await judgeOthers(join(dir, 'not-a-bounce'), words);
  const count = (kind: (result: Result) => boolean) => results.filter(kind);
  const standard = count(({ row }) => row.rfc3464);
  const returned = count(({ row }) => !isOther(row));
  const away = count(({ row }) => isOther(row));
  const hard = results.reduce((sum, { row }) => sum + hardIn(row), 0);
  const wrongly = results.reduce(
    (sum, { row, judged }) => sum + Math.max(0, givenUp(judged) - hardIn(row)),
    0,
  );
  const leftAlone =
    away.filter(({ isRight }) => isRight).length + others.filter(({ isRight }) => isRight).length;
  return {
    set: 'bounces',
    n: rows.length,
    figures: {
      judged: share(count(({ isRight }) => isRight).length, results.length),
      judgedByCode: share(results.filter(isRightByCode).length, results.length),
      rfc3464ByCode: share(standard.filter(isRightByCode).length, standard.length),
      rfc3464Judged: share(standard.filter(({ isRight }) => isRight).length, standard.length),
      otherJudged: share(
        returned.filter(({ row, isRight }) => !row.rfc3464 && isRight).length,
        returned.filter(({ row }) => !row.rfc3464).length,
      ),
      recognised: share(returned.filter(({ judged }) => isReturned(judged)).length, returned.length),
      nonBouncesLeftAlone: share(leftAlone, away.length + others.length),
      hardExpected: hard,
      wronglyGivenUp: wrongly,
    },
    notes: [
      ...results.filter(({ isRight }) => !isRight).map(noteOf),
      ...others
        .filter(({ isRight }) => !isRight)
        .map(({ file, judged }) => `${file}: judged ${told(judged)}`),
    ],
  };
}

interface Result {
  readonly row: ExpectedMessage;
  readonly judged: ReturnedMail;
  readonly isRight: boolean;
}

async function judge(dir: string, row: ExpectedMessage, words: BounceWords): Promise<Result> {
  const judged = await judgeMessage(await readFile(join(dir, row.file)), words);
  const isRight = isOther(row) ? !isReturned(judged) : isReturned(judged) && givenUp(judged) === hardIn(row);
  return { row, judged, isRight };
}

async function judgeOthers(folder: string, words: BounceWords) {
  const files = (await readdir(folder).catch(() => [])).sort(); // a set may have no such folder
  const results: { file: string; judged: ReturnedMail; isRight: boolean }[] = [];
  for (const file of files) {
    const judged = await judgeMessage(await readFile(join(folder, file)), words);
    results.push({ file, judged, isRight: !isReturned(judged) });
  }
  return results;
}

/** Codes of an address that is not there or switched off, and those of a refusal or of a mailbox in trouble. */
const GONE_CODE = /^5\.(?:1\.(?:1|2|3|6|10)|2\.1)$/;
const KEPT_CODE = /^(?:4\.|5\.(?:2\.[2-4]|6\.|7\.))/;

function isRightByCode({ row, judged, isRight }: Result): boolean {
  const [only, ...more] = row.expected;
  if (isRight || only === undefined || more.length > 0 || !isReturned(judged)) return isRight;
  const isGone = givenUp(judged) > 0;
  return isGone ? GONE_CODE.test(only.status) : KEPT_CODE.test(only.status);
}

function isOther(row: ExpectedMessage): boolean {
  return row.expected.every(({ reason }) => reason === 'vacation' || reason === 'feedback');
}

function isReturned(judged: ReturnedMail): boolean {
  return judged.kind === 'bounce' || judged.kind === 'delayed';
}

function givenUp(judged: ReturnedMail): number {
  return judged.kind === 'bounce' ? judged.failures.filter(({ verdict }) => verdict === 'gone').length : 0;
}

function hardIn(row: ExpectedMessage): number {
  return row.expected.filter(({ hard }) => hard).length;
}

function noteOf({ row, judged }: Result): string {
  const wanted = row.expected.map(
    ({ status, reason, hard }) => `${status} ${reason} ${hard ? 'hard' : 'soft'}`,
  );
  return `${row.file}${row.rfc3464 ? ' (RFC 3464)' : ''}: expected ${wanted.join('; ')}, judged ${told(judged)}`;
}

function told(judged: ReturnedMail): string {
  if (judged.kind !== 'bounce') return judged.kind;
  return judged.failures
    .map(
      ({ status, reason, verdict, said }) =>
        `${status ?? '–'} ${reason ?? '–'} ${verdict} “${said.slice(0, 160)}”`,
    )
    .join('; ');
}
