import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { labResult } from '../bench/message.ts';
import { toRegion } from '../e2e/gateway.ts';
import { frame, MllpPeer } from '../mllp-peer.ts';
import { apiGateway, type ApiGateway } from './gateway.ts';

// Incidents of a real gateway: a partner that is down, seen, taken in charge and over, through the API.

let api: ApiGateway;
let now = Date.now();
beforeAll(async () => {
  const region = toRegion('http://127.0.0.1:1/fhir', { backlogMinutes: 10 });
  const { destinations: other } = toRegion('http://127.0.0.1:1/fhir', { id: 'autre' });
  api = await apiGateway({ ...region, destinations: [...region.destinations as unknown[], ...other as unknown[]], alerts: { openAfterMinutes: 0, closeAfterMinutes: 0 } }, () => now);
}, 60_000);
afterAll(() => api.close());

const kinds = (body: { readonly incidents?: unknown }): string[] => (body.incidents as { kind: string; state: string }[]).map(({ kind, state }) => `${kind} ${state}`).sort();

test('opened, counted, acknowledged and audited, kept quiet, closed', async () => {
  const { alerts } = api.gateway;
  const operator = await api.as('operator');
  const outside = await api.as('viewer', { destinations: ['autre'] });
  await alerts.look();
  expect(kinds((await operator.ask('GET', '/api/incidents')).body)).toEqual([]);

  const peer = new MllpPeer(Number(new URL(api.gateway.addresses.get('mllp') ?? '').port));
  for (let n = 1; n <= 6; n++) peer.write(frame(labResult(n, n, 'I')));
  await peer.got(6);
  peer.close();
  for (let looks = 0; looks < 500 && api.gateway.dispatcher.state().destinations.find(({ destination }) => destination === 'region')?.breaker === 'closed'; looks++) await new Promise((later) => { setTimeout(later, 20); });
  now += 11 * 60_000;
  await alerts.look();
  const opened = await operator.ask('GET', '/api/incidents?state=open', undefined, { headers: { 'accept-language': 'fr' } });
  expect(kinds(opened.body)).toEqual(['backlog open', 'breaker open']);
  const incidents = opened.body.incidents as unknown as { id: string; kind: string; text: string }[];
  const backlog = incidents.find(({ kind }) => kind === 'backlog');
  expect(backlog?.text).toMatch(/^6 remise\(s\) en attente ; la plus ancienne depuis 11 min \(limite : 10 min\)\.$/);
  expect((await operator.ask('GET', '/api/incidents?state=open&kind=breaker', undefined, { headers: { 'accept-language': 'en' } })).text).toContain('region does not answer');
  expect((await (await fetch(`${api.url}/metrics`)).text()).split('\n').filter((line) => line.startsWith('passerelle_incidents_open{')).sort())
    .toEqual(['passerelle_incidents_open{kind="backlog",severity="warning"} 1', 'passerelle_incidents_open{kind="breaker",severity="critical"} 1']);

  // Outside the scope there is none, for a viewer there is no act.
  expect(kinds((await outside.ask('GET', '/api/incidents')).body)).toEqual([]);
  expect((await outside.ask('POST', `/api/incidents/${backlog?.id ?? ''}/acknowledge`, { note: 'je regarde' })).status).toBe(403);
  expect((await operator.ask('POST', `/api/incidents/${backlog?.id ?? ''}/acknowledge`, { note: 'je regarde' })).body).toMatchObject({ acknowledged: { by: operator.account, note: 'je regarde' } });
  const { rows } = (await (await api.administrator()).ask('GET', '/api/audit?act=incident-acknowledge')).body;
  expect(rows).toEqual([expect.objectContaining({ who: operator.account, outcome: 'done', objects: expect.objectContaining({ destination: 'region', kind: 'backlog' }) }), expect.objectContaining({ who: outside.account, outcome: 'refused' })]);

  const made = await operator.ask('POST', '/api/maintenance-windows', { from: now, until: now + 3_600_000, kinds: [], objects: [{ kind: 'destination', name: 'region' }], reason: 'maintenance du partenaire' });
  expect(made).toMatchObject({ status: 200, body: { state: 'running', by: operator.account } });
  expect((await operator.ask('GET', '/api/incidents?kind=backlog')).body.incidents).toEqual([expect.objectContaining({ inMaintenance: true })]);
  expect((await operator.ask('DELETE', `/api/maintenance-windows/${String(made.body.id)}`)).status).toBe(204);
  expect((await operator.ask('GET', '/api/maintenance-windows')).body).toEqual({ windows: [] });

  for (const { id } of await api.gateway.journal.waiting('region', 0, 10)) await api.gateway.dispatcher.abandon(id, 'lea', 'essai').catch(() => undefined);
  for (let looks = 0; looks < 500 && (await api.gateway.journal.counts()).deliveries.waiting > 0; looks++) {
    await new Promise((later) => { setTimeout(later, 20); });
    for (const { id } of await api.gateway.journal.waiting('region', 0, 10)) await api.gateway.dispatcher.abandon(id, 'lea', 'essai').catch(() => undefined);
  }
  await alerts.look();
  expect((await operator.ask('GET', '/api/incidents?kind=backlog', undefined, { headers: { 'accept-language': 'fr' } })).body.incidents).toEqual([expect.objectContaining({ state: 'closed', summary: expect.stringContaining('Au pire : 6 remise(s)') })]);
}, 60_000);

test('the profile of a source: what came is counted at the next look', async () => {
  const viewer = await api.as('viewer');
  const { body } = await viewer.ask('GET', '/api/sources/lab/profile');
  expect(body).toMatchObject({ source: 'lab', judgedBy: 'learning', weeksNeeded: 4, quiet: false, expectedBy: null });
  expect((body.today as unknown as number[]).reduce((sum, one) => sum + one, 0) + (body.usual as unknown as number[]).reduce((sum, one) => sum + one, 0)).toBe(6);
  expect((await viewer.ask('GET', '/api/sources/absent/profile')).status).toBe(404);
});
