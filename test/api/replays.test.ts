import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fixture, readingGateway, type ReadingGateway } from './reading-gateway.ts';

interface Plan { plan: { id: number; state: string; total: number; sent: number; skipped: number; left: number; needsSecondPerson: boolean; startedBy: string | null }; preview: { destination: string; recipient: string | null; deliveries: number; withdrawn: number }[]; items: { delivery: number; trace: string; state: string; made: number | null; cause: { code: string } | null }[]; acts: { act: string; by: string }[] }
interface Delivery { id: number; destination: string; action: string; state: string; reason: { code: string } | string }

let gateway: ReadingGateway;
const region = 'region';
const make = (body: object, as = 'olga') => gateway.ask('POST', '/api/replays', { as, body: { reason: 'la région a perdu ses données', cap: 100, perMinute: 6000, ...body } });
const act = (id: number, what: string, as = 'olga') => gateway.ask('POST', `/api/replays/${id}/${what}`, { as });
const plan = async (id: number) => (await gateway.ask('GET', `/api/replays/${id}`)).json as unknown as Plan;
const story = async (trace: string) => (await gateway.ask('GET', `/api/messages/${trace}`)).json as unknown as { deliveries: Delivery[]; timeline: { kind: string; why: string | null }[] };
const ended = (id: number) => gateway.until(async () => (await plan(id)).plan.state === 'done');
let sent = 0;

beforeAll(async () => {
  gateway = await readingGateway((config) => ({ ...config, operators: { ...config.operators, secondPersonAbove: 1, secondPersonForCorrections: true } }));
  const text = fixture('hl7v2/oru-r01/haematology/in.hl7').toString('latin1');
  for (const id of ['HEM0001', 'HEM0002', 'HEM0003']) expect(await gateway.send(Buffer.from(text.replace('HEM0001', id), 'latin1'))).toBe(`AA ${id}`);
  await gateway.until(async () => { sent = ((await gateway.ask('GET', '/api/messages?state=delivered&destination=region')).json.messages as unknown[]).length; return sent === 3; });
}, 60_000);
afterAll(async () => { await gateway.close(); });

