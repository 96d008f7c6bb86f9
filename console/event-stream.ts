import type { FastifyInstance, FastifyReply } from 'fastify';

/** A comment this often keeps proxies from closing a stream on which nothing happens. */
const HEARTBEAT_MS = 15_000;
/** A page left open in a few tabs is fine; more is a mistake somewhere. */
const MOST_STREAMS = 200;

export interface EventStreams {
  /**
   * Sends `read()` now and whenever `watch` tells of a change, as one server-sent event of JSON each, and ends after the
   * one that says it is the last. Answers 503 when too many watch already.
   */
  open(
    reply: FastifyReply,
    read: () => Promise<{ readonly data: object; readonly isLast: boolean } | undefined>,
    watch: (listener: () => void) => () => void,
  ): Promise<void>;
}

/** The streams of a server; a server that closes ends them. */
export function eventStreams(server: FastifyInstance): EventStreams {
  const ends = new Set<() => void>();
  server.addHook('preClose', async () => {
    for (const end of ends) end();
  });
  return {
    async open(reply, read, watch) {
      if (ends.size >= MOST_STREAMS) {
        await reply.status(503).header('retry-after', '10').send({ error: 'Too many pages watch already.' });
        return;
      }
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
      const end = () => {
        ends.delete(end);
        clearInterval(heartbeat);
        unwatch();
        raw.end();
      };
      // Changes that come while one is being read are told by one more reading, not by one for each.
      let isReading = false;
      let isStale = false;
      const tell = async () => {
        isStale = true;
        if (isReading) return;
        isReading = true;
        while (isStale && ends.has(end)) {
          isStale = false;
          const next = await read();
          if (next !== undefined) raw.write(`data: ${JSON.stringify(next.data)}\n\n`);
          if (next === undefined || next.isLast) end();
        }
        isReading = false;
      };
      const unwatch = watch(() => void tell().catch(end));
      ends.add(end);
      raw.on('close', end);
      await tell().catch(end);
    },
  };
}
