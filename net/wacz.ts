import { gunzipSync } from 'node:zlib';
import { getSurt } from 'warcio';
import type { Snapshot } from '../model/page.ts';
import { sha256 } from '../text/hash.ts';
import { readKept, readMember } from './warc-reader.ts';
import { exchangeRecords, warcinfoRecord } from './warc-record.ts';
import { zipStored } from './zip.ts';

/** Records in a WARC file of their own, and where each lies in it. */
export interface WarcPart {
  readonly bytes: Buffer;
  readonly places: readonly {
    readonly snapshot: Snapshot;
    readonly offset: number;
    readonly length: number;
  }[];
}

export interface WaczAbout {
  readonly title: string;
  /** UTC ISO instant; the same inputs give the same bytes. */
  readonly createdAt: string;
  readonly software: string;
}

/** A page that a viewer lists. */
export interface WaczPage {
  readonly url: string;
  readonly fetchedAt: string;
  readonly title: string;
}

const WARC_NAME = 'data.warc.gz';

/**
 * Copies kept exchanges, byte for byte, into one WARC file. A record that only refers to an earlier body is written out
 * whole, so that the file needs no other.
 * @throws AppError SNAPSHOT_BROKEN
 */
export async function extractWarc(
  folder: string,
  snapshots: readonly Snapshot[],
  about: WaczAbout,
): Promise<WarcPart> {
  const info = { software: about.software, format: 'WARC file version 1.1', description: about.title };
  const members: Buffer[] = [warcinfoRecord(WARC_NAME, about.createdAt, info)];
  const places: { snapshot: Snapshot; offset: number; length: number }[] = [];
  let size = members[0]?.length ?? 0;
  for (const snapshot of snapshots) {
    const { request, response } = await recordsOf(folder, snapshot);
    places.push({ snapshot, offset: size + request.length, length: response.length });
    members.push(request, response);
    size += request.length + response.length;
  }
  return { bytes: Buffer.concat(members), places };
}

/** A web archive of one WARC file (WACZ 1.1.1): opens in ReplayWeb.page and in whatever else reads the format. */
export function buildWacz(part: WarcPart, pages: readonly WaczPage[], about: WaczAbout): Buffer {
  const files = [
    { name: `archive/${WARC_NAME}`, bytes: part.bytes },
    { name: 'indexes/index.cdxj', bytes: Buffer.from(cdxj(part)) },
    { name: 'pages/pages.jsonl', bytes: Buffer.from(pagesList(pages)) },
  ];
  const resources = files.map(({ name, bytes }) => ({
    name: name.slice(name.lastIndexOf('/') + 1),
    path: name,
    hash: `sha256:${sha256(bytes)}`,
    bytes: bytes.length,
  }));
  const [first] = pages;
  const description = {
    profile: 'data-package',
    wacz_version: '1.1.1',
    title: about.title,
    software: about.software,
    created: about.createdAt,
    ...(first === undefined ? {} : { mainPageUrl: first.url, mainPageDate: first.fetchedAt }),
    resources,
  };
  const datapackage = Buffer.from(`${JSON.stringify(description, null, 2)}\n`);
  const digest = { path: 'datapackage.json', hash: `sha256:${sha256(datapackage)}` };
  return zipStored([
    { name: 'datapackage.json', bytes: datapackage },
    { name: 'datapackage-digest.json', bytes: Buffer.from(`${JSON.stringify(digest)}\n`) },
    ...files,
  ]);
}

async function recordsOf(folder: string, snapshot: Snapshot): Promise<{ request: Buffer; response: Buffer }> {
  const { file, offset, requestLength } = snapshot;
  const request =
    requestLength === undefined
      ? Buffer.alloc(0)
      : await readMember(folder, { file, offset: offset - requestLength, length: requestLength });
  if (snapshot.bodyFile === undefined) return { request, response: await readMember(folder, snapshot) };
  const { exchange } = await readKept(folder, snapshot);
  return exchangeRecords({ ...exchange, ...requestOf(request) });
}

/** Fields and body of a request as its record keeps them: WARC head, HTTP head, body. */
function requestOf(member: Buffer): { requestHeaders: Record<string, string>; requestBody?: string } {
  const requestHeaders: Record<string, string> = {};
  if (member.length === 0) return { requestHeaders };
  const [, head = '', ...rest] = gunzipSync(member).toString('utf8').split('\r\n\r\n');
  for (const line of head.split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    if (!/^host:/i.test(line)) requestHeaders[line.slice(0, colon)] = line.slice(colon + 1).trim();
  }
  // Two line ends close the record; what is left before them is the body.
  const requestBody = rest.slice(0, -1).join('\r\n\r\n');
  return requestBody === '' ? { requestHeaders } : { requestHeaders, requestBody };
}

/** One line per response (CDXJ, sorted by bytes): `<surt> <time> {…}`. */
function cdxj({ places }: WarcPart): string {
  const lines = places.map(({ snapshot, offset, length }) => {
    const fields = {
      url: snapshot.finalUrl,
      mime: snapshot.contentType.split(';')[0]?.trim() ?? '',
      status: String(snapshot.status),
      digest: `sha256:${snapshot.contentHash}`,
      length: String(length),
      offset: String(offset),
      filename: WARC_NAME,
    };
    return `${getSurt(snapshot.finalUrl)} ${stamp(snapshot.fetchedAt)} ${JSON.stringify(fields)}\n`;
  });
  return lines.sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right))).join('');
}

function pagesList(pages: readonly WaczPage[]): string {
  const head = { format: 'json-pages-1.0', id: 'pages', title: 'All Pages' };
  const rows = pages.map(({ url, fetchedAt, title }) => ({
    id: sha256(`${url} ${fetchedAt}`).slice(0, 16),
    url,
    ts: fetchedAt,
    title,
  }));
  return [head, ...rows].map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** 14 digits, as CDX indexes name a time. */
function stamp(at: string): string {
  return at.replace(/\D/g, '').slice(0, 14);
}
