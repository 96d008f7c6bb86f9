import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Evaluation } from './evaluate/corpus.ts';
import { EVALUATORS } from './evaluate/index.ts';

// `npm run evaluate -- <what> [dir] [--json]` measures one thing; `--floors` measures every set that is present and
// fails when a figure falls below bench/floors.json. The sets lie in CORPUS_DIR, which is no part of this project.

/**
 * Per evaluation and folder (`recorded`, `extraction zh-govcn`): the least each figure may be; under a name that ends in
 * `Max`, the most.
 */
type Floors = Readonly<Record<string, Readonly<Record<string, number>>>>;

const USAGE = `usage: npm run evaluate -- <what> [dir] [--json]
       npm run evaluate -- --floors
what:  ${Object.keys(EVALUATORS).sort().join(', ')}
dir:   the set's folder; CORPUS_DIR/<what> when absent`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      floors: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) return say(USAGE, 0);
  if (values.floors === true) return checkFloors();
  const [what, dir = what === undefined ? undefined : setDir(what)] = positionals;
  const evaluator = what === undefined ? undefined : EVALUATORS[what];
  if (what === undefined || evaluator === undefined) return say(USAGE, 2);
  if (dir === undefined) return say(`say which folder, or set CORPUS_DIR\n${USAGE}`, 2);
  if (!existsSync(dir)) return say(`there is no ${dir}`, 2);
  const evaluation = await evaluator(dir);
  print(evaluation);
  if (values.json === true)
    console.log(JSON.stringify({ set: evaluation.set, n: evaluation.n, ...evaluation.figures }));
  return 0;
}

async function checkFloors(): Promise<number> {
  // Our own file, written by hand: its shape is tested.
  const floors = JSON.parse(await readFile(new URL('floors.json', import.meta.url), 'utf8')) as Floors;
  const failures: string[] = [];
  const absent: string[] = [];
  for (const [key, least] of Object.entries(floors)) {
    const [what = '', set = what] = key.split(' ');
    const evaluator = EVALUATORS[what];
    const dir = setDir(set);
    if (evaluator === undefined) failures.push(`${what}: there is no such evaluation`);
    else if (dir === undefined || !existsSync(dir)) absent.push(key);
    else failures.push(...broken(await measured(evaluator, dir), least));
  }
  if (absent.length > 0)
    console.error(
      `NOT MEASURED: ${absent.join(', ')} (${process.env.CORPUS_DIR === undefined ? 'CORPUS_DIR is not set' : 'absent from CORPUS_DIR'})`,
    );
  for (const failure of failures) console.error(`BELOW THE FLOOR: ${failure}`);
  return failures.length === 0 ? 0 : 1;
}

async function measured(evaluator: (dir: string) => Promise<Evaluation>, dir: string): Promise<Evaluation> {
  const evaluation = await evaluator(dir);
  print({ ...evaluation, notes: [] });
  return evaluation;
}

function broken(evaluation: Evaluation, least: Readonly<Record<string, number>>): string[] {
  return Object.entries(least).flatMap(([key, limit]) => {
    const name = key.replace(/Max$/, '');
    const value = evaluation.figures[name] ?? null;
    const holds = value !== null && (name === key ? value >= limit : value <= limit);
    return holds
      ? []
      : [`${evaluation.set}: ${name} is ${value}, ${name === key ? 'least' : 'most'} is ${limit}`];
  });
}

function print({ set, n, figures, notes }: Evaluation): void {
  for (const note of notes) console.log(note);
  const width = Math.max(...Object.keys(figures).map((name) => name.length), 1);
  console.log(`${set} (${n})`);
  for (const [name, value] of Object.entries(figures))
    console.log(`  ${name.padEnd(width)}  ${value ?? '–'}`);
}

function setDir(what: string): string | undefined {
  const corpus = process.env.CORPUS_DIR;
  return corpus === undefined || corpus === '' ? undefined : join(corpus, what);
}

function say(text: string, code: number): number {
  (code === 0 ? console.log : console.error)(text);
  return code;
}
