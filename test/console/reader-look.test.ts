// The pages for readers in a browser: on a telephone, by night, for people who see little or nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listen } from '../../console/server.ts';
import { checkLook } from './look.ts';
import { openReaderPages } from './readers.ts';

test('pages for readers fit a telephone, need no script, and have no violation that axe finds', async (t) => {
  const pages = await openReaderPages(t, { publicUrl: 'https://news.example/' });
  const { unsubscribe, preferences } = await pages.addReader();
  // The page then also offers the digest in that language.
  await pages.post(preferences, { digests: 'weekly', lang: 'en' });
  await pages.post('/subscribe', { email: 'new@reader.example', digests: 'weekly', agree: 'yes' });
  const confirm = /https:\/\/news\.example(\/confirm\/[\w-]+)/.exec(
    (await pages.letters())[0]?.text ?? '',
  )?.[1];
  assert.ok(confirm);
  const base = await listen(pages.server, '127.0.0.1', 0);
  const paths = ['/subscribe', unsubscribe, preferences, confirm, '/confirm/none'];
  await checkLook(
    base,
    paths.flatMap((path) => ['zh-CN', 'en'].map((lang) => `${path}?lang=${lang}`)),
    async (page, name) =>
      assert.equal(await page.$$eval('script', (all) => all.length), 0, `${name} needs a script`),
  );
});
