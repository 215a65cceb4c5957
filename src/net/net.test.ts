import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { connect, createSecureContext, createServer } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { testPki, type TestIdentity, type TestPki } from '../sandbox/pki.ts';
import { checkTls } from './check-tls.ts';
import { freeMiB, lowDisk } from './disk.ts';
import { operationOutcome } from './operation-outcome.ts';
import { readSecret, readSecretText } from './secret.ts';
import { SettingFault } from './setting-fault.ts';
import { contextOptions, expiryOf } from './tls.ts';
import { onFilesChanged } from './watch.ts';

const now = Date.now();
const day = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'passerelle-net-'));
const file = (name: string, content: string | Buffer) => { const path = join(folder, name); writeFileSync(path, content); return { file: path }; };
let pki: TestPki, identity: TestIdentity;
beforeAll(() => { pki = testPki('Autorité', now); identity = pki.issue('server', 'passerelle'); });
afterEach(() => { delete process.env.PASSERELLE_TEST; });
afterAll(() => { rmSync(folder, { recursive: true }); });
const faultOf = (work: () => unknown) => { try { work(); return null; } catch (error) { return error instanceof SettingFault ? error : error; } };

describe('secrets', () => {
  test('come from a file or a variable, passwords without their last line end', () => {
    expect(readSecretText(file('password', 'hunter2\r\n'))).toBe('hunter2');
    process.env.PASSERELLE_TEST = 'aGk=';
    expect([readSecretText({ env: 'PASSERELLE_TEST' }), readSecret({ env: 'PASSERELLE_TEST' }, true).toString()]).toEqual(['aGk=', 'hi']);
  });

  test('that are not there say which, and what to do', () => {
    expect(faultOf(() => readSecret({ file: join(folder, 'none') }))).toMatchObject({ code: 'config.file-unreadable', args: [join(folder, 'none'), 'ENOENT'] });
    expect(faultOf(() => readSecret({ env: 'PASSERELLE_TEST' }))).toMatchObject({ code: 'config.variable-unset', message: expect.stringContaining('PASSERELLE_TEST') });
  });
});

