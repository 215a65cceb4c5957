import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Framer, type Framed } from './mllp-framer.ts';

const frame = (text: string) => `\x0b${text}\x1c\r`;
const bytes = (text: string) => Buffer.from(text, 'latin1');
/** What was found, in a form two runs can be compared by. */
const told = (found: readonly Framed[]) => found.map(one => one.kind === 'frame' ? `frame:${Buffer.from(one.bytes).toString('latin1')}`
  : one.kind === 'garbage' ? `garbage:${one.size}` : `${one.kind}:${one.size}:${Buffer.from(one.head).toString('latin1')}`);
const feed = (chunks: readonly Uint8Array[], maxBytes = 1 << 20) => {
  const framer = new Framer(maxBytes);
  return told([...chunks.flatMap(chunk => framer.push(chunk)), ...framer.end()]);
};

describe('the MLLP framer', () => {
  test('finds several frames in one chunk, and garbage between them', () => {
    expect(feed([bytes(`${frame('MSH|one')}trash\r\n${frame('MSH|two')}`)])).toEqual(['frame:MSH|one', 'garbage:5', 'frame:MSH|two']);
  });

  test('ends a frame whose 0x0D is missing, before the next start, before 0x0A, and at the end of the stream', () => {
    expect(feed([bytes('\x0bMSH|a\x1c\x0bMSH|b\x1c\n\x0bMSH|c\x1c')])).toEqual(['frame:MSH|a', 'frame:MSH|b', 'frame:MSH|c']);
  });

  test('settles a frame that ended with 0x1C alone, and swallows a late 0x0D', () => {
    const framer = new Framer(1 << 20);
    expect(framer.push(bytes('\x0bMSH|a\x1c'))).toEqual([]);
    expect(framer.endingOpen).toBe(true);
    expect(told(framer.settle())).toEqual(['frame:MSH|a']);
    expect(told([...framer.push(bytes(`\r${frame('MSH|b')}`)), ...framer.end()])).toEqual(['frame:MSH|b']);
  });

  test('keeps a stray 0x1C, 0x0B or 0x1C 0x1C as the message\'s own bytes', () => {
    expect(feed([bytes(frame('MSH|a\x1cb\x0bc\x1c\x1cd\x1c'))])).toEqual(['frame:MSH|a\x1cb\x0bc\x1c\x1cd\x1c']);
  });

  test('never reads a broken-off message and the next one as one', () => {
    expect(feed([bytes(`\x0bMSH|1\rPID|1\r${frame('MSH|2\rPID|2\r')}`)])).toEqual(['truncated:12:MSH|1\rPID|1\r', 'frame:MSH|2\rPID|2\r']);
    expect(feed([bytes(`\x0b${frame('MSH|2')}`)])).toEqual(['frame:MSH|2']);
  });

  test('reports a frame the peer never ended', () => {
    expect(feed([bytes('\x0bMSH|'), bytes('half')])).toEqual(['truncated:8:MSH|half']);
  });

  test('skips an over-size frame without holding it, keeps its head, and goes on', () => {
    const framer = new Framer(10_000);
    const found: Framed[] = framer.push(bytes(`\x0bMSH|big`));
    const chunk = bytes('x'.repeat(5000));
    for (let i = 0; i < 200; i++) { found.push(...framer.push(chunk)); expect(framer.held).toBeLessThanOrEqual(10_000); }
    found.push(...framer.push(bytes(`\x1c\r${frame('MSH|next')}`)));
    expect(told(found)).toEqual([`skipped:1000007:MSH|big${'x'.repeat(1017)}`, 'frame:MSH|next']);
  });

  test('gives memory back when told to, in the middle of a frame', () => {
    const framer = new Framer(1 << 20);
    framer.push(bytes(`\x0b${'m'.repeat(5000)}`));
    framer.skip('memory');
    expect(framer.held).toBe(0);
    const found = framer.push(bytes(`mm\x1c\r`));
    expect(found).toMatchObject([{ kind: 'skipped', why: 'memory', size: 5002 }]);
  });

  test('each frame has a buffer of its own', () => {
    const [one, two] = new Framer(100).push(bytes(frame('a') + frame('b'))) as [Framed & { kind: 'frame' }, Framed & { kind: 'frame' }];
    expect(one.bytes.buffer).not.toBe(two.bytes.buffer);
    expect(one.bytes.buffer.byteLength).toBe(1);
  });

  test('any cutting of any sequence of frames and garbage gives the same frames', () => {
    const text = fc.array(fc.constantFrom('MSH|', 'A', '\r', '\n', '\x0b', '\x1c', 'é', ' ', '\x0bMSH|'), { maxLength: 40 }).map(parts => parts.join(''));
    const part = fc.oneof(text, text.map(frame), fc.integer({ min: 3000, max: 9000 }).map(size => frame(`MSH|${'x'.repeat(size)}`)));
    fc.assert(fc.property(fc.array(part, { maxLength: 8 }), fc.array(fc.nat(), { maxLength: 30 }), fc.constantFrom(20, 4000, 1 << 20), (parts, cuts, max) => {
      const stream = bytes(parts.join(''));
      const at = [...new Set(cuts.map(cut => cut % (stream.length + 1)))].sort((a, b) => a - b);
      const chunks = [0, ...at].map((from, i) => stream.subarray(from, at[i] ?? stream.length));
      const whole = feed([stream], max);
      expect(feed(chunks, max)).toEqual(whole);
      expect(feed([...stream].map(byte => Uint8Array.of(byte)), max)).toEqual(whole);
    }));
  });

  test('clean messages come out as they went in, one for one', () => {
    const message = fc.string({ maxLength: 6000 }).map(text => `MSH|${text.replace(/[\x0b\x1c]/g, '')}`);
    fc.assert(fc.property(fc.array(message, { maxLength: 12 }), messages => {
      expect(feed([bytes(messages.map(frame).join(''))])).toEqual(messages.map(one => `frame:${bytes(one).toString('latin1')}`));
    }));
  });

  test('work is linear in the size, for large chunks and for dripped bytes', () => {
    // Counted in bytes copied, not in time: a quadratic framer copies the whole prefix again for each chunk.
    let copied = 0;
    const set = Uint8Array.prototype.set; // eslint-disable-line @typescript-eslint/unbound-method
    Uint8Array.prototype.set = function (this: Uint8Array, source: ArrayLike<number>, at?: number) { copied += source.length; set.call(this, source, at); };
    const cost = (size: number, chunk: number) => {
      copied = 0;
      const framer = new Framer(32 << 20);
      framer.push(Uint8Array.of(0x0b));
      const piece = Buffer.alloc(chunk, 0x41);
      let sent = 0;
      for (; sent < size; sent += chunk) framer.push(piece);
      const [found] = framer.push(Uint8Array.of(0x1c, 0x0d));
      expect(found?.kind === 'frame' && found.bytes.length).toBe(sent);
      return copied / sent;
    };
    try {
      for (const chunk of [64, 1448, 65_536]) {
        expect(cost(1 << 20, chunk)).toBeLessThanOrEqual(2.01);
        expect(cost(16 << 20, chunk)).toBeLessThanOrEqual(2.01);
      }
    } finally { Uint8Array.prototype.set = set; }
  });
});
