import { parentPort } from 'node:worker_threads';
import { canonicalDigest } from './canonical-digest.ts';
import type { Digest } from './signer.ts';

export interface DigestJob { readonly id: number; readonly bytes: Uint8Array; readonly digest: Digest }
/** `value` is null when the bytes are no XML. */
export interface DigestDone { readonly id: number; readonly value: string | null }

parentPort?.on('message', ({ id, bytes, digest }: DigestJob) => {
  let value: string | null = null;
  try { value = canonicalDigest(bytes, digest); } catch { /* told by null: a parser's text may quote the document */ }
  parentPort?.postMessage({ id, value } satisfies DigestDone);
});
