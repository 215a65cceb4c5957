import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { documentBundle, patient, resultsBundle } from '../../test/samples/bundles.ts';
import { region, sendingTo, settings } from '../../test/samples/regional.ts';
import type { Connector, Sending } from '../../src/deliver/connector.ts';
import type { Receipt } from '../../src/domain/delivery.ts';
import { startRegionalSimulator, type RegionalSimulator, type SimulatorSettings } from './simulator.ts';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => { await Promise.all(opened.splice(0).map((close) => close())); });

async function partner(simulated: SimulatorSettings = {}, more: Record<string, unknown> = {}): Promise<{ simulator: RegionalSimulator; connector: Connector; send: (sending: Sending) => Promise<Receipt>; url: string }> {
  const simulator = await startRegionalSimulator(simulated);
  const connector = region(settings(simulator.url, more));
  opened.push(() => connector.close(), () => simulator.close());
  return { simulator, connector, url: simulator.url, send: (sending) => connector.send(sending, AbortSignal.timeout(5000)) };
}
const results = (n = 1, ...options: [Parameters<typeof resultsBundle>[1]?]) => sendingTo(settings('http://x'), { kind: 'results' }, resultsBundle(n, ...options), n);
const document = (n: number, message = String(n), content = {}) => sendingTo(settings('http://x'), { kind: 'document', event: 'DOC', ...content }, documentBundle(n, { message }), n);

