import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { addDays } from '../text/calendar.ts';
import { sha256 } from '../text/hash.ts';

/** What a host does in place of answering as it should. */
export type Mischief = (request: IncomingMessage, response: ServerResponse) => void;

export interface WorldOptions {
  readonly hosts: number;
  readonly pagesPerHost: number;
  readonly seed: number;
  /** Every answer takes a time between these, set by seed and address alone. @default no time */
  readonly latencyMs?: readonly [number, number];
  /** The day of the newest notice, YYYY-MM-DD. */
  readonly today: string;
  /** Asked for each host; undefined: it behaves. */
  readonly mischiefOf?: (host: number) => Mischief | undefined;
}

/** What a host saw. */
export interface HostLog {
  readonly host: string;
  readonly index: number;
  readonly paths: string[];
  /** Milliseconds of `performance.now()` at which each request came. */
  readonly startsAt: number[];
  /** What the answers took in all. */
  latencyMs: number;
  lastEndAt: number;
}

export interface World {
  readonly port: number;
  readonly hostMap: string;
  readonly logs: readonly HostLog[];
  /** Writes a source file for each host and a digest that is switched off. */
  writeSettings(sourcesDir: string, digestsDir: string): Promise<void>;
  close(): Promise<void>;
}

const WORDS =
  '科技 创新 企业 研发 平台 项目 申报 专项 资金 高新区 成果 转化 实验室 产业 技术 攻关 人才 评价 改革 示范 数据 能源 制造 试点 支持'.split(
    ' ',
  );

/** Serves a made-up web of government sites on loopback, one list and its notices for each host. */
export async function serveWorld(options: WorldOptions): Promise<World> {
  const logs = Array.from({ length: options.hosts }, (_, index): HostLog => {
    return { host: hostName(index), index, paths: [], startsAt: [], latencyMs: 0, lastEndAt: 0 };
  });
  const byHost = new Map(logs.map((log) => [log.host, log]));
  const server = createServer((request, response) => {
    const log = byHost.get((request.headers.host ?? '').replace(/:\d+$/, ''));
    const at = request.url ?? '/';
    if (log === undefined) return void response.writeHead(421).end();
    const latency = latencyOf(options, log.host, at);
    log.paths.push(at);
    log.startsAt.push(performance.now());
    log.latencyMs += latency;
    const mischief = options.mischiefOf?.(log.index);
    if (mischief !== undefined && at !== '/robots.txt') return mischief(request, response);
    const answer = () => {
      const body = bodyOf(options, log, at);
      response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(body, () => {
        log.lastEndAt = performance.now();
      });
    };
    if (latency === 0) answer();
    else setTimeout(answer, latency);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server that listens has an AddressInfo, not a pipe name.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    hostMap: `*.example=127.0.0.1:${port}`,
    logs,
    async writeSettings(sourcesDir, digestsDir) {
      await mkdir(path.join(sourcesDir, 'cn'), { recursive: true });
      await mkdir(digestsDir, { recursive: true });
      for (const { host, index } of logs) {
        // JSON is YAML.
        const file = path.join(sourcesDir, 'cn', `${sourceId(index)}.yml`);
        await writeFile(file, JSON.stringify(sourceFile(host, index, options.pagesPerHost)));
      }
      await writeFile(path.join(digestsDir, 'none.yml'), JSON.stringify(DIGEST));
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The id of a host's source. */
export function sourceId(index: number): string {
  return `world-${String(index).padStart(2, '0')}`;
}

function hostName(index: number): string {
  return `kjt${index}.example`;
}

/** The same for the same seed and address, whatever was asked before. */
function latencyOf({ seed, latencyMs }: WorldOptions, host: string, at: string): number {
  if (latencyMs === undefined) return 0;
  const [least, most] = latencyMs;
  return least + (Number.parseInt(sha256(`${seed} ${host} ${at}`).slice(0, 8), 16) % (most - least + 1));
}

function bodyOf(options: WorldOptions, { host, index }: HostLog, at: string): string | undefined {
  if (at === '/list/') return listPage(options, host);
  const number = Number(/^\/notice\/(\d+)\.html$/.exec(at)?.[1] ?? Number.NaN);
  return number < options.pagesPerHost ? noticePage(options, index, number) : undefined;
}

function listPage({ pagesPerHost, today }: WorldOptions, host: string): string {
  const rows = Array.from({ length: pagesPerHost }, (_, number) => {
    const day = addDays(today, -Math.floor(number / 5));
    return `<li><a href="/notice/${number}.html">${titleOf(host, number)}</a><span>${day}</span></li>`;
  });
  return `<!doctype html><html lang="zh-CN"><title>通知公告</title><ul class="list">${rows.join('\n')}</ul></html>`;
}

function noticePage({ seed, today }: WorldOptions, index: number, number: number): string {
  const host = hostName(index);
  const word = (at: number) =>
    WORDS[Number.parseInt(sha256(`${seed} ${host} ${number} ${at}`).slice(0, 6), 16) % WORDS.length];
  const paragraphs = Array.from({ length: 8 }, (_, at) => {
    const words = Array.from({ length: 30 }, (_, turn) => word(at * 100 + turn));
    return `<p>${words.slice(0, 15).join('')}，${words.slice(15).join('')}。</p>`;
  });
  const title = titleOf(host, number);
  const day = addDays(today, -Math.floor(number / 5));
  return `<!doctype html><html lang="zh-CN"><head><title>${title}</title></head><body><h1>${title}</h1>
<p class="info">发布日期：${day} 来源：第${index}科技厅</p><div class="content">${paragraphs.join('\n')}</div></body></html>`;
}

function titleOf(host: string, number: number): string {
  return `关于组织申报${host.replace('.example', '')}第${number + 1}批科技创新项目的通知`;
}

function sourceFile(host: string, index: number, pages: number): object {
  return {
    id: sourceId(index),
    name: `第${index}科技厅·通知公告`,
    nameEn: `World ${index}: notices`,
    publisher: `第${index}科技厅`,
    country: 'CN',
    lang: 'zh-CN',
    trust: 'government',
    url: `http://${host}/list/`,
    list: { item: 'ul.list li', title: 'a', link: 'a', date: 'span' },
    expect: { minEntries: pages },
    evidence: [{ note: 'made up for measuring' }],
  };
}

const DIGEST = {
  id: 'none',
  title: 'none',
  subtitle: 'none',
  lang: 'zh-CN',
  zone: 'Asia/Shanghai',
  cron: '0 8 * * 1',
  enabled: false,
};
