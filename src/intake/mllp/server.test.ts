import { afterEach, describe, expect, test } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { fakeIntake, fakeSource, hl7, type FakeIntake } from '../../../test/fake-intake.ts';
import { frame, MllpPeer } from '../../../test/mllp-peer.ts';
import type { Answer } from '../accept.ts';
import { mllpServer, type MllpListener, type MllpServer } from './server.ts';

const listener: MllpListener = { name: 'in', host: '127.0.0.1', port: 0, maxBytes: 1 << 20, idleMs: 60_000, frameMs: 60_000, maxConnections: 50 };
const open: { close(graceMs: number): unknown }[] = [];
const serve = async (fake: FakeIntake, over: Partial<MllpListener> = {}): Promise<MllpServer> => {
  const server = await mllpServer({ ...listener, ...over }, null, fake.ports);
  open.push(server);
  return server;
};
const dial = (server: MllpServer): MllpPeer => { const peer = new MllpPeer(server.port); open.push(peer); return peer; };
const faults = (fake: FakeIntake) => fake.events.map(event => event.fault);
/** An accept that answers when told to, in any order. */
const held = () => {
  const answers = new Map<string, (answer: Answer) => void>();
  const idOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1').split('|')[9] ?? '';
  return {
    accept: ({ bytes }: { bytes: Uint8Array }) => new Promise<Answer>(resolve => answers.set(idOf(bytes), resolve)),
    ids: () => [...answers.keys()],
    answer: (id: string) => answers.get(id)?.({ code: 'AA', bytes: Buffer.from(`MSA|AA|${id}`), trace: id }),
  };
};
const until = async (done: () => boolean) => { while (!done()) await wait(5); };

afterEach(async () => { await Promise.all(open.splice(0).reverse().map(one => one.close(100))); });

