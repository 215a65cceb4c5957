import { expect, test } from '@jest/globals';
import { campaign } from './campaign.ts';

// The crash test must be able to fail: the same few kills, on the product and on builds that break one promise each.

test('the product, killed when an answer was just read and when a partner had just stored', async () => {
  const { violations, kills } = await campaign({ seed: 7, times: 2, points: ['acknowledged', 'stored-dmp'] });
  expect(violations).toEqual([]);
  expect(kills).toEqual({ acknowledged: 2, 'stored-dmp': 2 });
}, 180_000);

test('a build that answers before it commits loses a message', async () => {
  const { violations } = await campaign({ seed: 7, times: 3, points: ['acknowledged'], control: 'ack-early', drainMs: 2000 });
  expect(violations).toContainEqual(expect.stringMatching(/acknowledged AA, and not in the journal$/));
}, 180_000);

test('a build that sends again without asking delivers a document twice', async () => {
  const { violations } = await campaign({ seed: 7, times: 2, points: ['stored-dmp'], control: 'no-lookup' });
  expect(violations).toContainEqual(expect.stringMatching(/^dmp: .* arrived \d+ times$/));
}, 180_000);
