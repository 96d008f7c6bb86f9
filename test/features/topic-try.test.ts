import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { command, lastJson, makePlace, type Place } from './support.ts';

interface Tried {
  readonly seen: number;
  readonly matched: number;
  readonly matches: readonly {
    readonly title: string;
    readonly words: readonly string[];
    readonly isNew: boolean;
  }[];
}

let place: Place;

before(async () => {
  place = await makePlace();
  const pages = path.join(place.dir, 'pages');
  await mkdir(pages);
  const page = (title: string, text: string) =>
    `<html><head><title>${title}</title></head><body><h1>${title}</h1><p>2021-06-21</p><div>${`<p>${text}</p>`.repeat(4)}</div></body></html>`;
  await writeFile(
    path.join(pages, 'a.html'),
    page('全市养蜂大会在会展中心召开', '会议总结了养蜂工作，讨论了蜂农的困难，表彰了先进个人。'),
  );
  await writeFile(
    path.join(pages, 'b.html'),
    page('全市消防大会在会展中心召开', '会议总结了消防工作，讨论了基层的困难，表彰了先进个人。'),
  );
  const manifest = ['a', 'b'].map((id) => ({ file: `${id}.html`, url: `https://city.example/${id}.html` }));
  await writeFile(path.join(pages, 'manifest.json'), JSON.stringify(manifest));
  const end = await command(['import', pages], place.env);
  assert.equal(end.code, 0, end.err);
});

after(async () => {
  await place?.remove();
});

test('an operator sees what a topic would have matched before adding it', async () => {
  const end = await command(['topic', 'try', '养蜂', '--days', '3650', '--json'], place.env);
  const tried = lastJson<Tried>(end);
  assert.deepEqual(
    [tried.seen, tried.matches.map(({ title, words, isNew }) => [title, words, isNew])],
    [2, [['全市养蜂大会在会展中心召开', ['养蜂'], true]]],
  );
});

test('a number of days that is none is wrong use', async () => {
  const end = await command(['topic', 'try', '养蜂', '--days', 'many'], place.env);
  assert.equal(end.code, 2);
  assert.match(end.err, /TOPIC_DAYS/);
});
