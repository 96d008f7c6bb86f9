// Asked by setup.mjs, which cannot import TypeScript: prints where the Chromium is, as one line of JSON.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadConfig, readEnvironment } from '../config.ts';
import { AppError } from '../model/errors.ts';
import { findChromium } from '../net/chromium.ts';

const baseDir = path.resolve(import.meta.dirname, '..');
const cacheFolder = path.join(baseDir, '.cache', 'chromium');
const isNew = !existsSync(cacheFolder);

try {
  const { chromiumPath } = loadConfig(readEnvironment(baseDir), baseDir);
  const { executablePath, origin } = await findChromium({ setting: chromiumPath, cacheFolder });
  console.log(JSON.stringify({ path: executablePath, origin, isNew: isNew && origin === 'bundled' }));
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  console.log(JSON.stringify({ detail: error.message }));
}
