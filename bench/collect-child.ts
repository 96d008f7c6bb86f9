import { openApp } from '../app.ts';
import { silentLog } from '../cli/log.ts';
import { loadConfig } from '../config.ts';
import { collect } from '../jobs/collect.ts';

// The real program with nothing but the collect job, as a process of its own, so that its memory is its own. Settings
// come by the environment; the last line is what it measured.

const baseDir = new URL('..', import.meta.url).pathname;
const app = await openApp({
  config: loadConfig(process.env, baseDir),
  baseDir,
  log: silentLog,
  signal: new AbortController().signal,
});
const started = performance.now();
const { counts } = await app.run(collect, { which: 'all' });
const ms = performance.now() - started;
await app[Symbol.asyncDispose]();
console.log(JSON.stringify({ ms, peakMb: process.resourceUsage().maxRSS / 1024, counts }));
