import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nock from 'nock';
import { resultsBundle } from '../../test/samples/bundles.ts';
import { region, sendingTo, settings } from '../../test/samples/regional.ts';
import { testPki } from '../../src/sandbox/pki.ts';

const results = () => sendingTo(settings('http://x'), { kind: 'results' }, resultsBundle(1), 1);
const capabilities = { resourceType: 'CapabilityStatement', fhirVersion: '4.0.1', software: { name: 'Plateforme' } };

describe('mutual TLS with the partner', () => {
  const folder = mkdtempSync(join(tmpdir(), 'regional-'));
  const file = (name: string, text: string) => { writeFileSync(join(folder, name), text); return { file: join(folder, name) }; };
  const now = Date.now();
  const ours = testPki('Autorité', now), others = testPki('Autre autorité', now);
  const { cert, key } = ours.issue('client', 'passerelle');
  const identity = { cert: file('c.pem', cert), key: file('k.pem', key) };
  let server: Server, url: string;

  beforeAll(async () => {
    const own = ours.issue('server', 'localhost');
    server = createServer({ cert: own.cert, key: own.key, ca: ours.ca, requestCert: true, rejectUnauthorized: true }, (request, response) => {
      request.resume().on('end', () => { response.end(JSON.stringify(request.url === '/metadata' ? capabilities : { resourceType: 'Bundle', type: 'transaction-response', entry: Array.from({ length: 9 }, () => ({ response: { status: '201' } })) })); });
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    url = `https://localhost:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => { server.close(resolve); });
    rmSync(folder, { recursive: true });
  });

  const through = async (tls: Record<string, unknown>) => {
    const connector = region(settings(url, { auth: { type: tls.cert === undefined ? 'none' : 'mtls' }, tls }));
    try { return { sent: await connector.send(results(), AbortSignal.timeout(5000)), said: await connector.check() }; } finally { await connector.close(); }
  };

  it('our certificate goes with what undici and fhir-kit-client send', async () => {
    expect(await through({ ...identity, ca: file('ca.pem', ours.ca) })).toEqual({ sent: { kind: 'delivered' }, said: { ok: true, text: 'FHIR 4.0.1, Plateforme' } });
  });
  it('a partner of another authority is refused before anything is sent', async () => {
    const { sent, said } = await through({ ...identity, ca: file('other.pem', others.ca) });
    expect([sent, said.ok]).toEqual([expect.objectContaining({ kind: 'refused', fault: 'regional.tls' }), false]);
  });
  it('without our certificate nothing is delivered', async () => {
    expect((await through({ ca: file('ca.pem', ours.ca) })).sent.kind).not.toBe('delivered');
  });
});

describe('refusals at the level of HTTP', () => {
  afterEach(() => { nock.cleanAll(); nock.restore(); });
  it.each([[403, 'regional.forbidden'], [413, 'regional.too-large'], [404, 'regional.rejected']])('%s is %s', async (status, fault) => {
    if (!nock.isActive()) nock.activate();
    nock('http://region.test').post('/fhir').reply(status, '');
    const connector = region(settings('http://region.test/fhir'));
    try { expect(await connector.send(results(), AbortSignal.timeout(5000))).toMatchObject({ kind: 'refused', fault }); } finally { await connector.close(); }
  });
});
