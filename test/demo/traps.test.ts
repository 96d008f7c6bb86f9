import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { startDemoWeb } from '../../demo/server.ts';
import { readSites } from '../../demo/site.ts';
import { TRAPS, type TrapAnswer } from '../../demo/traps.ts';
import { DEMO_VISITS } from '../../demo/week.ts';
import { fixedClock } from '../../model/clock.ts';
import { FINDING_CODES } from '../../model/finding.ts';
import { visit } from './visitor.ts';

/** Table cells are padded by the formatter. */
const README = readFileSync(path.join(import.meta.dirname, '../../demo/README.md'), 'utf8').replace(
  / {2,}/g,
  ' ',
);

for (const [index, day] of (['thursday', 'monday'] as const).entries()) {
  test(`every trap answers on ${day} as it says`, async () => {
    const web = await startDemoWeb({ clock: fixedClock(DEMO_VISITS[day]) });
    try {
      for (const { id, urls, answers } of TRAPS) {
        const seen = await Promise.all(urls.map((url) => answerOf(web.port, url)));
        const said = answers[index] ?? [];
        assert.deepEqual(seen, typeof said === 'object' ? said : urls.map(() => said), id);
      }
    } finally {
      await web.close();
    }
  });
}

test('traps are named once and expect findings that exist', () => {
  const ids = TRAPS.map((trap) => trap.id);
  assert.deepEqual(ids, [...new Set(ids)]);
  const codes = TRAPS.flatMap(({ expectation }) =>
    expectation.kind === 'finding' || expectation.kind === 'attachmentFinding' ? [expectation.code] : [],
  );
  assert.ok(codes.length > 0);
  assert.deepEqual(
    codes.filter((code) => !(FINDING_CODES as readonly string[]).includes(code)),
    [],
  );
});

test('the README shows every host and every trap as the data says', () => {
  for (const { host } of readSites()) assert.ok(README.includes(`\`${host}\``), host);
  for (const { id, what, expected } of TRAPS)
    assert.ok(README.includes(`| ${id} | ${what} | ${expected} |`), id);
});

async function answerOf(port: number, url: string): Promise<TrapAnswer> {
  try {
    return (await visit(port, url)).status;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ECONNRESET') return 'cut';
    throw error;
  }
}
