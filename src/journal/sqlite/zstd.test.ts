import { expect, test } from '@jest/globals';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { createZstdCompress } from 'node:zlib';
import { compressed, decompressed, lengthIn } from './zstd.ts';

const plain = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, i) => (i * 7 + (i >> 5)) % 251));

test.each([0, 1, 255, 256, 257, 65_791, 65_792, 70_000, 1_000_000])('%i bytes: the header tells how many there are, and they come back', (length) => {
  const frame = compressed(plain(length));
  expect(lengthIn(frame)).toBe(length);
  expect(decompressed(frame).equals(plain(length))).toBe(true);
});

test('a frame that does not tell is opened too', async () => {
  const stream = createZstdCompress();
  const all = buffer(stream);
  for (let i = 0; i < 20; i++) if (!stream.write(plain(5000))) await once(stream, 'drain');
  stream.end();
  const frame = await all;
  expect(lengthIn(frame)).toBeNull();
  expect(decompressed(frame).equals(Buffer.concat(Array.from({ length: 20 }, () => plain(5000))))).toBe(true);
});
