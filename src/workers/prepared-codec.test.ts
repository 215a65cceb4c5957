import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { finding } from '../domain/finding.ts';
import { encodeEnvelope } from '../journal/envelope-codec.ts';
import { decodePrepared, encodePrepared } from './prepared-codec.ts';

it('an envelope and a reason each come back as they went, with what was found', () => {
  const step = fc.record({ name: fc.string(), meta: fc.dictionary(fc.string(), fc.string()), body: fc.array(fc.uint8Array({ maxLength: 300 })) });
  const found = fc.array(fc.string().map((place) => finding('emit.issue', place, 'é', 'region')), { maxLength: 3 });
  fc.assert(fc.property(fc.record({ steps: fc.array(step) }), fc.array(fc.string()), found, (envelope, args, findings) => {
    const withheld = { code: 'emit.not-conformant' as const, args };
    expect(decodePrepared(encodePrepared(envelope, withheld, findings))).toEqual({ withheld, findings });
    const back = decodePrepared(encodePrepared(envelope, null, findings));
    expect(back.findings).toEqual(findings);
    expect('withheld' in back ? back : Buffer.from(encodeEnvelope(back))).toEqual(Buffer.from(encodeEnvelope(envelope)));
  }));
});
