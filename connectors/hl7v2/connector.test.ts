import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { connectorContract, sendingOf, type Trouble } from '../../test/contract/connector.ts';
import type { Work } from '../../src/deliver/connector.ts';
import type { Envelope, Receipt } from '../../src/domain/delivery.ts';
import { open } from './connector.ts';
import { hl7v2 } from './definition.ts';
import { Hl7v2Exchange } from './exchange.ts';
import { startHl7v2Simulator, type Behaviour, type Hl7v2Simulator } from './simulator.ts';

const relayed = 'MSH|^~\\&|LABO|990000001|DPI|CHU^1.2.3^ISO|20260301091530||ORU^R01^ORU_R01|CTRL1|P|2.5|||||FRA|8859/15\rPID|1||4711^^^LABO^PI||DUPONT^Zo\xe9\rOBX|1|ST|X^\\T\\||a\\.br\\b\r';
const work: Work = {
  trace: 'trace-1', destination: 'dpi', action: 'notify', content: { kind: 'relay' }, bundle: null, documents: new Map(), message: Buffer.from(relayed, 'latin1'),
  gate: { identities: [], birthDate: null, sex: null, qualified: false, messageQualified: false, dmpConsentOf: null, test: false, after: [] },
};
const troubles: Record<Trouble, Behaviour> = { busy: 'reject', refuse: 'error', hang: 'hang', 'reset-before': 'drop', 'reset-after': 'drop-taken' };

connectorContract('hl7v2', async () => {
  const simulator = await startHl7v2Simulator();
  const config = hl7v2.config({ url: simulator.url }, 'dpi');
  const connector = open(config);
  const unreachable = open(hl7v2.config({ url: 'mllp://127.0.0.1:1' }, 'dpi'));
  const message = (n: number): Buffer => Buffer.from(relayed.replace('CTRL1', `CTRL${String(n)}`), 'latin1');
  return {
    connector, unreachable, sending: (n) => sendingOf(hl7v2.prepare({ ...work, message: message(n) }, config, null).envelope, `trace-${String(n)}/1`),
    partner: {
      fail: (trouble) => { simulator.fail(troubles[trouble]); },
      stored: (n) => [...simulator.taken.values()].filter(({ controlId }) => controlId === `CTRL${String(n)}`).length,
      arrivals: () => simulator.arrivals.length,
    },
    close: async () => {
      await Promise.all([connector.close(), unreachable.close(), simulator.close()]);
      expect(simulator.arrivals.flatMap(({ broken }) => broken)).toEqual([]);
    },
  };
}, { lookup: false, deduplicates: true });

test('wrong settings are refused by name', () => {
  const wrong = [[{}, /url/], [{ url: 'http://x:1' }, /url/], [{ url: 'mllp://x:1', connectMs: 1 }, /connectMs/], [{ url: 'mllp://x:1', tls: {} }, /tls/], [{ url: 'mllp://x:1', addressing: { sendingFacility: 'a|b' } }, /sendingFacility/]] as const;
  for (const [settings, names] of wrong) expect(() => hl7v2.config(settings, 'dpi')).toThrow(names);
});

