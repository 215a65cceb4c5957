import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { uuid5 } from './uuid.ts';

/** RFC 9562 §5.5, written plainly. */
function expected(name: string): string {
  const bytes = createHash('sha1').update(Buffer.from('6f0c2f0e4c1b4e53a4b7c1d0a3f5e912', 'hex')).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

test('is the UUIDv5 of both pieces together, whatever was named before, of any length and alphabet', () => {
  const beginning = fc.constantFrom('', 'patient|', 'a trace|', 'été|', '€'.repeat(200)), rest = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 90, maxLength: 700 }), fc.constantFrom('é', '€'.repeat(100), '€'.repeat(299)));
  fc.assert(fc.property(fc.array(fc.tuple(beginning, rest), { minLength: 1, maxLength: 6 }), (names) => {
    for (const [one, other] of names) expect(uuid5(one, other)).toBe(expected(one + other));
  }));
});
