import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { newMessage, newPlan } from '../../test/contract/journal-samples.ts';
import { sqlitePlace } from '../../test/contract/sqlite-place.ts';
import { planned } from '../../test/deliver/harness.ts';
import { TestPartner, type Behaviour } from '../../test/deliver/partner.ts';
import { gate } from '../facts/gate.ts';
import type { Journal } from '../journal/journal.ts';
import { systemAlarm } from './alarm.ts';
import { createDispatcher, type Dispatcher } from './dispatcher.ts';
import { workOf } from './work.ts';

const person = (n: number): string => `ID|1.2.250.1.999.1|${String(n)}`;

/** The same engine over the journal that is really used, in real time: what the memory journal's docstrings promise is there. */
describe('the engine over sqlite', () => {
  let place: ReturnType<typeof sqlitePlace>;
  let journal: Journal;
  let dispatcher: Dispatcher;
  let partner: TestPartner;
  let acknowledged = 0;

  const start = async (): Promise<void> => {
    journal = await place.open();
    await journal.recover();
    dispatcher = createDispatcher({
      journal, partners: new Map([['region', partner.partner({ concurrency: 4, attemptMs: 300, backoff: { firstMs: 5, maxMs: 20 }, breaker: { failures: 6, probeMs: 20 } })]]),
      clock: Date.now, alarm: systemAlarm, random: Math.random, gate, unconnected: () => undefined, unknownConsent: () => 'follow', unplannedBefore: () => false, work: (delivery) => workOf(journal, delivery),
      prepare: () => Promise.resolve({ steps: [{ name: 'post', meta: { controlId: 'c' }, body: [Buffer.from('prepared')] }] }),
      acknowledge: (delivery, receipt) => { if (delivery.system === 'hl7v2' || receipt.kind !== 'delivered') return []; acknowledged += 1; return [{ delivery: planned({ system: 'hl7v2', action: 'notify', envelope: null }) }]; },
      log: () => undefined, crashPoint: () => undefined,
    });
    dispatcher.start();
  };
  const send = async (n: number, patient: number): Promise<void> => {
    const plan = newPlan({ identities: [person(patient)], deliveries: [planned({ gate: { ...planned().gate, identities: [person(patient)] } })] });
    const { deliveries } = await journal.accept(newMessage(`M${String(n)}`), plan);
    dispatcher.offer(deliveries, plan.deliveries);
  };
  const emptied = async (): Promise<void> => {
    for (let tries = 0; tries < 500; tries++) {
      const { deliveries } = await journal.counts();
      if (deliveries.waiting + deliveries.held === 0 && dispatcher.state().destinations.every(({ inFlight }) => inFlight === 0)) return;
      await new Promise((later) => { setTimeout(later, 20); });
    }
    throw new Error('not emptied');
  };

  beforeEach(async () => { place = sqlitePlace(); partner = new TestPartner({ clock: Date.now, alarm: systemAlarm }); acknowledged = 0; await start(); });
  afterEach(async () => { await dispatcher.stop(500); await journal.close(); await place.remove(); });

  test('any answers, a stop and a start in the middle: all final, none twice, each patient in order, acknowledgements born', async () => {
    const behaviours: Behaviour[] = ['delivered', 'busy', 'taken', 'delivered', 'lost', 'delivered', 'throw'];
    let n = 0;
    partner.behave = () => (n < 150 ? behaviours[n++ % behaviours.length] ?? 'delivered' : 'delivered');
    await Promise.all(Array.from({ length: 60 }, (_, i) => send(i, i % 9)));
    await dispatcher.stop(100);
    await journal.close();
    await start();
    await Promise.all(Array.from({ length: 30 }, (_, i) => send(100 + i, i % 9)));
    await emptied();
    const { deliveries } = await journal.counts();
    expect(deliveries).toMatchObject({ planned: 180, delivered: 180, waiting: 0 });
    expect(acknowledged).toBe(90);
    expect([...partner.taken.values()].filter((times) => times !== 1)).toEqual([]);
    const lanes = new Map<number, number[]>();
    for (const { id } of partner.arrivals) {
      const lane = (await journal.delivery(id))?.lane ?? 0;
      // The acknowledgement of a message has its place right after it, whatever came between.
      if (id % 4096 === 0) lanes.set(lane, [...lanes.get(lane) ?? [], id]);
    }
    expect(lanes.size).toBe(9);
    for (const ids of lanes.values()) expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(await journal.verify()).toEqual([]);
  });

  test('held, released and abandoned by a person', async () => {
    const plan = newPlan({ deliveries: [planned({ state: 'held', reason: { code: 'route.unsupported' } }), planned({ state: 'held', reason: { code: 'route.unsupported' } })] });
    const { deliveries: [first, second] } = await journal.accept(newMessage('H'), plan);
    await dispatcher.release(first!.id, 'nadia', 'vérifié');
    await dispatcher.abandon(second!.id, 'nadia', 'doublon');
    await emptied();
    expect((await journal.delivery(first!.id))?.state).toBe('delivered');
    expect((await journal.delivery(second!.id))?.state).toBe('abandoned');
  });
});
