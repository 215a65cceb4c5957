import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sendingOf } from '../../test/contract/connector.ts';
import type { Receipt } from '../../src/domain/delivery.ts';
import { testPki } from '../../src/sandbox/pki.ts';
import { open } from './connector.ts';
import { hl7v2 } from './definition.ts';
import { startHl7v2Simulator, type Hl7v2Simulator } from './simulator.ts';

const pki = testPki('Autorité du système', Date.now());
const foreign = testPki('Autre autorité', Date.now());
const server = pki.issue('server', '127.0.0.1');
const ours = pki.issue('client', 'passerelle');
const theirs = foreign.issue('client', 'inconnu');
const message = 'MSH|^~\\&|LABO|F|DPI|F|20260301091530||ADT^A01^ADT_A01|C1|P|2.5\r';

describe('hl7v2 over MLLPS', () => {
  let folder: string;
  let simulator: Hl7v2Simulator;
  const file = (name: string, text: string): { file: string } => { const path = join(folder, name); writeFileSync(path, text); return { file: path }; };
  const send = async (tls: Record<string, unknown>): Promise<Receipt> => {
    const config = hl7v2.config({ url: simulator.url, tls }, 'dpi');
    const connector = open(config);
    const { envelope } = hl7v2.prepare({ trace: 't', destination: 'dpi', action: 'notify', content: { kind: 'acknowledgement', message: Buffer.from(message).toString('base64') }, bundle: null, documents: new Map(), gate: { identities: [], birthDate: null, sex: null, qualified: false, messageQualified: false, dmpConsentOf: null, test: false, after: [] } }, config, null);
    try { return await connector.send(sendingOf(envelope, 't/1'), AbortSignal.timeout(5000)); } finally { await connector.close(); }
  };
  beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'passerelle-mllps-')); });
  afterAll(() => { rmSync(folder, { recursive: true }); });
  beforeEach(async () => { simulator = await startHl7v2Simulator({ tls: { cert: server.cert, key: server.key, ca: pki.ca, requestCert: true, rejectUnauthorized: true } }); });
  afterEach(async () => { await simulator.close(); });

  test('both sides show themselves: delivered', async () => {
    expect(await send({ ca: file('ca', pki.ca), cert: file('cert', ours.cert), key: file('key', ours.key) })).toMatchObject({ kind: 'delivered' });
    expect(simulator.arrivals.length).toBe(1);
  });

  test.each([
    ['a system that our authority does not know', () => ({ ca: file('ca', foreign.ca), cert: file('cert', ours.cert), key: file('key', ours.key) })],
    ['no certificate of ours', () => ({ ca: file('ca', pki.ca) })],
  ])('%s: a fault of configuration, nothing taken', async (_name, tls) => {
    expect(await send(tls())).toMatchObject({ kind: 'refused', fault: 'hl7v2out.certificate' });
    expect(simulator.arrivals).toEqual([]);
  });

  test('a system that drops our certificate without an alert: lost, for one cannot tell, and nothing taken', async () => {
    const receipt = await send({ ca: file('ca', pki.ca), cert: file('cert', theirs.cert), key: file('key', theirs.key) });
    expect(['hl7v2out.connection-lost', 'hl7v2out.certificate', 'hl7v2out.unreachable']).toContain('fault' in receipt ? receipt.fault : 'delivered');
    expect(simulator.arrivals).toEqual([]);
  });
});
