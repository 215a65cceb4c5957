import { afterAll, expect, test } from '@jest/globals';
import { harness, type Harness } from '../../test/deliver/harness.ts';
import { rules } from '../../test/deliver/partner.ts';
import { cdaOf, certificates, sendingTo, settings } from '../../test/samples/mss.ts';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { open } from './connector.ts';
import { mssante } from './definition.ts';
import { startMssSimulator } from './simulator/simulator.ts';

const shown = certificates();
afterAll(() => { shown.remove(); });

/** Time held in hand, with real connections: it only goes on once nothing is under way. */
async function pass(h: Harness, seconds: number): Promise<void> {
  for (let i = 0; i < seconds; i++) {
    await h.time.advance(1000);
    while (h.dispatcher.state().destinations.some(({ inFlight }) => inFlight > 0)) await new Promise((later) => { setTimeout(later, 5); });
  }
}

test.each(['of another authority', 'unreadable'] as const)('a client certificate %s, 100 mails waiting: one alarm, no failure, few connections; put right, all leave', async (what) => {
  const simulator = await startMssSimulator({ tls: shown.server });
  const pfx = join(shown.folder, `${what.replaceAll(' ', '-')}.p12`);
  // A client that shows another authority's certificate is turned away as one that shows none.
  const other = certificates();
  if (what !== 'unreadable') copyFileSync(join(other.folder, 'client.p12'), pfx);
  other.remove();
  const config = settings({ port: simulator.ports.starttls, tls: { ...shown.tls, pfx: { file: pfx } } });
  let h: Harness | null = null;
  const connector = open(config, { clock: () => h?.time.clock() ?? 0, ids: () => '', destination: 'mssante' });
  h = harness({ others: { mssante: { connector, capabilities: mssante.capabilities, rules: rules({ id: 'mssante', concurrency: 8, attemptMs: 600_000, breaker: { failures: 5, probeMs: 30_000 } }) } } });
  try {
    for (let n = 1; n <= 100; n++) {
      const { steps } = sendingTo(config, [cdaOf(n)], n).envelope;
      const envelope = { steps: steps.map((step) => ({ ...step, body: step.body.map((part) => (part instanceof Uint8Array ? part : cdaOf(n))) })) };
      h.offer(n, n, { destination: 'mssante', system: 'mssante', recipient: `r${String(n)}@x.mssante.test`, envelope });
    }
    await pass(h, 300);
    const { events } = h;
    const alarms = () => events.filter(({ kind }) => kind === 'breaker').map((event) => ('state' in event ? event.state : ''));
    expect(alarms()).toEqual(['open']);
    expect(h.journal.states()).toEqual({ waiting: 100 });
    expect(simulator.connections).toBeLessThan(20);
    expect(simulator.received).toEqual([]);
    copyFileSync(join(shown.folder, 'client.p12'), pfx);
    await pass(h, 90);
    expect(h.journal.states()).toEqual({ submitted: 100 });
    expect(alarms()).toEqual(['open', 'closed']);
    expect(new Set(simulator.received.map(({ messageId }) => messageId)).size).toBe(100);
    expect(simulator.received).toHaveLength(100);
    expect(JSON.stringify(h.events)).not.toMatch(/279035121518989|MARTIN|@/);
  } finally {
    await connector.close();
    await simulator.close();
    rmSync(pfx, { force: true });
  }
}, 60_000);
