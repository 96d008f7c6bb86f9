import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verificationWall } from '../../net/verification.ts';

const NEWS = `<ul>${'<li><a href="/a.html">省科技厅关于组织申报重点研发计划项目的通知</a></li>'.repeat(12)}</ul>`;

for (const [name, page] of [
  ['jsl', '<script>document.cookie=("__jsl_clearance_s=1");location.href=location.pathname</script>'],
  [
    'acw',
    '<html><script>var arg1="0A";function setCookie(){document.cookie="acw_sc__v2="+x;document.location.reload()}</script>',
  ],
  [
    'ruishu',
    `<html><head><meta id="9" content="x" r='m'></head><script>$_ts=window['$_ts'];$_ts.cd="q"</script><body></body></html>`,
  ],
  ['cloudflare', '<title>Just a moment...</title><script src="/cdn-cgi/challenge-platform/h/b"></script>'],
  ['words', '<title>安全验证</title><body><p>请完成安全验证后继续访问</p></body>'],
  ['cookie script', '<script>document.cookie="a=1";window.location.reload()</script>'],
] as const)
  test(`sees the wall: ${name}`, () => assert.equal(verificationWall(page), name));

for (const [name, page] of [
  [
    'a list with a captcha script in its login box',
    `<script src="https://static.geetest.com/gt.js"></script>${NEWS}`,
  ],
  ['a list behind a protected site', `<script src="/cdn-cgi/challenge-platform/x.js"></script>${NEWS}`],
  [
    'a notice that speaks of verification',
    `<p>${'请输入验证码登录申报系统，各单位按要求填报材料。'.repeat(40)}</p>`,
  ],
  ['an empty list', '<html><title>通知公告</title><body><ul></ul></body></html>'],
  ['a login form', '<form><input name=user><input type=password><button>登录</button></form>'],
  ['a counting script', '<p>共0条</p><script>document.cookie="seen=1"</script>'],
] as const)
  test(`leaves alone: ${name}`, () => assert.equal(verificationWall(page), undefined));

test('takes linear time on unclosed tags', () => {
  const start = performance.now();
  verificationWall('<script><!--'.repeat(100_000));
  verificationWall('<a '.repeat(100_000));
  assert.ok(performance.now() - start < 1000);
});
