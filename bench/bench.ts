import { benchClicks } from './clicks.ts';
import { benchCollect } from './collect.ts';
import { benchEdition } from './edition.ts';
import { benchKills } from './kills.ts';
import { benchMail } from './mail.ts';

// `npm run bench -- <what> [options]` measures the program against a web that is served on loopback. Ends with 1 when a
// promise is not kept.

/** What can be measured. To add one: its file and its line here. Each gives the promises that were broken. */
const BENCHES: Readonly<Record<string, (args: readonly string[]) => Promise<readonly string[]>>> = {
  clicks: benchClicks,
  collect: benchCollect,
  edition: benchEdition,
  kills: benchKills,
  mail: benchMail,
};

const [what = '', ...args] = process.argv.slice(2);
const bench = BENCHES[what];
if (bench === undefined) {
  console.error(`usage: npm run bench -- <what> [options]\nwhat:  ${Object.keys(BENCHES).join(', ')}`);
  process.exitCode = 2;
} else {
  const broken = await bench(args);
  for (const line of broken) console.error(`NOT KEPT: ${line}`);
  process.exitCode = broken.length === 0 ? 0 : 1;
}
