import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { utf8 } from './utf8.ts';

describe('a text in pieces as UTF-8', () => {
  it('is the text, and stays when others are written', () => {
    const kept: { text: string; bytes: Uint8Array }[] = [];
    fc.assert(fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 50 })), fc.nat(3000), (pieces, times) => {
      const long = [...pieces, 'é€😀'.repeat(times)];
      const bytes = utf8(long);
      expect(Buffer.from(bytes).toString()).toBe(long.join(''));
      kept.push({ text: long.join(''), bytes });
    }), { numRuns: 300 });
    expect(kept.reduce((sum, one) => sum + one.bytes.length, 0)).toBeGreaterThan(1 << 20);
    for (const { text, bytes } of kept) expect(Buffer.from(bytes).toString() === text).toBe(true);
  });

  it('has memory of its own when it is long', () => {
    const long = 'é'.repeat(100_000);
    expect(Buffer.from(utf8(['a', long])).toString() === `a${long}`).toBe(true);
  });
});
