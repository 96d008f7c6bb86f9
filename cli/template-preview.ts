import { watch } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import type { InterfaceLanguage } from '../model/digest.ts';
import { AppError, errorText } from '../model/errors.ts';
import { canonicalInput } from '../reports/canonical/canonical-edition.ts';
import { composeEdition } from '../reports/compose-edition.ts';
import { evidenceOf } from '../reports/evidence.ts';
import { fontFile, fontStyles } from '../reports/pdf-fonts.ts';
import { loadTemplate, type Renditions, renderEdition } from '../reports/render.ts';

export interface PreviewOptions {
  readonly templatesDir: string;
  readonly name: string;
  readonly lang: InterfaceLanguage;
  /** 0 for any that is free. */
  readonly port: number;
}

export interface Preview {
  readonly url: string;
  close(): Promise<void>;
}

/** Editors save in several steps; one reload is enough. */
const SETTLE_MS = 80;
const RENDITIONS = ['index.html', 'print.html', 'email.html', 'email.txt'];

/**
 * Shows the canonical edition in a template on this machine alone, and again whenever a file of the templates changes.
 * @throws AppError `TEMPLATE_MISSING` when there is no such template
 */
export async function previewTemplate(options: PreviewOptions): Promise<Preview> {
  const folder = path.join(options.templatesDir, options.name);
  await loadTemplate(folder).catch((error: unknown) => {
    // Everything else is shown on the page, where it can be mended.
    if (error instanceof AppError && error.code === 'TEMPLATE_MISSING') throw error;
  });
  const listeners = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    void answer(request, response, { ...options, folder, listeners });
  });
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(options.templatesDir, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const listener of listeners) listener.write('event: change\ndata: \n\n');
    }, SETTLE_MS);
  });
  const port = await listen(server, options.port);
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      clearTimeout(timer);
      watcher.close();
      for (const listener of listeners) listener.end();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

interface Shown extends PreviewOptions {
  readonly folder: string;
  readonly listeners: Set<ServerResponse>;
}

async function answer(request: IncomingMessage, response: ServerResponse, shown: Shown): Promise<void> {
  const asked = decodeURIComponent(new URL(request.url ?? '/', 'http://preview.invalid').pathname).slice(1);
  // Another site's page must not read this one through a name that leads here.
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(request.headers.host ?? '')) {
    send(response, 403, 'text/plain', 'only 127.0.0.1 is served');
  } else if (asked === '') {
    send(response, 200, 'text/html', frame(shown.name));
  } else if (asked === 'events') {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 500\n\n');
    shown.listeners.add(response);
    response.on('close', () => shown.listeners.delete(response));
  } else if (asked === 'edition/fonts.css') {
    send(response, 200, 'text/css', fontStyles());
  } else if (asked.startsWith('edition/fonts/')) {
    const font = fontFile(asked.slice('edition/fonts/'.length));
    send(response, font === undefined ? 404 : 200, 'font/woff2', font ?? '');
  } else {
    await sendRendition(response, asked.replace(/^edition\//, ''), shown);
  }
}

async function sendRendition(response: ServerResponse, file: string, shown: Shown): Promise<void> {
  try {
    const { files, print } = await renditions(shown);
    const content = file === 'print.html' ? print(new Map()) : files.get(file);
    const type = file.endsWith('.html') ? 'text/html' : 'text/plain';
    send(response, content === undefined ? 404 : 200, type, content ?? `the preview has no ${file}`);
  } catch (error) {
    send(response, 500, 'text/plain', errorText(error));
  }
}

/** Made anew for every request, so that what is shown is what the files say. */
async function renditions({ folder, lang }: Shown): Promise<Renditions> {
  const canonical = canonicalInput();
  const input = { ...canonical, digest: { ...canonical.digest, lang } };
  const edition = composeEdition(input);
  return renderEdition(await loadTemplate(folder), { edition, evidence: evidenceOf(edition, input) }, {});
}

/** The page around: renditions carry no script and allow none, so this one reloads them. */
function frame(name: string): string {
  const links = RENDITIONS.map((file) => `<a href="edition/${file}" target="shown">${file}</a>`).join(' ');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${name}</title>
<style>
  body { margin: 0; display: grid; grid-template-rows: auto 1fr; height: 100vh; font: 14px sans-serif; }
  nav { padding: 8px 16px; border-bottom: 1px solid #999; }
  iframe { width: 100%; height: 100%; border: 0; }
</style>
<nav>${name}: ${links}</nav>
<iframe name="shown" title="the edition" src="edition/index.html"></iframe>
<script>
  new EventSource('events').addEventListener('change', () => frames.shown.location.reload());
</script>
</html>
`;
}

function send(response: ServerResponse, status: number, type: string, body: string | Uint8Array): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
  response.end(body);
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}
