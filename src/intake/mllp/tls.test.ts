import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket, type ConnectionOptions } from 'node:tls';
import { fakeIntake, fakeSource, hl7, type FakeIntake } from '../../../test/fake-intake.ts';
import { frame, MllpPeer } from '../../../test/mllp-peer.ts';
import type { TlsSettings } from '../../domain/secret.ts';
import type { SettingFault } from '../../net/setting-fault.ts';
import { listenerTls } from '../../net/tls.ts';
import { testPki, type TestIdentity } from '../../sandbox/pki.ts';
import { mllpServer, type MllpServer } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'passerelle-tls-'));
const file = (name: string, content: string | Buffer) => { const path = join(folder, name); writeFileSync(path, content); return { file: path }; };
const now = Date.now();
const ours = testPki('Autorité de test', now);
const foreign = testPki('Autre autorité', now);
let server: TestIdentity, client: TestIdentity, revoked: TestIdentity, settings: TlsSettings;
const open: { close(graceMs: number): unknown }[] = [];

beforeAll(() => {
  server = ours.issue('server', 'passerelle');
  client = ours.issue('client', 'lis');
  revoked = ours.issue('client', 'revoked');
  settings = { cert: file('server.pem', server.cert), key: file('server.key', server.key), ca: file('ca.pem', ours.ca), crl: file('crl.pem', ours.crl([revoked])), mutual: true };
});
afterEach(async () => { await Promise.all(open.splice(0).reverse().map(one => one.close(100))); });
afterAll(() => { rmSync(folder, { recursive: true }); });

const serve = async (fake: FakeIntake, tls: TlsSettings, failed: (fault: SettingFault) => void = fault => { throw fault; }): Promise<MllpServer> => {
  const started = await mllpServer({ name: 'in', host: '127.0.0.1', port: 0, maxBytes: 1 << 20, idleMs: 60_000, frameMs: 60_000, maxConnections: 10 },
    listenerTls(tls, 'in', failed, 20), fake.ports);
  open.push(started);
  return started;
};
const dial = ({ port }: MllpServer, identity: TestIdentity | null, options: ConnectionOptions = {}) => {
  const peer = new MllpPeer(port, { ca: ours.ca, servername: 'localhost', ...(identity ? { cert: identity.cert, key: identity.key } : {}), ...options });
  open.push(peer);
  return peer;
};

describe('the MLLP listener over mutual TLS', () => {
  test('takes a message of a certificate it knows, and finds the source by it', async () => {
    const fake = fakeIntake({ sources: [fakeSource({ id: 'other', certificate: 'CN=other' }), fakeSource({ id: 'lis', certificate: 'O=Passerelle tests, CN=lis' })] });
    const peer = dial(await serve(fake, settings), client);
    peer.write(frame(hl7('1')));
    expect(await peer.got(1)).toEqual(['AA 1']);
    expect(fake.received[0]?.source.id).toBe('lis');
  });

  test.each([
    ['expired', () => ours.issue('client', 'lis', { validFrom: now - 20 * 86_400_000, validTo: now - 86_400_000 }), 'CERT_HAS_EXPIRED'],
    ['of a foreign authority', () => foreign.issue('client', 'lis'), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['revoked', () => revoked, 'CERT_REVOKED'],
    ['absent', () => null, 'NO_CERTIFICATE'],
    ['made for servers', () => ours.issue('server', 'lis'), 'INVALID_PURPOSE'],
  ])('a client certificate that is %s is refused by name, in the answer and in the log', async (_, identity, code) => {
    const fake = fakeIntake({ sources: [fakeSource({ certificate: 'CN=lis' })] });
    const peer = dial(await serve(fake, settings), identity());
    peer.write(frame(hl7('1')));
    expect(await peer.ended()).toEqual(['AR']);
    expect(peer.text).toContain('intake.certificate-refused');
    expect(fake.events).toEqual([{ fault: 'intake.certificate-refused', listener: 'in', peer: '127.0.0.1', detail: code }]);
    expect(fake.received).toEqual([]);
  });

  test.each([
    ['TLS 1.1', { maxVersion: 'TLSv1.1', minVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const],
  ])('%s is refused, and counted', async (_, options) => {
    const fake = fakeIntake();
    const peer = dial(await serve(fake, settings), client, options);
    expect(await peer.ended()).toEqual([]);
    expect(fake.events.map(event => event.fault)).toEqual(['intake.handshake-failed']);
  });

  test('a peer in clear on a TLS port is refused, and the listener goes on', async () => {
    const fake = fakeIntake();
    const started = await serve(fake, settings);
    const clear = new MllpPeer(started.port);
    open.push(clear);
    clear.write(frame(hl7('1')));
    await clear.ended();
    expect(fake.events.map(event => event.fault)).toEqual(['intake.handshake-failed']);
    const peer = dial(started, client);
    peer.write(frame(hl7('2')));
    expect(await peer.got(1)).toEqual([expect.stringMatching(/ 2$/)]);
  });

  test('takes a certificate changed on disk without a restart, and keeps the old one when the new one is unusable', async () => {
    const changing = { ...settings, cert: file('renewed.pem', server.cert), key: file('renewed.key', server.key) };
    const failures: string[] = [];
    const started = await serve(fakeIntake(), changing, fault => { failures.push(fault.code); });
    const shown = async () => {
      const peer = dial(started, client);
      peer.write(frame(hl7('1')));
      await peer.got(1);
      if (!(peer.socket instanceof TLSSocket)) throw new Error('not over TLS');
      return peer.socket.getPeerCertificate().serialNumber;
    };
    const before = await shown();
    writeFileSync(join(folder, 'renewed.pem'), 'not a certificate');
    while (failures.length === 0) await new Promise(resolve => setTimeout(resolve, 10));
    expect(failures[0]).toBe('config.tls-unusable');
    expect(await shown()).toBe(before);
    const renewed = ours.issue('server', 'passerelle');
    writeFileSync(join(folder, 'renewed.key'), renewed.key);
    writeFileSync(join(folder, 'renewed.pem'), renewed.cert);
    while (await shown() === before) await new Promise(resolve => setTimeout(resolve, 10));
    expect(await shown()).toBe(renewed.serial.toUpperCase());
  });
});
