import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fixture, readingGateway, type ReadingGateway } from './reading-gateway.ts';

interface Row { seq: number; trace: string; source: string; disposition: string; deliveries: { id: number; destination: string; state: string }[] }
interface Seen { id: number; remoteId: string | null; destination: string; state: string; reason: { code: string; text: string }; attempts: { outcome: string }[]; may: string[] }
interface Tale { message: Row; deliveries: Seen[]; timeline: { kind: string; by: string | null }[]; looked: { by: string; why: string }[]; findings: { code: string; advice: string }[]; patient: { what: string; place: string; shown: string }[]; corrects: string | null; correctedBy: string[]; losses: unknown[] }

let gateway: ReadingGateway;
let laboratory: Row, volet: Row;
const ask = ((...given) => gateway.ask(...given)) as ReadingGateway['ask'];
const tale = async (trace: string, as = 'olga') => (await ask('GET', `/api/messages/${trace}`, { as })).json as unknown as Tale;
const rows = async (query = '', as = 'olga') => (await ask('GET', `/api/messages${query}`, { as })).json.messages as Row[];

beforeAll(async () => {
  gateway = await readingGateway((config) => ({ ...config, destinations: config.destinations.map((one) => (one.id === 'region' ? { ...one, slo: { withinSeconds: 60, percent: 95 } } : one)) }));
  expect(await gateway.send(fixture('hl7v2/oru-r01/haematology/in.hl7'))).toMatch(/^AA/);
  expect(await gateway.send(fixture('hl7v2/volet/oru-initial/in.hl7'))).toMatch(/^AA/);
  expect(await gateway.send(fixture('hl7v2/volet/pas-un-cda/in.hl7'))).toMatch(/^AE/);
  await gateway.until(async () => { const all = await rows('?source=laboratoire'); return all.length === 2 && all.every(({ deliveries }) => deliveries.every(({ destination, state }) => destination === 'dmp' || state === 'delivered' || state === 'submitted')); });
  [volet, laboratory] = await rows('?source=laboratoire') as [Row, Row];
}, 60_000);
afterAll(async () => { await gateway.close(); });

