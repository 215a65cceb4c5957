import { afterEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeIntake, fakeSource, hl7, type FakeIntake } from '../../../test/fake-intake.ts';
import { httpListener, type HttpListener } from '../../net/http-listener.ts';
import { listenerTls, type ListenerTls } from '../../net/tls.ts';
import { testPki } from '../../sandbox/pki.ts';
import type { Answer } from '../accept.ts';
import { intakeRouter } from './router.ts';

const open: { close(graceMs: number): Promise<void> }[] = [];
afterEach(async () => { await Promise.all(open.splice(0).map(one => one.close(100))); });

const serve = async (fake: FakeIntake, { maxBytes = 1 << 20, tls = null as ListenerTls | null, ...over }: Partial<HttpListener> & { maxBytes?: number; tls?: ListenerTls | null } = {}) => {
  const server = await httpListener({ name: 'in', host: '127.0.0.1', port: 0, maxConnections: 20, idleMs: 5000, frameMs: 5000, ...over }, tls,
    [{ path: '/in', router: intakeRouter({ name: 'in', maxBytes }, fake.ports) }], event => { fake.events.push(event); });
  open.push(server);
  return { port: server.port, at: (path: string) => `http://127.0.0.1:${server.port}${path}` };
};
const post = (url: string, body: string | Buffer, headers: Record<string, string> = {}) => fetch(url, { method: 'POST', body, headers });
const faults = (fake: FakeIntake) => fake.events.map(event => event.fault);
const answering = (code: Answer['code'], text: string | null = code) => fakeIntake({ accept: () => Promise.resolve({ code, bytes: text === null ? null : Buffer.from(text), trace: 'trace-1' }) });

