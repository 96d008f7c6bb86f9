import assert from 'node:assert/strict';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';

/** Verifies a mail against the one record that a DNS would hold; gives the names of the signed headers. */
export async function signedHeaders(
  bytes: Buffer,
  record: { readonly name: string; readonly value: string },
): Promise<readonly string[]> {
  const { results } = await dkimVerify(bytes, {
    resolver: async (name: string, type: string) => {
      assert.deepEqual([name, type], [record.name, 'TXT']);
      return [[record.value]];
    },
  });
  assert.deepEqual(
    results.map(({ status }) => status.result),
    ['pass'],
  );
  const head = bytes.toString('latin1').split('\r\n\r\n', 1)[0] ?? '';
  const signature = /^DKIM-Signature: (?:.*(?:\r\n[ \t]+.*)*)/im.exec(head)?.[0].replace(/\s+/g, '') ?? '';
  return (/;h=([^;]+)/.exec(signature)?.[1] ?? '').toLowerCase().split(':');
}
