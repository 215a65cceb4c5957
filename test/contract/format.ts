import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Finding } from '../../src/domain/finding.ts';
import type { Identified } from '../../src/domain/message.ts';

/** A format's codec, as the contract sees it (design.md §4). */
export interface FormatSuite<Model> {
  identify(bytes: Uint8Array): Identified;
  read(bytes: Uint8Array): Model;
  findings(model: Model): readonly Finding[];
  /** Everything in the model, asked for: a lazy reader must not fail later either. */
  walk(model: Model): unknown;
  write(model: Model): Uint8Array;
  /** Messages that are written as they are read, byte for byte. */
  readonly canonical: readonly (readonly [string, Uint8Array])[];
  /** Pieces that random messages are made of, so that they come near to real ones. */
  readonly pieces: readonly string[];
  /** The same text as a message in each charset the format knows, and how to read it back. */
  readonly charsets: readonly (readonly [string, (text: string) => Uint8Array])[];
  textOf(model: Model): string;
}

/** One suite for all formats. */
export function formatContract<Model>(name: string, suite: FormatSuite<Model>): void {
  const all = (bytes: Uint8Array): void => {
    suite.identify(bytes);
    const model = suite.read(bytes);
    suite.walk(model);
    suite.write(model);
    // Every problem has a place, and says what it is.
    for (const found of suite.findings(model)) {
      expect(found.location).not.toBe('');
      expect(found.text).not.toBe('');
    }
  };

  describe(`format contract: ${name}`, () => {
    test('no bytes make it throw', () => {
      fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => { all(bytes); }));
      fc.assert(fc.property(fc.array(fc.constantFrom(...suite.pieces), { maxLength: 50 }), (pieces) => { all(Buffer.from(pieces.join(''))); }));
    });

    test.each(suite.canonical)('%s: cut or damaged anywhere, it is read all the same', (_, bytes) => {
      for (let at = 0; at < bytes.length; at++) all(bytes.subarray(0, at));
      fc.assert(fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const damaged = Uint8Array.from(bytes);
        damaged[at] = byte;
        all(damaged);
      }));
    });

    test.each(suite.canonical)('%s: written as it was read', (_, bytes) => {
      expect(Buffer.from(suite.write(suite.read(bytes)))).toEqual(Buffer.from(bytes));
    });

    test.each(suite.canonical)('%s: reading leaves the bytes alone', (_, bytes) => {
      const before = Uint8Array.from(bytes);
      all(bytes);
      expect(Uint8Array.from(bytes)).toEqual(before);
    });

    test.each(suite.charsets)('é œ € in %s', (_, make) => {
      const model = suite.read(make('é œ €'));
      expect([suite.textOf(model), suite.findings(model)]).toEqual(['é œ €', []]);
    });
  });
}
