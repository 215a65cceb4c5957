import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/model.ts';
import type { DeliveryState } from '../domain/delivery.ts';
import { identify } from '../formats/identify.ts';
import type { Journal } from '../journal/journal.ts';
import { run, type Running } from './start.ts';
import { openSender } from './send.ts';
import type { Output } from './output.ts';

/**
 * What must become of one fixture: fixtures/demo.json. `deliveries` is the state of each destination's deliveries, sorted.
 * `calm`: sent once nothing moves any more, where what it teaches would change what is still on its way.
 */
interface Expectation { readonly file: string; readonly calm?: true; readonly via: 'mllp' | 'http'; readonly ack: string; readonly deliveries: Readonly<Record<string, readonly DeliveryState[]>> }
interface Expected { readonly messages: readonly Expectation[]; readonly stored: Readonly<Record<string, Readonly<Record<string, number>>>> }
interface Outcome { readonly ack: string; readonly deliveries: Readonly<Record<string, readonly DeliveryState[]>> }

const ownExpectations = fileURLToPath(new URL('../../fixtures/demo.json', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));
const settleMs = 20_000;

/** The sample configuration on free ports and a folder of its own: a demo disturbs nothing and leaves nothing. */
const apart = (config: Config, folder: string): Config => ({
  ...config, data: join(folder, 'data'), keys: { file: join(folder, 'keys', 'ring') },
  listeners: config.listeners.filter((one) => one.kind !== 'folder').map((one) => ({ ...one, port: 0, ...(one.mailbox?.folder === undefined || one.mailbox.folder === null ? {} : { mailbox: { ...one.mailbox, folder: join(folder, 'bal'), pollMs: 100 } }) })),
});

async function sendOne({ gateway }: Running, { file, via }: Expectation): Promise<{ ack: string; trace: string | null }> {
  const bytes = readFileSync(resolve(root, file));
  const path = identify(bytes).format === 'cda' ? '/in/cda' : '/in/hl7v2';
  const address = gateway.addresses.get(via) ?? '';
  const sender = openSender(new URL(via === 'mllp' ? address : `${address}${path}`), { timeoutMs: 30_000 });
  try { const { code } = await sender.send(bytes); return { ack: code, trace: null }; } finally { sender.close(); }
}

/** Waits until nothing moves any more: every delivery final or held, of each mail its notice come. */
async function settled(journal: Journal): Promise<void> {
  for (const end = Date.now() + settleMs; Date.now() < end;) {
    const { deliveries, messages } = await journal.counts();
    if (deliveries.waiting + deliveries.submitted + messages.pipeline === 0) return;
    await new Promise((wake) => { setTimeout(wake, 50); });
  }
}

/** The last message that was sent here: notices on mails come in between. */
async function lastSent(journal: Journal): Promise<number> {
  const latest = await journal.messages({}, 50);
  return latest.find(({ format }) => format !== 'mail')?.seq ?? 0;
}

/** What the journal says of a message received. */
async function outcomeOf(journal: Journal, seq: number, ack: string): Promise<Outcome> {
  const message = await journal.message({ seq });
  const deliveries: Record<string, DeliveryState[]> = {};
  for (const one of message?.deliveries ?? []) (deliveries[one.destination] ??= []).push(one.state);
  for (const states of Object.values(deliveries)) states.sort();
  return { ack, deliveries };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const sorted = (record: Readonly<Record<string, unknown>>): Record<string, unknown> => Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
const shown = (deliveries: Outcome['deliveries']): string => Object.entries(sorted(deliveries)).map(([destination, states]) => `${destination} ${(states as string[]).join('+')}`).join(', ') || '–';

/**
 * `demo`: gateway and sandbox; each fixture through a real socket; what became of it is read from the journal and from the
 * simulators' stores. Exit 0 only when everything met its expectation.
 */
export async function demo(file: string | null, output: Output): Promise<number> {
  const expected = JSON.parse(readFileSync(file ?? ownExpectations, 'utf8')) as Expected;
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-demo-'));
  const running = await run(apart(loadConfig(null), folder), { logFile: join(folder, 'log'), logLevel: 'info' });
  const { journal } = running.gateway;
  let failed = 0;
  const tell = (good: boolean, name: string, became: string, wanted: string): void => {
    if (!good) failed++;
    output.record({ name, met: good, became, ...(good ? {} : { expected: wanted }) });
    output.line(`${good ? '✓' : '✗'} ${name}\n    ${became}${good ? '' : output.words(`\n    attendu : ${wanted}`, `\n    expected: ${wanted}`)}`);
  };
  try {
    const sent: { expectation: Expectation; seq: number; ack: string }[] = [];
    for (const expectation of expected.messages) {
      if (expectation.calm === true) await settled(journal);
      const { ack } = await sendOne(running, expectation);
      sent.push({ expectation, seq: await lastSent(journal), ack });
    }
    await settled(journal);
    for (const { expectation, seq, ack } of sent) {
      const became = await outcomeOf(journal, seq, ack);
      tell(became.ack === expectation.ack && same(sorted(became.deliveries), sorted(expectation.deliveries)), expectation.file, `${became.ack} : ${shown(became.deliveries)}`, `${expectation.ack} : ${shown(expectation.deliveries)}`);
    }
    for (const [destination, simulator] of running.sandbox.running) {
      const { stored, broken, duplicates } = simulator.report();
      const wanted = expected.stored[destination] ?? {};
      tell(same(sorted(stored), sorted(wanted)) && broken.length + duplicates.length === 0, output.words(`simulateur ${destination}`, `simulator ${destination}`),
        `${JSON.stringify(sorted(stored))}${broken.length === 0 ? '' : ` ${broken.join(', ')}`}${duplicates.length === 0 ? '' : ` ×2 ${duplicates.join(', ')}`}`, JSON.stringify(sorted(wanted)));
    }
    const { messages, deliveries } = await journal.counts();
    const unfinished = messages.pipeline + deliveries.waiting;
    tell(unfinished === 0, output.words('conservation', 'conservation'), `${messages.received} messages, ${deliveries.planned} ${output.words('envois, aucun en suspens', 'deliveries, none pending')}`, '0');
    output.line(failed === 0 ? output.words('Tout est conforme.', 'Everything as expected.') : output.words(`${failed} écart(s).`, `${failed} difference(s).`));
  } finally {
    await running.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return failed === 0 ? 0 : 1;
}

