import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { silentLog } from '../../cli/log.ts';
import { openStore } from '../../db/store.ts';
import { addNotes } from '../../jobs/write-notes.ts';
import type { ComposeInput } from '../../model/edition.ts';
import { AppError } from '../../model/errors.ts';
import type { Writer } from '../../model/writer.ts';
import { itemsOf } from '../../reports/check-edition.ts';
import { composeEdition } from '../../reports/compose-edition.ts';
import { canonicalInput } from '../reports/canonical-edition.ts';

const clock = { now: () => new Date('2021-06-28T00:00:00Z') };

/** A writer that says of each story what `said` makes of its lead's first sentence. */
function fakeWriter(said: (own: string) => string) {
  let asked = 0;
  const writer: Writer = {
    name: 'small-model',
    async write({ documents }) {
      asked += 1;
      return said(documents[0]?.text.match(/[^。\n]{5,}?(?:。|\.(?= |$))/)?.[0] ?? '');
    },
  };
  return { writer, asked: () => asked };
}

async function contextOf(t: TestContext, input: ComposeInput) {
  const store = await openStore('sqlite::memory:', '');
  t.after(() => store.close());
  return { store, clock, log: silentLog, signal: new AbortController().signal, vocabulary: input.vocabulary };
}

const input = canonicalInput();
const edition = composeEdition(input);
/** As many as are told in an edition of any size. */
const TOLD = itemsOf(edition).slice(0, 20);

test('what is written stands beside the own words, is kept, and is not asked for again', async (t) => {
  const context = await contextOf(t, input);
  const { writer, asked } = fakeWriter((own) => `${own}这是凭空写出的一句话。`);
  const noted = await addNotes(context, edition, input, writer);
  assert.ok(TOLD.length > 3);
  const asking = asked();
  assert.equal(asking, TOLD.length);
  const items = itemsOf(noted).slice(0, TOLD.length);
  for (const [index, item] of items.entries()) {
    assert.deepEqual(item.sentences, TOLD[index]?.sentences, 'the own words stay');
    if (item.written === undefined) continue;
    assert.equal(item.written.writer, 'small-model');
    assert.equal(item.written.sentences.length, 1, 'what no document says is not shown');
    assert.ok((item.written.sentences[0]?.basis.length ?? 0) > 0);
  }
  assert.ok(items.filter(({ written }) => written !== undefined).length > TOLD.length / 2);
  assert.deepEqual(await addNotes(context, edition, input, writer), noted);
  assert.equal(asked(), asking);
  assert.deepEqual(await addNotes(context, edition, input, undefined), noted, 'kept data need no writer');
});

test('without a writer nothing is written', async (t) => {
  const context = await contextOf(t, input);
  assert.equal(await addNotes(context, edition, input, undefined), edition);
});

test('a writer that invents everything leaves no trace in the edition', async (t) => {
  const context = await contextOf(t, input);
  const { writer } = fakeWriter(() => '某市将投入999亿元建设未来之城。');
  assert.equal(await addNotes(context, edition, input, writer), edition);
});

test('a writer that fails costs its notes, is not asked again, and is tried anew next time', async (t) => {
  const context = await contextOf(t, input);
  let asked = 0;
  const writer: Writer = {
    name: 'small-model',
    write: async () => {
      asked += 1;
      throw new AppError('WRITER_FAILED', 'status 500');
    },
  };
  assert.equal(await addNotes(context, edition, input, writer), edition);
  assert.equal(asked, 1);
  await addNotes(context, edition, input, fakeWriter((own) => own).writer).then((noted) =>
    assert.ok(itemsOf(noted).some(({ written }) => written !== undefined)),
  );
});