describe('a replay plan', () => {
  test('is a frozen list, previewed by recipient, that somebody else starts; each delivery goes once', async () => {
    expect((await make({ selection: { destination: region, state: 'delivered' }, cap: 2 })).json).toMatchObject({ status: 409, code: 'operate.replay-too-many' });
    expect((await make({ selection: { destination: region, state: 'refused' } })).json).toMatchObject({ status: 409, code: 'operate.replay-empty' });
    expect((await make({ selection: { destination: region, state: 'delivered' } }, 'vera')).status).toBe(403);
    expect((await make({ selection: { destination: region, state: 'delivered' } }, 'mail')).json).toMatchObject({ code: 'operate.replay-empty' });
    const { json } = await make({ selection: { destination: region, state: 'delivered' } });
    const made = json as unknown as Plan;
    expect(made).toMatchObject({ plan: { state: 'draft', total: 3, sent: 0, left: 3, needsSecondPerson: true }, preview: [{ destination: region, recipient: null, deliveries: 3, withdrawn: 0 }] });
    expect((await act(made.plan.id, 'start')).json).toMatchObject({ status: 403, code: 'operate.second-person' });
    expect((await act(made.plan.id, 'start', 'hospital')).status).toBe(404);
    expect((await act(made.plan.id, 'start', 'otto')).json).toMatchObject({ plan: { state: 'running', startedBy: 'otto' } });
    await ended(made.plan.id);
    const after = await plan(made.plan.id);
    expect(after).toMatchObject({ plan: { sent: 3, skipped: 0, left: 0 }, acts: [{ act: 'made', by: 'olga' }, { act: 'started', by: 'otto' }, { act: 'done' }] });
    for (const { trace, made: again } of after.items) {
      const { deliveries, timeline } = await story(trace);
      expect(deliveries.filter(({ destination }) => destination === region).map(({ id }) => id)).toHaveLength(2);
      expect(deliveries.map(({ id }) => id)).toContain(again);
      expect(timeline.find(({ kind }) => kind === 'replayed')?.why).toContain('la région a perdu ses données');
    }
    expect((await act(made.plan.id, 'start', 'otto')).json).toMatchObject({ status: 409, code: 'operate.replay-state' });
    expect(gateway.audited.filter((one) => one.act.startsWith('replay') && one.outcome === 'done').map(({ act: what, who }) => [what, who])).toEqual([['replay-plan', 'olga'], ['replay-start', 'otto']]);
    expect(((await gateway.ask('GET', '/api/replays')).json.replays as unknown[]).length).toBe(1);
    expect((await gateway.ask('GET', '/api/replays', { as: 'hospital' })).json).toEqual({ replays: [] });
  });

  test('keeps its pace, pauses, and goes on by itself after a restart, each delivery still once', async () => {
    const first = (await make({ selection: { destination: region, state: 'delivered', from: 0 }, perMinute: 60 })).json as unknown as Plan;
    const { id, total } = first.plan;
    expect(first.preview).toMatchObject([{ deliveries: 6, corrected: 0, again: 3 }]);
    await act(id, 'start', 'otto');
    await gateway.until(async () => (await plan(id)).plan.sent > 0);
    expect((await act(id, 'pause')).json).toMatchObject({ plan: { state: 'paused' } });
    const paused = (await plan(id)).plan;
    expect(paused.left).toBeGreaterThan(0);
    await gateway.restart();
    expect((await plan(id)).plan).toMatchObject({ state: 'paused', left: paused.left });
    expect((await act(id, 'start', 'olga')).json).toMatchObject({ plan: { state: 'running', startedBy: 'otto' } });
    await gateway.restart();
    await gateway.until(async () => (await plan(id)).plan.left === 0);
    await ended(id);
    const { items } = await plan(id);
    // Three were made again by the plan before, and those made stand: the first ones are passed over.
    expect(items).toHaveLength(total);
    expect(items.filter(({ state }) => state === 'sent')).toHaveLength(3);
    expect(items.filter(({ state }) => state === 'skipped').map(({ cause }) => cause?.code)).toEqual(Array.from({ length: 3 }, () => 'operate.replay-again'));
    for (const { trace } of items) expect((await story(trace)).timeline.filter(({ kind, why }) => kind === 'replayed' && why?.endsWith(`[plan ${id}]`) === true).length).toBe(items.filter((one) => one.trace === trace && one.state === 'sent').length);
  }, 90_000);

  test('never sends what was withdrawn since: it is held, and the preview says so', async () => {
    expect(await gateway.send(fixture('hl7v2/volet/mdm-initial/in.hl7'))).toMatch(/^AA/);
    const initial = async () => ((await gateway.ask('GET', '/api/messages?type=MDM%5ET02')).json.messages as { trace: string; deliveries: Delivery[] }[])[0];
    await gateway.until(async () => (await initial())?.deliveries.some(({ destination, state }) => destination === region && state === 'delivered') === true);
    expect(await gateway.send(fixture('hl7v2/volet/mdm-remplacement/in.hl7'))).toMatch(/^AA/);
    await gateway.until(async () => ((await gateway.ask('GET', '/api/messages?type=MDM%5ET10&destination=region&state=delivered')).json.messages as unknown[]).length === 1);
    const delivery = (await initial())?.deliveries.find(({ destination }) => destination === region);
    const made = (await make({ selection: { deliveries: [delivery?.id ?? 0] } })).json as unknown as Plan;
    expect(made).toMatchObject({ plan: { total: 1, needsSecondPerson: false }, preview: [{ deliveries: 1, withdrawn: 1 }] });
    await act(made.plan.id, 'start');
    await ended(made.plan.id);
    const again = (await plan(made.plan.id)).items[0]?.made;
    const trace = (await initial())?.trace ?? '';
    await gateway.until(async () => (await story(trace)).deliveries.find(({ id }) => id === again)?.state === 'held');
    expect((await story(trace)).deliveries.find(({ id }) => id === again)?.reason).toMatchObject({ code: 'deliver.withdrawn-since' });
  });

  test('sends no acknowledgement again, and the preview says so', async () => {
    const answers = async () => ((await gateway.ask('GET', '/api/messages?state=delivered&destination=lab-answers')).json.messages as { deliveries: Delivery[] }[]).flatMap(({ deliveries }) => deliveries.filter(({ destination, state }) => destination === 'lab-answers' && state === 'delivered'));
    await gateway.until(async () => (await answers()).length > 0);
    const made = (await make({ selection: { destination: 'lab-answers', state: 'delivered' }, cap: 10 })).json as unknown as Plan;
    const { total } = made.plan;
    expect(made.preview).toMatchObject([{ destination: 'lab-answers', deliveries: total, acknowledgements: total }]);
    await act(made.plan.id, 'start', 'otto');
    await ended(made.plan.id);
    const { items } = await plan(made.plan.id);
    expect(items.map(({ state, cause }) => [state, cause?.code])).toEqual(Array.from({ length: total }, () => ['skipped', 'operate.replay-acknowledgement']));
    for (const { trace } of items) expect((await story(trace)).timeline.filter(({ why }) => why?.endsWith(`[plan ${made.plan.id}]`) === true)).toEqual([]);
  });

  test('is cancelled for good; what is no longer final is passed over', async () => {
    const { json } = await make({ selection: { destination: region, state: 'delivered' } });
    const { plan: { id } } = json as unknown as Plan;
    expect((await act(id, 'cancel')).json).toMatchObject({ plan: { state: 'cancelled', sent: 0 } });
    expect((await act(id, 'start', 'otto')).json).toMatchObject({ status: 409, code: 'operate.replay-state' });
    expect((await gateway.ask('GET', '/api/replays/999')).status).toBe(404);
  });
});

