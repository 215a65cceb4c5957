import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { BodyPart, Envelope } from '../domain/delivery.ts';
import { decodeEnvelope, encodeEnvelope, encodingOf } from './envelope-codec.ts';

const part: fc.Arbitrary<BodyPart> = fc.oneof(fc.uint8Array({ maxLength: 100 }), fc.record({ document: fc.string(), encoding: fc.constantFrom('raw' as const, 'base64' as const) }));
const envelope: fc.Arbitrary<Envelope> = fc.record({ steps: fc.array(fc.record({ name: fc.string(), meta: fc.dictionary(fc.string(), fc.string()), body: fc.array(part, { maxLength: 5 }) }), { maxLength: 4 }) });
const plain = ({ steps }: Envelope) => steps.map(({ name, meta, body }) => [name, { ...meta }, body.map((one) => one instanceof Uint8Array ? [...one] : { ...one })]);

test('an envelope comes back the same, whatever is kept apart', () => {
  fc.assert(fc.property(envelope, fc.nat(100), (given, limit) => {
    const kept = new Map<string, Uint8Array>();
    const encoded = encodeEnvelope(given, (bytes) => {
      if (bytes.length <= limit) return null;
      kept.set(`k${kept.size}`, bytes);
      return `k${kept.size - 1}`;
    });
    expect(plain(decodeEnvelope(encoded, (name) => kept.get(name) ?? new Uint8Array(0)))).toEqual(plain(given));
    expect(plain(decodeEnvelope(encodeEnvelope(given)))).toEqual(plain(given));
  }));
});

test('the encoded bytes have a buffer of their own, and kept parts need somewhere to come from', () => {
  const one: Envelope = { steps: [{ name: 'a', meta: {}, body: [new Uint8Array(3)] }] };
  const encoded = encodeEnvelope(one);
  expect(encoded.buffer.byteLength).toBe(encoded.length);
  expect(() => decodeEnvelope(encodeEnvelope(one, () => 'x'))).toThrow('nothing was kept');
});

test('an envelope whose bytes went to another thread is refused, not kept empty', () => {
  const bytes = encodeEnvelope({ steps: [{ name: 'a', meta: {}, body: [new Uint8Array(3)] }] });
  const envelope = decodeEnvelope(bytes);
  expect(encodingOf(envelope)).toBe(bytes);
  structuredClone(bytes, { transfer: [bytes.buffer] });
  expect(() => encodingOf(envelope)).toThrow('another thread');
});
