import { readdir, readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Edition, Sentence } from '../model/edition.ts';
import { sha256 } from '../text/hash.ts';
import { parseHtml } from '../text/html.ts';
import { type ArchivedEdition, editionFolder, readArchived, readEdition } from './archive.ts';
import { sentencesOf } from './check-edition.ts';
import { keptFile } from './document-view.ts';
import { type ChainLink, MANIFEST_FILE } from './manifest.ts';

/** What of an edition was held against what. */
export type CheckName = 'files' | 'chain' | 'sentences' | 'record' | 'words' | 'rebuild';

/** The outcome of one check. */
export interface Check {
  readonly name: CheckName;
  /** `skipped`: what it would be held against is not here; `detail` says what. */
  readonly state: 'ok' | 'fault' | 'skipped';
  /** How many things were looked at. */
  readonly checked: number;
  readonly faults: readonly string[];
  readonly detail: string;
}

/** A check that ran. */
export function checkOf(name: CheckName, checked: number, faults: readonly string[], detail = ''): Check {
  return { name, state: faults.length === 0 ? 'ok' : 'fault', checked, faults, detail };
}

/** A check that could not run. */
export function skipped(name: CheckName, detail: string): Check {
  return { name, state: 'skipped', checked: 0, faults: [], detail };
}

/** Every file of the manifest is there with its size and hash, and nothing else is. */
export async function checkFiles(archiveDir: string, { folder, manifest }: ArchivedEdition): Promise<Check> {
  const faults: string[] = [];
  for (const { path, bytes, sha256: hash } of manifest.files) {
    const content = await readFile(join(archiveDir, folder, path)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    });
    if (content === undefined) faults.push(`${path}: missing`);
    else if (content.length !== bytes) faults.push(`${path}: ${content.length} bytes instead of ${bytes}`);
    else if (sha256(content) !== hash) faults.push(`${path}: other bytes than were published`);
  }
  const listed = new Set([MANIFEST_FILE, ...manifest.files.map(({ path }) => path)]);
  for (const path of await filesIn(join(archiveDir, folder)))
    if (!listed.has(path)) faults.push(`${path}: not in the manifest`);
  return checkOf('files', manifest.files.length, faults);
}

/** Its links lead to manifests with the hashes they name, and it lies where its own facts put it. */
export function checkChain(
  { folder, manifest }: ArchivedEdition,
  byFolder: ReadonlyMap<string, ArchivedEdition>,
): Check {
  const { digestId, revision } = manifest.edition;
  const place = editionFolder(manifest.edition);
  const faults = folder === place ? [] : [`it lies in ${folder}, its manifest says ${place}`];
  const links = [manifest.previous, manifest.revises].filter((link) => link !== null);
  for (const link of links) faults.push(...linkFaults(link, byFolder.get(`${digestId}/${link.folder}`)));
  if (revision > 1 && manifest.revises === null) faults.push('it is a revision of nothing');
  return checkOf('chain', links.length, faults);
}

/** Every sentence stands in the kept text beside it, at the place its link leads to. */
export async function checkSentences(archiveDir: string, archived: ArchivedEdition): Promise<Check> {
  const edition = await readEdition(archiveDir, archived);
  if (edition === undefined) return checkOf('sentences', 0, ['edition.json: missing or broken']);
  const faults: string[] = [];
  for (const [documentId, sentences] of byDocument(edition)) {
    const path = keptFile(documentId);
    const html = await readArchived(archiveDir, archived, path);
    if (html === undefined) faults.push(`${path}: missing, ${sentences.length} sentences have no evidence`);
    else
      faults.push(...sentences.filter((one) => !standsIn(html, one)).map((one) => `${path}: ${nameOf(one)}`));
  }
  return checkOf('sentences', sentencesOf(edition).length, faults);
}

/** The quoted sentences of an edition by document. */
export function byDocument(edition: Edition): Map<Sentence['documentId'], Sentence[]> {
  return Map.groupBy(sentencesOf(edition), ({ documentId }) => documentId);
}

/** A sentence in a fault: where it should stand and how it begins. */
export function nameOf({ text, start, end }: Sentence): string {
  return `"${text.slice(0, 30)}" does not stand at ${start}–${end}`;
}

function standsIn(html: string, { text, start }: Sentence): boolean {
  const mark = `id="s-${start}"`;
  const at = html.indexOf(mark);
  if (at < 0) return false;
  const rest = html.slice(html.indexOf('>', at) + 1);
  return bare(parseHtml(`<body>${rest}`)('body').text()).startsWith(bare(text));
}

/** Lines are elements in a kept page, so white space is not compared. */
function bare(text: string): string {
  return text.replaceAll(/\s/g, '');
}

function linkFaults({ folder, manifestHash }: ChainLink, target: ArchivedEdition | undefined): string[] {
  if (target === undefined) return [`${folder}: the edition it follows is not there`];
  if (target.manifestHash === manifestHash) return [];
  return [`${folder}: its manifest is not the one this edition follows`];
}

async function filesIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder, { recursive: true })).sort();
  const files: string[] = [];
  for (const name of names)
    if ((await stat(join(folder, name))).isFile()) files.push(name.split(sep).join('/'));
  return files;
}
