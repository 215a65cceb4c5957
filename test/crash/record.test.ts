import { expect, test } from '@jest/globals';
import { recordCampaign } from './record.ts';

test('success lost before the answer, the gateway killed then: one entry in the record, found by its id', async () => {
  const { violations, lost, kills, lookups } = await recordCampaign({ times: 4, killEvery: 2 });
  expect(violations).toEqual([]);
  expect([lost, kills]).toEqual([4, 2]);
  expect(lookups).toBeGreaterThanOrEqual(4);
}, 180_000);
