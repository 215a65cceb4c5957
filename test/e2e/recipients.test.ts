import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rppsOf, finessOf } from '../../connectors/mssante/simulator/directory-data.ts';
import { startDirectorySimulator, type DirectorySimulator } from '../../connectors/mssante/simulator/directory.ts';
import { startMssSimulator, type MssSimulator } from '../../connectors/mssante/simulator/simulator.ts';
import type { Control } from '../../src/operate/control/control.ts';
import { askControl } from '../../src/operate/control/socket.ts';
import { canariesIn, secrets } from '../canary.ts';
import { until } from '../contract/mailbox.ts';
import { frame, MllpPeer } from '../mllp-peer.ts';
import { certificates, type TestCertificates } from '../samples/mss.ts';
import { folder, impatient, runningGateway, settings, type RunningGateway } from './gateway.ts';

// A laboratory whose software knows whom a result goes to and not at which address: RPPS or structure, directory, mail.

let place: ReturnType<typeof folder>;
let shown: TestCertificates;
let operator: MssSimulator;
let directory: DirectorySimulator;
let gateway: RunningGateway | null = null;
beforeEach(async () => { place = folder(['bal', 'key']); shown = certificates(); operator = await startMssSimulator({ tls: shown.server, notices: { folder: join(place.path, 'bal') } }); directory = await startDirectorySimulator({ apiKey: secrets.directoryKey }); });
afterEach(async () => { await gateway?.kill(); gateway = null; expect(canariesIn(JSON.stringify(operator.report()))).toEqual([]); await operator.close(); await directory.close(); shown.remove(); place.remove(); });

function configuration(unaddressed?: 'strict' | 'directory'): string {
  writeFileSync(join(place.path, 'key'), secrets.directoryKey);
  mkdirSync(join(place.path, 'bal'), { recursive: true });
  return settings(place.path, {
    listeners: [{ name: 'mllp', kind: 'mllp', port: 0 }, { name: 'bal', kind: 'mailbox', mailbox: { source: 'bal', folder: './bal', pollMs: 100 } }],
    sources: [{ id: 'lab', organisation: 'Test', listeners: ['mllp'], networks: ['127.0.0.0/8'], senders: ['*'], ...(unaddressed === undefined ? {} : { unaddressed }) }, { id: 'bal', organisation: 'Test', listeners: ['bal'], notices: ['mail'], noticesFrom: ['*.mssante.test'] }],
    destinations: [{ id: 'mail', system: 'mssante', ...impatient, attemptMs: 10_000, settings: {
      host: '127.0.0.1', port: operator.ports.starttls, tls: shown.tls, from: { name: 'Laboratoire', address: 'labo@labo.mssante.test' }, nil: 'NIL-1',
      recipients: { directory: { url: directory.fhir, apiKey: { file: './key' } } } } }],
  });
}

const lines = readFileSync(new URL('../../fixtures/hl7v2/volet/oru-initial/in.hl7', import.meta.url), 'latin1').replace(/(DEST(?:DMP|MSSANTEPAT)\^[^|]*\|\|)Y/g, '$1N').split('\r').filter((line) => line !== '');
const isRecipient = (line: string): boolean => line.startsWith('PRT') && line.includes('|RCT^');
const recipient = (person: string, organisation: string, address = ''): string => `PRT||UC||RCT^Result(s) Copies To^participation|${person}|||${organisation}|||||||${address === '' ? '' : `^^X.400^${address}`}`;
const doctor = (rpps: string): string => `8${rpps}^DUVAL^Claude^^^^^^ASIP-SANTE-PS&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS`;
const structure = (finess: string): string => `STRUCTURE FICTIVE^^^^^ASIP-SANTE-ST&1.2.250.1.71.4.2.2&ISO^FINEG^^^${finess}`;
const asked = (recipients: readonly string[]): string => {
  const at = lines.findIndex(isRecipient);
  return [...lines.slice(0, at).filter((line) => !isRecipient(line)), ...recipients, ...lines.slice(at).filter((line) => !isRecipient(line))].join('\r') + '\r';
};
async function send(text: string): Promise<string> {
  const peer = new MllpPeer(gateway?.ports.mllp ?? 0);
  try { peer.write(frame(text)); const [answer = ''] = await peer.got(1); return answer; } finally { peer.close(); }
}
async function controlled<T>(ask: (control: Control, seq: string) => Promise<T>): Promise<T> {
  const asking = await askControl(join(place.path, 'data'));
  if (asking === null) throw new Error('no control socket');
  try {
    const [message] = await asking.control.list({ type: 'ORU^R01' }, 1);
    return await ask(asking.control, String(message?.seq));
  } finally { asking.close(); }
}
const states = (): Promise<readonly string[]> => controlled(async (control, seq) => ((await control.show(seq))?.deliveries ?? []).map((row) => `${row.state} ${row.reason}`));

