import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { simpleParser } from 'mailparser';
import { openStore, type Store } from '../../db/store.ts';
import { TRAPS, type Trap } from '../../demo/traps.ts';
import type { Document } from '../../model/document.ts';
import type { DocumentRef, Edition } from '../../model/edition.ts';
import { sha256 } from '../../text/hash.ts';
import { canonicalUrl } from '../../text/urls.ts';
import { command, lastJson, makePlace, type Place } from './support.ts';

interface DemoSummary {
  readonly state: string;
  readonly folder: string;
  readonly pages: number;
  readonly counts: Edition['counts'];
  readonly mailed: { readonly sent: number };
}

let place: Place;
let store: Store;
let edition: Edition;
let summary: DemoSummary;

before(async () => {
  place = await makePlace();
  const end = await command(['demo', '--json'], place.env);
  assert.equal(end.code, 0, end.err);
  summary = lastJson(end);
  edition = JSON.parse(
    await readFile(path.join(place.archiveDir, summary.folder, 'edition.json'), 'utf8'),
  ) as Edition;
  store = await openStore('', path.join(place.dataDir, 'demo'));
});

after(async () => {
  await store?.close();
  await place?.remove();
});

async function documentAt(url: string): Promise<Document | undefined> {
  return store.documents.byCanonicalUrl(canonicalUrl(url));
}

async function documentOf(trap: Trap, index = 0): Promise<Document> {
  const url = trap.urls[index] ?? '';
  const document = await documentAt(url);
  assert.ok(document, `${trap.id}: no document at ${url}`);
  return document;
}

/** Document id → story id, of everything the edition's week saw. */
async function storyIds(): Promise<Map<string, string>> {
  const stories = await store.stories.ofWeek(edition.digestId, edition.period.week);
  return new Map(
    stories.flatMap((story) => story.members.map((member) => [member.documentId, story.id] as const)),
  );
}

function shownRefs(): DocumentRef[] {
  const items = [
    ...(edition.lead ? [edition.lead] : []),
    ...edition.sections.flatMap((section) => section.items),
  ];
  return items.flatMap((item) => item.documents);
}

const leftOut = (reason: string) =>
  edition.leftOut.filter((row) => row.reason === reason).map((row) => row.document);

