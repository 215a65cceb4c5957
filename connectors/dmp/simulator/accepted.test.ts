import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { certificates, now, provide, send, type Certificates } from '../../../test/dmp/request.ts';
import { startDmpSimulator, type DmpSimulator } from './simulator.ts';

let simulator: DmpSimulator, own: Certificates;
beforeAll(async () => {
  own = certificates();
  simulator = await startDmpSimulator({ tls: { ...own.server, ca: own.pki.ca }, signing: { ca: own.pki.ca }, now: () => now });
});
beforeEach(() => { simulator.reset(); });
afterAll(async () => { await simulator.close(); });
const told = (status: 'fail' | 'warn'): string[] => simulator.submissions()[0]?.rules.filter((one) => one.status === status).map((one) => one.id) ?? [];

it.each(['sha1', 'sha256'] as const)('a submission signed with %s is accepted, nothing to review', async (kind) => {
  const answer = await send(simulator.url, provide(own.signature, { kind }), own);
  expect([told('fail'), told('warn'), answer.status]).toEqual([[], [], 200]);
  expect(answer.text).toContain('status="urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success"');
  expect(simulator.report()).toMatchObject({ arrivals: 1, stored: { documents: 1, lots: 1, versions: 2 }, duplicates: [] });
});