describe('a correction that needs two', () => {
  test('waits sealed for another person, who approves or drops it', async () => {
    const trace = ((await gateway.ask('GET', '/api/messages?type=ORU%5ER01')).json.messages as { trace: string }[])[0]?.trace ?? '';
    const text = fixture('hl7v2/oru-r01/haematology/in.hl7').toString('utf8').replace('HEM0001', 'HEM0003').replace('||10.2|', '||10.4|');
    const correct = async () => (await gateway.ask('POST', `/api/messages/${trace}/correct`, { body: { reason: 'valeur mal recopiée', text } })).json as { state: string; id: string };
    const pending = await correct();
    expect(pending).toMatchObject({ state: 'pending' });
    expect((await gateway.ask('GET', '/api/held')).json).toMatchObject({ corrections: [{ id: pending.id, trace, by: 'olga', why: 'valeur mal recopiée' }] });
    expect((await gateway.ask('POST', `/api/corrections/${pending.id}/approve`, { body: { reason: 'relu sur le compte rendu' } })).json).toMatchObject({ status: 403, code: 'operate.second-person' });
    const { json } = await gateway.ask('POST', `/api/corrections/${pending.id}/approve`, { as: 'otto', body: { reason: 'relu sur le compte rendu' } });
    expect(json).toMatchObject({ state: 'sent', ack: 'AA', outcome: 'planned' });
    expect((await gateway.ask('GET', `/api/messages/${json.trace as string}`)).json).toMatchObject({ corrects: trace });
    expect((await gateway.ask('POST', `/api/messages/${trace}/correct`, { body: { reason: 'valeur mal recopiée', text } })).json).toMatchObject({ status: 409, code: 'operate.correction-done' });
    expect((await gateway.ask('GET', `/api/messages/${trace}`)).json).toMatchObject({ mayCorrect: false, correctedBy: [json.trace] });
    const next = ((await gateway.ask('GET', '/api/messages?type=ORU%5ER01')).json.messages as { trace: string }[]).find((one) => one.trace !== trace && one.trace !== json.trace)?.trace ?? '';
    const correctNext = async () => (await gateway.ask('POST', `/api/messages/${next}/correct`, { body: { reason: 'valeur mal recopiée', text } })).json as { state: string; id: string };
    const other = await correctNext();
    expect((await gateway.ask('POST', `/api/corrections/${other.id}/drop`, { as: 'otto', body: { reason: 'deux fois la même' } })).json).toEqual({ done: true });
    expect((await gateway.ask('POST', `/api/corrections/${other.id}/approve`, { as: 'otto', body: { reason: 'deux fois la même' } })).status).toBe(404);
    expect((await gateway.ask('POST', `/api/messages/${next}/correct`, { body: { reason: 'caractère impossible', text: text.replace('UNICODE UTF-8', '8859/15').replace('ROUSSEAU', '東京') } })).status).toBe(200);
  });
});
