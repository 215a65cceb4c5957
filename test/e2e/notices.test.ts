import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startHl7v2Simulator, type Hl7v2Simulator } from '../../connectors/hl7v2/simulator.ts';
import type { NoticeKind, NoticeOptions } from '../../connectors/mssante/simulator/notice.ts';
import { startMssSimulator, type MssSimulator } from '../../connectors/mssante/simulator/simulator.ts';
import type { Control } from '../../src/operate/control/control.ts';
import { askControl } from '../../src/operate/control/socket.ts';
import { testPki } from '../../src/sandbox/pki.ts';
import { until } from '../contract/mailbox.ts';
import { canariesIn } from '../canary.ts';
import { frame, MllpPeer } from '../mllp-peer.ts';
import { folder, impatient, runningGateway, settings, type RunningGateway } from './gateway.ts';

// A result to many doctors, through a simulated operator with client certificates; what comes back of each mail, through a
// mailbox, and what the laboratory is told.

let place: ReturnType<typeof folder>;
let operator: MssSimulator;
let laboratory: Hl7v2Simulator;
let gateway: RunningGateway | null = null;

beforeEach(async () => {
  place = folder(['bal', 'tls']);
  const pki = testPki('operator', Date.now());
  const { cert, key } = pki.issue('server', 'smtp.operateur-test.mssante.test');
  const client = pki.issue('client', 'passerelle');
  mkdirSync(join(place.path, 'tls'));
  for (const [name, text] of Object.entries({ ca: pki.ca, cert: client.cert, key: client.key })) writeFileSync(join(place.path, 'tls', name), text);
  mkdirSync(join(place.path, 'bal'));
  operator = await startMssSimulator({ tls: { cert, key, ca: pki.ca }, notices: { folder: join(place.path, 'bal') } });
  laboratory = await startHl7v2Simulator();
  const file = (name: string) => ({ file: join(place.path, 'tls', name) });
  gateway = await runningGateway(settings(place.path, {
    listeners: [{ name: 'mllp', kind: 'mllp', port: 0 }, { name: 'bal', kind: 'mailbox', mailbox: { source: 'bal', folder: './bal', pollMs: 100 } }],
    sources: [
      { id: 'lab', organisation: 'Test', listeners: ['mllp'], networks: ['127.0.0.0/8'], senders: ['*'], answersTo: 'answers' },
      { id: 'bal', organisation: 'Test', listeners: ['bal'], notices: ['mail'], noticesFrom: ['*.mssante.test', '*.mssante.fr'] },
    ],
    destinations: [
      { id: 'mail', system: 'mssante', ...impatient, attemptMs: 10_000, settings: {
        host: '127.0.0.1', port: operator.ports.starttls, tls: { ca: file('ca'), cert: file('cert'), key: file('key') }, from: { name: 'Laboratoire', address: 'labo@labo.mssante.test' }, nil: 'NIL-1' } },
      { id: 'answers', system: 'hl7v2', ...impatient, settings: { url: laboratory.url } },
    ],
  }));
});
afterEach(async () => { await gateway?.kill(); gateway = null; expect(canariesIn(JSON.stringify(operator.report()))).toEqual([]); await operator.close(); await laboratory.close(); place.remove(); });

const asking = async <T>(ask: (control: Control) => Promise<T>): Promise<T> => {
  const asked = await askControl(join(place.path, 'data'));
  if (asked === null) throw new Error('no control socket');
  try { return await ask(asked.control); } finally { asked.close(); }
};
const patient = '279035121518989@patient.mssante.fr';
const box = (name: string): string => `${name}@cabinet.mssante.test`;
const initial = readFileSync(new URL('../../fixtures/hl7v2/volet/oru-initial/in.hl7', import.meta.url), 'latin1');

/** The volet's example to these mailboxes and no other, reception and reading to be told. */
function toDoctors(mailboxes: readonly string[]): string {
  const lines = initial.split('\r').filter((line) => line !== '');
  const doctor = lines.find((line) => line.startsWith('PRT') && line.includes('RCT') && line.includes('X.400')) ?? '';
  const at = lines.indexOf(doctor);
  const others = lines.filter((line) => !(line.startsWith('PRT') && line.includes('RCT')));
  const doctors = mailboxes.map((address) => doctor.replace(/X\.400\^[^|~\r]*/, `X.400^${address}`));
  return [...others.slice(0, at), ...doctors, ...others.slice(at)].join('\r').replace(/(ACK_(?:LECTURE_MSS|RECEPTION)\^[^|]*\|\|)N/g, '$1Y').replace(/(DESTDMP\^[^|]*\|\|)Y/g, '$1N') + '\r';
}
async function send(mailboxes: readonly string[]): Promise<string> {
  const peer = new MllpPeer(gateway?.ports.mllp ?? 0);
  peer.write(frame(toDoctors(mailboxes)));
  const [answer = ''] = await peer.got(1);
  peer.close();
  return answer;
}
/** What the laboratory was told of a mailbox, in order: `Z02 N 550`. */
const told = (mailbox: string): string[] => laboratory.arrivals.map(({ bytes }) => bytes.toString('latin1')).filter((text) => text.includes(`X.400^${mailbox}`))
  .map((text) => [/ZAM\^(Z0\d)/.exec(text)?.[1], /\|([YN])\^\^expanded/.exec(text)?.[1], /\^messageErrorCondition\|E\|(\d{3})/.exec(text)?.[1]].filter((part) => part !== undefined).join(' '));
