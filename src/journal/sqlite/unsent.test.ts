import { expect, test } from '@jest/globals';
import { delivery, newMessage, newPlan } from '../../../test/contract/journal-samples.ts';
import { sqlitePlace } from '../../../test/contract/sqlite-place.ts';
import { openUnsent, type Planned } from './unsent.ts';

const megabytes = (n: number): Planned => {
  const { envelope: _, ...planned } = delivery();
  return { planned, envelope: { steps: [{ name: 'transaction', meta: {}, body: [new Uint8Array(n * 1024 * 1024).subarray(0, 10), { document: 'd', encoding: 'raw' }] }] } };
};

test('what came first is kept until it leaves; what has waited long makes room', () => {
  let now = 0;
  const unsent = openUnsent(() => now);
  const [one, two, three] = [megabytes(10), megabytes(10), megabytes(10)];
  unsent.keep(1, one);
  unsent.keep(2, two);
  unsent.keep(3, three);
  expect([unsent.of(1), unsent.of(2), unsent.of(3)]).toEqual([one, two, undefined]);
  unsent.drop(2);
  unsent.keep(3, three);
  expect([unsent.of(2), unsent.of(3)]).toEqual([undefined, three]);
  now = 31_000;
  unsent.keep(4, two);
  expect([unsent.of(1), unsent.of(3), unsent.of(4)]).toEqual([undefined, three, two]);
});

test('what is kept is what would be read back', async () => {
  const place = sqlitePlace();
  const first = await place.open();
  const series = ['DOC|1', 'DOC|2'];
  const { deliveries } = await first.accept(newMessage('1'), newPlan({ deliveries: [delivery(), delivery({ destination: 'dmp', envelope: null, series }), delivery({ destination: 'mss', recipient: 'a@x.mssante.fr', deadline: 9 })] }));
  const kept = await Promise.all(deliveries.map(({ id }) => first.delivery(id)));
  await first.close();
  const second = await place.open();
  expect(await Promise.all(deliveries.map(({ id }) => second.delivery(id)))).toEqual(kept);
  await second.close();
  await place.remove();
});
