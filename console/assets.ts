import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { Pages } from './server.ts';

/** `/assets/`: stylesheet and scripts of the console's own pages. */
export function assetPages(templatesDir: string): Pages {
  return (server) => {
    server.register(fastifyStatic, {
      root: path.join(templatesDir, 'console', 'assets'),
      prefix: '/assets/',
      decorateReply: false,
      cacheControl: false,
      index: false,
    });
  };
}
