import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { join } from 'node:path';
import type { Control } from '../../src/operate/control/control.ts';
import { askControl } from '../../src/operate/control/socket.ts';
import { labResult } from '../bench/message.ts';
import { startRegion, type Region } from '../crash/region.ts';
import { frame, MllpPeer } from '../mllp-peer.ts';
import { folder, runningGateway, settings, toRegion, type RunningGateway } from './gateway.ts';

// A partner that is down, broken or silent: the sender is answered AA at once, messages wait, and go once when it is back.

const id = (n: number): string => `C${String(n).padStart(9, '0')}`;
const patients = 25;
let place: ReturnType<typeof folder>;
let region: Region;
let gateway: RunningGateway | null = null;
beforeEach(async () => { place = folder(); region = await startRegion(() => 0); });
afterEach(async () => { await gateway?.kill(); gateway = null; await region.close(); place.remove(); });

async function startOn(url: string, changed: Record<string, unknown> = {}): Promise<RunningGateway> {
  gateway = await runningGateway(settings(place.path, toRegion(url, changed)));
  return gateway;
}
/** All on one connection, without waiting for one before the next. */
async function send(to: RunningGateway, from: number, count: number): Promise<void> {
  const peer = new MllpPeer(to.ports.mllp ?? 0);
  const numbers = Array.from({ length: count }, (_, i) => from + i);
  for (const n of numbers) peer.write(frame(labResult(n, n % patients, 'C')));
  expect(await peer.got(count)).toEqual(numbers.map((n) => `AA ${id(n)}`));
  peer.close();
}
async function asking<T>(ask: (control: Control) => Promise<T>): Promise<T> {
  const asked = await askControl(join(place.path, 'data'));
  if (asked === null) throw new Error('no control socket');
  try { return await ask(asked.control); } finally { asked.close(); }
}
/** Waits until nothing waits. */
const drained = (): Promise<void> => asking(async (control) => {
  for (let looks = 0; looks < 2000 && (await control.counts()).deliveries.waiting > 0; looks++) await new Promise((later) => { setTimeout(later, 50); });
});
const arrived = async (count: number): Promise<void> => {
  for (let looks = 0; looks < 2000 && region.arrivals < count; looks++) await new Promise((later) => { setTimeout(later, 20); });
};
/** Every message once at the region, each patient's in order, and the journal agrees. */
async function allThere(count: number): Promise<void> {
  expect(region.store.counts.get('DiagnosticReport')).toBe(count);
  expect(region.store.counts.get('Observation')).toBe(10 * count);
  for (const [patient, ids] of region.order) expect([patient, ids]).toEqual([patient, [...ids].sort()]);
  expect([...region.order.values()].flat().sort()).toEqual(Array.from({ length: count }, (_, i) => id(i + 1)));
  await asking(async (control) => {
    expect((await control.counts()).deliveries).toMatchObject({ planned: count, delivered: count, refused: 0, held: 0 });
    expect(await control.verify()).toEqual([]);
  });
}

test('a destination that answers 500 to 100 messages, then is healthy: 100 delivered, none twice', async () => {
  region.always('broken');
  await send(await startOn(region.url), 1, 100);
  await arrived(20);
  expect(region.store.counts.size).toBe(0);
  region.always('well');
  await drained();
  await allThere(100);
}, 120_000);

test('a partner that is down all along, over a restart of the gateway: delivered when it is back', async () => {
  const port = Number(new URL(region.url).port);
  await region.close();
  await send(await startOn(region.url), 1, 10);
  expect((await gateway?.stop())?.code).toBe(0);
  await send(await startOn(region.url), 11, 10);
  expect((await asking((control) => control.counts())).deliveries).toMatchObject({ planned: 20, waiting: 20 });
  region = await startRegion(() => 0, port);
  await drained();
  await allThere(20);
}, 120_000);

test('a partner that takes and never answers: attempts end, it is asked before anything is sent again', async () => {
  region.always('silent');
  await send(await startOn(region.url, { attemptMs: 300 }), 1, 10);
  // While it hangs, the way in stays open.
  await arrived(10);
  await send(gateway as unknown as RunningGateway, 11, 10);
  region.always('well');
  await drained();
  await allThere(20);
}, 120_000);
