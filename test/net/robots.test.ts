import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRobots, type RobotsAnswer } from '../../net/robots.ts';

const AGENT = 'PolicyDigest/0.1 (+mailto:editor@digest.example)';

function robotsOf(answers: readonly RobotsAnswer[], now = { ms: 0 }) {
  const asked: string[] = [];
  const robots = createRobots({
    clock: { now: () => new Date(now.ms) },
    userAgent: AGENT,
    fetchRobots: async (url) => {
      asked.push(url);
      return answers[Math.min(asked.length, answers.length) - 1] ?? { kind: 'none' };
    },
  });
  return { robots, asked };
}

test('takes the group that names us, and a crawl delay up to the cap', async () => {
  const text = 'User-agent: *\nDisallow: /\n\nUser-agent: policydigest\nDisallow: /no\nCrawl-delay: 120\n';
  const { robots } = robotsOf([{ kind: 'text', text }]);
  assert.deepEqual(await robots.check('http://a.gov.cn/yes'), { verdict: 'allowed', gapMs: 10_000 });
  assert.deepEqual(await robots.check('http://a.gov.cn/no/1'), { verdict: 'disallowed', line: 5 });
});

test('takes a page shown in place of robots.txt for no rules', async () => {
  const { robots } = robotsOf([{ kind: 'text', text: '<html><body>页面不存在</body></html>' }]);
  assert.equal((await robots.check('http://a.gov.cn/')).verdict, 'allowed');
});

test('asks again once the answer is old, sooner when there was none', async () => {
  const now = { ms: 0 };
  const gone: RobotsAnswer = { kind: 'unreachable', code: 'ROBOTS_UNREACHABLE', detail: 'status 500' };
  const { robots, asked } = robotsOf([gone, { kind: 'none' }], now);
  assert.equal((await robots.check('http://a.gov.cn/')).verdict, 'unknown');
  assert.equal((await robots.check('http://a.gov.cn/')).verdict, 'unknown');
  now.ms = 11 * 60_000;
  assert.equal((await robots.check('http://a.gov.cn/')).verdict, 'allowed');
  now.ms = 3 * 3_600_000;
  await robots.check('http://a.gov.cn/');
  assert.equal(asked.length, 2);
  await robots.check('https://a.gov.cn/');
  assert.equal(asked.at(-1), 'https://a.gov.cn/robots.txt');
});

test('does not let the one who gave up decide for the others', async () => {
  const stop = new AbortController();
  let count = 0;
  const robots = createRobots({
    clock: { now: () => new Date(0) },
    userAgent: AGENT,
    fetchRobots: (_, signal) =>
      ++count > 1
        ? Promise.resolve({ kind: 'none' })
        : new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
  });
  const first = robots.check('http://a.gov.cn/', stop.signal);
  const second = robots.check('http://a.gov.cn/');
  stop.abort(new Error('gave up'));
  await assert.rejects(first, /gave up/);
  assert.equal((await second).verdict, 'allowed');
});
