import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { MessageHead } from '../../src/journal/journal.ts';
import { askControl } from '../../src/operate/control/socket.ts';
import { testPki, type TestIdentity } from '../../src/sandbox/pki.ts';
import { labResult } from '../bench/message.ts';
import { frame, MllpPeer } from '../mllp-peer.ts';
import { folder, runningGateway, settings, type RunningGateway } from './gateway.ts';

// Bad input to the gateway as it is started: each gets a clear answer, what is promised to be kept is kept, and the next message goes through.

const place = folder(['server.key']);
const now = Date.now();
const pki = testPki('Autorité de test', now);
const file = (name: string, content: string): { file: string } => { const path = join(place.path, name); writeFileSync(path, content); return { file: path }; };
const mebibyte = 1 << 20;
let gateway: RunningGateway;
let control: NonNullable<Awaited<ReturnType<typeof askControl>>>;

beforeAll(async () => {
  const server = pki.issue('server', 'passerelle');
  const tls = { cert: file('server.pem', server.cert), key: file('server.key', server.key), ca: file('ca.pem', pki.ca), mutual: true };
  gateway = await runningGateway(settings(place.path, {
    listeners: [
      { name: 'mllp', kind: 'mllp', port: 0, maxBytes: 4 * mebibyte }, { name: 'http', kind: 'http', port: 0, maxBytes: 4 * mebibyte },
      { name: 'mllps', kind: 'mllp', port: 0, tls }, { name: 'strict', kind: 'mllp', port: 0 }, { name: 'strict-http', kind: 'http', port: 0 },
    ],
    sources: [
      { id: 'lab', organisation: 'Test', listeners: ['mllp', 'http'], networks: ['127.0.0.0/8'], senders: ['*'] },
      { id: 'known', organisation: 'Test', listeners: ['strict', 'strict-http'], networks: ['127.0.0.0/8'], senders: ['SGL-CONNU*'] },
      { id: 'certified', organisation: 'Test', listeners: ['mllps'], certificate: 'CN=lis' },
    ],
  }));
  const asked = await askControl(join(place.path, 'data'));
  if (asked === null) throw new Error('no control socket');
  control = asked;
}, 60_000);
afterAll(async () => {
  const problems = await control.control.verify();
  const { messages: { received, ...classes } } = await control.control.counts();
  control.close();
  const ended = await gateway.stop();
  place.remove();
  expect(problems).toEqual([]);
  expect(received).toBe(Object.values(classes).reduce((sum, one) => sum + one, 0));
  expect(ended).toEqual({ code: 0, signal: null, stderr: '' });
});

let number = 0;
const nextId = (): string => `B${String(++number).padStart(9, '0')}`;
/** A good message and its MSH-10. */
const good = (): { id: string; text: string } => { const id = nextId(); return { id, text: labResult(number, number, 'B') }; };
const fixture = (name: string, id: string): string => readFileSync(new URL(`../../fixtures/hl7v2/${name}/in.hl7`, import.meta.url), 'latin1').replace(/^((?:[^|]*\|){9})[^|]*/, `$1${id}`);
const peerOn = (listener: string): MllpPeer => new MllpPeer(gateway.ports[listener] ?? 0);
const newest = async (): Promise<MessageHead | null> => (await control.control.list({}, 1))[0] ?? null;
/** What was kept since: type, disposition and acknowledgement of each message. */
async function keptSince(before: MessageHead | null): Promise<string[]> {
  return (await control.control.list({}, 100)).filter(({ seq }) => seq > (before?.seq ?? 0)).reverse().map(({ type, disposition, ack }) => `${type} ${disposition} ${String(ack)}`);
}
/** Place, ERR-3, ERR-5 and our code of each ERR. */
const errorsOf = (answer: string): string[] => answer.split('\r').filter((line) => line.startsWith('ERR')).map((line) => { const f = line.split('|'); return [f[2], f[3]?.split('^')[0], f[5]?.split('^')[0], f[7]].join(' '); });
const msaOf = (answer: string): string => answer.split('\r').find((line) => line.startsWith('MSA'))?.split('|').slice(1, 3).join(' ').trim() ?? '';

