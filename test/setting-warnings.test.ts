import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SETTINGS } from '../config.ts';
import { settingWarnings } from '../setting-warnings.ts';

const told = (env: readonly string[], inFile: readonly string[] = []) =>
  settingWarnings({ publicUrl: '' }, env, inFile).map(({ variable, reason }) => `${variable}: ${reason}`);

test('readers’ pages on a public host without https are told', () => {
  const isTold = (publicUrl: string) => settingWarnings({ publicUrl }, [], []).length === 1;
  for (const url of ['http://news.digest.org/', 'http://8.8.8.8/', 'http://[2606:4700::1111]:8080/'])
    assert.equal(isTold(url), true, url);
  for (const url of [
    '',
    'https://news.digest.org/',
    'http://localhost:8321/',
    'http://127.0.0.1:8321/',
    'http://[::1]/',
    'http://192.168.1.7/',
    'http://digest/',
    'http://news.example/',
    'http://news.test/',
    'http://printer.local/',
  ])
    assert.equal(isTold(url), false, url);
});

test('a slip in a name of the environment is told with what was meant', () => {
  for (const [slip, meant] of [
    ['SMPT_URL', 'SMTP_URL'],
    ['DATADIR', 'DATA_DIR'],
    ['PUBLIC_URI', 'PUBLIC_URL'],
    ['OPERATOR_EMAIL', 'OPERATOR_MAIL'],
    ['smtp_url', 'SMTP_URL'],
  ] as const)
    assert.deepEqual(told([slip]), [`${slip}: no setting has this name; is ${meant} meant?`]);
});

test('settings, and what else stands in an environment, are not', () => {
  const settings = Object.values(SETTINGS).map(({ variable }) => variable);
  const others =
    'PATH HOME NODE_ENV NODE_OPTIONS LANG TZ USER SHELL PWD TERM HOSTNAME LOGNAME MAIL SMTP_HOST SMTP_PORT HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy XDG_DATA_DIRS XDG_DATA_HOME PGDATA DATABASE_HOST MAILTO LC_ALL npm_config_cache INVOCATION_ID';
  assert.deepEqual(told([...settings, ...others.split(' ')], settings), []);
});

test('whatever stands in .env and is no setting is told, once', () => {
  assert.deepEqual(told(['SMTP_HOST', 'SMPT_URL'], ['SMTP_HOST', 'SMPT_URL', 'DATA_DIR']), [
    'SMTP_HOST: no setting has this name, which stands in .env',
    'SMPT_URL: no setting has this name, which stands in .env; is SMTP_URL meant?',
  ]);
});
