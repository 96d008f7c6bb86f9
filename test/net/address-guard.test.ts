import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { AddressRefused, createAddressGuard } from '../../net/address-guard.ts';

const guard = createAddressGuard();

const REFUSED = [
  'http://10.1.2.3/',
  'http://127.0.0.1/',
  'http://0x7f.1/',
  'http://2130706433/',
  'http://169.254.1.1/',
  'http://[::1]/',
  'http://[::ffff:8.8.8.8]/',
  'http://[fe80::1]/',
  'http://[2001:db8::5]/',
  'http://[2002:808:808::]/',
  'http://localhost/',
  'http://intranet/',
  'http://printer.local./',
  'ftp://gov.cn/',
  'file:///etc/hosts',
  'http://user:secret@gov.cn/',
  'http://gov.cn:22/',
  'http://gov.cn:6379/',
  '//gov.cn/',
];
const ALLOWED = [
  'http://www.gov.cn/',
  'https://gov.cn:8443/a',
  'http://8.8.8.8/',
  'http://[2606:4700::1111]/',
  'http://gov.cn:81/',
];

for (const url of REFUSED) test(`refuses ${url}`, () => assert.equal(typeof guard.refusal(url), 'string'));

for (const url of ALLOWED) test(`lets ${url} pass`, () => assert.equal(guard.refusal(url), undefined));

test('allows the loopback only when told to', () => {
  const open = createAddressGuard({ allowLoopback: true });
  assert.equal(open.refusal('http://127.0.0.1:4000/'), undefined);
  assert.equal(typeof open.refusal('http://10.0.0.1/'), 'string');
});

test('refuses a host when one of its answers is not public', async () => {
  const mixed = createAddressGuard({
    resolve: async () => [
      { address: '8.8.8.8', family: 4 },
      { address: '192.168.0.1', family: 4 },
    ],
  });
  await assert.rejects(mixed.resolve('mixed.gov.cn'), AddressRefused);
});

test('hands out all public answers', async () => {
  const answers = [
    { address: '8.8.8.8', family: 4 },
    { address: '2606:4700::1111', family: 6 },
  ] as const;
  const both = createAddressGuard({ resolve: async () => answers });
  assert.deepEqual(await both.resolve('both.gov.cn'), answers);
});

test('gives every verdict of the address corpus', async (t) => {
  const corpus = process.env.CORPUS_DIR;
  if (corpus === undefined) return t.skip('CORPUS_DIR is not set: the address verdicts are not checked');
  const rows = JSON.parse(await readFile(join(corpus, 'hostile/urls/ssrf.json'), 'utf8')) as {
    host?: string;
    url?: string;
    expect: string;
  }[];
  const wrong = rows.filter(
    ({ host, url, expect }) =>
      (guard.refusal(url ?? `http://${host}/`) === undefined ? 'allow' : 'block') !== expect,
  );
  assert.equal(rows.length > 0, true);
  assert.deepEqual(wrong, []);
  // The same verdicts when a name server gives the address, under a name that looks public.
  for (const { host, expect } of rows) {
    const address = host?.replace(/^\[(.*)\]$/, '$1');
    if (
      address === undefined ||
      !/^(?:\d+\.){3}\d+$|^[0-9a-f:]+$/i.test(address) ||
      /^0\d|\.0\d/.test(address)
    )
      continue;
    const answering = createAddressGuard({
      resolve: async () => [{ address, family: address.includes(':') ? 6 : 4 }],
    });
    const verdict = await answering.resolve('names.gov.cn').then(
      () => 'allow',
      () => 'block',
    );
    assert.equal(verdict, expect, `as a DNS answer: ${address}`);
  }
});
