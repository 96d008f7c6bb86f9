import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Store } from '../db/store.ts';
import { savePreferences } from '../jobs/preferences.ts';
import { readerOfToken } from '../jobs/reader-of-token.ts';
import { switchesFor, switchLanguage } from '../jobs/switch-language.ts';
import { unsubscribe } from '../jobs/unsubscribe.ts';
import type { Clock } from '../model/clock.ts';
import type { Recipient } from '../model/delivery.ts';
import type { Digest, InterfaceLanguage } from '../model/digest.ts';
import type { DigestId } from '../model/ids.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import { type LinkKey, type ReaderPurpose, readerLinks } from '../text/reader-tokens.ts';
import { bodyOf, readPreferences, textOf } from './reader-forms.ts';
import { languageOf } from './reader-language.ts';
import { digestChoices, frameOf, masked, selectionChoices, switchOffers } from './reader-views.ts';
import { READER_WORDING, type ReaderWording } from './reader-wording.ts';
import type { Pages } from './server.ts';
import type { View } from './views.ts';

export interface ReaderPagesInput {
  readonly store: Store;
  readonly clock: Clock;
  readonly digests: readonly Digest[];
  readonly vocabulary: Vocabulary;
  /** Absent where readers cannot reach these pages: then nothing is subscribed and no link is valid. */
  readonly linkKey: LinkKey | undefined;
  readonly archiveUrl: string;
  /** An address or page of the operator; empty: none is shown. */
  readonly contact: string;
  readonly views: Readonly<Record<'message' | 'preferences' | 'subscribe' | 'unsubscribe', View>>;
  /** Told of work that failed after the answer had gone out. */
  onError(error: Error): void;
}

export interface PageLink {
  readonly href: string;
  readonly text: string;
}

/** What a page of one message says, and where it leads on. */
export interface PageMessage {
  readonly title: string;
  readonly text: string;
  readonly isGood?: boolean;
  /** A form with one button that posts to this page. */
  readonly button?: string;
  readonly links?: readonly PageLink[];
}

/** Answers in the look of the pages for readers. */
export function readerPage({ views, digests, contact, linkKey }: ReaderPagesInput, own?: InterfaceLanguage) {
  const base = linkKey === undefined ? '/' : new URL(linkKey.publicUrl).pathname;
  const fallback = digests[0]?.lang ?? 'zh-CN';
  return (request: FastifyRequest, reply: FastifyReply) => {
    const lang = languageOf(request, fallback, own);
    const words: ReaderWording = READER_WORDING[lang];
    const here = `${base}${request.url.split('?', 1)[0]?.slice(1) ?? ''}`;
    const show = (status: number, view: keyof typeof views, title: string, context: object) =>
      reply
        .status(status)
        .type('text/html; charset=utf-8')
        .header('content-language', lang)
        .header('vary', 'accept-language')
        .send(views[view]({ ...frameOf({ lang, base, here, contact }, title), here, ...context }));
    const say = (status: number, { title, text, isGood = false, button, links = [] }: PageMessage) =>
      show(status, 'message', title, { text, isGood, button: button ?? null, links });
    return { lang, words, base, show, say };
  };
}

/** The field of RFC 8058 as a part of multipart form data. */
const ONE_CLICK_PART = /name="?List-Unsubscribe"?\r?\n(?:[^\r\n]+\r?\n)*\r?\nOne-Click\b/i;

/** Preferences and unsubscribing by the links in a reader's mail. Looking at a page changes nothing: scanners follow links. */
export function readerPages(input: ReaderPagesInput): Pages {
  return (server) => {
    server.register(async (scope) => {
      // RFC 8058 lets mailbox providers send the one field of the form either way; our own forms are never sent like this.
      scope.addContentTypeParser('multipart/form-data', { parseAs: 'string' }, (_request, body, done) =>
        done(null, ONE_CLICK_PART.test(String(body)) ? { 'List-Unsubscribe': 'One-Click' } : {}),
      );
      preferencePages(scope, input);
      unsubscribePages(scope, input);
    });
  };
}

