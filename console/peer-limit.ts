import { isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';

export interface PeerLimit {
  /** False when the peer has asked too often within the hour. */
  allows(request: FastifyRequest, now: Date): boolean;
}

const HOUR_MS = 3_600_000;
/** More peers than this are forgotten together: a flood must not fill the memory. */
const MOST_PEERS = 10_000;
const LONGEST_ADDRESS = 45;

/** At most `each` requests an hour from one peer, and `all` from all of them. */
export function createPeerLimit(each: number, all: number): PeerLimit {
  let hour = 0;
  let total = 0;
  const counts = new Map<string, number>();
  return {
    allows(request, now) {
      const current = Math.floor(now.getTime() / HOUR_MS);
      if (current !== hour || counts.size >= MOST_PEERS) {
        if (current !== hour) total = 0;
        hour = current;
        counts.clear();
      }
      const peer = peerOf(request);
      const count = (counts.get(peer) ?? 0) + 1;
      counts.set(peer, count);
      if (count > each || total >= all) return false;
      total += 1;
      return true;
    },
  };
}

/** Behind a proxy on this machine the address it adds, last in the list; what came before it anybody may have written. */
function peerOf(request: FastifyRequest): string {
  const direct = request.socket.remoteAddress ?? '';
  const isLoopback = /^(?:::ffff:)?127\.|^::1$/.test(direct);
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  const address = isLoopback && forwarded ? forwarded : direct;
  return isIPv6(address) && !address.includes('.') ? networkOf(address) : address.slice(0, LONGEST_ADDRESS);
}

/** Whoever has an IPv6 address has a whole /64 of them, also where `::` stands within its first half. */
function networkOf(address: string): string {
  const [head = '', tail] = address.split('::');
  const left = head.split(':').filter((group) => group !== '');
  const right = tail?.split(':').filter((group) => group !== '') ?? [];
  const between = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return [...left, ...between, ...right].slice(0, 4).join(':');
}
