import fastifyStatic from '@fastify/static';
import type { Pages } from './server.ts';

/** What the archive's own pages need: their stylesheets, scripts, fonts and search data, and nothing from elsewhere. */
const POLICY =
  "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** `/archive/`: the archive folder, with drafts beside the editions they would revise. */
export function archiveFiles({
  archiveDir,
  draftsDir,
}: {
  readonly archiveDir: string;
  readonly draftsDir: string;
}): Pages {
  return (server) => {
    server.register(fastifyStatic, {
      root: [archiveDir, draftsDir],
      prefix: '/archive/',
      decorateReply: false,
      cacheControl: false,
      redirect: true,
      dotfiles: 'deny',
      setHeaders: (response) => {
        response.header('content-security-policy', POLICY);
      },
    });
  };
}
