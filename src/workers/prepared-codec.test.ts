import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodePrepared, encodePrepared } from './prepared-codec.ts';

it('an envelope and a reason each come back as they went', () => {
  const step = fc.record({ name: fc.string(), meta: fc.dictionary(fc.string(), fc.string()), body: fc.array(fc.uint8Array({ maxLength: 300 })) });
  fc.assert(fc.property(fc.record({ steps: fc.array(step) }), fc.array(fc.string()), (envelope, args) => {
    const withheld = { code: 'emit.not-conformant' as const, args };
    expect(decodePrepared(encodePrepared(envelope, withheld))).toEqual({ withheld });
    const back = decodePrepared(encodePrepared(envelope, null));
    expect('withheld' in back ? back : Buffer.from(encodePrepared(back, null))).toEqual(Buffer.from(encodePrepared(envelope, null)));
  }));
});