describe('what the region has afterwards', () => {
  it('a correction takes the place of what it corrects', async () => {
    const { simulator, send } = await partner();
    await send(results());
    expect(await send(results(1, { message: 'M2', value: 20, status: 'corrected' }))).toMatchObject({ kind: 'delivered' });
    expect(simulator.report().stored).toMatchObject({ Patient: 1, DiagnosticReport: 1, Observation: 3, Practitioner: 1 });
    expect(simulator.resources('Observation').map((one) => [one.status, (one.valueQuantity as { value: number }).value])).toEqual([['corrected', 20], ['corrected', 21], ['corrected', 22]]);
    expect(simulator.report().duplicates).toEqual([]);
  });

  it('lookup does not take an earlier version for ours', async () => {
    const { connector, send } = await partner();
    const correction = results(1, { message: 'M2', value: 20, status: 'corrected' });
    await send(results());
    const ask = (sending: Sending) => connector.lookup(sending, AbortSignal.timeout(5000));
    expect([await ask(results()), await ask(correction)]).toEqual(['found', 'absent']);
    await send(correction);
    expect([await ask(results()), await ask(correction)]).toEqual(['absent', 'found']);
  });

  it('a patient without establishment number is one, message after message', async () => {
    const { simulator, send } = await partner();
    const who = { ...patient(1), identifier: patient(1).identifier!.slice(1) };
    for (const n of [1, 2]) expect(await send(sendingTo(settings('http://x'), { kind: 'results' }, resultsBundle(n, { who }), n))).toMatchObject({ kind: 'delivered' });
    expect(simulator.report().stored.Patient).toBe(1);
  });

  it('a replacement supersedes, a deletion says entered in error, and both without any document twice', async () => {
    const { simulator, send } = await partner();
    await send(document(1));
    expect(await send(document(2, '2', { action: 'replace', documents: [{ uniqueId: '1.2.250.1.999.7.2', replaces: '1.2.250.1.999.7.1' }] }))).toMatchObject({ kind: 'delivered' });
    expect(simulator.resources('DocumentReference').map((one) => one.status)).toEqual(['superseded', 'current']);
    expect(await send(document(2, '2', { action: 'delete', documents: [{ uniqueId: '1.2.250.1.999.7.2', replaces: '' }] }))).toMatchObject({ kind: 'delivered' });
    expect(simulator.resources('DocumentReference').map((one) => one.status)).toEqual(['superseded', 'entered-in-error']);
    expect(simulator.report().stored).toMatchObject({ CommunicationRequest: 2, Binary: 2 });
  });

  it('a pair is replaced and deleted as a pair', async () => {
    const { simulator, send } = await partner();
    for (const n of [1, 2]) await send(document(n));
    const oids = (...of: number[]) => of.map((n) => `1.2.250.1.999.7.${String(n)}`);
    const [one, two, three, four] = oids(1, 2, 3, 4) as [string, string, string, string];
    const both = [{ uniqueId: three, replaces: one }, { uniqueId: four, replaces: two }];
    expect(await send(document(3, '3', { action: 'replace', documents: both.slice(0, 1) }))).toMatchObject({ kind: 'delivered' });
    expect(await send(document(4, '4', { action: 'replace', documents: both }))).toMatchObject({ kind: 'delivered' });
    const told = simulator.resources('DocumentReference') as unknown as { status: string; relatesTo?: { target: { identifier: { value: string } } }[] }[];
    expect(told.map((each) => [each.status, each.relatesTo?.[0]?.target.identifier.value])).toEqual([['superseded', undefined], ['superseded', undefined], ['current', `urn:oid:${one}`], ['current', `urn:oid:${two}`]]);
    expect(await send(document(4, '4', { action: 'delete', documents: [{ uniqueId: three, replaces: '' }, { uniqueId: four, replaces: '' }] }))).toMatchObject({ kind: 'delivered' });
    expect(simulator.resources('DocumentReference').map((each) => each.status)).toEqual(['superseded', 'superseded', 'entered-in-error', 'entered-in-error']);
  });

  it('a replacement of what the region never had is delivered, with a warning; a deletion of it is refused', async () => {
    const { send } = await partner();
    expect(await send(document(2, '2', { action: 'replace', documents: [{ uniqueId: '1.2.250.1.999.7.2', replaces: '1.2.9' }] }))).toMatchObject({ kind: 'delivered', warnings: ['regional.nothing-to-supersede'] });
    expect(await send(document(3, '3', { action: 'delete', documents: [{ uniqueId: '1.2.9', replaces: '' }] }))).toMatchObject({ kind: 'refused', fault: 'regional.rejected', args: ['not-found', 'TXA-12'] });
  });

  it('an event that failed is declared by the resend, after its document, once', async () => {
    const { simulator, connector, send } = await partner();
    simulator.fail({ mode: 'status', times: 1, on: 'event', status: 503 });
    expect(await send(document(1))).toMatchObject({ kind: 'busy', fault: 'regional.busy' });
    expect(simulator.report().stored).toMatchObject({ DocumentReference: 1 });
    expect(await connector.lookup(document(1), AbortSignal.timeout(5000))).toBe('absent');
    await send(document(1));
    await send(document(1));
    expect(simulator.report().stored).toMatchObject({ DocumentReference: 1, Binary: 1, List: 1, CommunicationRequest: 1 });
  });

  it('a refused document declares no event', async () => {
    const { simulator, send } = await partner();
    simulator.fail({ mode: 'status', times: 1, on: 'transaction', status: 500, issue: 'required' });
    expect(await send(document(1))).toMatchObject({ kind: 'refused', fault: 'regional.rejected', args: ['required', 'MSH'] });
    expect(simulator.report()).toMatchObject({ arrivals: 1, stored: {} });
  });

  it('500 to a hundred messages, then healthy: a hundred delivered, none twice', async () => {
    const { simulator, send } = await partner();
    simulator.fail({ mode: 'status', times: 100, status: 500 });
    const all = Array.from({ length: 100 }, (_, i) => results(i + 1));
    for (const one of all) expect((await send(one)).kind).toBe('busy');
    for (const one of all) expect((await send(one)).kind).toBe('delivered');
    expect(simulator.report()).toMatchObject({ arrivals: 200, duplicates: [], stored: { DiagnosticReport: 100, Patient: 100 } });
  });
});

