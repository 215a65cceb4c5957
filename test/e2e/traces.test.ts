import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { stages } from '../../src/domain/stage.ts';
import { labResult } from '../bench/message.ts';
import { startRegion, type Region } from '../crash/region.ts';
import { canariesIn } from '../canary.ts';
import { frame, MllpPeer } from '../mllp-peer.ts';
import { folder, runningGateway, settings, toRegion, type RunningGateway } from './gateway.ts';

// Traces to a collector by OTLP over HTTP, from the gateway as it is started.

interface Value { readonly stringValue?: string; readonly intValue?: number | string; readonly boolValue?: boolean }
interface Span { readonly traceId: string; readonly spanId: string; readonly parentSpanId?: string; readonly name: string; readonly startTimeUnixNano: string; readonly endTimeUnixNano: string; readonly attributes: readonly { readonly key: string; readonly value: Value }[]; readonly status?: { readonly code?: number; readonly message?: string } }
interface Exported { readonly resourceSpans: readonly { readonly resource: { readonly attributes: Span['attributes'] }; readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[] }

let place: ReturnType<typeof folder>;
let region: Region;
let collector: Server;
let got: { path: string; headers: Record<string, unknown>; text: string }[] = [];
let gateway: RunningGateway | null = null;

beforeEach(async () => {
  place = folder();
  region = await startRegion(() => 0);
  got = [];
  collector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => { got.push({ path: request.url ?? '', headers: request.headers, text: Buffer.concat(chunks).toString('utf8') }); response.writeHead(200, { 'content-type': 'application/json' }).end('{}'); });
  });
  await new Promise<void>((done) => { collector.listen(0, '127.0.0.1', done); });
});
afterEach(async () => {
  await gateway?.kill();
  gateway = null;
  await region.close();
  await new Promise((done) => { collector.closeAllConnections(); collector.close(done); });
  expect(got.flatMap(({ text }) => canariesIn(text))).toEqual([]);
  place.remove();
});

const collectorUrl = (): string => `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
const spans = (): Span[] => got.flatMap(({ text }) => (JSON.parse(text) as Exported).resourceSpans).flatMap(({ scopeSpans }) => scopeSpans).flatMap((one) => one.spans);
const attribute = (span: Span, key: string): unknown => { const value: Value | undefined = span.attributes.find((one) => one.key === key)?.value; return value?.stringValue ?? value?.intValue ?? value?.boolValue; };

/** Three messages sent and delivered, then the gateway stopped. */
async function threeMessages(changed: Record<string, unknown>, env: Record<string, string>): Promise<void> {
  gateway = await runningGateway(settings(place.path, { ...toRegion(region.url), ...changed }), { env });
  const peer = new MllpPeer(gateway.ports.mllp ?? 0);
  for (const n of [1, 2, 3]) peer.write(frame(labResult(n, n, 'T')));
  await peer.got(3);
  peer.close();
  for (let looks = 0; looks < 500 && region.store.counts.get('DiagnosticReport') !== 3; looks++) await new Promise((later) => { setTimeout(later, 20); });
  expect((await gateway.stop()).code).toBe(0);
}

test('by the standard variables: a span for each stage, one trace a message under its own id, nothing of the patient', async () => {
  await threeMessages({}, { OTEL_EXPORTER_OTLP_ENDPOINT: collectorUrl(), OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=chu', OTEL_SERVICE_NAME: 'pfi-essai' });
  expect(new Set(got.map(({ path, headers }) => `${path} ${String(headers['x-tenant'])}`))).toEqual(new Set(['/v1/traces chu']));
  const all = spans();
  const log = readFileSync(join(place.path, 'log.ndjson'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { stage: string; kind: string; trace?: string });
  const logged = log.filter(({ kind }) => kind === 'message').map(({ trace = '' }) => trace.replaceAll('-', ''));
  const roots = all.filter(({ parentSpanId = '' }) => parentSpanId === '');
  expect(roots.map(({ name, traceId }) => `${name} ${traceId}`).sort()).toEqual(logged.map((trace) => `intake ${trace}`).sort());
  for (const root of roots) {
    const own = all.filter(({ traceId, spanId }) => traceId === root.traceId && spanId !== root.spanId);
    expect(own.map(({ name }) => name).sort()).toEqual(['deliver', 'emit', 'formats', 'journal', 'normalize', 'route', 'validate']);
    for (const span of own) {
      expect(span.parentSpanId).toBe(root.spanId);
      expect(stages).toContain(span.name);
      expect(BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano)).toBe(true);
    }
    expect([attribute(root, 'passerelle.source'), attribute(root, 'passerelle.type'), attribute(root, 'passerelle.outcome'), attribute(root, 'passerelle.ack')]).toEqual(['lab', 'ORU^R01', 'planned', 'AA']);
    const [deliver] = own.filter(({ name }) => name === 'deliver');
    expect(deliver === undefined ? null : [attribute(deliver, 'passerelle.destination'), attribute(deliver, 'passerelle.outcome'), attribute(deliver, 'passerelle.attempt')]).toEqual(['region', 'delivered', 1]);
  }
  // Ids and times left out: their digits are chance.
  const whole = JSON.stringify(all.map(({ name, attributes, status }) => ({ name, status, attributes: attributes.filter(({ key }) => key !== 'passerelle.trace') })));
  expect((JSON.parse(got[0]?.text ?? '') as Exported).resourceSpans[0]?.resource.attributes).toContainEqual({ key: 'service.name', value: { stringValue: 'pfi-essai' } });
  // Every word of the messages that could be of a patient.
  for (const n of [1, 2, 3]) for (const line of labResult(n, n, 'T').split('\r').filter((one) => /^(PID|PV1|OBX|NK1)/.test(one))) {
    for (const word of line.split(/[|^~&]/).slice(1).filter((one) => one.length >= 5 && /\d{4}|^[A-ZÉÈ]{5,}$/.test(one))) expect([word, whole.includes(word)]).toEqual([word, false]);
  }
}, 60_000);

test('by the setting, a share of the messages; a collector that fails costs nothing but its spans', async () => {
  await threeMessages({ traces: { endpoint: `${collectorUrl()}/other/traces`, percent: 0 } }, {});
  expect(got).toEqual([]);
  place.remove();
  place = folder();
  await region.close();
  region = await startRegion(() => 0);
  await threeMessages({ traces: { endpoint: 'http://127.0.0.1:1/v1/traces' } }, {});
  expect(region.store.counts.get('DiagnosticReport')).toBe(3);
}, 60_000);

test('nothing is traced unless it is asked for', async () => {
  await threeMessages({}, {});
  expect(got).toEqual([]);
}, 60_000);
