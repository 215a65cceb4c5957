import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { journalFault } from '../fault.ts';
import type { KeyRing } from '../keys.ts';
import { seal, unseal } from '../seal.ts';
import type { Database } from './database.ts';
import { decodeRef, type Ref } from './ref.ts';

/** Level 1: on redundant JSON as small as level 3 and half its time (16–25 µs for 43 KB). */
const compressed = (plain: Uint8Array): Buffer =>
  zstdCompressSync(plain, { params: { [constants.ZSTD_c_compressionLevel]: 1 }, chunkSize: Math.max(1024, plain.length >> 1) });
const cached = 32 * 1024 * 1024;

const segmentContext = (id: number) => `segment/${id}`;
const payloadContext = (id: number) => `payload/${id}`;
export const sealSegment = (keys: KeyRing, id: number, plain: Uint8Array): Buffer => seal(keys.sealing, segmentContext(id), compressed(plain));

/** A payload on its own: compressed when that saves a tenth (a PDF does not), which the first byte tells. */
export function sealPayload(keys: KeyRing, id: number, plain: Uint8Array): Buffer {
  const small = compressed(plain);
  const worth = small.length < plain.length * 0.9;
  return seal(keys.sealing, payloadContext(id), Buffer.concat([Buffer.of(worth ? 1 : 0), worth ? small : plain]));
}

/** Reads sealed bytes, and keeps the last ones read or written in clear (32 MB): a delivery usually follows its message. */
export interface Storage {
  /** Views of cached bytes: not to be written to. */
  open(ref: Ref): Buffer;
  /** As `open`, remembering nothing: for what is not committed yet, whose number may be given again. */
  openUncommitted(ref: Ref): Buffer;
  column(ref: Uint8Array | null): Buffer | null;
  remember(ref: Ref, plain: Buffer): void;
}

export function openStorage(db: Database, keys: KeyRing): Storage {
  const segment = db.statement<{ sealed: Uint8Array }>('SELECT sealed FROM segment WHERE id = ?');
  const payload = db.statement<{ sealed: Uint8Array }>('SELECT sealed FROM payload WHERE id = ?');
  const cache = new Map<string, Buffer>();
  let held = 0;
  const keep = (name: string, plain: Buffer) => {
    cache.set(name, plain);
    held += plain.length;
    for (const [oldest, bytes] of cache) {
      if (held <= cached) break;
      cache.delete(oldest);
      held -= bytes.length;
    }
    return plain;
  };
  const nameOf = (ref: Ref) => 'payload' in ref ? payloadContext(ref.payload) : segmentContext(ref.segment);
  const read = (ref: Ref, name: string) => {
    const sealed = 'payload' in ref ? payload.get(ref.payload)?.sealed : segment.get(ref.segment)?.sealed;
    if (sealed === undefined) throw journalFault('journal.corrupt', `${name} is missing`);
    const plain = unseal(keys.sealing, name, sealed);
    if (!('payload' in ref)) return zstdDecompressSync(plain);
    return plain[0] === 1 ? zstdDecompressSync(plain.subarray(1)) : plain.subarray(1);
  };
  const open = (ref: Ref): Buffer => {
    const name = nameOf(ref);
    const hit = cache.get(name);
    if (hit !== undefined) { cache.delete(name); cache.set(name, hit); }
    const whole = hit ?? keep(name, read(ref, name));
    if ('payload' in ref) return whole;
    if (ref.offset + ref.length > whole.length) throw journalFault('journal.corrupt', `${name} is short`);
    return whole.subarray(ref.offset, ref.offset + ref.length);
  };
  return {
    open,
    openUncommitted: (ref) => read(ref, nameOf(ref)),
    column: (ref) => ref === null ? null : open(decodeRef(ref)),
    remember: (ref, plain) => { keep(nameOf(ref), plain); },
  };
}
