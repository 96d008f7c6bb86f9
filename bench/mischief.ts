import type { Mischief } from './world.ts';

const HTML = { 'content-type': 'text/html; charset=utf-8' };

/** Ways in which a host can fail those who ask it, each as it is seen in the wild. */
export const MISCHIEF: Readonly<Record<string, Mischief>> = {
  silent: () => undefined,
  reset: (request) => void request.socket.resetAndDestroy(),
  busy: (_, response) => void response.writeHead(503, { 'retry-after': '3600' }).end(),
  drip: (_, response) => {
    response.writeHead(200, { ...HTML, 'content-length': '1000000' });
    const handle = setInterval(() => response.write('x'), 200);
    response.on('close', () => clearInterval(handle));
  },
  endless: (_, response) => {
    response.writeHead(200, HTML);
    const more = () => {
      while (!response.destroyed && response.write('<li><a href="/x">x</a></li>'.repeat(2000)));
    };
    response.on('drain', more);
    more();
  },
  wall: (_, response) =>
    void response.writeHead(200, HTML).end('<title>安全验证</title><p>请完成安全验证</p>'),
  empty: (_, response) => void response.writeHead(200, HTML).end('<html><body></body></html>'),
  redirects: (request, response) =>
    void response.writeHead(302, { location: request.url === '/a' ? '/b' : '/a' }).end(),
};