describe('the MLLP listener', () => {
  test('answers good + garbage + good of one write, and says so', async () => {
    const fake = fakeIntake();
    const peer = dial(await serve(fake));
    peer.write(Buffer.concat([frame(hl7('1')), Buffer.from('garbage'), frame(hl7('2'))]));
    expect(await peer.got(2)).toEqual(['AA 1', 'AA 2']);
    expect(fake.events).toEqual([{ fault: 'intake.garbage', listener: 'in', peer: '127.0.0.1', size: 7 }]);
  });

  test('reads a source that goes faster than its rate more slowly, and loses nothing; beyond the wait it is refused and goes on', async () => {
    const ids = Array.from({ length: 40 }, (_, i) => String(i));
    const slowed = fakeIntake({ sources: [fakeSource({ rate: { perSecond: 200, burst: 1 } })] });
    const peer = dial(await serve(slowed));
    peer.write(Buffer.concat(ids.map(id => frame(hl7(id)))));
    expect(await peer.got(40)).toEqual(ids.map(id => `AA ${id}`));
    expect([slowed.received.length, faults(slowed)]).toEqual([40, []]);
    const refusing = fakeIntake({ sources: [fakeSource({ rate: { perSecond: 1, burst: 2 } })], waitMs: 1 });
    const other = dial(await serve(refusing));
    other.write(Buffer.concat(['a', 'b', 'c'].map(id => frame(hl7(id)))));
    expect(await other.got(3)).toEqual(['AA a', 'AA b', 'AR c']);
    expect([refusing.received.length, faults(refusing)]).toEqual([2, ['intake.rate-limited']]);
  });

  test('takes a frame dripped byte by byte, and one that ends with 0x1C alone', async () => {
    const peer = dial(await serve(fakeIntake()));
    for (const byte of frame(hl7('slow'))) { peer.write(Uint8Array.of(byte)); await wait(0); }
    expect(await peer.got(1)).toEqual(['AA slow']);
    peer.write(`\x0b${hl7('alone')}\x1c`);
    expect(await peer.got(2)).toEqual(['AA slow', 'AA alone']);
  });

  test('answers in the order of the frames, whatever the order of the outcomes', async () => {
    const outcomes = held();
    const peer = dial(await serve(fakeIntake({ accept: outcomes.accept })));
    peer.write(Buffer.concat(['a', 'b', 'c'].map(id => frame(hl7(id)))));
    await until(() => outcomes.ids().length === 3);
    expect(outcomes.ids()).toEqual(['a', 'b', 'c']);
    outcomes.answer('c');
    outcomes.answer('b');
    await wait(20);
    expect(peer.answers).toEqual([]);
    outcomes.answer('a');
    expect(await peer.got(3)).toEqual(['AA a', 'AA b', 'AA c']);
  });

  test('hands in at most sixteen frames of a connection at once, and the rest afterwards', async () => {
    const outcomes = held();
    const peer = dial(await serve(fakeIntake({ accept: outcomes.accept })));
    const ids = Array.from({ length: 40 }, (_, i) => `m${i}`);
    peer.write(Buffer.concat(ids.map(id => frame(hl7(id)))));
    await until(() => outcomes.ids().length === 16);
    await wait(20);
    expect(outcomes.ids()).toHaveLength(16);
    for (let next = 0; next < 40; next++) { await until(() => outcomes.ids().length > next); outcomes.answer(ids[next]!); }
    expect(await peer.got(40)).toEqual(ids.map(id => `AA ${id}`));
  });

  test('writes nothing for what needs no answer, and answers the next', async () => {
    const peer = dial(await serve(fakeIntake({
      accept: ({ bytes }) => Promise.resolve(Buffer.from(bytes).includes('|ack|') ? { code: null, bytes: null, trace: '' } : { code: 'AA', bytes: Buffer.from('MSA|AA|next'), trace: '' }),
    })));
    peer.write(Buffer.concat([frame(hl7('ack')), frame(hl7('next'))]));
    expect(await peer.got(1)).toEqual(['AA next']);
  });

  test('refuses an over-size frame with its MSH-10, holds none of it, and goes on', async () => {
    const fake = fakeIntake();
    const peer = dial(await serve(fake, { maxBytes: 100_000 }));
    peer.write(`\x0b${hl7('big')}`);
    for (let i = 0; i < 50; i++) peer.write(Buffer.alloc(10_000, 0x41));
    peer.write(Buffer.concat([Buffer.from('\x1c\r'), frame(hl7('next'))]));
    expect(await peer.got(2)).toEqual(['AR big', 'AA next']);
    expect(peer.text).toContain('intake.frame-too-large');
    expect(faults(fake)).toEqual(['intake.frame-too-large']);
    expect(fake.received).toHaveLength(1);
  });

  test('refuses large frames beyond the memory budget, and lets small ones through', async () => {
    const fake = fakeIntake({ bytes: 200_000 });
    const server = await serve(fake);
    const [large, small] = [dial(server), dial(server)];
    large.write(`\x0b${hl7('large')}${'x'.repeat(400_000)}`);
    await until(() => (server.connections().find(one => one.partialBytes !== null)?.partialBytes ?? 0) > 300_000);
    small.write(frame(hl7('small')));
    expect(await small.got(1)).toEqual(['AA small']);
    large.write('\x1c\r');
    expect(await large.got(1)).toEqual(['AR large']);
    // The budget is given back: a large frame within it passes afterwards.
    large.write(frame(`${hl7('after')}${'x'.repeat(90_000)}`));
    expect(await large.got(2)).toEqual(['AR large', 'AA after']);
  });

  test('answers a truncated frame when the peer ends its side', async () => {
    const fake = fakeIntake();
    const peer = dial(await serve(fake));
    peer.socket.end(Buffer.concat([frame(hl7('whole')), Buffer.from(`\x0b${hl7('half')}`)]));
    expect(await peer.ended()).toEqual(['AA whole', 'AR half']);
    expect(faults(fake)).toEqual(['intake.frame-truncated']);
  });

  test('gives up a frame that does not end in time, with an answer', async () => {
    const fake = fakeIntake();
    const peer = dial(await serve(fake, { frameMs: 80 }));
    peer.write(`\x0b${hl7('loris')}`);
    const drip = setInterval(() => peer.write('x'), 20);
    expect(await peer.ended()).toEqual(['AR loris']);
    clearInterval(drip);
    expect(faults(fake)).toEqual(['intake.frame-timeout']);
  });

  test('closes a silent peer, and one that sends only garbage', async () => {
    const fake = fakeIntake();
    const server = await serve(fake, { idleMs: 250 });
    const [silent, noisy] = [dial(server), dial(server)];
    noisy.write('GET / HTTP/1.1\r\n');
    const noise = setInterval(() => noisy.write('GET / HTTP/1.1\r\n'), 20);
    expect(await Promise.all([silent.ended(), noisy.ended()])).toEqual([[], []]);
    clearInterval(noise);
    await until(() => server.connections().length === 0);
    expect(faults(fake).sort()).toEqual(['intake.garbage', 'intake.idle', 'intake.idle']);
  });

  test('does not count the time a message takes as silence', async () => {
    const outcomes = held();
    const peer = dial(await serve(fakeIntake({ accept: outcomes.accept }), { idleMs: 250 }));
    peer.write(frame(hl7('long')));
    await until(() => outcomes.ids().length === 1);
    await wait(500);
    outcomes.answer('long');
    expect(await peer.got(1)).toEqual(['AA long']);
  });

  test('turns a connection too many away with a clear answer, and takes it once there is room', async () => {
    const fake = fakeIntake();
    const server = await serve(fake, { maxConnections: 1 });
    const first = dial(server);
    first.write(frame(hl7('1')));
    await first.got(1);
    const second = dial(server);
    second.write(frame(hl7('2')));
    expect(await second.ended()).toEqual(['AR']);
    expect(second.text).toContain('intake.too-many-connections');
    first.close();
    await until(() => server.connections().length === 0);
    const third = dial(server);
    third.write(frame(hl7('3')));
    expect(await third.got(1)).toEqual(['AA 3']);
  });

  test('refuses an unknown sender without handing its message in, and goes on', async () => {
    const fake = fakeIntake({ sources: [fakeSource({ senders: ['LIS|LABO'] })] });
    const peer = dial(await serve(fake));
    peer.write(Buffer.concat([frame(hl7('1', 'WHO|KNOWS')), frame(hl7('2'))]));
    expect(await peer.got(2)).toEqual(['AR 1', 'AA 2']);
    expect(peer.text).toContain('intake.unknown-source');
    expect(fake.received.map(one => one.source.id)).toEqual(['lis']);
  });

  test('writes nothing when even a refusal is not due, as for an acknowledgement', async () => {
    const fake = fakeIntake({ sources: [fakeSource({ senders: ['LIS|LABO'] })] });
    const peer = dial(await serve({ ...fake, ports: { ...fake.ports, refuse: () => new Uint8Array(0) } }));
    peer.write(Buffer.concat([frame('MSH|^~\\&|WHO|KNOWS|||||ACK|1\rMSA|AA|x\r'), frame(hl7('2'))]));
    expect(await peer.got(1)).toEqual(['AA 2']);
  });

  test('when saturated it refuses what waited too long, and recovers by itself', async () => {
    const outcomes = held();
    const fake = fakeIntake({ accept: outcomes.accept, inFlight: 1, waitMs: 60 });
    const server = await serve(fake);
    const [one, two] = [dial(server), dial(server)];
    one.write(frame(hl7('first')));
    await until(() => outcomes.ids().length === 1);
    two.write(frame(hl7('refused')));
    expect(await two.got(1)).toEqual(['AR refused']);
    expect(faults(fake)).toEqual(['intake.overloaded']);
    outcomes.answer('first');
    two.write(frame(hl7('taken')));
    await until(() => outcomes.ids().includes('taken'));
    outcomes.answer('taken');
    expect(await two.got(2)).toEqual(['AR refused', 'AA taken']);
  });

  test('a sender in a hurry does not hold up the others', async () => {
    const fake = fakeIntake({ inFlight: 1 });
    const server = await serve(fake);
    const [greedy, modest] = [dial(server), dial(server)];
    await until(() => server.connections().length === 2);
    greedy.write(Buffer.concat(Array.from({ length: 200 }, (_, i) => frame(hl7(`g${i}`)))));
    modest.write(frame(hl7('modest')));
    await Promise.all([greedy.got(200), modest.got(1)]);
    const rank = fake.received.findIndex(one => Buffer.from(one.bytes).includes('|modest|'));
    expect(rank).toBeGreaterThanOrEqual(0);
    expect(rank).toBeLessThan(100);
  });

  test('a listener closed for intake says why', async () => {
    const peer = dial(await serve(fakeIntake({ closed: () => 'intake.disk-low' })));
    peer.write(frame(hl7('1')));
    expect(await peer.got(1)).toEqual(['AR 1']);
    expect(peer.text).toContain('intake.disk-low');
  });

  test('an accept that fails is answered AR, and the next message passes', async () => {
    const fake = fakeIntake({ accept: ({ bytes }) => Buffer.from(bytes).includes('|bad|') ? Promise.reject(new Error('bug')) : Promise.resolve({ code: 'AA', bytes: Buffer.from('MSA|AA|good'), trace: '' }) });
    const peer = dial(await serve(fake));
    peer.write(Buffer.concat([frame(hl7('bad')), frame(hl7('good'))]));
    expect(await peer.got(2)).toEqual(['AR bad', 'AA good']);
    expect(faults(fake)).toEqual(['intake.failed']);
  });

  test('on close it finishes what was read whole, refuses what was not, and lets nobody in', async () => {
    const outcomes = held();
    const server = await serve(fakeIntake({ accept: outcomes.accept }));
    const peer = dial(server);
    peer.write(Buffer.concat([frame(hl7('whole')), Buffer.from(`\x0b${hl7('half')}`)]));
    await until(() => outcomes.ids().length === 1);
    const closing = server.close(5000);
    outcomes.answer('whole');
    expect(await peer.ended()).toEqual(['AA whole', 'AR half']);
    expect(peer.text).toContain('intake.stopping');
    await closing;
    const late = dial(server);
    expect(await late.ended()).toEqual([]);
  });

  test('on close a peer that never lets go is cut after the grace', async () => {
    const server = await serve(fakeIntake({ accept: () => new Promise(() => undefined) }));
    const peer = dial(server);
    peer.write(frame(hl7('stuck')));
    await until(() => server.connections()[0]?.unanswered === 1);
    await server.close(50);
    expect(await peer.ended()).toEqual([]);
  });

  test('a peer that does not read its answers is no longer read', async () => {
    const fake = fakeIntake({ accept: () => Promise.resolve({ code: 'AA', bytes: Buffer.alloc(200_000, 0x41), trace: '' }) });
    const server = await serve(fake);
    const peer = dial(server);
    peer.socket.pause();
    const sent = 400;
    for (let i = 0; i < sent; i++) { peer.write(frame(hl7(`m${i}`))); await wait(0); }
    await wait(200);
    expect(fake.received.length).toBeLessThan(sent);
    peer.socket.resume();
    await until(() => fake.received.length === sent);
  });
});