describe('what is moving', () => {
  test('now: rates, backlog, conservation and the agreed time of a destination', async () => {
    const { json } = await ask('GET', '/api/now');
    const source = (json.sources as { id: string; received: number[]; refused: number[]; lastAt: number }[]).find(({ id }) => id === 'laboratoire');
    expect(source?.received.reduce((a, b) => a + b)).toBeGreaterThanOrEqual(2);
    expect(source?.lastAt).toBeGreaterThan(0);
    const region = (json.destinations as { id: string; health: string; delivered: number[]; slo: { total: number; within: number; met: boolean } | null; deliveries: { delivered: number } }[]).find(({ id }) => id === 'region');
    expect(region).toMatchObject({ health: 'up', slo: { met: true } });
    expect(region?.delivered.reduce((a, b) => a + b)).toBe(region?.deliveries.delivered);
    expect(region?.slo?.within).toBe(region?.slo?.total);
    expect(json).toMatchObject({ conservation: { balanced: true, messages: { rejected: 1 } }, held: 1, quarantined: 0, journalPaused: false });
  });

  test('an account with a scope is told of its part only', async () => {
    const { json } = await ask('GET', '/api/now', { as: 'hospital' });
    expect([(json.sources as { id: string }[]).map(({ id }) => id), json.conservation, json.quarantined]).toEqual([['hopital'], null, null]);
    expect(((await ask('GET', '/api/now', { as: 'mail' })).json.destinations as { id: string }[]).map(({ id }) => id)).toEqual(['mssante']);
    // Figures of one axis are of what the other hides.
    const untold = { lastFault: null, inFlight: null, delivered: null, refused: null, deliveries: null, oldestAt: null, lastDeliveredAt: null, slo: null };
    for (const one of json.destinations as object[]) expect(one).toMatchObject({ health: expect.any(String) as unknown as string, ...untold });
    expect(json.held).toBe(0);
    expect((await ask('GET', '/api/destinations/region', { as: 'hospital' })).json).toMatchObject({ destination: { id: 'region', ...untold }, causes: [] });
    const mail = (await ask('GET', '/api/now', { as: 'mail' })).json;
    for (const one of mail.sources as object[]) expect(one).toMatchObject({ received: null, refused: null, lastAt: null });
    expect(mail.destinations).toMatchObject([{ deliveries: { delivered: expect.any(Number) as unknown as number } }]);
    expect((await ask('GET', '/api/sources/laboratoire', { as: 'mail' })).json).toMatchObject({ source: { received: null, lastAt: null }, findings: [] });
    expect((await ask('GET', '/api/sources/laboratoire/profile', { as: 'mail' })).status).toBe(404);
    expect((await ask('GET', '/api/sources/laboratoire/profile')).status).toBe(200);
    expect((await ask('GET', '/api/sources/laboratoire', { as: 'hospital' })).status).toBe(404);
    expect((await ask('GET', '/api/destinations/dmp', { as: 'mail' })).status).toBe(404);
    expect(await rows('', 'hospital')).toEqual([]);
    expect((await rows('', 'mail')).flatMap(({ deliveries }) => deliveries.map(({ destination }) => destination))).toEqual(expect.arrayContaining(['mssante']));
    for (const [method, path, body] of [
      ['GET', `/api/messages/${laboratory.trace}`], ['POST', `/api/messages/${laboratory.trace}/reveal`, { reason: 'une demande du service', parts: ['raw'] }],
      ['POST', `/api/messages/${laboratory.trace}/correct`, { reason: 'une demande du service', text: 'MSH' }], ['POST', `/api/messages/${laboratory.trace}/replan`, { reason: 'une demande du service' }],
      ['POST', `/api/deliveries/${volet.deliveries.find(({ destination }) => destination === 'dmp')?.id ?? 0}/release`, { reason: 'une demande du service' }],
    ] as const) expect([path, (await ask(method, path, { as: 'hospital', ...(body === undefined ? {} : { body }) })).status]).toEqual([path, 404]);
    expect((await ask('POST', '/api/messages/search', { as: 'hospital', body: { kind: 'ins', value: '279035121518989' } })).json).toMatchObject({ messages: [] });
  });

  test('sources and destinations tell their health, their rules and what does not leave', async () => {
    const { json } = await ask('GET', '/api/destinations/dmp');
    expect(json).toMatchObject({ destination: { id: 'dmp', production: false, deliveries: { held: 1 } }, switches: [], causes: [{ state: 'held', count: 1 }] });
    expect((await ask('GET', '/api/destinations')).json.destinations).toHaveLength(4);
    expect((await ask('GET', '/api/sources')).json.sources).toEqual(expect.arrayContaining([expect.objectContaining({ id: 'essai' })]));
    expect((await ask('GET', '/api/sources/laboratoire')).json).toMatchObject({ source: { timeZone: 'Europe/Paris', listeners: [{ name: 'mllp', kind: 'mllp', address: expect.stringMatching(/^mllp:/) as unknown as string }, { name: 'http' }] } });
  });

  test('a destination is paused and resumed for a reason, by name', async () => {
    expect((await ask('POST', '/api/destinations/region/pause', { body: { reason: 'court' } })).status).toBe(400);
    expect((await ask('POST', '/api/destinations/region/pause', { as: 'vera', body: { reason: 'maintenance du partenaire' } })).status).toBe(403);
    expect((await ask('POST', '/api/destinations/region/pause', { body: { reason: 'maintenance du partenaire' } })).json).toMatchObject({ destination: { health: 'paused', paused: { by: 'olga', why: 'maintenance du partenaire' } } });
    expect((await ask('POST', '/api/destinations/region/pause', { body: { reason: 'maintenance du partenaire' } })).json).toMatchObject({ status: 409, code: 'deliver.already-paused' });
    expect((await ask('POST', '/api/destinations/region/resume', { body: { reason: 'maintenance finie' } })).json).toMatchObject({ destination: { health: 'up', paused: null }, switches: [{ paused: false }, { paused: true }] });
  });
});

