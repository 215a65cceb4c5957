import { createHash } from 'node:crypto';
import { mshOf } from './identify.ts';

/**
 * SHA-256 of everything but MSH-7: two sendings of one message differ by their time only (design.md §2, exactly-once intake).
 * Bytes without MSH are hashed whole.
 */
export function contentDigest(bytes: Uint8Array): Uint8Array {
  const hash = createHash('sha256');
  const time = mshOf(bytes)?.field(7).slice;
  if (time === undefined) return hash.update(bytes).digest();
  const from = time.byteOffset - bytes.byteOffset;
  return hash.update(bytes.subarray(0, from)).update(bytes.subarray(from + time.length)).digest();
}

