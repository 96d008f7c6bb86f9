import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { AppError } from '../model/errors.ts';

/** One answer of a name server, or a literal. */
export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

export type Resolve = (host: string) => Promise<readonly Address[]>;

export interface AddressGuard {
  /** Why the address may not be asked; undefined when it may. Judges spelling, scheme, port and literals, asks no name server. */
  refusal(url: string): string | undefined;
  /**
   * The addresses of a host, all of them checked; connect to these and to nothing else.
   * @throws AddressRefused when any answer is not global
   */
  resolve(host: string): Promise<readonly Address[]>;
}

/** A host or one of its answers is not a public address. */
export class AddressRefused extends AppError {
  constructor(host: string, reason: string) {
    super('ADDRESS_REFUSED', `${host} was not asked: ${reason}`);
  }
}

// IANA IPv4 Special-Purpose Address Registry (not globally reachable), multicast, reserved, and the retired 6to4 relays.
const V4_SPECIAL: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
// Inside 2000::/3 (all else is refused): protocol assignments with Teredo, ORCHID and benchmarking, documentation, 6to4.
const V6_SPECIAL: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
];
/** Names that never mean a public host (RFC 6761, 6762, 8375, 9476 and what container platforms use). */
const LOCAL_NAME =
  /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|private|svc|test|example|invalid|onion|alt|home\.arpa)$/;
/** Services that read HTTP as commands; below 1024 only the web's own ports and their usual neighbours are asked. */
const SERVICE_PORTS = new Set([
  1433, 1521, 2049, 2181, 2375, 2376, 2379, 3306, 3389, 4190, 5060, 5061, 5432, 5672, 5900, 5984, 6000, 6379,
  6443, 6566, 6665, 6666, 6667, 6668, 6669, 6697, 9042, 9200, 9300, 10080, 10250, 11211, 27017,
]);

const special = new BlockList();
for (const [address, prefix] of V4_SPECIAL) special.addSubnet(address, prefix, 'ipv4');
for (const [address, prefix] of V6_SPECIAL) special.addSubnet(address, prefix, 'ipv6');
const globalV6 = new BlockList();
globalV6.addSubnet('2000::', 3, 'ipv6');
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** True for a name that may mean a host anybody on the internet could reach. */
export function isPublicName(name: string): boolean {
  return name.includes('.') && !LOCAL_NAME.test(name);
}

/** True for an address anybody on the internet could reach. */
export function isGlobal(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special.check(address, 'ipv4');
  return family === 6 && globalV6.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

/**
 * Decides which hosts may be asked: http and https to public addresses.
 * @param options.allowLoopback for tests that serve pages themselves @default false
 * @param options.resolve @default the system's resolver, all answers
 */
export function createAddressGuard(
  options: { readonly allowLoopback?: boolean; readonly resolve?: Resolve } = {},
): AddressGuard {
  const resolve = options.resolve ?? systemResolve;
  const allowed = (address: string) =>
    isGlobal(address) ||
    (options.allowLoopback === true && loopback.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'));

  return {
    refusal(address) {
      const url = URL.parse(address);
      if (url === null) return 'not an absolute address';
      if (url.protocol !== 'http:' && url.protocol !== 'https:') return `scheme ${url.protocol} is not read`;
      if (url.username !== '' || url.password !== '') return 'the address carries credentials';
      const literal = literalOf(url.hostname);
      if (literal !== undefined) {
        if (!allowed(literal)) return `${literal} is not a public address`;
        return loopback.check(literal, isIP(literal) === 6 ? 'ipv6' : 'ipv4') ? undefined : portRefusal(url);
      }
      const name = url.hostname.replace(/\.$/, '');
      if (!isPublicName(name)) return `${name} is a local name`;
      return portRefusal(url);
    },
    async resolve(host) {
      const literal = literalOf(host);
      const answers = literal === undefined ? await resolve(host) : [addressOf(literal)];
      if (answers.length === 0) throw new AddressRefused(host, 'it has no address');
      const refused = answers.find(({ address }) => !allowed(address));
      if (refused !== undefined) throw new AddressRefused(host, `${refused.address} is not a public address`);
      return answers;
    },
  };
}

function portRefusal(url: URL): string | undefined {
  if (url.port === '') return undefined;
  const port = Number(url.port);
  const web = port >= 1024 || (port >= 80 && port <= 90) || port === 443;
  return web && !SERVICE_PORTS.has(port) ? undefined : `port ${port} is not a web port`;
}

/** Lets everything through: only for an address that the operator has set, which may well lie in the own network. */
export function trustingGuard(resolve: Resolve = systemResolve): AddressGuard {
  return { refusal: () => undefined, resolve };
}

function literalOf(host: string): string | undefined {
  const bare = host.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  return isIP(bare) === 0 ? undefined : bare;
}

function addressOf(address: string): Address {
  return { address, family: isIP(address) === 6 ? 6 : 4 };
}

async function systemResolve(host: string): Promise<readonly Address[]> {
  const answers = await lookup(host, { all: true, order: 'verbatim' });
  return answers.map(({ address }) => addressOf(address));
}
