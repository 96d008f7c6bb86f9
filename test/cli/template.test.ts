import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { type Preview, previewTemplate } from '../../cli/template-preview.ts';

const TEMPLATES = path.resolve(import.meta.dirname, '../../templates');
let folder: string;
let preview: Preview;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'policy-digest-preview-'));
  for (const name of ['gazette', 'brief'])
    await cp(path.join(TEMPLATES, name), path.join(folder, name), { recursive: true });
  preview = await previewTemplate({ templatesDir: folder, name: 'brief', lang: 'zh-CN', port: 0 });
});

after(async () => {
  await preview?.close();
  await rm(folder, { recursive: true, force: true });
});

const get = (file: string) => fetch(new URL(file, preview.url));

test('shows the canonical edition in every rendition, with its fonts', async () => {
  assert.match(await (await get('')).text(), /EventSource\('events'\)/);
  for (const file of ['index.html', 'print.html', 'email.html', 'email.txt'])
    assert.match(await (await get(`edition/${file}`)).text(), /科技成果转化激励机制/, file);
  const web = await (await get('edition/index.html')).text();
  const kept = /href="(kept\/[^"#]+)/.exec(web)?.[1] ?? '';
  assert.equal((await get(`edition/${kept}`)).status, 200);
  const font = /url\((fonts\/[^)]+)\)/.exec(await (await get('edition/fonts.css')).text())?.[1] ?? '';
  assert.equal((await get(`edition/${font}`)).headers.get('content-type')?.split(';')[0], 'font/woff2');
  assert.equal((await get('edition/fonts/../../package.json')).status, 404);
});

test('tells of a change, in the extended template too, and shows the fault until it is mended', async () => {
  const file = path.join(folder, 'gazette/email-text.hbs');
  const good = await readFile(file, 'utf8');
  const events = await get('events');
  const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader();
  const nextChange = async () => {
    for (let told = ''; !told.includes('event: change'); ) {
      const { value, done } = await reader.read();
      if (done) throw new Error('the stream of events ended');
      told += value;
    }
  };
  await writeFile(file, '{{nonsense}}');
  await nextChange();
  const broken = await get('edition/email.txt');
  assert.equal(broken.status, 500);
  assert.match(await broken.text(), /TEMPLATE_FAILED: rendering email-text\.hbs: .*nonsense/);
  await writeFile(file, good);
  await nextChange();
  assert.equal((await get('edition/email.txt')).status, 200);
  await reader.cancel();
});

test('serves no page that asks under another name', async () => {
  const { request } = await import('node:http');
  const status = await new Promise((resolve, reject) => {
    request(preview.url, { headers: { host: 'evil.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  assert.equal(status, 403);
});

test('refuses a template that is not there', async () => {
  await assert.rejects(previewTemplate({ templatesDir: folder, name: 'nowhere', lang: 'en', port: 0 }), {
    code: 'TEMPLATE_MISSING',
  });
});
