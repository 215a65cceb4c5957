import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startHl7v2Simulator, type Hl7v2Simulator } from '../../connectors/hl7v2/simulator.ts';
import { askControl } from '../../src/operate/control/socket.ts';
import { canariesIn } from '../canary.ts';
import { MllpPeer } from '../mllp-peer.ts';
import { startDmpSample, type DmpSample } from '../samples/dmp.ts';
import { folder, impatient, runningGateway, settings, type RunningGateway } from './gateway.ts';

// A document whose message says DESTDMP=Y: in the record, replaced, deleted; its sender told by ZAM^Z01; nothing of the patient told elsewhere.

const root = new URL('../../fixtures/hl7v2/', import.meta.url);
const fixture = (name: string): string => readFileSync(new URL(`${name}/in.hl7`, root), 'utf8');
let dmp: DmpSample;
let laboratory: Hl7v2Simulator;
let place: ReturnType<typeof folder>;
let gateway: RunningGateway;
beforeAll(async () => { dmp = await startDmpSample({ structures: { 1990000001: ['1990000019'] } }, null); });
afterAll(async () => { await dmp.close(); });
beforeEach(async () => {
  dmp.simulator.reset();
  place = folder();
  laboratory = await startHl7v2Simulator();
  gateway = await runningGateway(settings(place.path, {
    listeners: [{ name: 'mllp', kind: 'mllp', port: 0 }, { name: 'http', kind: 'http', port: 0, roles: ['metrics'] }],
    sources: [{ id: 'lab', organisation: 'Test', listeners: ['mllp'], networks: ['127.0.0.0/8'], senders: ['*'], answersTo: 'lab-answers' }],
    destinations: [
      { id: 'dmp', system: 'dmp', ...impatient, attemptMs: 5000, settings: { ...dmp.settings, structure: { id: '1990000001', name: 'LABORATOIRE FICTIF', also: ['1990000019'] }, limits: { internalErrors: 2 } } },
      { id: 'lab-answers', system: 'hl7v2', ...impatient, settings: { url: laboratory.url } },
    ],
  }));
}, 60_000);
afterEach(async () => { await gateway.kill(); expect(canariesIn(JSON.stringify(dmp.simulator.report()))).toEqual([]); await laboratory.close(); place.remove(); });

/** Each sent in turn, on one connection. */
async function send(...messages: string[]): Promise<string[]> {
  const peer = new MllpPeer(gateway.ports.mllp ?? 0);
  for (const message of messages) peer.write(Buffer.from(`\x0b${message}\x1c\r`));
  const answers = await peer.got(messages.length);
  peer.close();
  return answers.map((one) => one.split(' ')[0] ?? '');
}
/** State and reason of the DMP deliveries, in the order of their messages, once nothing waits. */
async function states(): Promise<string[]> {
  for (let looks = 0; looks < 600; looks++) {
    const asked = await askControl(join(place.path, 'data'));
    if (asked === null) throw new Error('no control socket');
    try {
      const { deliveries, messages } = await asked.control.counts();
      if (deliveries.waiting + messages.pipeline === 0) {
        const found = [];
        for (const { seq } of (await asked.control.list({}, 100)).toReversed()) {
          for (const one of (await asked.control.show(String(seq)))?.deliveries ?? []) if (one.destination === 'dmp') found.push(`${one.state} ${one.reason}`);
        }
        return found;
      }
    } finally { asked.close(); }
    await new Promise((later) => { setTimeout(later, 50); });
  }
  throw new Error('not drained');
}
/** OBX-5 and the codes of ERR-5 of each ZAM^Z01 that came back. */
const told = (): string[] => [...laboratory.taken.values()].map(({ bytes, type }) => {
  const lines = bytes.toString('utf8').split('\r').map((line) => line.split('|'));
  return `${type} ${lines.find(([name]) => name === 'OBX')?.[5]?.split('^')[0] ?? ''} ${lines.find(([name]) => name === 'ERR')?.[5] ?? ''}`.trim();
});
const broken = (): string[] => dmp.simulator.report().rules.filter((one) => one.broken > 0).map(({ name }) => name);

test('a document, its replacement and its deletion, in the order of their messages though the first is refused for a while', async () => {
  dmp.simulator.scenario({ kind: 'busy', times: 3, on: 'TD2.1' });
  expect(await send(fixture('volet/mdm-initial'), fixture('volet/mdm-remplacement'), fixture('volet/mdm-suppression'))).toEqual(['AA', 'AA', 'AA']);
  expect(await states()).toEqual(Array.from({ length: 3 }, () => 'delivered deliver.delivered'));
  expect([dmp.simulator.report().stored.documents, dmp.simulator.entries().filter((one) => !one.signature).map(({ status }) => status.replace(/.*:/, ''))]).toEqual([0, ['Deprecated', 'Deleted']]);
  expect(broken()).toEqual([]);
}, 60_000);

