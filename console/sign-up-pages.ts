import type { FastifyReply, FastifyRequest } from 'fastify';
import { askToConfirm, type Confirmed, confirmSignUp, isWaiting } from '../jobs/subscribe.ts';
import { isEmailAddress } from '../text/address.ts';
import { readerToken } from '../text/reader-tokens.ts';
import { createPeerLimit } from './peer-limit.ts';
import { bodyOf, readSignUp, type SignUpForm } from './reader-forms.ts';
import { type PageLink, type ReaderPagesInput, readerPage } from './reader-pages.ts';
import { digestChoices } from './reader-views.ts';
import type { ReaderWording } from './reader-wording.ts';
import type { Pages } from './server.ts';

/** From one peer and from all in an hour: enough for an office, too few to flood strangers with letters. */
const SIGN_UPS_EACH = 10;
const SIGN_UPS_ALL = 300;

const NO_FORM: SignUpForm = { email: '', digestIds: [], attachPdf: true, agrees: false, isTrapped: false };

/** `/subscribe` and the page that the letter's link opens. */
export function signUpPages(input: ReaderPagesInput): Pages {
  const { clock, linkKey, archiveUrl } = input;
  const digests = input.digests.filter(({ enabled }) => enabled);
  const limit = createPeerLimit(SIGN_UPS_EACH, SIGN_UPS_ALL);

  const form = (
    request: FastifyRequest,
    reply: FastifyReply,
    {
      status,
      faults,
      sent,
    }: { readonly status: number; readonly faults: readonly string[]; readonly sent: SignUpForm },
  ) => {
    const { lang, words, say, show } = readerPage(input)(request, reply);
    if (linkKey === undefined || digests.length === 0)
      return say(404, { title: words.subscribeTitle, text: words.closed });
    const own = digests.filter((digest) => digest.lang === lang).map(({ id }) => id);
    const isFresh = sent === NO_FORM;
    return show(status, 'subscribe', words.subscribeTitle, {
      faults,
      email: sent.email,
      digests: digestChoices(digests, isFresh ? own.slice(0, 1) : sent.digestIds, { lang, now: clock.now() }),
      pastEditions: archiveUrl === '' ? null : `${archiveUrl}index.html`,
      hasLink: archiveUrl !== '',
      attachPdf: sent.attachPdf,
      agrees: sent.agrees,
    });
  };

  return (server) => {
    server.get('/subscribe', async (request, reply) =>
      form(request, reply, { status: 200, faults: [], sent: NO_FORM }),
    );

    server.post('/subscribe', async (request, reply) => {
      const { lang, words, say } = readerPage(input)(request, reply);
      const sent = readSignUp(bodyOf(request.body), digests);
      if (linkKey === undefined) return form(request, reply, { status: 404, faults: [], sent });
      if (!limit.allows(request, clock.now()))
        return say(429, { title: words.subscribeTitle, text: words.tooMany });
      const faults = [
        ...(isEmailAddress(sent.email) ? [] : [words.faultEmail]),
        ...(sent.digestIds.length > 0 ? [] : [words.faultDigests]),
        ...(sent.agrees ? [] : [words.faultConsent]),
      ];
      if (faults.length > 0 && !sent.isTrapped) return form(request, reply, { status: 422, faults, sent });
      // The answer goes out first and is the same for everybody: neither its words nor its time tell who is known.
      say(200, { title: words.asked, text: words.askedMore, isGood: true });
      if (sent.isTrapped) return reply;
      const titles = digests.filter(({ id }) => sent.digestIds.includes(id)).map(({ title }) => title);
      await askToConfirm(input, {
        email: sent.email,
        lang,
        request: {
          digestIds: sent.digestIds,
          attachPdf: sent.attachPdf,
          lang,
          consent: `sign-up page: ${words.consent}`,
        },
        confirmUrl: (token) => `${linkKey.publicUrl}confirm/${token}?lang=${lang}`,
        letter: (url) => ({ subject: words.letterSubject, text: words.letterText(titles, url) }),
      }).catch((error: unknown) => input.onError(error instanceof Error ? error : new Error(String(error))));
      return reply;
    });

    server.get<{ Params: { token: string } }>('/confirm/:token', async (request, reply) => {
      const { words, say } = readerPage(input)(request, reply);
      if (!(await isWaiting(input, request.params.token))) return stale(request, reply);
      return say(200, { title: words.confirmTitle, text: words.confirmLead, button: words.confirm });
    });

    server.post<{ Params: { token: string } }>('/confirm/:token', async (request, reply) => {
      const { lang, words, base, say } = readerPage(input)(request, reply);
      const confirmed = await confirmSignUp(input, request.params.token);
      if (confirmed === undefined) return stale(request, reply);
      const links = [
        ...preferencesLink(confirmed, { base, lang, text: words.choose }),
        ...(await newestEditions(confirmed, words)),
      ];
      return say(200, { title: words.confirmed, text: words.confirmedMore, isGood: true, links });
    });
  };

  function preferencesLink(
    { reader }: Confirmed,
    { base, lang, text }: { readonly base: string; readonly lang: string; readonly text: string },
  ): PageLink[] {
    if (linkKey === undefined || !reader?.active) return [];
    return [
      { href: `${base}preferences/${readerToken(linkKey.key, reader, 'preferences')}?lang=${lang}`, text },
    ];
  }

  /** What to read until the next edition comes, as far as the archive is on the web. */
  async function newestEditions({ digestIds }: Confirmed, words: ReaderWording): Promise<PageLink[]> {
    if (archiveUrl === '') return [];
    const links: PageLink[] = [];
    for (const { id, title } of digests.filter((digest) => digestIds.includes(digest.id))) {
      const newest = await input.store.editions.newestOf(id);
      if (newest === undefined) continue;
      const href = new URL(`${newest.folder}/index.html`, archiveUrl).href;
      links.push({ href, text: words.newest(title, newest.week) });
    }
    return links;
  }

  function stale(request: FastifyRequest, reply: FastifyReply) {
    const { lang, words, base, say } = readerPage(input)(request, reply);
    const links = [{ href: `${base}subscribe?lang=${lang}`, text: words.again }];
    return say(410, { title: words.stale, text: words.staleMore, links });
  }
}
