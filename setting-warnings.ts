import { isIP } from 'node:net';
import { type Config, SETTINGS } from './config.ts';
import { isGlobal, isPublicName } from './net/address-guard.ts';

/** A variable that can be used, or is not known, and is hardly what was meant. */
export interface SettingWarning {
  readonly variable: string;
  readonly reason: string;
}

const NAMES: readonly string[] = Object.values(SETTINGS).map(({ variable }) => variable);

/**
 * What a person should look at, though the program starts.
 * @param env names of the environment: most belong to others, so only near misses are told
 * @param inFile names in `.env`, which is this program's own
 */
export function settingWarnings(
  { publicUrl }: Pick<Config, 'publicUrl'>,
  env: readonly string[],
  inFile: readonly string[],
): SettingWarning[] {
  const unknown = (names: readonly string[]) => [...new Set(names)].filter((name) => !NAMES.includes(name));
  return [
    ...(isPublicHttp(publicUrl)
      ? [
          {
            variable: 'PUBLIC_URL',
            reason:
              'it begins with http://, so mailbox providers offer no one-click unsubscribe (RFC 8058), and links in mails can be read on their way; use https://',
          },
        ]
      : []),
    ...unknown(inFile).map((variable) => ({
      variable,
      reason: `no setting has this name, which stands in .env${hint(variable)}`,
    })),
    ...unknown(env)
      .filter((variable) => !inFile.includes(variable) && meantBy(variable) !== undefined)
      .map((variable) => ({ variable, reason: `no setting has this name${hint(variable)}` })),
  ];
}

/** On this machine and in networks of one's own there may be no certificate. */
function isPublicHttp(url: string): boolean {
  const { protocol, hostname = '' } = URL.parse(url) ?? {};
  if (protocol !== 'http:') return false;
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(address) === 0 ? isPublicName(hostname) : isGlobal(address);
}

function hint(variable: string): string {
  const meant = meantBy(variable);
  return meant === undefined ? '' : `; is ${meant} meant?`;
}

function meantBy(variable: string): string | undefined {
  return NAMES.find((name) => isSlipOf(name, variable.toUpperCase()));
}

/** One letter wrong, missing or too much, or two that changed places; or only in small letters. */
function isSlipOf(name: string, written: string): boolean {
  let start = 0;
  while (start < name.length && name[start] === written[start]) start += 1;
  let end = 0;
  const longest = Math.min(name.length, written.length) - start;
  while (end < longest && name.at(-1 - end) === written.at(-1 - end)) end += 1;
  const meant = name.slice(start, name.length - end);
  const found = written.slice(start, written.length - end);
  const isSwap = meant.length === 2 && found === `${meant[1]}${meant[0]}`;
  return isSwap || (meant.length <= 1 && found.length <= 1);
}
