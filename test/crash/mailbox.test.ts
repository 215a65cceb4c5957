import { expect, test } from '@jest/globals';
import { mailboxCampaign } from './mailbox.ts';

test('killed while notices are taken from the mailbox: none lost, none applied twice, each told once', async () => {
  const { violations, kills, notices } = await mailboxCampaign({ times: 2, seed: 1 });
  expect(violations).toEqual([]);
  expect(kills.random).toBe(1);
  expect(notices).toBeGreaterThanOrEqual(6);
}, 180_000);