function preferencePages(server: FastifyInstance, input: ReaderPagesInput): void {
  const { store, clock, digests, vocabulary, archiveUrl } = input;
  const page = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { reader, isSaved }: { readonly reader: Recipient; readonly isSaved: boolean },
  ) => {
    const { lang, words, base, show } = readerPage(input, reader.lang)(request, reply);
    const whole = (await store.suppressions.of(reader.email)).find(({ digestId }) => digestId === undefined);
    const links = readerLinks(input.linkKey, reader, 'all' as DigestId);
    return show(200, 'preferences', words.preferencesTitle, {
      isSaved,
      isStopped: whole !== undefined && whole.reason !== 'unsubscribed',
      lead: words.preferencesLead(masked(reader.email)),
      digests: digestChoices(offered(digests, reader), reader.digestIds, { lang, now: clock.now() }),
      switches: switchOffers(switchesFor(digests, reader), lang),
      ...selectionChoices(vocabulary, reader, lang),
      nothingMeansAll: words.nothingMeansAll(archiveUrl !== ''),
      hasLink: archiveUrl !== '',
      attachPdf: reader.attachPdf,
      isNote: reader.quietWeek === 'note',
      ownLang: { zh: reader.lang === 'zh-CN', en: reader.lang === 'en', none: reader.lang === undefined },
      unsubscribeHref: `${base}unsubscribe/${links?.unsubscribe.split('/').at(-2) ?? ''}/all`,
    });
  };
  server.get<{ Params: { token: string } }>('/preferences/:token', async (request, reply) => {
    const reader = await readerFor(input, 'preferences', request.params.token);
    return reader?.active
      ? page(request, reply, { reader, isSaved: false })
      : unknownLink(input, request, reply);
  });
  server.post<{ Params: { token: string } }>('/preferences/:token', async (request, reply) => {
    const reader = await readerFor(input, 'preferences', request.params.token);
    if (!reader?.active) return unknownLink(input, request, reply);
    const body = bodyOf(request.body);
    const wanted = textOf(body.switch);
    if (wanted === '') {
      const choices = { digests: offered(digests, reader), vocabulary };
      await savePreferences(input, reader, readPreferences(body, reader, choices), 'reader');
    } else {
      // Pressed twice, there is nothing left to switch.
      const found = switchesFor(digests, reader).find(({ from }) => from.id === wanted);
      if (found !== undefined) await switchLanguage(input, reader, found);
    }
    const saved = (await store.recipients.byId(reader.id)) ?? reader;
    return page(request, reply, { reader: saved, isSaved: true });
  });
}

type UnsubscribeRoute = { Params: { token: string; digestId: string } };

function unsubscribePages(server: FastifyInstance, input: ReaderPagesInput): void {
  server.get<UnsubscribeRoute>('/unsubscribe/:token/:digestId', async (request, reply) => {
    const found = await subscriptionFor(input, request);
    if (found === undefined) return unknownLink(input, request, reply);
    const { reader, what, title } = found;
    const { words, base, show } = readerPage(input, reader.lang)(request, reply);
    const address = masked(reader.email);
    const links = readerLinks(input.linkKey, reader, 'all' as DigestId);
    return show(200, 'unsubscribe', words.unsubscribeTitle, {
      lead: what === 'all' ? words.unsubscribeAllLead(address) : words.unsubscribeLead(title, address),
      isOne: what !== 'all',
      preferencesHref: `${base}preferences/${links?.preferences.split('/').at(-1) ?? ''}`,
    });
  });
  server.post<UnsubscribeRoute>('/unsubscribe/:token/:digestId', async (request, reply) => {
    const found = await subscriptionFor(input, request);
    if (found === undefined) return unknownLink(input, request, reply);
    const { reader, title } = found;
    const body = bodyOf(request.body);
    const isOneClick = textOf(body['List-Unsubscribe']) === 'One-Click';
    const what = textOf(body.scope) === 'all' ? 'all' : found.what;
    const evidence = isOneClick ? 'one-click POST' : 'page';
    await unsubscribe(input, reader, what, { by: 'reader', evidence });
    const { words, say } = readerPage(input, reader.lang)(request, reply);
    const address = masked(reader.email);
    return say(200, {
      title: words.unsubscribed,
      text: what === 'all' ? words.unsubscribedAll(address) : words.unsubscribedMore(title, address),
      isGood: true,
    });
  });
}

async function subscriptionFor(
  input: ReaderPagesInput,
  request: FastifyRequest<UnsubscribeRoute>,
): Promise<
  { readonly reader: Recipient; readonly what: DigestId | 'all'; readonly title: string } | undefined
> {
  const { token, digestId } = request.params;
  const reader = await readerFor(input, 'unsubscribe', token);
  if (reader === undefined) return undefined;
  if (digestId === 'all') return { reader, what: 'all', title: '' };
  const digest = input.digests.find(({ id }) => id === digestId);
  const what = digest?.id ?? reader.digestIds.find((id) => id === digestId);
  return what === undefined ? undefined : { reader, what, title: digest?.title ?? what };
}

async function readerFor(
  { linkKey, ...context }: ReaderPagesInput,
  purpose: ReaderPurpose,
  token: string,
): Promise<Recipient | undefined> {
  return linkKey === undefined ? undefined : readerOfToken(context, linkKey.key, purpose, token);
}

function unknownLink(input: ReaderPagesInput, request: FastifyRequest, reply: FastifyReply) {
  const { words, say } = readerPage(input)(request, reply);
  return say(404, { title: words.unknownLink, text: words.unknownLinkMore });
}

/** What runs, and what the reader gets already: a digest that is switched off has no next edition to choose. */
function offered(digests: readonly Digest[], reader: Recipient): readonly Digest[] {
  return digests.filter(({ id, enabled }) => enabled || reader.digestIds.includes(id));
}
