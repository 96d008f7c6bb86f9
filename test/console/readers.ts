// The pages for readers as the service opens them, over a database of their own.
import path from 'node:path';
import type { TestContext } from 'node:test';
import { projectVocabulary } from '../../bench/evaluate/vocabulary.ts';
import { assetPages } from '../../console/assets.ts';
import { readerPages } from '../../console/reader-pages.ts';
import { buildServer } from '../../console/server.ts';
import { signUpPages } from '../../console/sign-up-pages.ts';
import { loadView } from '../../console/views.ts';
import { openStore } from '../../db/store.ts';
import { addRecipients } from '../../jobs/add-recipients.ts';
import { fixedClock } from '../../model/clock.ts';
import type { Recipient } from '../../model/delivery.ts';
import type { Digest } from '../../model/digest.ts';
import type { DigestId } from '../../model/ids.ts';
import { type LinkKey, readerLinks } from '../../text/reader-tokens.ts';

export const WEEKLY = 'weekly' as DigestId;
export const ENGLISH = 'weekly-en' as DigestId;
export const EMAIL = 'mei@reader.example';
const NOW = '2026-11-20T08:00:00.000Z';
const TEMPLATES = path.resolve(import.meta.dirname, '../../templates');

function digest(
  change: Pick<Digest, 'id' | 'title' | 'subtitle' | 'lang' | 'cron'> & Partial<Digest>,
): Digest {
  return {
    ...{ zone: 'Asia/Shanghai', misfire: 'all', enabled: true, template: 'gazette', select: {} },
    limits: { itemsPerSection: 5, sections: 6 },
    ...change,
  };
}

const DIGESTS = [
  digest({ id: WEEKLY, title: '创新政策周报', subtitle: '科技创新政策', lang: 'zh-CN', cron: '0 8 * * 1' }),
  digest({
    id: ENGLISH,
    title: 'Innovation Weekly',
    subtitle: 'Policy',
    lang: 'en',
    cron: '30 8 * * 1',
    siblings: [WEEKLY],
  }),
  digest({
    ...{ id: 'off' as DigestId, title: 'Switched off', subtitle: '', lang: 'en', cron: '0 9 1 * *' },
    enabled: false,
  }),
];

export interface PagesOptions {
  /** Absent: readers cannot reach the service. */
  readonly publicUrl?: string | undefined;
  /** Empty: the archive is not on the web. */
  readonly archiveUrl?: string;
}

export async function openReaderPages(
  t: TestContext,
  { publicUrl = 'https://news.example/digest/', archiveUrl = '' }: PagesOptions = {},
) {
  const store = await openStore('sqlite::memory:', '');
  const linkKey: LinkKey | undefined = publicUrl === '' ? undefined : { key: Buffer.alloc(32, 3), publicUrl };
  const view = (name: string) => loadView(TEMPLATES, name);
  const errors: Error[] = [];
  const input = {
    ...{ store, linkKey, digests: DIGESTS, clock: fixedClock(NOW), vocabulary: await projectVocabulary() },
    archiveUrl,
    contact: 'desk@news.example',
    views: {
      message: await view('reader-message'),
      preferences: await view('reader-preferences'),
      subscribe: await view('reader-subscribe'),
      unsubscribe: await view('reader-unsubscribe'),
    },
    onError: (error: Error) => errors.push(error),
  };
  const server = await buildServer({
    access: { operatorToken: '' },
    onError: (error) => errors.push(error),
    open: [assetPages(TEMPLATES), readerPages(input), signUpPages(input)],
    operator: [],
  });
  t.after(async () => {
    await server.close();
    await store.close();
  });

  async function addReader(): Promise<{
    readonly reader: Recipient;
    readonly unsubscribe: string;
    readonly preferences: string;
  }> {
    await addRecipients(input, [{ email: EMAIL, digestIds: [WEEKLY, ENGLISH], attachPdf: true }], {
      kind: 'added',
      by: 'operator',
      detail: '',
    });
    const reader = await store.recipients.byEmail(EMAIL);
    if (reader === undefined || linkKey === undefined) throw new Error('no reader to open pages for');
    const links = readerLinks(linkKey, reader, WEEKLY);
    // What the proxy in front of the service leaves of the addresses.
    const local = (url = '') => url.replace(linkKey.publicUrl, '/');
    return { reader, unsubscribe: local(links?.unsubscribe), preferences: local(links?.preferences) };
  }

  /** A form as a browser sends it. */
  const post = (url: string, fields: Record<string, string | readonly string[]>, headers = {}) =>
    server.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: Object.entries(fields)
        .flatMap(([name, values]) => [values].flat().map((value) => `${name}=${encodeURIComponent(value)}`))
        .join('&'),
    });
  const get = (url: string, headers = {}) => server.inject({ url, headers });
  return { server, store, errors, addReader, post, get, letters: () => store.letters.due(NOW, 50) };
}
