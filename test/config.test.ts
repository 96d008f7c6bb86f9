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

test('addresses and senders that could not be used later are told at the start, without their password', () => {
  const faulty = {
    SMTP_URL: 'mail.example:secret',
    PUBLIC_URL: 'news.example',
    MAIL_FROM: 'digest',
    HTTP_PORT: '70000',
    BOUNCE_IMAP_URL: 'http://me:secret@mail.example/INBOX',
    WRITER_URL: 'writer.example/v1',
    WRITER_MODEL: '',
  };
  assert.throws(
    () => loadConfig(faulty, '/'),
    (error: Error) => {
      for (const name of Object.keys(faulty)) assert.match(error.message, new RegExp(name));
      assert.doesNotMatch(error.message, /secret/);
      return true;
    },
  );
  const config = loadConfig(
    {
      SMTP_URL: 'smtps://me:p%40ss@mail.example:465?requireTLS=true',
      PUBLIC_URL: 'https://news.example/digest',
    },
    '/',
  );
  assert.equal(config.smtpUrl, 'smtps://me:p%40ss@mail.example:465?requireTLS=true');
  assert.equal(config.publicUrl, 'https://news.example/digest/');
  for (const from of ['digest@example.org', '政策周报 <digest@example.org>'])
    assert.equal(loadConfig({ MAIL_FROM: from }, '/').mailFrom, from);
});

test('a password with a bare % is told before a part trips over it', () => {
  for (const name of ['SMTP_URL', 'BOUNCE_IMAP_URL']) {
    const scheme = name === 'SMTP_URL' ? 'smtps' : 'imaps';
    assert.throws(
      () => loadConfig({ [name]: `${scheme}://me:100%sure@mail.example/` }, '/'),
      (error: Error) => {
        assert.match(error.message, new RegExp(`${name}: .*%25`));
        assert.doesNotMatch(error.message, /sure/);
        return true;
      },
    );
    const escaped = `${scheme}://me:100%25sure@mail.example/`;
    assert.ok(Object.values(loadConfig({ [name]: escaped }, '/')).includes(escaped));
  }
});

test('keys and backups lie with the data, wherever that is', () => {
  for (const [DATA_DIR, folder] of [
    ['/var/lib/digest', '/var/lib/digest'],
    ['elsewhere', '/srv/digest/elsewhere'],
    ['', '/srv/digest/data'],
  ] as const) {
    const { dkimKeyFile, backupDir } = loadConfig({ DATA_DIR }, '/srv/digest');
    assert.deepEqual([dkimKeyFile, backupDir], [path.join(folder, 'dkim.pem'), path.join(folder, 'backups')]);
  }
  const own = { DATA_DIR: '/var/lib/digest', DKIM_KEY_FILE: 'keys/dkim.pem', BACKUP_DIR: '/mnt/backups' };
  const { dkimKeyFile, backupDir } = loadConfig(own, '/srv/digest');
  assert.deepEqual([dkimKeyFile, backupDir], [path.resolve('/srv/digest/keys/dkim.pem'), '/mnt/backups']);
});

test('a folder that can never be made because a file is in the way is told', () => {
  const file = import.meta.filename;
  const faulty = { DATA_DIR: path.join(file, 'data'), ARCHIVE_DIR: file };
  assert.throws(
    () => loadConfig(faulty, '/'),
    (error: Error) => {
      assert.match(error.message, /DATA_DIR: .* lies below a file/);
      assert.match(error.message, /ARCHIVE_DIR: .* is a file/);
      return true;
    },
  );
});

test('several operators are named with commas between them, and each is checked', () => {
  const { operatorMail } = loadConfig({ OPERATOR_MAIL: 'ann@example.org, bob@example.org,' }, '/');
  assert.deepEqual(operatorMail, ['ann@example.org', 'bob@example.org']);
  assert.deepEqual(loadConfig({}, '/').operatorMail, []);
  assert.throws(
    () => loadConfig({ OPERATOR_MAIL: 'ann@example.org, bob' }, '/'),
    /OPERATOR_MAIL: "bob": write addresses/,
  );
  const shown = describeConfig(loadConfig({ OPERATOR_MAIL: 'ann@example.org,bob@example.org' }, '/'));
  const row = shown.find(({ variable }) => variable === 'OPERATOR_MAIL');
  assert.equal(row?.value, 'ann@example.org, bob@example.org');
});