/** How each mail ended, in the order of the mailboxes. */
const states = async (): Promise<string[]> => asking(async (control) => {
  const [message] = await control.list({ type: 'ORU^R01' }, 1);
  return ((await control.show(String(message?.seq)))?.deliveries ?? []).filter(({ destination }) => destination === 'mail').map((row) => `${row.state} ${row.reason}`);
});

const kinds: readonly (readonly [name: string, notices: readonly (NoticeKind | readonly [NoticeKind, NoticeOptions])[], state: string, told: readonly string[]])[] = [
  ['relayed', ['dsn-relayed'], 'delivered notice.relayed', ['Z02 Y']],
  ['failed', ['dsn-delayed', 'dsn-failed'], 'refused notice.failed', ['Z02 N 550']],
  ['expired', ['dsn-expired'], 'refused notice.failed', ['Z02 N 441']],
  ['processed', ['dsn-relayed', 'mdn-processed'], 'delivered notice.processed', ['Z02 Y', 'Z03 Y']],
  ['displayed', ['mdn-displayed', 'dsn-failed'], 'delivered notice.read', ['Z02 Y', 'Z03 Y']],
  ['overridden', ['dsn-failed', 'mdn-processed'], 'delivered notice.processed', ['Z02 N 550', 'Z02 Y', 'Z03 Y']],
  ['error-112', ['mdn-error-1.1.2'], 'delivered notice.not-integrated', ['Z02 Y', 'Z03 N 902']],
  ['error-113', ['mdn-error-1.1.3'], 'delivered notice.not-integrated', ['Z02 Y', 'Z03 N 902']],
  ['malformed', ['mdn-malformed'], 'delivered notice.not-integrated', ['Z02 Y', 'Z03 N 902']],
  ['standard', ['standard-error'], 'delivered notice.not-integrated', ['Z02 Y', 'Z03 N 902']],
  ['delayed', ['dsn-delayed'], 'submitted deliver.submitted', []],
  ['away', ['auto-reply'], 'submitted deliver.submitted', []],
  ['foreign', [['dsn-failed', { about: 'foreign' }]], 'submitted deliver.submitted', []],
  ['unknown', [['mdn-processed', { about: 'unknown' }]], 'submitted deliver.submitted', []],
  ['untrusted', [['mdn-processed', { about: 'untrusted', recipient: box('untrusted') }]], 'submitted deliver.submitted', []],
];

test('one result to many: each mail ends as its notices say, the laboratory is told of each, foreign notices do nothing', async () => {
  const refusedAtOnce = 'sim-550@cabinet.mssante.test';
  const mailboxes = [...kinds.map(([name]) => box(name)), refusedAtOnce];
  expect(await send(mailboxes)).toMatch(/^AA /);
  await until(() => operator.received.length === kinds.length + 1);
  for (const [name, notices] of kinds) {
    const [mail] = operator.mailbox(box(name));
    for (const one of notices) {
      const [kind, options] = typeof one === 'string' ? [one, {}] : one;
      operator.notify(kind, mail!, { ...options, twice: kind === 'dsn-relayed' });
      // One after the other, so that what is told in between can be seen.
      await until(() => readdirSync(join(place.path, 'bal')).every((file) => !file.endsWith('.eml')));
    }
  }
  operator.notify('patient-unknown', operator.mailbox(patient)[0]!);
  const wanted: Record<string, readonly string[]> = Object.fromEntries<readonly string[]>([...kinds.map(([name, , , words]) => [box(name), words] as const), [refusedAtOnce, ['Z02 N 550']], [patient, ['Z02 N 550']]]);
  const due = Object.values(wanted).flat().length;
  await until(() => laboratory.taken.size === due);
  expect(Object.fromEntries([...mailboxes, patient].map((mailbox) => [mailbox, told(mailbox)]))).toEqual(wanted);
  // The last two: refused in the dialogue itself, and the patient's.
  expect((await states()).slice(-2)).toEqual(['refused mss.recipient-refused', 'refused notice.failed']);
  expect((await states()).slice(0, -2).map((state, i) => `${kinds[i]?.[0] ?? ''} ${state}`)).toEqual(kinds.map(([name, , state]) => `${name} ${state}`));
  expect(await asking((control) => control.verify())).toEqual([]);
  const { messages } = await asking((control) => control.counts());
  expect(messages).toMatchObject({ planned: 1, rejected: 0, quarantined: 0, pipeline: 0 });
  // A letter or a patient's answer is kept for a person, and nothing of a mail's addresses is in the log.
  operator.notify('patient-answer', operator.mailbox(patient)[0]!);
  await until(() => readdirSync(join(place.path, 'bal', 'for-a-person')).length === 1);
  expect(readFileSync(join(place.path, 'log.ndjson'), 'utf8')).not.toMatch(/@cabinet|279035121518989|@patient/);
}, 60_000);
