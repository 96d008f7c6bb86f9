import type { FastifyReply, FastifyRequest } from 'fastify';
import { isSameSecret } from '../text/hash.ts';

/** Who may use the operator's pages. */
export interface Access {
  /** Secret asked for as the password of Basic or as a Bearer token; empty: only from this machine itself. */
  readonly operatorToken: string;
  /**
   * A web server passes readers on to this one. It may be set up so that everybody it passes on looks like this machine
   * (nginx adds nothing by itself), so nobody comes in without a token then.
   */
  readonly isPublished?: boolean;
}

const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * The check before every operator page. Without a token only a person at this machine comes in: the connection and the
 * name asked for are loopback, and no proxy stands between, so neither a rebound name nor a published proxy opens it.
 * With a token it is asked of everybody. What changes something must come from a page of this server itself.
 */
export function guardOperator(access: Access) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { authorization } = request.headers;
    const isProgram = authorization?.startsWith('Bearer ') ?? false;
    if (access.operatorToken === '') {
      if (!access.isPublished && isFromThisMachine(request)) return refuseForeign(request, reply);
      reply.status(403).type('text/plain; charset=utf-8');
      return reply.send(
        access.isPublished
          ? 'PUBLIC_URL is set: readers come here through a web server, and nobody can be told apart from them without OPERATOR_TOKEN. Set it to use this page.\n'
          : 'This page is open on the machine itself only. Set OPERATOR_TOKEN to use it from elsewhere.\n',
      );
    }
    if (isSameSecret(secretOf(authorization), access.operatorToken))
      return isProgram ? undefined : refuseForeign(request, reply);
    reply.status(401).header('www-authenticate', 'Basic realm="Policy Digest", charset="UTF-8"');
    return reply
      .type('text/plain; charset=utf-8')
      .send('The operator token is asked for, as password or Bearer.\n');
  };
}

/**
 * A form on another site must not press our buttons: browsers say where a request comes from. `Sec-Fetch-Site` decides
 * where there is one; `Origin` may be `null` for a form of our own, or name the address that a proxy has for us.
 */
function refuseForeign(request: FastifyRequest, reply: FastifyReply): undefined | FastifyReply {
  if (SAFE_METHODS.has(request.method)) return undefined;
  const site = request.headers['sec-fetch-site'];
  const { origin, host } = request.headers;
  const isForeign =
    site === undefined
      ? origin !== undefined && URL.parse(origin)?.host !== host
      : site !== 'same-origin' && site !== 'none';
  if (!isForeign) return undefined;
  return reply
    .status(403)
    .type('text/plain; charset=utf-8')
    .send('Asked for by a page of another site; refused.\n');
}

/** Whether readers come through another web server: `PUBLIC_URL` names more than this machine. */
export function isPublished(publicUrl: string): boolean {
  return publicUrl !== '' && !LOOPBACK_HOST.test(URL.parse(publicUrl)?.host ?? '');
}

function isFromThisMachine(request: FastifyRequest): boolean {
  const { host = '', forwarded, 'x-forwarded-for': forwardedFor, via } = request.headers;
  if (forwarded !== undefined || forwardedFor !== undefined || via !== undefined) return false;
  const peer = request.socket.remoteAddress ?? '';
  return LOOPBACK_HOST.test(host) && /^(?:::ffff:)?127\.|^::1$/.test(peer);
}

function secretOf(authorization = ''): string {
  const [scheme, value = ''] = authorization.split(' ');
  if (scheme === 'Bearer') return value;
  if (scheme !== 'Basic') return '';
  const pair = Buffer.from(value, 'base64').toString('utf8');
  return pair.slice(pair.indexOf(':') + 1);
}