interface Bad { readonly name: string; readonly text: (id: string) => string; readonly ack: 'AE' | 'AR'; readonly id?: ''; readonly errors: readonly string[]; readonly kept: string; readonly http: number }
const result = (id: string): string => labResult(number, number, 'B').replace('B' + String(number).padStart(9, '0'), id);
const bad: readonly Bad[] = [
  { name: 'an unknown message type', text: (id) => result(id).replace('ORU^R01^ORU_R01', 'ZZZ^Z99^ZZZ_Z99'), ack: 'AE', errors: ['MSH^1^9^1^1 200  normalize.unsupported-type'], kept: 'ZZZ^Z99 rejected AE', http: 422 },
  { name: 'no message type', text: (id) => result(id).replace('ORU^R01^ORU_R01', ''), ack: 'AE', errors: ['MSH^1^9 101  hl7v2.no-message-type'], kept: ' rejected AE', http: 422 },
  { name: 'no MSH-10', text: (id) => result(id).replace(`|${id}|P|`, '||P|'), ack: 'AR', id: '', errors: ['MSH^1^10 101  hl7v2.no-control-id'], kept: 'ORU^R01 rejected AR', http: 503 },
  { name: 'no MSH', text: () => 'bonjour', ack: 'AR', id: '', errors: [' 100  hl7v2.no-msh'], kept: ' rejected AR', http: 503 },
  { name: 'a document with a DTD', text: (id) => fixture('volet/cda-avec-dtd', id), ack: 'AE', errors: ['OBX^1^5 207 906 document.dtd'], kept: 'MDM^T02 rejected AE', http: 422 },
  {
    name: 'the document of another patient', text: (id) => fixture('volet/autre-patient', id), ack: 'AE', kept: 'MDM^T02 rejected AE', http: 422,
    errors: ['PID^1^3^1 207 904', 'PID^1^3^2 207 904', 'PID^1^7 207 904', 'PID^1^8 207 904'],
  },
];

describe.each(bad)('$name', ({ text, ack, id, errors, kept, http }) => {
  const shown = (found: readonly string[]): string[] => found.map((one, i) => one.slice(0, errors[i]?.length ?? Infinity));
  test('over MLLP: answered, kept, and the next message on the connection goes through', async () => {
    const before = await newest();
    const [mine, next] = [nextId(), good()];
    const peer = peerOn('mllp');
    peer.write(frame(text(mine)));
    peer.write(frame(next.text));
    await peer.got(2);
    expect(peer.answers).toEqual([`${ack} ${id ?? mine}`.trim(), `AA ${next.id}`]);
    expect(shown(errorsOf(peer.frames[0] ?? ''))).toEqual(errors);
    expect(await keptSince(before)).toEqual([kept, 'ORU^R01 consumed AA']);
    peer.close();
  });

  test('over HTTP', async () => {
    const before = await newest();
    const mine = nextId();
    const response = await fetch(`http://127.0.0.1:${String(gateway.ports.http)}/in/hl7v2`, { method: 'POST', body: Buffer.from(text(mine), 'latin1') });
    const answer = await response.text();
    expect([response.status, msaOf(answer)]).toEqual([http, `${ack} ${id ?? mine}`.trim()]);
    expect(shown(errorsOf(answer))).toEqual(errors);
    expect(await keptSince(before)).toEqual([kept]);
  });
});

describe('who may not send', () => {
  test('an unknown sender: AR, not kept; a known one on the same connection goes through', async () => {
    const before = await newest();
    const [one, other] = [good(), good()];
    const peer = peerOn('strict');
    peer.write(frame(one.text));
    peer.write(frame(other.text.replace('SGL-BENCH', 'SGL-CONNU')));
    await peer.got(2);
    expect(peer.answers).toEqual([`AR ${one.id}`, `AA ${other.id}`]);
    expect(errorsOf(peer.frames[0] ?? '')).toEqual([' 207 906 intake.unknown-source']);
    const response = await fetch(`http://127.0.0.1:${String(gateway.ports['strict-http'])}/in/hl7v2`, { method: 'POST', body: one.text });
    expect([response.status, msaOf(await response.text())]).toEqual([403, `AR ${one.id}`]);
    expect(await keptSince(before)).toEqual(['ORU^R01 consumed AA']);
    peer.close();
  });

  const day = 86_400_000;
  const dial = (identity: TestIdentity | null): MllpPeer => new MllpPeer(gateway.ports.mllps ?? 0, { ca: pki.ca, servername: 'localhost', ...(identity === null ? {} : { cert: identity.cert, key: identity.key }) });
  test.each([
    ['expired', () => pki.issue('client', 'lis', { validFrom: now - 20 * day, validTo: now - day })], ['foreign', () => testPki('Autre autorité', now).issue('client', 'lis')], ['absent', () => null],
  ])('a client certificate that is %s: AR with the reason, and the connection ends', async (_name, identity) => {
    const before = await newest();
    const peer = dial(identity());
    peer.write(frame(good().text));
    expect(await peer.ended()).toEqual(['AR']);
    expect(errorsOf(peer.frames[0] ?? '')).toEqual([' 207 906 intake.certificate-refused']);
    expect(await keptSince(before)).toEqual([]);
  });
  test('the right certificate', async () => {
    const peer = dial(pki.issue('client', 'lis'));
    const { id, text } = good();
    peer.write(frame(text));
    expect(await peer.got(1)).toEqual([`AA ${id}`]);
    peer.close();
  });
});

