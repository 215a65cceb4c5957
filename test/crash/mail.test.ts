import { expect, test } from '@jest/globals';
import { mailCampaign } from './mail.ts';

test('killed between the final dot and 250: every mail there, copies under one Message-ID and flagged', async () => {
  const { violations, kills, messages, mails, copies } = await mailCampaign({ times: 3 });
  expect(violations).toEqual([]);
  expect(kills).toBe(3);
  // Each kill leaves a mail in doubt, which is then sent again.
  expect(copies).toBeGreaterThanOrEqual(kills);
  expect(mails).toBe(messages * 2 + copies);
}, 180_000);