describe('messages', () => {
  test('lists by filter and finds by a business key', async () => {
    expect((await rows('?disposition=rejected')).map(({ disposition }) => disposition)).toEqual(['rejected']);
    expect((await rows('?state=held&destination=dmp')).map(({ trace }) => trace)).toEqual([volet.trace]);
    expect((await ask('GET', '/api/messages?limit=1')).json).toMatchObject({ messages: [{}], next: expect.any(String) as unknown as string });
    expect((await ask('GET', '/api/messages?cursor=zz!')).status).toBe(400);
    expect((await ask('GET', '/api/messages?patient=DUPONT')).status).toBe(400);
    const found = (await ask('POST', '/api/messages/search', { body: { kind: 'accession', value: '26112200417' } })).json.messages as Row[];
    expect(found.map(({ trace }) => trace)).toEqual([laboratory.trace]);
    expect(gateway.audited.findLast(({ act }) => act === 'search')).toMatchObject({ who: 'olga', objects: { key: 'accession' }, outcome: 'done' });
  });

  test('a story tells every attempt and its cause, and no value of a patient', async () => {
    const told = await tale(volet.trace);
    expect(told.deliveries.find(({ destination }) => destination === 'dmp')).toMatchObject({ state: 'held', reason: { code: expect.stringContaining('dmp') as unknown as string }, may: ['release', 'abandon'] });
    expect(told.deliveries.find(({ destination }) => destination === 'region')).toMatchObject({ state: 'delivered', attempts: [{ outcome: 'delivered' }], may: ['replay'] });
    // How the platform calls it is its own text: a number of the patient's for all we know.
    expect(told.deliveries.find(({ destination }) => destination === 'region')?.remoteId).toBe('••••••');
    expect(told.patient.map(({ what }) => what)).toEqual(expect.arrayContaining(['name', 'birthDate', 'ins', 'document']));
    expect(new Set(told.patient.map(({ shown }) => shown)).size).toBe(1);
    const rejected = (await rows('?disposition=rejected'))[0];
    expect((await tale(rejected?.trace ?? '')).findings[0]?.advice.length).toBeGreaterThan(5);
    expect((await ask('GET', '/api/messages/none')).json).toMatchObject({ status: 404, code: 'api.not-found' });
  });

  test('content is revealed for a reason, for a time, to who asked, and it is told', async () => {
    const reveal = (body: object, as = 'olga', trace = laboratory.trace) => ask('POST', `/api/messages/${trace}/reveal`, { as, body });
    expect((await reveal({ parts: ['raw'] })).json).toMatchObject({ status: 400, code: 'operate.reason-needed' });
    expect((await reveal({ parts: ['raw'], reason: 'court' })).status).toBe(400);
    expect((await reveal({ parts: ['raw'], reason: 'contrôle d’un résultat' }, 'vera')).status).toBe(403);
    const { json } = await reveal({ parts: ['raw', 'bundle', 'sent', 'acknowledgement', 'answers', 'documents'], reason: 'contrôle d’un résultat' });
    expect(JSON.stringify(json.answers)).toMatch(/id : [A-Z]/);
    const { raw, bundle, sent, acknowledgement, grant } = json as unknown as { raw: { shown: { text: string }; places: { place: string; start: number; end: number }[] }; bundle: { json: { entry: unknown[] }; links: { place: string; path: string }[] }; sent: { destination: string; body: { text: string } }[]; acknowledgement: { text: string }; grant: { id: string; expiresAt: number } };
    expect(acknowledgement.text).toContain('MSA|AA|HEM0001');
    expect(sent.find(({ destination }) => destination === 'region')?.body.text).toContain('ROUSSEAU');
    const at = (place: string) => raw.places.filter((one) => one.place === place).map(({ start, end }) => raw.shown.text.slice(start, end));
    expect([at('PID-5(1)-1'), at('PID-3(1)-4-2'), at('OBX[1]-3-1'), at('MSH-10'), at('OBX[2]')[0]?.slice(0, 8)]).toEqual([['ROUSSEAU'], ['1.2.250.1.213.1.4.10'], ['718-7'], ['HEM0001'], 'OBX|2|NM']);
    const valueAt = (path: string): unknown => path.replace(/^Bundle\./, '').replaceAll(/\[(\d+)\]/g, '.$1').split('.').reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], bundle.json);
    const to = (place: string) => bundle.links.filter((one) => one.place === place).map(({ path }) => valueAt(path));
    expect([to('PID-7'), to('OBX[1]-5'), to('OBX[1]-3-1')]).toEqual([['1979-03-28'], [10.2], ['718-7']]);
    expect(bundle.links.every(({ path }) => valueAt(path) !== undefined)).toBe(true);
    expect((await reveal({ parts: ['bundle'], grant: grant.id })).json).toMatchObject({ grant });
    expect((await reveal({ parts: ['bundle'], grant: grant.id }, 'otto')).json).toMatchObject({ status: 403, code: 'operate.grant-ended' });
    // The same person after signing in again: a right to look ends with its session.
    expect((await reveal({ parts: ['bundle'], grant: grant.id }, 'elsewhere')).json).toMatchObject({ status: 403, code: 'operate.grant-ended' });
    expect((await reveal({ parts: ['bundle'], grant: grant.id }, 'olga', volet.trace)).json).toMatchObject({ status: 403 });
    expect((await tale(laboratory.trace)).looked).toMatchObject([{ by: 'olga', why: 'contrôle d’un résultat' }]);
    expect(gateway.audited.filter(({ act, outcome }) => act === 'reveal' && outcome === 'done')).toMatchObject([{ who: 'olga', reason: 'contrôle d’un résultat', objects: { message: laboratory.trace } }, { reason: 'contrôle d’un résultat', objects: { parts: 'bundle' } }]);
  });

  test('saved searches are an account’s own, and hold filters only', async () => {
    const put = (name: string, body: object) => ask('PUT', '/api/saved-searches', { body: { name, filter: body } });
    const { json: { id } } = await put('Retenus du DMP', { state: 'sending' });
    expect((await put('Retenus du DMP', { state: 'held', destination: 'dmp' })).json).toMatchObject({ id, name: 'Retenus du DMP', filter: { state: 'held' } });
    expect((await put('patient', { value: 'DUPONT' })).status).toBe(400);
    expect((await ask('GET', '/api/saved-searches')).json.searches).toHaveLength(1);
    expect((await ask('GET', '/api/saved-searches', { as: 'otto' })).json.searches).toEqual([]);
    const address = `/api/saved-searches/${String(id)}`;
    expect([(await ask('GET', '/api/saved-searches/Retenus%20du%20DMP')).status, (await ask('DELETE', address, { as: 'otto' })).status, (await ask('GET', address)).status, (await ask('DELETE', address)).status, (await ask('DELETE', address)).status]).toEqual([400, 404, 200, 204, 404]);
  });

  test('the live tail tells what happens, batched, within the scope', async () => {
    const aborted = new AbortController();
    const watch = async (as: string) => { const answer = await fetch(`${gateway.base}/api/messages/live`, { headers: { cookie: `__Host-session=${as}` }, signal: aborted.signal }); if (answer.body === null) throw new Error('no stream'); return answer.body.pipeThrough(new TextDecoderStream()).getReader(); };
    const [all, hospital] = [await watch('olga'), await watch('hospital')];
    await Promise.all([all.read(), hospital.read()]);
    const text = fixture('hl7v2/oru-r01/haematology/in.hl7').toString('latin1').replace('HEM0001', 'HEM0002');
    expect(await gateway.send(Buffer.from(text, 'latin1'))).toBe('AA HEM0002');
    let told = '';
    while (!/"kind":"delivery"[^}]*"state":"delivered"/.test(told)) told += (await all.read()).value ?? '';
    expect(told).toMatch(/"kind":"message"[^}]*"source":"(laboratoire|essai)"/);
    gateway.said.push(told);
    const other = await Promise.race([hospital.read().then(({ value = '' }) => value), new Promise<string>((done) => { setTimeout(() => { done(''); }, 700); })]);
    expect(other).not.toContain('"kind"');
    aborted.abort();
  });
});