describe('frames', () => {
  test('good, garbage, good in one write: both answered', async () => {
    const [one, other] = [good(), good()];
    const peer = peerOn('mllp');
    peer.write(Buffer.concat([frame(one.text), Buffer.from('\r\n garbage \x1c\x1c\r'), frame(other.text)]));
    expect(await peer.got(2)).toEqual([`AA ${one.id}`, `AA ${other.id}`]);
    peer.close();
  });

  test('several frames a chunk, in order; line ends as LF and CRLF', async () => {
    const messages = Array.from({ length: 8 }, good);
    const peer = peerOn('mllp');
    peer.write(Buffer.concat(messages.map(({ text }, i) => frame(i % 3 === 0 ? text : text.replaceAll('\r', i % 3 === 1 ? '\n' : '\r\n')))));
    expect(await peer.got(8)).toEqual(messages.map(({ id }) => `AA ${id}`));
    peer.close();
  });

  test('a frame that is not ended: AR when the sender closes, nothing kept; begun anew, only the whole one counts', async () => {
    const before = await newest();
    const [cut, again] = [good(), good()];
    const peer = peerOn('mllp');
    peer.write(frame(cut.text).subarray(0, 700));
    peer.socket.end();
    expect(await peer.ended()).toEqual([`AR ${cut.id}`]);
    expect(errorsOf(peer.frames[0] ?? '')).toEqual([' 207 906 intake.frame-truncated']);
    expect(await keptSince(before)).toEqual([]);
    const second = peerOn('mllp');
    second.write(Buffer.concat([frame(again.text).subarray(0, 700), frame(again.text)]));
    expect(await second.got(1)).toEqual([`AA ${again.id}`]);
    expect(await keptSince(before)).toEqual(['ORU^R01 consumed AA']);
    second.close();
  });

  test('an HTTP body that is cut off: nothing kept', async () => {
    const before = await newest();
    const socket = connect(gateway.ports.http ?? 0, '127.0.0.1');
    socket.write(`POST /in/hl7v2 HTTP/1.1\r\nHost: x\r\nContent-Length: 3000\r\n\r\n${good().text.slice(0, 500)}`);
    socket.end();
    await new Promise((closed) => { socket.on('close', closed).on('error', () => undefined).resume(); });
    expect(await keptSince(before)).toEqual([]);
  });

  test('300 MB in one frame: refused, memory bounded, and the connection goes on', async () => {
    const peak = (): number => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${String(gateway.pid)}/status`, 'utf8'))?.[1]) / 1024;
    const before = await newest();
    const [large, next] = [good(), good()];
    const memory = peak();
    const peer = peerOn('mllp');
    const head = frame(large.text.replace(/\r$/, '')).subarray(0, -2);
    peer.write(head);
    const piece = Buffer.alloc(mebibyte, 'A');
    for (let sent = 0; sent < 300; sent++) if (!peer.socket.write(piece)) await new Promise((drained) => { peer.socket.once('drain', drained); });
    peer.write(Buffer.concat([Buffer.from('\r\x1c\r'), frame(next.text)]));
    expect(await peer.got(2)).toEqual([`AR ${large.id}`, `AA ${next.id}`]);
    expect(errorsOf(peer.frames[0] ?? '')).toEqual([' 207 906 intake.frame-too-large']);
    // What was read and dropped is garbage for a while; what would be held is 300.
    expect(peak() - memory).toBeLessThan(150);
    peer.close();
    const response = await fetch(`http://127.0.0.1:${String(gateway.ports.http)}/in/hl7v2`, { method: 'POST', body: Buffer.concat([head, Buffer.alloc(8 * mebibyte, 'A')]) }).catch(() => null);
    // A sender that does not look up while it writes sees the connection end.
    expect([413, null]).toContain(response?.status ?? null);
    expect(await keptSince(before)).toEqual(['ORU^R01 consumed AA']);
  });
});

