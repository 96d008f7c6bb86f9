import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { AppError } from '../../model/errors.ts';
import { createWriter } from '../../net/writer.ts';
import { document } from '../pipeline/documents.ts';

type Answering = (request: IncomingMessage, body: string, response: ServerResponse) => void;

async function serve(t: TestContext, answer: Answering): Promise<string> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => answer(request, body, response));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  t.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

const TASK = {
  lang: 'zh-CN',
  documents: [document('a', { title: '关于补助的通知', text: '补助300万元。' })],
} as const;
const never = new AbortController().signal;

test('asks the way OpenAI-compatible services are asked, and hands back the words', async (t) => {
  const seen: { url?: string | undefined; key?: string | undefined; body?: string } = {};
  const url = await serve(t, (request, body, response) => {
    Object.assign(seen, { url: request.url, key: request.headers.authorization, body });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content: '补助300万元。' } }] }));
  });
  const writer = createWriter({ url: `${url}/`, model: 'small-model', key: 'secret' });
  t.after(() => writer.close());
  assert.equal(await writer.write(TASK, never), '补助300万元。');
  assert.equal(writer.name, 'small-model');
  assert.equal(seen.url, '/v1/chat/completions');
  assert.equal(seen.key, 'Bearer secret');
  const asked = JSON.parse(seen.body ?? '') as {
    model: string;
    temperature: number;
    messages: { content: string }[];
  };
  assert.deepEqual([asked.model, asked.temperature], ['small-model', 0]);
  assert.match(asked.messages[1]?.content ?? '', /关于补助的通知\n补助300万元/);
});

test('says what an unusable answer was', async (t) => {
  const answers: [number, string][] = [
    [401, '{"error":"no such key"}'],
    [200, '<html>a login page</html>'],
    [200, '{"choices":[]}'],
    [200, 'null'],
  ];
  const url = await serve(t, (_request, _body, response) => {
    const [status, text] = answers.shift() ?? [500, ''];
    response.statusCode = status;
    response.end(text);
  });
  const writer = createWriter({ url, model: 'small-model', key: '' });
  t.after(() => writer.close());
  for (const said of [
    /status 401, .*no such key/,
    /not a chat completion/,
    /not a chat completion/,
    /not a chat completion/,
  ])
    await assert.rejects(
      writer.write(TASK, never),
      (error) => error instanceof AppError && error.code === 'WRITER_FAILED' && said.test(error.message),
    );
});
