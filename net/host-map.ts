import { configError, type Fault } from '../model/errors.ts';

/** Where a host is really asked; addresses keep their public look everywhere else. */
export interface MappedAddress {
  readonly address: string;
  readonly port: number;
}

/** Finds the mapping of a host; undefined when it goes to the network. */
export type HostMap = (host: string) => MappedAddress | undefined;

const ENTRY = /^(\*\.[a-z0-9.-]+|[a-z0-9.-]+)=([a-z0-9.-]+|\[[0-9a-f:]+\]):(\d{1,5})$/i;

/**
 * Reads `NET_HOST_MAP`: `*.example=127.0.0.1:4567, kjt.gov.example=127.0.0.1:4568`. A `*.` entry covers every depth below
 * the name. A mapping is an explicit wish and passes the address guard.
 * @throws ConfigError NET_HOST_MAP
 */
export function parseHostMap(setting: string): HostMap {
  const faults: Fault[] = [];
  const exact = new Map<string, MappedAddress>();
  const below: (readonly [string, MappedAddress])[] = [];
  for (const entry of setting.split(/[\s,]+/).filter((part) => part !== '')) {
    const match = ENTRY.exec(entry);
    const port = Number(match?.[3]);
    if (match === null || port < 1 || port > 65_535) {
      faults.push({
        file: 'environment',
        key: 'NET_HOST_MAP',
        reason: `"${entry}" is not host=address:port`,
      });
      continue;
    }
    const [, pattern = '', address = ''] = match;
    const target = { address: address.replace(/^\[(.*)\]$/, '$1'), port };
    const name = pattern.toLowerCase();
    if (name.startsWith('*.')) below.push([name.slice(1), target]);
    else exact.set(name, target);
  }
  if (faults.length > 0) throw configError('NET_HOST_MAP', 'The host map has faults', faults);
  return (host) => {
    const name = host.toLowerCase().replace(/\.$/, '');
    return exact.get(name) ?? below.find(([suffix]) => name.endsWith(suffix))?.[1];
  };
}