describe('what waits for a person', () => {
  test('held deliveries with their cause; one is released or given up for a reason', async () => {
    const { json } = await ask('GET', '/api/held');
    const [held] = json.deliveries as { id: number; destination: string; reason: { code: string; advice: string }; may: string[] }[];
    expect(json).toMatchObject({ total: 1, quarantined: [], corrections: [], groups: [{ destination: 'dmp', count: 1 }], next: null });
    expect(held).toMatchObject({ destination: 'dmp', may: ['release', 'abandon'], byItself: false });
    expect((await ask('GET', '/api/held', { as: 'hospital' })).json).toMatchObject({ deliveries: [], total: 0 });
    expect((await ask('POST', `/api/deliveries/${held?.id ?? 0}/abandon`, { body: { reason: 'doublon papier remis' } })).json).toMatchObject({ state: 'abandoned', reason: { code: 'deliver.abandoned' } });
    expect((await ask('POST', `/api/deliveries/${held?.id ?? 0}/release`, { body: { reason: 'doublon papier remis' } })).json).toMatchObject({ status: 409, code: 'deliver.already-final' });
    expect(gateway.audited.findLast(({ act, outcome }) => act === 'abandon' && outcome === 'done')).toMatchObject({ who: 'olga', objects: { message: volet.trace, delivery: String(held?.id) }, reason: 'doublon papier remis' });
    expect((await tale(volet.trace)).timeline.find(({ kind }) => kind === 'moved')).toMatchObject({ by: 'olga' });
  });

  test('a corrected copy comes in as a message of its own, and each names the other', async () => {
    const [refused] = await rows('?disposition=rejected');
    const trace = refused?.trace ?? '';
    const correct = (text: string) => ask('POST', `/api/messages/${trace}/correct`, { body: { reason: 'type de document corrigé', text } });
    const original = fixture('hl7v2/volet/pas-un-cda/in.hl7').toString('utf8');
    expect((await correct(original)).json).toMatchObject({ status: 400, code: 'operate.correction-unchanged' });
    expect((await correct(original.replace('|P|', '|P |').replace('PID|1', 'PID|2'))).json).toMatchObject({ status: 409, code: 'operate.correction-refused' });
    const mended = fixture('hl7v2/oru-r01/haematology/in.hl7').toString('utf8').replace('HEM0001', /\rMSH|^MSH/.test(original) ? original.split('|')[9] ?? '' : '').replaceAll('\r', '\n');
    // It is about another person than the original: somebody else looks at it first.
    const pending = (await correct(mended)).json as { state: string; id: string };
    expect(pending.state).toBe('pending');
    const { json } = await ask('POST', `/api/corrections/${pending.id}/approve`, { as: 'otto', body: { reason: 'relu avec le service' } });
    expect(json).toMatchObject({ state: 'sent', outcome: 'planned', ack: 'AA' });
    const copy = await tale(json.trace as string);
    expect([copy.corrects, (await tale(trace)).correctedBy]).toEqual([trace, [json.trace]]);
    expect((await tale(trace)).timeline.find(({ kind }) => kind === 'corrected')).toMatchObject({ by: 'olga, otto' });
  });
});