async function holds(trap: Trap): Promise<void> {
  const { expectation } = trap;
  const stories = await storyIds();
  switch (expectation.kind) {
    case 'oneStory': {
      const documents = await Promise.all(trap.urls.map((_, index) => documentOf(trap, index)));
      const ids = new Set(documents.map((document) => stories.get(document.id)));
      assert.equal(ids.size, 1, 'they are in different stories');
      assert.ok(!ids.has(undefined), 'they are in no story');
      // Beyond its section's limit a story is left out as one, too.
      const told = [shownRefs(), leftOut('limit')].map((refs) =>
        refs.filter((ref) => documents.some((document) => document.id === ref.documentId)),
      );
      assert.ok(
        told.some((refs) => refs.length === expectation.documents),
        'not all of them are shown under one item, or left out with it',
      );
      return;
    }
    case 'apart': {
      // A page that the list dates years back is noted, not fetched: then it can be in no story at all.
      const documents = (await Promise.all(trap.urls.map(documentAt))).filter(
        (document) => document !== undefined,
      );
      assert.ok(documents.length > 0);
      const ids = documents.map((document) => stories.get(document.id) ?? document.id);
      assert.equal(new Set(ids).size, documents.length);
      return;
    }
    case 'finding': {
      const findings = await store.findings.within('2021-01-01', '2022-01-01');
      assert.ok(
        findings.some(
          (finding) =>
            finding.code === expectation.code &&
            canonicalUrl(finding.url ?? '') === canonicalUrl(trap.urls[0] ?? ''),
        ),
        `no finding ${expectation.code}`,
      );
      return;
    }
    case 'revisions': {
      const document = await documentOf(trap);
      assert.equal(document.revision, expectation.revisions);
      assert.match(document.text, new RegExp(expectation.words));
      const isChange = edition.changes.some((change) => change.document.documentId === document.id);
      assert.equal(isChange, expectation.revisions > 1, 'shown as a change');
      return;
    }
    case 'outsideWeek':
      for (const url of trap.urls) {
        const document = await documentAt(url);
        assert.equal(document !== undefined && stories.has(document.id), false, url);
      }
      return;
    case 'insideWeek':
      for (const [index] of trap.urls.entries()) assert.ok(stories.has((await documentOf(trap, index)).id));
      return;
    case 'rereleased': {
      const document = await documentOf(trap);
      assert.equal(document.issuedOn, expectation.issuedOn);
      assert.ok(edition.rereleased.some((ref) => ref.documentId === document.id));
      assert.ok(!shownRefs().some((ref) => ref.documentId === document.id));
      return;
    }
    case 'offTopic':
      for (const [index] of trap.urls.entries()) {
        const { id } = await documentOf(trap, index);
        assert.ok(leftOut('offTopic').some((ref) => ref.documentId === id));
      }
      return;
    case 'title':
      assert.equal((await documentOf(trap)).title, expectation.title);
      return;
    case 'words':
      assert.ok((await documentOf(trap)).text.includes(expectation.words));
      return;
    case 'publishedOn':
      assert.equal((await documentOf(trap)).published?.on, expectation.on);
      return;
    case 'deadline': {
      const { dates } = await documentOf(trap);
      assert.ok(dates.some((fact) => fact.kind === 'deadline' && fact.on === expectation.on));
      return;
    }
    case 'noDocumentNumber':
      assert.equal((await documentOf(trap)).documentNumber, undefined);
      return;
    case 'attachments':
      assert.equal((await documentOf(trap)).attachments.length, expectation.count);
      return;
    case 'attachmentText': {
      const { id } = await documentOf(trap);
      const found = await store.attachments.withWords(expectation.words);
      assert.deepEqual(
        found.map((attachment) => attachment.documentId),
        [id],
      );
      return;
    }
    case 'attachmentFinding': {
      const { id } = await documentOf(trap);
      const findings = await store.findings.within('2021-01-01', '2022-01-01');
      assert.ok(findings.some(({ code, documentId }) => code === expectation.code && documentId === id));
      return;
    }
    case 'source': {
      const host = new URL(trap.urls[0] ?? '').host;
      const states = edition.coverage.sources.filter((source) => source.state === expectation.state);
      assert.ok(states.length > 0, `no source is ${expectation.state}`);
      const findings = await store.findings.within('2021-01-01', '2022-01-01');
      assert.ok(
        findings.some((finding) => (finding.url ?? '').includes(host) && finding.code.startsWith('SOURCE_')),
      );
    }
  }
}

for (const trap of TRAPS) test(`trap ${trap.id}: ${trap.expected}`, () => holds(trap));

test('five notices have their PDF, Word and Excel files named in the edition and their words beside the page', async () => {
  const folder = path.join(place.archiveDir, summary.folder);
  const web = await readFile(path.join(folder, 'index.html'), 'utf8');
  const named = new Map(
    [...shownRefs(), ...edition.newDocuments.map(({ document }) => document)].map((ref) => [
      ref.documentId,
      ref,
    ]),
  );
  const withWords = [...named.values()].filter(({ attachments }) =>
    attachments.some(({ state }) => state === 'read'),
  );
  const kinds = new Set<string>();
  for (const { documentId, attachments } of withWords) {
    const kept = await readFile(path.join(folder, 'kept', `${documentId}.html`), 'utf8');
    for (const stored of await store.attachments.ofDocument(documentId)) {
      const ref = attachments.find(({ url }) => url === stored.url);
      assert.deepEqual([ref?.title, ref?.kind, ref?.state], [stored.title, stored.kind, stored.state]);
      assert.ok(web.includes(`href="${stored.url}"`), stored.url);
      if (stored.state !== 'read') continue;
      kinds.add(stored.kind);
      const words = stored.text.split('\n').at(-1) ?? '';
      assert.ok(words.length > 5 && kept.includes(words), words);
      const found = await store.attachments.withWords(words);
      assert.ok(found.some((one) => one.documentId === documentId));
    }
  }
  assert.equal(withWords.length, 5);
  assert.deepEqual([...kinds].sort(), ['docx', 'pdf', 'xlsx']);
});