describe('answers off the wire', () => {
  it('412 is tried once more at once', async () => {
    const { simulator, send } = await partner();
    simulator.fail({ mode: 'status', times: 1, status: 412 });
    expect(await send(results())).toMatchObject({ kind: 'delivered' });
    simulator.fail({ mode: 'status', times: 2, status: 412 });
    expect(await send(results(2))).toMatchObject({ kind: 'refused', fault: 'regional.precondition' });
    expect(simulator.report().arrivals).toBe(4);
  });
  it('an event is declared when the platform says so, not when a portal answers in its place', async () => {
    const { simulator, send } = await partner();
    const event = async (status: number, type: string, body: string): Promise<Receipt> => {
      const server = createServer((_, response) => { response.writeHead(status, { 'content-type': type }).end(body); });
      await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
      opened.push(() => new Promise((closed) => { server.closeAllConnections(); server.close(closed); }));
      const connector = region(settings(simulator.url, { eventUrl: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, flows: ['documents', 'events'] }));
      opened.push(() => connector.close());
      return connector.send(document(1), AbortSignal.timeout(5000));
    };
    await send(results());
    expect(await event(200, 'text/html', '<html>maintenance</html>')).toMatchObject({ kind: 'unknown', fault: 'regional.not-understood' });
    expect(await event(200, 'application/fhir+json', JSON.stringify({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'required' }] }))).toMatchObject({ kind: 'refused', fault: 'regional.rejected' });
    expect(await event(201, 'application/fhir+json', '')).toMatchObject({ kind: 'delivered' });
    expect(await event(201, 'application/fhir+json', JSON.stringify({ resourceType: 'OperationOutcome', issue: [{ severity: 'information', code: 'informational' }] }))).toMatchObject({ kind: 'delivered' });
  });
  it('a page of a portal, an answer without end, a failed entry', async () => {
    const { simulator, send } = await partner({}, { limits: { maxAnswerBytes: 65_536 } });
    simulator.fail({ mode: 'garbage', times: 1 });
    expect(await send(results())).toMatchObject({ kind: 'unknown', fault: 'regional.not-understood' });
    simulator.fail({ mode: 'flood', times: 1 });
    expect(await send(results())).toMatchObject({ kind: 'unknown', fault: 'regional.no-answer', raw: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' });
    simulator.fail({ mode: 'entry', times: 1, status: 9, issue: 'invariant' });
    expect(await send(results())).toMatchObject({ kind: 'refused', fault: 'regional.rejected' });
  });
  it('Retry-After is told in milliseconds', async () => {
    const { simulator, send } = await partner();
    simulator.fail({ mode: 'status', times: 1, status: 503, retryAfter: 7 });
    expect(await send(results())).toMatchObject({ kind: 'busy', retryAfterMs: 7000 });
  });
  it('nothing to send is refused, not delivered', async () => {
    const { simulator, send } = await partner();
    expect(await send(sendingTo(settings('http://x', { flows: ['patients'] }), { kind: 'results' }, resultsBundle(1), 1))).toMatchObject({ kind: 'refused', fault: 'regional.nothing-to-send' });
    expect(simulator.report().arrivals).toBe(0);
  });
  it('no patient in any URL', async () => {
    const { simulator, connector, send } = await partner();
    await send(document(1));
    await connector.lookup(document(1), AbortSignal.timeout(5000));
    expect(new Set(simulator.arrived().map((one) => one.url))).toEqual(new Set(['/', '/CommunicationRequest']));
  });
});

describe('credentials', () => {
  /** A token endpoint that gives the tokens in turn, or refuses. */
  async function tokens(...given: (string | number)[]): Promise<{ url: string; asked: string[]; server: Server }> {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      request.setEncoding('utf8').on('data', (chunk: string) => asked.push(chunk)).on('end', () => {
        const next = given.shift() ?? 500;
        response.statusCode = typeof next === 'number' ? next : 200;
        response.end(typeof next === 'number' ? '' : JSON.stringify({ access_token: next, expires_in: 3600 }));
      });
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    opened.push(() => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }));
    return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/token`, asked, server };
  }
  const auth = (tokenUrl: string) => ({ auth: { type: 'client_credentials', tokenUrl, clientId: 'passerelle', clientSecret: { env: 'PATH' }, structIdnat: '1990000001' } });

  it('asks a token once, and again once when it is no longer taken', async () => {
    const endpoint = await tokens('old', 'good');
    const { simulator, send } = await partner({ token: 'good' }, auth(endpoint.url));
    expect(await send(results(1))).toMatchObject({ kind: 'delivered' });
    expect(await send(results(2))).toMatchObject({ kind: 'delivered' });
    expect([endpoint.asked.length, simulator.report().arrivals]).toEqual([2, 3]);
    expect(endpoint.asked[0]).toContain('grant_type=client_credentials');
  });
  it('a token refused, or a partner that takes none, is a matter for the operator', async () => {
    const refusing = await tokens(401);
    expect(await (await partner({ token: 'good' }, auth(refusing.url))).send(results())).toMatchObject({ kind: 'refused', fault: 'regional.unauthorized' });
    const useless = await tokens('a', 'b');
    expect(await (await partner({ token: 'good' }, auth(useless.url))).send(results())).toMatchObject({ kind: 'refused', fault: 'regional.unauthorized' });
    expect(await (await partner({ token: 'good' })).send(results())).toMatchObject({ kind: 'refused', fault: 'regional.unauthorized' });
  });
  it('a token endpoint in trouble is waited for', async () => {
    const endpoint = await tokens(503);
    expect(await (await partner({ token: 'good' }, auth(endpoint.url))).send(results())).toMatchObject({ kind: 'busy', fault: 'regional.server-error' });
  });
});