describe('POST /in/hl7v2', () => {
  test('hands the bytes in as they are, and answers with the acknowledgement and the trace', async () => {
    const fake = fakeIntake();
    const { at } = await serve(fake);
    const bytes = Buffer.from(`${hl7('1')}é\xff\x00`, 'latin1');
    for (const type of ['application/hl7-v2', 'text/plain; charset=iso-8859-15', 'application/json', 'application/x-www-form-urlencoded']) {
      const answer = await post(at('/in/hl7v2'), bytes, { 'Content-Type': type });
      expect([answer.status, answer.headers.get('content-type'), answer.headers.has('x-passerelle-trace')]).toEqual([200, 'application/hl7-v2', true]);
      expect(await answer.text()).toContain('MSA|AA|1');
    }
    expect(fake.received.map(one => [Buffer.from(one.bytes).equals(bytes), one.via])).toEqual(Array(4).fill([true, 'http']));
  });

  test.each([['AA', 200], ['CA', 202], ['AE', 422], ['CE', 422], ['AR', 503], ['CR', 503]] as const)('says %s as %i', async (code, status) => {
    const { at } = await serve(answering(code));
    const answer = await post(at('/in/hl7v2'), hl7('1'));
    expect([answer.status, await answer.text(), answer.headers.get('x-passerelle-trace'), answer.headers.has('retry-after')]).toEqual([status, code, 'trace-1', status === 503]);
  });

  test('says 204 when nothing is due', async () => {
    const { at } = await serve(answering(null, null));
    expect((await post(at('/in/hl7v2'), hl7('1'))).status).toBe(204);
  });

  test('says 429 and when to come back to a source that goes faster than its rate; what was refused was not handed in', async () => {
    const fake = fakeIntake({ sources: [fakeSource({ rate: { perSecond: 1, burst: 2 } })] });
    const { at } = await serve(fake);
    const said = [];
    for (const id of ['1', '2', '3']) said.push(await post(at('/in/hl7v2'), hl7(id)));
    expect(said.map(answer => [answer.status, answer.headers.get('retry-after')])).toEqual([[200, null], [200, null], [429, '1']]);
    expect(await said[2]!.text()).toContain('MSA|AR|3');
    expect([fake.received.length, faults(fake)]).toEqual([2, ['intake.rate-limited']]);
  });

  test('takes a body in chunks', async () => {
    const fake = fakeIntake();
    const { at } = await serve(fake);
    const parts = [hl7('1'), 'x'.repeat(100_000), 'y'.repeat(100_000)];
    const stream = new ReadableStream({ start: controller => { for (const part of parts) controller.enqueue(Buffer.from(part)); controller.close(); } });
    expect((await fetch(at('/in/hl7v2'), { method: 'POST', body: stream, duplex: 'half' })).status).toBe(200);
    expect(Buffer.from(fake.received[0]!.bytes).toString()).toBe(parts.join(''));
  });

  test('asks who is there before it reads, and takes a source\'s token', async () => {
    const fake = fakeIntake({ sources: [fakeSource()], tokens: { lis: 'a-long-token' } });
    const { at } = await serve(fake);
    const none = await post(at('/in/hl7v2'), hl7('1'));
    expect([none.status, none.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="passerelle"']);
    expect((await post(at('/in/hl7v2'), hl7('1'), { Authorization: 'Bearer another' })).status).toBe(401);
    expect((await post(at('/in/hl7v2'), hl7('1'), { Authorization: 'Bearer a-long-token' })).status).toBe(200);
    expect([faults(fake), fake.received.length]).toEqual([['intake.no-credential', 'intake.no-credential'], 1]);
  });

  test('refuses a sender no source names', async () => {
    const fake = fakeIntake({ sources: [fakeSource({ senders: ['LIS|LABO'] })] });
    const { at } = await serve(fake);
    const answer = await post(at('/in/hl7v2'), hl7('1', 'WHO|KNOWS'));
    expect([answer.status, (await answer.text()).includes('MSA|AR|1'), fake.received]).toEqual([403, true, []]);
  });

  test.each([['announced', hl7('big').padEnd(3000, 'x')], ['in chunks', new ReadableStream({ start: controller => { controller.enqueue(Buffer.alloc(3000)); controller.close(); } })]])('refuses what is too large, %s', async (_, body) => {
    const fake = fakeIntake();
    const { at } = await serve(fake, { maxBytes: 2000 });
    const answer = await fetch(at('/in/hl7v2'), { method: 'POST', body, duplex: 'half' });
    expect(answer.status).toBe(413);
    expect([faults(fake), fake.received]).toEqual([['intake.frame-too-large'], []]);
  });

  test('refuses compression, an empty body, another method and another path', async () => {
    const fake = fakeIntake();
    const { at } = await serve(fake);
    expect((await post(at('/in/hl7v2'), 'x', { 'Content-Encoding': 'gzip' })).status).toBe(415);
    expect((await post(at('/in/hl7v2'), '')).status).toBe(400);
    expect((await fetch(at('/in/hl7v2'))).status).toBe(405);
    expect((await fetch(at('/in/other'))).status).toBe(404);
    expect(faults(fake)).toEqual(['intake.encoding-unsupported', 'intake.body-incomplete']);
  });

  test('gives up a body that does not arrive, and one cut short; the next one passes', async () => {
    const fake = fakeIntake();
    const { at, port } = await serve(fake, { frameMs: 500 });
    const slow = connect(port, '127.0.0.1');
    slow.write('POST /in/hl7v2 HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nMSH|');
    let text = '';
    slow.on('data', chunk => { text += chunk.toString('latin1'); });
    await new Promise(resolve => slow.once('close', resolve));
    expect(text).toMatch(/^HTTP\/1\.1 4(08|00)/);
    const cut = connect(port, '127.0.0.1');
    cut.end('POST /in/hl7v2 HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nMSH|');
    await new Promise(resolve => cut.resume().once('close', resolve));
    expect((await post(at('/in/hl7v2'), hl7('1'))).status).toBe(200);
    expect(faults(fake)).toContain('intake.frame-timeout');
    expect(faults(fake)).toContain('intake.body-incomplete');
    expect(fake.received).toHaveLength(1);
  });

  test('answers 503 when saturated or out of memory, with a time to come back', async () => {
    const slow = fakeIntake({ inFlight: 1, waitMs: 40, accept: () => new Promise(() => undefined) });
    const { at } = await serve(slow);
    const stuck = post(at('/in/hl7v2'), hl7('stuck')).catch(() => null);
    while (slow.received.length === 0) await new Promise(resolve => setTimeout(resolve, 5));
    const refused = await post(at('/in/hl7v2'), hl7('1'));
    expect([refused.status, refused.headers.has('retry-after'), (await refused.text()).includes('MSA|AR|1')]).toEqual([503, true, true]);
    const full = fakeIntake({ bytes: 100_000 });
    expect((await post((await serve(full)).at('/in/hl7v2'), Buffer.alloc(200_000))).status).toBe(503);
    expect(faults(full)).toEqual(['intake.overloaded']);
    await Promise.all(open.splice(0).map(one => one.close(50)));
    expect(await stuck).toBeNull();
  });
});

describe('POST /in/cda', () => {
  test('answers what the gateway says, and its own refusals as an OperationOutcome', async () => {
    const { at } = await serve(answering('AE', '{"resourceType":"OperationOutcome"}'));
    const answer = await post(at('/in/cda'), '<ClinicalDocument/>');
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([422, 'application/fhir+json; charset=utf-8', '{"resourceType":"OperationOutcome"}']);
    const unknown = await post((await serve(fakeIntake({ sources: [] }))).at('/in/cda'), '<ClinicalDocument/>');
    expect([unknown.status, await unknown.json()]).toMatchObject([401, { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'login' }] }]);
  });
});