describe('hl7v2 over MLLP', () => {
  let simulator: Hl7v2Simulator;
  let connector: Hl7v2Exchange;
  let envelope: Envelope;
  const open = (changed: Record<string, unknown> = {}): void => {
    const config = hl7v2.config({ url: simulator.url, ...changed }, 'dpi');
    connector = new Hl7v2Exchange(config);
    ({ envelope } = hl7v2.prepare(work, config, null));
  };
  const send = (ms = 5000, possibleDuplicate = false): Promise<Receipt> => {
    return connector.send({ ...sendingOf(envelope, 'trace-1/4096'), possibleDuplicate }, AbortSignal.timeout(ms));
  };
  beforeEach(async () => { simulator = await startHl7v2Simulator({ lateMs: 150 }); open(); });
  afterEach(async () => { await connector.close(); await simulator.close(); });

  test('a system that is not there took nothing', async () => {
    await simulator.close();
    expect(await send()).toMatchObject({ kind: 'busy', fault: 'hl7v2out.unreachable', raw: 'ECONNREFUSED' });
  });

  test('one connection is kept for all', async () => {
    for (let n = 0; n < 5; n++) await send();
    expect(simulator.connections).toBe(1);
    expect(simulator.arrivals.length).toBe(5);
  });

  test('every MSA-1 has its receipt', async () => {
    const receipts: Receipt[] = [];
    for (const behaviour of ['accept', 'commit', 'reject', 'unsupported', 'error', 'nonsense'] as const) { simulator.fail(behaviour); receipts.push(await send()); }
    expect(receipts).toMatchObject([
      { kind: 'delivered', remoteId: 'SIM1' }, { kind: 'delivered' }, { kind: 'busy', fault: 'hl7v2out.rejected' },
      { kind: 'refused', fault: 'hl7v2out.unsupported', args: ['AR 203'] }, { kind: 'refused', fault: 'hl7v2out.refused', args: ['AE 207/902'], raw: 'AE ; PID-3|207|E|902^applicationErrorCondition' },
      { kind: 'unknown', fault: 'hl7v2out.unreadable' },
    ]);
  });

  test('an answer to another message, a second answer and noise are not taken for ours', async () => {
    simulator.fail('wrong', 'twice', 'noise', 'slow');
    for (let n = 1; n <= 5; n++) {
      envelope = hl7v2.prepare({ ...work, message: Buffer.from(relayed.replace('CTRL1', `CTRL${String(n)}`), 'latin1') }, hl7v2.config({ url: simulator.url }, 'dpi'), null).envelope;
      expect(await send()).toMatchObject({ kind: 'delivered' });
    }
    expect(simulator.connections).toBe(1);
    expect(connector.unexpected).toBe(3);
  });

  test('the late answer to one message is never the answer of the next, and spares sending it again', async () => {
    simulator.fail('late', 'hang');
    expect(await send(50)).toMatchObject({ kind: 'unknown', fault: 'hl7v2out.no-answer' });
    expect(await send(300)).toMatchObject({ kind: 'unknown', fault: 'hl7v2out.no-answer' });
    open();
    simulator.fail('late');
    expect((await send(50)).kind).toBe('unknown');
    await new Promise((later) => { setTimeout(later, 250); });
    const before = simulator.arrivals.length;
    expect(await send(1000, true)).toMatchObject({ kind: 'delivered', duplicate: true });
    expect(simulator.arrivals.length).toBe(before);
  });

  test('sent again: the same bytes but MSH-8, under the same MSH-10', async () => {
    simulator.fail('drop-taken');
    expect(await send()).toMatchObject({ kind: 'unknown', fault: 'hl7v2out.connection-lost' });
    expect(await send(5000, true)).toMatchObject({ kind: 'delivered' });
    const [first, second] = simulator.arrivals;
    expect([first?.flagged, second?.flagged, second?.controlId]).toEqual([false, true, 'CTRL1']);
    expect(second?.bytes.toString('latin1')).toBe(first?.bytes.toString('latin1').replace('20260301091530||', '20260301091530|POSSIBLE_DUPLICATE|'));
    open({ flagDuplicates: false });
    await send(5000, true);
    expect(simulator.arrivals.at(-1)?.flagged).toBe(false);
  });

  test('a system that went away between two messages is connected to again', async () => {
    await send();
    simulator.fail('drop');
    await send();
    expect(await send()).toMatchObject({ kind: 'delivered' });
    expect(simulator.connections).toBe(2);
  });

  test('a ZAM written ready is sent as it is', async () => {
    const message = 'MSH|^~\\&|PFI|GRADES|LABO|990000001|20260301091530||ZAM^Z01^ZAM_Z01|Z1|P|2.6|||||FRA|UNICODE UTF-8|||2.1^CISIS_CDA_HL7_V2\rEVN||20260301091530\rOBX|1|CWE|ACK_RECEPTION_DMP^Accusé de réception DMP^AckMetierZAM|M1|Y^^expandedYes-NoIndicator||||||F\r';
    const zam = { ...work, content: { kind: 'acknowledgement', message: Buffer.from(message).toString('base64'), controlId: 'Z1' } };
    const prepared = hl7v2.prepare(zam, hl7v2.config({ url: simulator.url }, 'labo'), null);
    envelope = prepared.envelope;
    expect(prepared.headers).toMatchObject({ 'MSH-9': 'ZAM^Z01^ZAM_Z01', 'MSH-10': 'Z1' });
    expect(envelope.steps[0]?.meta).toEqual({ controlId: 'Z1', type: 'ZAM^Z01^ZAM_Z01' });
    await send();
    expect(simulator.arrivals).toMatchObject([{ controlId: 'Z1', broken: [] }]);
    expect(simulator.arrivals[0]?.bytes.toString()).toBe(message);
  });
});

describe('re-addressing', () => {
  const prepared = (addressing: Record<string, string>, of: Work = work): string =>
    Buffer.from(hl7v2.prepare(of, hl7v2.config({ url: 'mllp://x:1', addressing }, 'dpi'), null).envelope.steps[0]!.body[0] as Uint8Array).toString('latin1');

  test('nothing but the fields named changes, byte for byte', () => {
    expect(prepared({})).toBe(relayed);
    expect(prepared({ receivingApplication: 'AUTRE', receivingFacility: '990000019' })).toBe(relayed.replace('|DPI|CHU^1.2.3^ISO|', '|AUTRE|990000019|'));
  });
  test('in our own name the control id is our own, always the same', () => {
    const own = prepared({ sendingApplication: 'PASSERELLE' });
    expect(own).toMatch(/^MSH\|\^~\\&\|PASSERELLE\|990000001\|DPI\|.*\|ORU\^R01\^ORU_R01\|[0-9a-f]{20}\|P\|/);
    expect(prepared({ sendingApplication: 'PASSERELLE' })).toBe(own);
    expect(prepared({ sendingApplication: 'PASSERELLE' }, { ...work, trace: 'trace-2' })).not.toBe(own);
  });
  test('what cannot be sent is said when it is prepared', () => {
    const { message: _, ...gone } = work;
    expect(() => prepared({}, gone)).toThrow(/no longer kept/);
    expect(() => prepared({}, { ...work, content: {} })).toThrow(/content.kind/);
    expect(() => prepared({}, { ...work, message: Buffer.from('<xml/>') })).toThrow(/MSH/);
    expect(() => prepared({ receivingApplication: 'X' }, { ...work, message: Buffer.from('<xml/>') })).toThrow(/MSH/);
  });
});