test('a doctor by RPPS, a structure, one of several boxes, one unknown, one given twice: found, held, never guessed', async () => {
  gateway = await runningGateway(configuration('directory'));
  const rousseau = 'camille.rousseau@medecin.mssante.test';
  const answer = await send(asked([
    recipient(doctor(rppsOf(1)), ''), recipient('', structure(finessOf(1))), recipient('', structure(finessOf(2))), recipient(doctor(rppsOf(99)), ''),
    recipient(doctor(rppsOf(2)), ''), recipient(doctor(rppsOf(2)), structure(finessOf(9))),
  ]));
  expect(answer).toMatch(/^AA /);
  await until(async () => (await states()).every((one) => !/^(waiting|sending|planned)/.test(one)));
  expect(await states()).toEqual([
    'submitted deliver.submitted', 'submitted deliver.submitted', 'held recipients.ambiguous', 'held recipients.not-found', 'submitted deliver.submitted', 'held recipients.same-mailbox',
  ]);
  expect(operator.received.flatMap(({ envelope }) => envelope.recipients.map(({ address }) => address))).toEqual([rousseau, 'cardiologie@structure-1.mssante.test', 'claude.duval@medecin.mssante.test']);
  expect(operator.received.flatMap(({ verdicts }) => verdicts.filter(({ state, rule }) => state === 'broken' && rule.severity === 'error').map(({ rule }) => rule.id))).toEqual([]);
  // Notices are about the mailbox that was found, of what a person sends again too.
  operator.notify('dsn-relayed', operator.received[0]!);
  await until(async () => (await states())[0] === 'delivered notice.relayed');
  await controlled(async (control, seq) => control.replay((await control.show(seq))?.deliveries[0]?.id ?? 0, { by: 'me', why: 'test' }));
  await until(() => operator.mailbox(rousseau).length === 2);
  operator.notify('dsn-relayed', operator.mailbox(rousseau)[1]!);
  await until(async () => (await states()).at(-1) === 'delivered notice.relayed');
  // The log tells no address, number or name.
  expect(readFileSync(join(place.path, 'log.ndjson'), 'utf8')).not.toMatch(/medecin\.mssante|structure-1|99700000|ROUSSEAU/);
}, 60_000);

test('whoever has no number is refused all the same; and without the setting, as the volet says, everyone without address', async () => {
  gateway = await runningGateway(configuration('directory'));
  expect(await send(asked([recipient('^DUVAL^Claude', structure(finessOf(1)))]))).toMatch(/^AE /);
  await gateway.kill();
  gateway = await runningGateway(configuration());
  expect(await send(asked([recipient(doctor(rppsOf(1)), '')]).replace('VOL0001', 'VOL0002'))).toMatch(/^AE /);
  expect(directory.requests).toEqual([]);
}, 60_000);

test.each([['by address, then by RPPS', false], ['by RPPS, then by address', true]])('the same document for one doctor, %s, in two messages: one mail, the second is held and says whose it is', async (_, turned) => {
  gateway = await runningGateway(configuration('directory'));
  const rousseau = 'camille.rousseau@medecin.mssante.test';
  const recipients = [recipient(doctor(rppsOf(1)), '', rousseau), recipient(doctor(rppsOf(1)), '')];
  if (turned) recipients.reverse();
  const both = [asked([recipients[0] ?? '']), asked([recipients[1] ?? '']).replace('VOL0001', 'VOL0002')];
  for (const text of both) {
    expect(await send(text)).toMatch(/^AA /);
    await until(async () => (await states()).every((one) => !/^(waiting|sending|planned)/.test(one)));
  }
  expect(await states()).toEqual(['held recipients.same-mailbox']);
  expect(operator.mailbox(rousseau)).toHaveLength(1);
  const why = await controlled(async (control, seq) => JSON.stringify(await control.show(seq)));
  expect(why).toContain('"args":["1"]');
}, 60_000);
