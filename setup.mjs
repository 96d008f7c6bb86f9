// Brings a fresh clone to the point where everything runs: packages and a Chromium. Runs before demo, digest, start
// and test, on Node 18 or newer and without packages; says in one line what it did, and nothing when all is in place.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A fault with words for the person at the keyboard. */
class SetupError extends Error {}

const root = dirname(fileURLToPath(import.meta.url));
const stampFile = join(root, 'node_modules', '.policy-digest-setup.json');
const node24 = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

try {
  const stamp = readJson(stampFile) ?? {};
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const wanted = `${lock} ${process.platform}-${process.arch}`;
  if (stamp.installed !== wanted) {
    if (!isInstalledAlready()) await install();
    delete stamp.chromium;
  }
  const chromium = stamp.chromium && existsSync(stamp.chromium) ? stamp.chromium : await prepareChromium();
  if (stamp.installed !== wanted || stamp.chromium !== chromium) {
    writeFileSync(stampFile, `${JSON.stringify({ installed: wanted, chromium })}\n`);
  }
} catch (error) {
  say(error instanceof SetupError ? error.message : `SETUP_FAILED: ${error?.stack ?? error}`);
  process.exit(1);
}

/** Somebody ran `npm ci` or `npm install` by hand: every package of the lock file is there in its version. */
function isInstalledAlready() {
  const wanted = readJson(join(root, 'package-lock.json'))?.packages;
  const found = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages;
  if (!wanted || !found || !existsSync(node24)) return false;
  return Object.entries(wanted).every(
    ([name, entry]) => name === '' || entry.optional || found[name]?.version === entry.version,
  );
}

async function install() {
  assertWritable(root);
  const started = Date.now();
  say('setup: installing packages (the database driver may be compiled; this can take some minutes)');
  // npm itself must not run on the Node inside node_modules, which it is about to replace.
  const npm = process.env.npm_execpath;
  const options = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const node = process.env.npm_node_execpath ?? process.execPath;
  const result = npm?.endsWith('js') ? await run(node, [npm, ...options]) : await run('npm', options);
  if (result.status !== 0) throw new SetupError(explainInstall(result));
  const count = Object.keys(
    readJson(join(root, 'node_modules', '.package-lock.json'))?.packages ?? {},
  ).length;
  say(`setup: installed ${count} packages in ${seconds(started)} s`);
}

function explainInstall({ output }) {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && line.trim() !== 'npm error');
  // npm says what is wrong first and explains itself afterwards; a compiler the other way round.
  const tail = lines.slice(-12).join('\n');
  const head = lines.slice(0, 12).join('\n');
  if (
    /gyp ERR!|node-gyp|not found: make|find Python|No such file or directory: '(?:make|g\+\+)'/i.test(output)
  ) {
    if (/\s/.test(root))
      return `SETUP_PATH_SPACE: the database driver (sqlite3) had no ready-made build for this machine, and the tools that compile it cannot work below ${root}, which has a space in its name. Move the project to a folder without one, then run the same command again.\n${tail}`;
    return (
      'SETUP_NO_COMPILER: the database driver (sqlite3) had no ready-made build for this machine and could not be compiled.\n' +
      '  Install a C++ compiler, make and Python 3, then run the same command again:\n' +
      '  Debian/Ubuntu: apt-get install build-essential python3 · Fedora: dnf install gcc-c++ make python3\n' +
      `  macOS: xcode-select --install · Windows: Visual Studio Build Tools with "Desktop development with C++"\n${tail}`
    );
  }
  if (/EACCES|EROFS|EPERM|read-only file system/i.test(output)) {
    return `SETUP_READ_ONLY: packages could not be written below ${root}. Give yourself write access to it, or clone into a folder of your own.\n${tail}`;
  }
  if (/ENOSPC/i.test(output))
    return `SETUP_DISK_FULL: about 1.5 GB of free space is needed below ${root}.\n${tail}`;
  if (
    /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|E40[13]|network|SELF_SIGNED|unable to get local issuer/i.test(
      output,
    )
  ) {
    return `SETUP_DOWNLOAD_REFUSED: the package registry could not be reached or refused. Check the network, the proxy (HTTPS_PROXY) and \`npm config get registry\`, then run the same command again.\n${tail}`;
  }
  return `SETUP_FAILED: npm ci ended with an error:\n${head}`;
}

async function prepareChromium() {
  const first = await findChromium();
  if (first.path) {
    if (first.isNew) say(`setup: Chromium ready (${first.origin})`);
    return first.path;
  }
  say('setup: no Chromium found, downloading one');
  const download = await run(
    node24,
    [
      join(root, 'node_modules', 'puppeteer', 'lib', 'puppeteer', 'node', 'cli.js'),
      'browsers',
      'install',
      'chrome',
    ],
    {
      PUPPETEER_SKIP_DOWNLOAD: 'false',
    },
  );
  const second = download.status === 0 ? await findChromium() : {};
  if (second.path) {
    say(`setup: Chromium ready (${second.origin})`);
    return second.path;
  }
  throw new SetupError(
    'SETUP_NO_CHROMIUM: PDFs need a Chromium; none was found and none could be downloaded.\n' +
      '  Install Google Chrome or Chromium, or set CHROMIUM_PATH to its program, then run the same command again.\n' +
      `  ${first.detail ?? ''}\n${download.output.trim().split('\n').slice(-3).join('\n')}`,
  );
}

/** Asks the program itself, so that there is one rule for where a Chromium is. */
async function findChromium() {
  const result = await run(node24, [join(root, 'cli', 'find-chromium.ts')]);
  try {
    return JSON.parse(result.stdout.trim().split('\n').at(-1));
  } catch {
    // Not JSON: the helper itself broke; its words are the explanation.
    return { detail: result.output.trim() };
  }
}

function run(command, args, env = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    let stdout = '';
    child.stdout.on('data', (part) => {
      output += part;
      stdout += part;
    });
    child.stderr.on('data', (part) => {
      output += part;
    });
    child.on('error', (error) => done({ status: 1, output: `${output}${error.message}`, stdout }));
    child.on('close', (status) => done({ status, output, stdout }));
  });
}

function assertWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
  } catch (error) {
    throw new SetupError(
      `SETUP_READ_ONLY: packages cannot be written below ${folder} (${error.code}). Give yourself write access to it, or clone into a folder of your own.`,
    );
  }
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // absent or half-written: treated as "nothing installed yet"
  }
}

function seconds(since) {
  return Math.round((Date.now() - since) / 1000);
}

function say(line) {
  process.stderr.write(`${line}\n`);
}
