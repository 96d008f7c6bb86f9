import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { describeConfig, loadConfig } from '../config.ts';
import { ConfigError } from '../model/errors.ts';

test('without any setting the defaults run, with paths below the given folder', () => {
  const config = loadConfig({}, '/srv/digest');
  assert.equal(config.dataDir, path.resolve('/srv/digest/data'));
  assert.equal(config.allowLoopback, false);
  assert.equal(config.hostGapMs, 1500);
});

test('all faults are told at once, each with its variable', () => {
  assert.throws(
    () =>
      loadConfig(
        { HOST_GAP_MS: 'soon', NET_ALLOW_LOOPBACK: 'perhaps', LOG_LEVEL: 'loud', FETCH_CONCURRENCY: '0' },
        '/',
      ),
    (error: unknown) => {
      assert.ok(error instanceof ConfigError);
      for (const name of ['HOST_GAP_MS', 'NET_ALLOW_LOOPBACK', 'LOG_LEVEL', 'FETCH_CONCURRENCY'])
        assert.match(error.message, new RegExp(name));
      return true;
    },
  );
});

test('an empty value counts as not set', () => {
  assert.equal(loadConfig({ HTTP_PORT: '  ' }, '/').httpPort, 8321);
});

test('secrets are never shown', () => {
  const shown = describeConfig(loadConfig({ SMTP_URL: 'smtp://me:secret@mail.example' }, '/'));
  assert.doesNotMatch(JSON.stringify(shown), /secret/);
  assert.equal(shown.find((row) => row.variable === 'SMTP_URL')?.value, '***');
});