test('a known page that was taken down is told among the changes', () => {
  assert.deepEqual(
    edition.fates.map(({ kind, document }) => [kind, canonicalUrl(document.url)]),
    [['gone', canonicalUrl(TRAPS.find(({ id }) => id === 'gone-later')?.urls[0] ?? '')]],
  );
});

test('every document of the week is shown, folded or left out with a reason', async () => {
  const seen = await store.documents.publishedWithin(edition.period.from, edition.period.to);
  const { counts } = edition;
  assert.equal(counts.seen, seen.length);
  assert.equal(counts.shown + counts.folded + counts.leftOut, counts.seen);
  const accounted = new Set(
    [...shownRefs(), ...edition.leftOut.map((row) => row.document)].map((ref) => ref.documentId),
  );
  assert.deepEqual(
    seen.filter((document) => !accounted.has(document.id)).map((document) => document.title),
    [],
  );
});

test('only what tells of the same event is folded', async () => {
  const planted = TRAPS.filter((trap) => trap.expectation.kind === 'oneStory').map((trap) =>
    trap.urls.map(canonicalUrl),
  );
  const stories = await store.stories.ofWeek(edition.digestId, edition.period.week);
  const wrong: string[] = [];
  for (const story of stories) {
    const documents = await store.documents.byIds(story.members.map((member) => member.documentId));
    const isPlanted = planted.some(
      (urls) => documents.filter((document) => urls.includes(document.canonicalUrl)).length > 1,
    );
    if (documents.length > 1 && !isPlanted) {
      wrong.push(
        story.members
          .map(
            (member) => `${documents.find((one) => one.id === member.documentId)?.title} (${member.because})`,
          )
          .join(' + '),
      );
    }
  }
  assert.deepEqual(wrong, []);
});

test('every file of the edition is as its manifest says', async () => {
  const folder = path.join(place.archiveDir, summary.folder);
  const manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')) as {
    files: { path: string; bytes: number; sha256: string }[];
  };
  assert.ok(manifest.files.length > 5);
  for (const file of manifest.files) {
    const bytes = await readFile(path.join(folder, file.path));
    assert.equal(sha256(bytes), file.sha256, file.path);
  }
});

test('both readers have one mail with text, web text and the PDF', async () => {
  assert.equal(summary.mailed.sent, 2);
  const outbox = path.join(place.dataDir, 'demo', 'outbox');
  const files = await readdir(outbox);
  assert.equal(files.length, 2);
  const mail = await simpleParser(await readFile(path.join(outbox, files[0] ?? '')));
  assert.match(mail.subject ?? '', /^创新政策周报（演示） 2021年第25期：/);
  assert.ok((mail.text ?? '').length > 300);
  assert.equal(mail.attachments[0]?.contentType, 'application/pdf');
});

test('the archive has a front door that leads to the edition', async () => {
  const index = await readFile(path.join(place.archiveDir, 'index.html'), 'utf8');
  assert.ok(index.includes(`${summary.folder}/index.html`));
});

test('the demo a second time makes the same bytes and no new revision', async () => {
  const before = await hashes(place.archiveDir);
  const end = await command(['demo', '--json'], place.env);
  assert.equal(lastJson<DemoSummary>(end).state, 'unchanged', end.err);
  assert.deepEqual(await hashes(place.archiveDir), before);
});

async function hashes(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of await readdir(folder, { recursive: true })) {
    const file = path.join(folder, name);
    if ((await stat(file)).isFile()) found[name] = sha256(await readFile(file));
  }
  return found;
}
