import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startMssSimulator, type MssSimulator } from '../../connectors/mssante/simulator/simulator.ts';
import type { Counts } from '../../src/journal/journal.ts';
import { askControl } from '../../src/operate/control/socket.ts';
import { patientOf, mailMessageOf } from '../crash/messages.ts';
import { matricule } from '../bench/message.ts';
import { canariesIn } from '../canary.ts';
import { frame, MllpPeer } from '../mllp-peer.ts';
import { certificates, type TestCertificates } from '../samples/mss.ts';
import { folder, impatient, runningGateway, settings, startGateway, type RunningGateway } from './gateway.ts';

// The connector in a gateway as an operator starts it, seen from outside.

let place: ReturnType<typeof folder>;
let shown: TestCertificates;
let simulator: MssSimulator;
let gateway: RunningGateway | null = null;
beforeEach(async () => { place = folder(); shown = certificates(); simulator = await startMssSimulator({ tls: shown.server }); });
afterEach(async () => { await gateway?.kill(); gateway = null; expect(canariesIn(JSON.stringify(simulator.report()))).toEqual([]); await simulator.close(); shown.remove(); place.remove(); });

const nil = { nil: 'NIL-E2E' };
const configuration = (own: Record<string, unknown> = nil, tls: unknown = shown.tls): string => settings(place.path, {
  listeners: [{ name: 'mllp', kind: 'mllp', port: 0 }, { name: 'http', kind: 'http', port: 0, roles: ['metrics'] }],
  destinations: [{ id: 'mssante', system: 'mssante', ...impatient, attemptMs: 5000, settings: { host: '127.0.0.1', port: simulator.ports.starttls, tls, from: { name: 'Essai', address: 'labo@essai.mssante.test' }, ...own } }],
});
async function counts(): Promise<Counts> {
  const asked = await askControl(join(place.path, 'data'));
  if (asked === null) throw new Error('no control socket');
  try { return await asked.control.counts(); } finally { asked.close(); }
}
async function until(holds: (now: Counts) => boolean): Promise<Counts> {
  let now = await counts();
  for (let looks = 0; looks < 400 && !holds(now); looks++) { await new Promise((later) => { setTimeout(later, 50); }); now = await counts(); }
  return now;
}
async function send(to: RunningGateway, numbers: readonly number[]): Promise<void> {
  const peer = new MllpPeer(to.ports.mllp ?? 0);
  try {
    for (const n of numbers) peer.write(frame(Buffer.from(mailMessageOf(n, n)).toString('latin1')));
    expect((await peer.got(numbers.length)).map((one) => one.slice(0, 2))).toEqual(numbers.map(() => 'AA'));
  } finally { peer.close(); }
}

test('without a NIL the gateway does not start, and says why in words', async () => {
  const ended = await startGateway(configuration({}));
  expect('code' in ended && ended.code !== 0).toBe(true);
  expect('stderr' in ended ? ended.stderr : '').toContain('X-MSS-NIL');
});

test('the canary: neither INS, name nor patient address in logs, metrics, errors or states, whatever the operator answers', async () => {
  const numbers = [1, 2, 3, 4, 5, 6];
  const to = (n: number): string => `${matricule(n)}@patient.mssante.fr`;
  // Each answer quotes the recipient, as operators do.
  simulator.fail({ on: 'recipient', mode: 'answer', answer: `550 5.1.1 <${to(1)}>: ESSAI1 NATHALIE unknown`, times: 1, recipient: to(1) });
  simulator.fail({ on: 'recipient', mode: 'answer', answer: `450 4.2.0 <${to(2)}>: ESSAI2 greylisted`, times: 2, recipient: to(2) });
  simulator.fail({ on: 'data', mode: 'drop-taken', times: 1, recipient: to(3) });
  simulator.fail({ on: 'data', mode: 'answer', answer: `554 5.6.0 <${to(4)}> refused`, times: 1, recipient: to(4) });
  simulator.fail({ on: 'mail', mode: 'answer', answer: `421 4.7.1 ${to(5)} certificate`, times: 1 });
  gateway = await runningGateway(configuration());
  await send(gateway, numbers);
  const now = await until(({ deliveries }) => deliveries.waiting === 0);
  expect(now.deliveries).toMatchObject({ planned: 12, refused: 2, submitted: 10 });
  const metrics = await (await fetch(`http://127.0.0.1:${String(gateway.ports.http ?? 0)}/metrics`)).text();
  const { stderr } = await gateway.stop();
  gateway = null;
  const log = readFileSync(join(place.path, 'log.ndjson'), 'utf8');
  expect(log).toContain('mss.recipient-refused');
  expect(log.match(/"kind":"breaker"/g)?.length ?? 0).toBeLessThanOrEqual(2);
  for (const [where, text] of Object.entries({ log, metrics, stderr, counts: JSON.stringify(now) })) {
    for (const n of numbers) for (const canary of [matricule(n), `ESSAI${String(n)}`, patientOf(n)]) expect([where, canary, text.includes(canary)]).toEqual([where, canary, false]);
    expect([where, /@patient\.|NATHALIE/.test(text)]).toEqual([where, false]);
  }
  // It is where it must be: in the mails themselves.
  expect(simulator.mailbox(to(2)).length).toBeGreaterThan(0);
}, 60_000);