test('the sender is told: yes; no, with the DMP’s code; no, without the DMP being called', async () => {
  expect(await send(fixture('volet/oru-initial'))).toEqual(['AA']);
  expect(await states()).toEqual(['delivered deliver.delivered']);
  dmp.simulator.dmp('279035121518989', 'closed');
  dmp.simulator.scenario({ kind: 'error', code: 'XDSUnknownPatientId', on: 'TD2.1' });
  expect(await send(fixture('volet/oru-n1-n3'))).toEqual(['AA']);
  expect((await states()).at(-1)).toBe('refused dmp.patient');
  const called = dmp.simulator.report().arrivals;
  expect(await send(fixture('adt/a31-opposition-dmp'), fixture('volet/oru-apres-opposition'))).toEqual(['AA', 'AA']);
  expect((await states()).at(-1)).toBe('refused route.dmp-opposition');
  for (let looks = 0; looks < 100 && laboratory.taken.size < 3; looks++) await new Promise((later) => { setTimeout(later, 50); });
  expect(told()).toEqual(['ZAM^Z01^ZAM_Z01 Y', 'ZAM^Z01^ZAM_Z01 N XDSUnknownPatientId^DMP absent ou fermé^DMP_ERROR_CODE', expect.stringMatching(/^ZAM\^Z01\^ZAM_Z01 N 906\^/)]);
  expect(dmp.simulator.report().arrivals).toBe(called);
}, 60_000);

test('the same document sent again while the DMP is busy: one sending, and each of its messages is told how it ended', async () => {
  dmp.simulator.scenario({ kind: 'busy', times: 8, on: 'TD2.1' });
  const [first, again] = [fixture('volet/oru-initial'), fixture('volet/oru-initial').replace('|VOL0001|', '|ENCORE|')];
  expect(await send(first, again)).toEqual(['AA', 'AA']);
  for (let looks = 0; looks < 400 && laboratory.taken.size < 2; looks++) await new Promise((later) => { setTimeout(later, 50); });
  const answered = [...laboratory.taken.values()].map(({ bytes }) => /OBX\|1\|CWE\|ACK_RECEPTION_DMP[^|]*\|([^|]*)\|([YN])/.exec(bytes.toString())?.slice(1).join(' '));
  expect(answered.sort()).toEqual(['ENCORE Y', 'VOL0001 Y']);
  expect(await states()).toEqual(['delivered deliver.delivered']);
  expect(dmp.simulator.entries().filter((one) => !one.signature)).toHaveLength(1);
}, 60_000);

test.each([
  ['replacement', [], 'volet/mdm-remplacement', 'volet/mdm-initial', 'Deprecated Approved'],
  ['deletion', ['volet/mdm-initial'], 'volet/mdm-suppression', 'volet/mdm-remplacement', 'Deprecated Deleted'],
])('a %s that comes first waits for the version it names, which goes first', async (_, before, first, named, late) => {
  for (const name of [...before, first]) expect(await send(fixture(name))).toEqual(['AA']);
  expect((await states()).at(-1)).toBe('held deliver.waits-for-initial');
  expect(await send(fixture(named))).toEqual(['AA']);
  const inRecord = (): string => dmp.simulator.entries().filter((one) => !one.signature).map(({ status }) => status.replace(/.*:/, '')).join(' ');
  for (let looks = 0; looks < 200 && inRecord() !== late; looks++) await new Promise((later) => { setTimeout(later, 50); });
  expect(inRecord()).toBe(late);
  expect(new Set(await states())).toEqual(new Set(['delivered deliver.delivered']));
  expect(broken()).toEqual([]);
}, 60_000);

test('a replacement of what the DMP never had waits for a person in the end; an internal error is tried again, then left to a person; nothing secret is told anywhere', async () => {
  expect(await send(fixture('volet/mdm-remplacement'))).toEqual(['AA']);
  expect(await states()).toEqual(['held deliver.waits-for-initial']);
  dmp.simulator.scenario({ kind: 'error', code: 'XDSRepositoryError', times: 2, on: 'TD2.1', context: '279035121518989 MARTIN' });
  expect(await send(fixture('volet/oru-initial'))).toEqual(['AA']);
  expect((await states()).at(-1)).toBe('held dmp.internal-error');
  dmp.simulator.scenario({ kind: 'fault', subcode: 'FailedAuthentication', reason: 'VIHF de 279035121518989', on: 'TD2.1' });
  expect(await send(fixture('volet/oru-n1-n3'))).toEqual(['AA']);
  expect((await states()).at(-1)).toBe('delivered deliver.delivered');
  const metrics = await (await fetch(`http://127.0.0.1:${String(gateway.ports.http)}/metrics`)).text();
  const { stderr } = await gateway.stop();
  const log = readFileSync(join(place.path, 'log.ndjson'), 'utf8');
  expect(log).toContain('dmp.internal-error');
  const document = /Base64\^([A-Za-z0-9+/]{40})/.exec(fixture('volet/oru-initial'))?.[1] ?? 'no document';
  for (const secret of ['HOMOLOGATION-SECRETE-42', 'mot de passe secret', '279035121518989', 'MARTIN', 'BEGIN PRIVATE KEY', 'BEGIN RSA', document]) {
    for (const where of [log, metrics, stderr]) expect(where.toUpperCase()).not.toContain(secret.toUpperCase());
  }
}, 60_000);
