import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Fault } from '../model/errors.ts';

/** One YAML file: its plain value, and where each key stands. */
export interface YamlFile {
  /** As people see it, relative to the folder above the catalogue folder: `sources/cn/cn-most-tztg.yml`. */
  readonly file: string;
  readonly value: unknown;
  /** `sources/cn/x.yml:12`, the line of a key or of the nearest key around it. */
  at(path: readonly PropertyKey[]): string;
}

/** Files read, or what is wrong with them. */
export interface YamlFiles {
  readonly files: readonly YamlFile[];
  readonly faults: readonly Fault[];
}

/** Every `.yml` file below `dir`, in order of names; a folder that is not there is a fault, an empty one is not. */
export async function readYamlFiles(dir: string): Promise<YamlFiles> {
  const found = await yamlPaths(dir);
  if ('fault' in found) return { files: [], faults: [found.fault] };
  const files: YamlFile[] = [];
  const faults: Fault[] = [];
  for (const path of found.paths) {
    const name = join(dir.replace(/\/+$/, '').split('/').at(-1) ?? '', relative(dir, path));
    const parsed = parseYaml(name, await readFile(path, 'utf8'));
    if ('faults' in parsed) faults.push(...parsed.faults);
    else files.push(parsed);
  }
  return { files, faults };
}

/** Parses YAML 1.2 without custom tags; a key written twice is a fault. */
export function parseYaml(file: string, text: string): YamlFile | { readonly faults: readonly Fault[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    schema: 'core',
    strict: true,
    uniqueKeys: true,
  });
  const problems = [...document.errors, ...document.warnings];
  if (problems.length > 0) {
    const faults = problems.map((problem) => ({
      file: `${file}:${lines.linePos(problem.pos[0]).line}`,
      key: '(file)',
      reason: problem.message.split('\n')[0] ?? problem.code,
    }));
    return { faults };
  }
  return {
    file,
    // Aliases could blow a small file up to gigabytes.
    value: document.toJS({ maxAliasCount: 50 }) as unknown,
    at(path) {
      for (let length = path.length; length > 0; length -= 1) {
        const node = document.getIn(path.slice(0, length), true);
        if (isNode(node) && node.range) return `${file}:${lines.linePos(node.range[0]).line}`;
      }
      return file;
    },
  };
}

/** Holds a value against a schema; every fault with its line, its key path and what to do. */
export function check<Output>(
  file: YamlFile,
  value: unknown,
  schema: z.ZodType<Output>,
): { readonly value: Output } | { readonly faults: readonly Fault[] } {
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data };
  const faults = result.error.issues.flatMap((issue) => {
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [undefined];
    return unknown.map((key) => {
      const path = key === undefined ? issue.path : [...issue.path, key];
      const reason = key === undefined ? issue.message : 'is not a known key';
      return { file: file.at(path), key: path.map(String).join('.') || '(file)', reason };
    });
  });
  return { faults };
}

/** What else the system says of a folder is no fault of a setting, and is thrown. */
const FOLDER_FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'is not there; make it, or correct the setting that names it',
  ENOTDIR: 'is no folder; correct the setting that names it',
  EACCES: 'may not be read; give the program the right to',
};

async function yamlPaths(
  dir: string,
): Promise<{ readonly paths: readonly string[] } | { readonly fault: Fault }> {
  try {
    const entries = await readdir(dir, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    return { paths };
  } catch (error) {
    const reason = FOLDER_FAULTS[(error as NodeJS.ErrnoException).code ?? ''];
    if (reason === undefined) throw error;
    return { fault: { file: dir, key: '(folder)', reason } };
  }
}