describe('what is not a new message', () => {
  test('an acknowledgement is never acknowledged; it is consumed, and the next message is answered', async () => {
    const before = await newest();
    const next = good();
    const peer = peerOn('mllp');
    peer.write(frame(`MSH|^~\\&|SGL|LAB|PFI|R|20260101||ACK^R01^ACK|${nextId()}|P|2.5\rMSA|AA|AUTRE\r`));
    peer.write(frame(next.text));
    expect(await peer.got(1)).toEqual([`AA ${next.id}`]);
    expect(await keptSince(before)).toEqual(['ACK consumed null', 'ORU^R01 consumed AA']);
    peer.close();
  });

  test('a ZAM is answered and consumed, never delivered', async () => {
    const before = await newest();
    const id = nextId();
    const peer = peerOn('mllp');
    peer.write(frame(`MSH|^~\\&|SGL|LAB|PFI|R|20260101||ZAM^Z01^ZAM_Z01|${id}|P|2.6|||||FRA|UNICODE UTF-8|||2.1^CISIS_CDA_HL7_V2\rEVN||20260101\rOBX|1|CWE|ACK_RECEPTION_DMP^Accusé^AckMetierZAM|M1|Y^^expandedYes-NoIndicator||||||F\r`));
    expect(await peer.got(1)).toEqual([`AA ${id}`]);
    expect(await keptSince(before)).toEqual(['ZAM^Z01 consumed AA']);
    peer.close();
  });

  test('a repeated control id: the same acknowledgement word for word for the same content, AE and kept for another', async () => {
    const before = await newest();
    const { id, text } = good();
    const peer = peerOn('mllp');
    const later = text.replace(/\|20261122\d+\+0100\|\|ORU/, '|20270101000000+0100||ORU');
    expect(later).not.toBe(text);
    for (const one of [text, later, text.replace('DURAND', 'DUPOND')]) peer.write(frame(one));
    expect(await peer.got(3)).toEqual([`AA ${id}`, `AA ${id}`, `AE ${id}`]);
    expect(peer.frames[1]).toBe(peer.frames[0]);
    expect(errorsOf(peer.frames[2] ?? '')).toEqual(['MSH^1^10 205  intake.control-id-reused']);
    const volet = fixture('volet/oru-initial', nextId());
    for (const one of [volet, volet.replace('12 rue des Tanneurs', '13 rue des Tanneurs')]) peer.write(frame(one));
    await peer.got(5);
    expect(errorsOf(peer.frames[4] ?? '')).toEqual(['MSH^1^10 207 906 intake.control-id-reused-volet']);
    expect(await keptSince(before)).toEqual(['ORU^R01 consumed AA', 'ORU^R01 rejected AE', 'ORU^R01 consumed AA', 'ORU^R01 rejected AE']);
    const response = await fetch(`http://127.0.0.1:${String(gateway.ports.http)}/in/hl7v2`, { method: 'POST', body: Buffer.from(text, 'latin1') });
    expect([response.status, await response.text()]).toEqual([200, Buffer.from(peer.frames[0] ?? '', 'latin1').toString('utf8')]);
    peer.close();
  });

  test('a CDA with a DTD over HTTP: 422, kept', async () => {
    const before = await newest();
    const cda = readFileSync(new URL('../../fixtures/hl7v2/volet/cda-avec-dtd/document.xml', import.meta.url));
    const response = await fetch(`http://127.0.0.1:${String(gateway.ports.http)}/in/cda`, { method: 'POST', body: cda });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('document.dtd');
    expect(await keptSince(before)).toEqual(['CDA rejected AE']);
  });
});
