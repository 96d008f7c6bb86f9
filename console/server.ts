import formbody from '@fastify/formbody';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { AppError, errorText, UsageError } from '../model/errors.ts';
import { type Access, guardOperator } from './access.ts';

/** A group of pages: adds its routes to the server it is given. */
export type Pages = (server: FastifyInstance) => void;

export interface ServerInput {
  /** Pages anybody may open: health for probes, sign-up, preferences, unsubscribing. */
  readonly open: readonly Pages[];
  /** Pages that show or change the work of the service. */
  readonly operator: readonly Pages[];
  readonly access: Access;
  /** Told of a request that failed with a fault of ours. */
  onError(error: Error): void;
}

/** A form or a JSON body of the console is small; recipients are imported on the command line. */
const LARGEST_BODY = 256 * 1024;

/** The other end has so long to say what it wants: a connection that sends a byte a minute is let go. */
const REQUEST_TIMEOUT_MS = 60_000;

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
};

/** Addresses of operator pages hold no secret; with `no-referrer` browsers would send their forms with `Origin: null`. */
const OPERATOR_HEADERS = { 'referrer-policy': 'same-origin' };

/** The web server of the service, not yet listening: tests put requests into it without a port. */
export async function buildServer(input: ServerInput): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: LARGEST_BODY,
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: false,
    exposeHeadRoutes: true,
  });
  await server.register(formbody);
  server.addHook('onSend', async (_request, reply) => {
    // A page that streams or shows an archive file may have set its own.
    for (const [name, value] of Object.entries(HEADERS))
      if (!reply.hasHeader(name)) reply.header(name, value);
  });
  server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if (error instanceof UsageError) return sayFault(request, reply, 422, error.reason, error.code);
    const status = error.statusCode ?? 500;
    if (status < 500) return sayFault(request, reply, status, error.message);
    input.onError(error);
    return sayFault(request, reply, status, 'This failed; the log of the service says why.');
  });
  server.setNotFoundHandler((request, reply) => sayFault(request, reply, 404, 'There is no such page.'));
  server.register(async (scope) => {
    for (const pages of input.open) pages(scope);
  });
  server.register(async (scope) => {
    scope.addHook('onRequest', async (_request, reply) => {
      reply.headers(OPERATOR_HEADERS);
    });
    scope.addHook('onRequest', guardOperator(input.access));
    for (const pages of input.operator) pages(scope);
  });
  return server;
}

/**
 * Listens; resolves with the address.
 * @throws AppError HTTP_PORT_TAKEN
 */
export async function listen(server: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    return `${await server.listen({ host, port })}/`;
  } catch (error) {
    const said = errorText(error);
    throw new AppError(
      'HTTP_PORT_TAKEN',
      `listening on ${host}:${port}: ${said}; set HTTP_PORT to a free port, HTTP_HOST to an address of this machine`,
      {
        cause: error,
      },
    );
  }
}

/** Thrown by a page for something that is not there; answered with status 404. */
export class NotFound extends Error {
  readonly statusCode = 404;
}

/** One answer for people and programs: what went wrong, in the form they asked for. */
export function sayFault(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  message: string,
  code?: string,
): FastifyReply {
  reply.status(status);
  if (request.headers.accept?.includes('text/html'))
    return reply.type('text/plain; charset=utf-8').send(`${message}\n`);
  return reply.send({ error: message, ...(code === undefined ? {} : { code }) });
}
