import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startMssSimulator, type MssSimulator } from '../../connectors/mssante/simulator/simulator.ts';
import type { Connector } from '../../src/deliver/connector.ts';
import { configOf, connectorOf, mailsOf, sendAll } from '../samples/mails.ts';
import { certificates } from '../samples/mss.ts';
import { shared, whenShared } from '../when-shared.ts';

// Every mail that the gateway makes of a message, judged by a simulator that shares no code with it.

const shown = certificates();
let simulator: MssSimulator, connector: Connector;
let config: ReturnType<typeof configOf>;
beforeAll(async () => {
  simulator = await startMssSimulator({ tls: shown.server, nil: 'NIL-TEST-1' });
  config = configOf(simulator.ports.starttls, shown.tls);
  connector = connectorOf(config);
});
beforeEach(() => { simulator.reset(); });
afterAll(async () => { await connector.close(); await simulator.close(); shown.remove(); });

/** Sends what a file asks for: the rules that each mail broke, by recipient. */
async function judged(file: string): Promise<{ recipient: string; failed: readonly string[] }[]> {
  const mails = mailsOf(readFileSync(file), 'trace', config);
  expect(await sendAll(connector, mails)).toEqual(mails.map(() => 'submitted'));
  expect(simulator.received).toHaveLength(mails.length);
  return simulator.received.map(({ envelope, failed, verdicts }) => ({
    recipient: envelope.recipients[0]?.address ?? '', failed: failed.flatMap((id) => verdicts.filter(({ rule }) => rule.id === id).flatMap(({ places }) => places.map(({ at }) => `${id}: ${at}`))),
  }));
}

const folder = fileURLToPath(new URL('../../fixtures/hl7v2/volet/', import.meta.url));
const files = readdirSync(folder).map((name) => join(folder, name, 'in.hl7')).filter((file) => mailsOf(readFileSync(file), 'trace', configOf(1, {})).length > 0);

describe('our messages that ask for a mail', () => {
  test('there are as many as the volet\'s cases make', () => { expect(files.length).toBeGreaterThan(30); });
  test.each(files.map((file) => [file.split('/').at(-2) ?? '', file]))('%s: no rule broken', async (_, file) => {
    for (const { failed } of await judged(file)) expect(failed).toEqual([]);
  });
});

whenShared('the outbound examples of the ANS', () => {
  const root = shared('examples/hl7v2-ans') ?? '';
  const rows = readFileSync(join(root, 'expected.tsv'), 'utf8').trim().split('\n').slice(1).map((line) => line.split('\t')).filter(([, , ack, deliveries = '']) => ack === 'AA' && deliveries.includes('mssante 1'));
  test('three of them ask for a mail', () => { expect(rows).toHaveLength(3); });
  test.each(rows.map(([file = '', , , deliveries = '']) => [file.split('/').at(-1) ?? '', file, deliveries.includes('patient mailbox') ? 2 : 1] as const))('%s: no rule broken', async (_, file, count) => {
    const mails = await judged(join(root, file));
    expect(mails.map(({ failed }) => failed)).toEqual(Array.from({ length: count }, () => []));
  });
});