describe('the HTTP listener', () => {
  test('turns connections too many away with 503, and says which server it is to nobody', async () => {
    const fake = fakeIntake();
    const { at, port } = await serve(fake, { maxConnections: 1 });
    const first = connect(port, '127.0.0.1');
    await new Promise(resolve => first.once('connect', resolve));
    const answer = await post(at('/in/hl7v2'), hl7('1'));
    expect([answer.status, answer.headers.has('x-powered-by'), answer.headers.get('x-content-type-options')]).toEqual([503, false, 'nosniff']);
    expect(faults(fake)).toEqual(['intake.too-many-connections']);
    first.destroy();
  });

  test('over mutual TLS it takes a known certificate as credential, and refuses an expired one by name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'passerelle-https-'));
    try {
      const file = (name: string, content: string) => { writeFileSync(join(folder, name), content); return { file: join(folder, name) }; };
      const pki = testPki('Autorité', Date.now());
      const own = pki.issue('server', 'passerelle');
      const fake = fakeIntake({ sources: [fakeSource({ certificate: 'CN=lis' })] });
      const tls = listenerTls({ cert: file('c', own.cert), key: file('k', own.key), ca: file('a', pki.ca), mutual: true }, 'in', fault => { throw fault; });
      const { port } = await serve(fake, { tls });
      const send = (identity: { cert: string; key: string }) => new Promise<number | undefined>((resolve, reject) => {
        request({ host: '127.0.0.1', port, path: '/in/hl7v2', method: 'POST', ca: pki.ca, ...identity, agent: false }, response => { response.resume(); resolve(response.statusCode); }).on('error', reject).end(hl7('1'));
      });
      expect(await send(pki.issue('client', 'lis'))).toBe(200);
      expect(await send(pki.issue('client', 'other'))).toBe(401);
      expect(await send(pki.issue('client', 'lis', { validTo: Date.now() - 1000 }))).toBe(403);
      expect(fake.events.map(event => `${event.fault} ${event.detail ?? ''}`.trim())).toEqual(['intake.no-credential', 'intake.certificate-refused CERT_HAS_EXPIRED']);
    } finally { rmSync(folder, { recursive: true }); }
  });
});
