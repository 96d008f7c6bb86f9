import { statSync } from 'node:fs';
import path from 'node:path';
import { errorText } from './model/errors.ts';
import { isEmailAddress } from './text/address.ts';

type Kind =
  | 'text'
  | 'address'
  | 'addresses'
  | 'sender'
  | 'url'
  | 'folder'
  | 'path'
  | 'number'
  | 'flag'
  | 'choice';

/** One setting: everything the program, its documentation and its tests know of it. */
export interface Setting {
  readonly variable: string;
  readonly kind: Kind;
  readonly fallback: string;
  readonly unit?: string;
  readonly choices?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** What a url may begin with. Web addresses name a folder: they get the slash at their end. */
  readonly schemes?: readonly string[];
  /** Where in DATA_DIR a path leads that is not set. */
  readonly inDataDir?: string;
  /** Of a text that is not empty. */
  readonly minLength?: number;
  readonly secret?: boolean;
  readonly help: string;
}

/** What a setting written as `raw` means, or why it means nothing. Relative paths lie below `baseDir`. */
export function readValue(
  setting: Setting,
  raw: string,
  baseDir: string,
): { value: unknown } | { reason: string } {
  switch (setting.kind) {
    case 'text': {
      const least = setting.minLength ?? 0;
      if (raw !== '' && raw.length < least) return { reason: `shorter than ${least} characters` };
      return { value: raw };
    }
    case 'address':
      if (raw === '' || isEmailAddress(raw)) return { value: raw };
      return { reason: `"${raw}" is not an address such as name@example.org` };
    case 'addresses': {
      const addresses = raw.split(',').flatMap((part) => part.trim() || []);
      const wrong = addresses.filter((one) => !isEmailAddress(one));
      if (wrong.length === 0) return { value: addresses };
      return {
        reason: `${wrong.map((one) => `"${one}"`).join(', ')}: write addresses such as name@example.org, separated by commas`,
      };
    }
    case 'sender':
      if (isEmailAddress(/^[^<>]*<([^<>]+)>$/.exec(raw)?.[1] ?? raw)) return { value: raw };
      return { reason: `"${raw}" is no sender such as Policy Digest <digest@example.org>` };
    case 'url':
      return raw === '' ? { value: raw } : readUrl(raw, setting.schemes ?? []);
    case 'folder': {
      const value = path.resolve(baseDir, raw);
      const fault = faultOfFolder(value);
      return fault === undefined ? { value } : { reason: `${value} ${fault}` };
    }
    case 'path':
      return { value: path.resolve(baseDir, raw) };
    case 'number': {
      const value = Number(raw);
      const least = setting.min ?? Number.NEGATIVE_INFINITY;
      if (!Number.isInteger(value) || value < least)
        return { reason: `"${raw}" is not a whole number of at least ${least}` };
      if (setting.max !== undefined && value > setting.max)
        return { reason: `"${raw}" is more than ${setting.max}` };
      return { value };
    }
    case 'flag':
      if (/^(yes|true|1|on)$/i.test(raw)) return { value: true };
      if (/^(no|false|0|off)$/i.test(raw)) return { value: false };
      return { reason: `"${raw}" is neither yes nor no` };
    case 'choice':
      if (setting.choices?.includes(raw)) return { value: raw };
      return { reason: `"${raw}" is none of ${setting.choices?.join(', ')}` };
  }
}

/** A folder that is not there yet may be made, but not where a file is in the way. */
function faultOfFolder(folder: string): string | undefined {
  try {
    return statSync(folder).isDirectory() ? undefined : 'is a file, not a folder';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    return code === 'ENOTDIR'
      ? 'lies below a file, not in a folder'
      : `cannot be looked at: ${errorText(error)}`;
  }
}

/** The reason does not repeat the address: it may hold a password. */
function readUrl(raw: string, schemes: readonly string[]): { value: string } | { reason: string } {
  const { protocol = '', hostname = '', username = '', password = '', pathname = '' } = URL.parse(raw) ?? {};
  if (!schemes.includes(protocol.slice(0, -1)) || hostname === '')
    return {
      reason: `not an address that begins with ${schemes.map((one) => `${one}://`).join(' or ')} and names a host`,
    };
  if (!isDecodable(username + password + pathname))
    return { reason: 'a % in it stands for itself; write %25' };
  return { value: protocol.startsWith('http') ? raw.replace(/\/*$/, '/') : raw };
}

function isDecodable(part: string): boolean {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}
