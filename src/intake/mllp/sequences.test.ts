import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fakeIntake, hl7 } from '../../../test/fake-intake.ts';
import { frame, MllpPeer } from '../../../test/mllp-peer.ts';
import { mllpServer } from './server.ts';

/** What a sender may do on its wire, and what it must be answered. */
type Part = { readonly kind: 'good' | 'large' } | { readonly kind: 'garbage'; readonly text: string };
const part: fc.Arbitrary<Part> = fc.oneof({ weight: 4, arbitrary: fc.constant({ kind: 'good' as const }) }, fc.constant({ kind: 'large' as const }),
  fc.string({ maxLength: 30 }).map(text => ({ kind: 'garbage' as const, text: text.replace(/[\x0b\x1c]/g, '') })));

test('any sequence of good, over-size and garbage, cut anyhow, is answered frame by frame and in order', async () => {
  const fake = fakeIntake({ accept: async one => {
    // Outcomes come in any order: some at once, some turns later.
    const id = Buffer.from(one.bytes).toString('latin1').split('|')[9] ?? '';
    for (let turns = Number(id) * 7 % 5; turns > 0; turns--) await new Promise(resolve => setImmediate(resolve));
    return { code: 'AA', bytes: Buffer.from(`MSA|AA|${id}`), trace: id };
  } });
  const server = await mllpServer({ name: 'in', host: '127.0.0.1', port: 0, maxBytes: 2000, idleMs: 60_000, frameMs: 60_000, maxConnections: 100 }, null, fake.ports);
  try {
    await fc.assert(fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 40 }), fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 8 }), async (parts, sizes) => {
      const bytes = Buffer.concat(parts.map((one, id) => one.kind === 'garbage' ? Buffer.from(one.text, 'latin1') : frame(`${hl7(String(id))}${one.kind === 'large' ? 'x'.repeat(3000) : ''}`)));
      const due = parts.flatMap((one, id) => one.kind === 'garbage' ? [] : [`${one.kind === 'good' ? 'AA' : 'AR'} ${id}`]);
      const peer = new MllpPeer(server.port);
      for (let at = 0, i = 0; at < bytes.length; i++) { const size = sizes[i % sizes.length] ?? 1; peer.write(bytes.subarray(at, at + size)); at += size; }
      peer.socket.end();
      expect(await peer.ended()).toEqual(due);
      peer.close();
    }), { numRuns: 60 });
  } finally { await server.close(100); }
});