describe('TLS settings', () => {
  const pem = () => ({ cert: file('c.pem', identity.cert), key: file('k.pem', identity.key), ca: file('ca.pem', pki.ca), mutual: true });

  test('make a context of TLS 1.2 at least, each authority and each list on its own', () => {
    const other = testPki('Autre', now);
    const options = contextOptions({ ...pem(), ca: file('both.pem', pki.ca + other.ca), crl: file('crl.pem', pki.crl([]) + other.crl([])) }, 'in');
    expect(options).toMatchObject({ minVersion: 'TLSv1.2', ca: [expect.anything(), expect.anything()], crl: [expect.anything(), expect.anything()] });
  });

  test('of a key that is not the certificate\'s are refused', () => {
    const fault = faultOf(() => contextOptions({ ...pem(), key: file('other.key', pki.issue('server', 'other').key) }, 'in'));
    expect(fault).toMatchObject({ code: 'config.tls-unusable', args: ['in', expect.stringContaining('mismatch')] });
  });

  test('of a PKCS#12 are read, the old kind too, and a wrong passphrase is refused', () => {
    for (const legacy of [false, true]) {
      const pfx = file(`${legacy}.p12`, pki.pkcs12(identity, 'secret', legacy));
      const settings = { pfx, passphrase: file('pass', 'secret\n'), mutual: false };
      expect(() => createSecureContext(contextOptions(settings, 'in'))).not.toThrow();
      expect(Math.round(((expiryOf(settings) ?? 0) - now) / day)).toBe(365);
      expect(faultOf(() => contextOptions({ ...settings, passphrase: file('bad', 'wrong') }, 'in'))).toMatchObject({ code: 'config.tls-unusable' });
    }
    expect(faultOf(() => contextOptions({ pfx: file('not.p12', 'hello'), mutual: false }, 'in'))).toMatchObject({ code: 'config.tls-unusable' });
  });

  test('of a PKCS#12 in a cipher that OpenSSL 3 left out are read all the same', () => {
    const settings = { pfx: { file: fileURLToPath(new URL('../../fixtures/tls/rc2-40.p12', import.meta.url)) }, passphrase: file('pass', 'secret'), mutual: false };
    expect(() => createSecureContext({ pfx: readSecret(settings.pfx, true), passphrase: 'secret' })).toThrow();
    expect(new X509Certificate(contextOptions(settings, 'in').cert as string).subject).toContain('CN=legacy');
  });

  test('of a PKCS#12 trust the authorities of `ca` only, never those inside the container', async () => {
    const others = testPki('Autre', now);
    const ours = { pfx: file('ours.p12', pki.pkcs12(identity, 'secret')), passphrase: file('pass', 'secret'), ca: file('others.pem', others.ca), mutual: true };
    const server = createServer({ ...contextOptions(ours, 'in'), requestCert: true, rejectUnauthorized: false }, (socket) => { socket.end(String(socket.authorized)); });
    await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
    const shown = (client: TestIdentity): Promise<string> => new Promise((resolve, reject) => {
      let said = '';
      const socket = connect({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, ca: pki.ca, cert: client.cert, key: client.key });
      socket.on('data', (chunk: Buffer) => { said += chunk.toString(); }).on('end', () => { resolve(said); }).on('error', reject);
    });
    try {
      expect([await shown(others.issue('client', 'theirs')), await shown(pki.issue('client', 'of our own authority'))]).toEqual(['true', 'false']);
    } finally { await new Promise((closed) => { server.close(closed); }); }
  });

  test('are checked for lint: unusable, expired, soon to expire', () => {
    const of = (validTo: number) => { const one = pki.issue('server', 'x', { validTo }); return { cert: file('x.pem', one.cert), key: file('x.key', one.key), mutual: false }; };
    const codes = (settings: Parameters<typeof checkTls>[0]) => checkTls(settings, 'in', now).map(one => one.code);
    expect([codes(pem()), codes(of(now + 10 * day)), codes(of(now - day / 2)), codes({ ...pem(), key: file('bad.key', 'x') })])
      .toEqual([[], ['config.certificate-expires'], ['config.certificate-expired'], ['config.tls-unusable']]);
  });
});

test('changed files are seen, and nothing else', async () => {
  const watched = file('watched', '1');
  let changes = 0;
  const stop = onFilesChanged([watched.file], 5, () => { changes++; });
  await new Promise(resolve => setTimeout(resolve, 40));
  expect(changes).toBe(0);
  writeFileSync(watched.file, 'longer');
  while (changes === 0) await new Promise(resolve => setTimeout(resolve, 5));
  rmSync(watched.file);
  while (changes === 1) await new Promise(resolve => setTimeout(resolve, 5));
  stop();
});

test('a disk under its threshold, or gone, is low; it is asked once a second', () => {
  expect(freeMiB(folder)).toBeGreaterThan(0);
  let at = 0;
  expect([lowDisk(folder, 0, () => at)(), lowDisk(folder, Number.MAX_SAFE_INTEGER, () => at)()]).toEqual([false, true]);
  const gone = mkdtempSync(join(tmpdir(), 'passerelle-gone-'));
  const low = lowDisk(gone, 0, () => at);
  expect(low()).toBe(false);
  rmSync(gone, { recursive: true });
  expect(low()).toBe(false);
  at += 1000;
  expect(low()).toBe(true);
});

test('a fault as an OperationOutcome says it in both languages', () => {
  expect(JSON.parse(operationOutcome('intake.overloaded'))).toMatchObject({
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: 'throttled', details: { coding: [{ code: 'intake.overloaded' }], text: expect.stringContaining('saturée') }, diagnostics: expect.stringContaining('saturated') }],
  });
});