test('what waited of the original is closed by its corrected copy, and what cannot be corrected is told', async () => {
  await ask('POST', '/api/destinations/region/pause', { body: { reason: 'le temps de corriger' } });
  const text = fixture('hl7v2/oru-r01/haematology/in.hl7').toString('utf8').replace('HEM0001', 'HEM0009');
  expect(await gateway.send(Buffer.from(text, 'utf8'))).toBe('AA HEM0009');
  const [original] = await rows('?type=ORU%5ER01');
  const trace = original?.trace ?? '';
  const waiting = original?.deliveries[0]?.id ?? 0;
  const correct = (given: string, of = trace) => ask('POST', `/api/messages/${of}/correct`, { body: { reason: 'valeur mal recopiée', text: given } });
  const { json } = await correct(text.replace('||10.2|', '||10.4|'));
  expect(json).toMatchObject({ state: 'sent', ack: 'AA', closed: [waiting] });
  expect((await tale(trace)).deliveries).toMatchObject([{ id: waiting, state: 'abandoned', reason: { code: 'operate.corrected' } }]);
  await ask('POST', '/api/destinations/region/resume', { body: { reason: 'correction faite' } });
  await gateway.until(async () => (await tale(json.trace as string)).deliveries.every(({ state }) => state === 'delivered'));
  const notice = (await rows()).find(({ source }) => source === 'bal-mssante');
  if (notice !== undefined) expect((await correct('From: x', notice.trace)).json).toMatchObject({ status: 409, code: 'operate.correction-format' });
  expect(await gateway.send(fixture('hl7v2/oru-r01/latin-9/in.hl7'))).toMatch(/^A/);
  const narrow = (await rows())[0]?.trace ?? '';
  expect((await correct(fixture('hl7v2/oru-r01/latin-9/in.hl7').toString('latin1').replace(/\rPV1/, '\rNTE|1||東京\rPV1'), narrow)).json).toMatchObject({ status: 400, code: 'operate.correction-charset' });
});

test('nothing that was answered without a reveal tells a value of a patient', () => {
  const said = gateway.said.join('\n');
  expect(said.length).toBeGreaterThan(1000);
  expect(said).not.toMatch(/279035121518989|ROUSSEAU|MARTIN|DOMINIQUE|CLAIRE|LEFEBVRE|1979-?03-?28|0007421|4100027/);
  expect(JSON.stringify(gateway.audited)).not.toMatch(/279035121518989|ROUSSEAU|DOMINIQUE|LEFEBVRE|1979-?03-?28/);
});
