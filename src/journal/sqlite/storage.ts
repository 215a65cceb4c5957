import { journalFault } from '../fault.ts';
import type { KeyRing } from '../keys.ts';
import { seal, unseal } from '../seal.ts';
import type { Database } from './database.ts';
import { decodeRef, type Ref } from './ref.ts';
import { compressed, decompressed } from './zstd.ts';

/** What was opened, or just written, is kept for the recipients of its documents. What a delivery itself needs is in unsent.ts. */
const openedBytes = 16 * 1024 * 1024;
const writtenBytes = 4 * 1024 * 1024;

type InSegment = Extract<Ref, { segment: number }>;
/** The part of a segment not written yet that a place names: places name whole parts. */
export function partAt(parts: readonly Uint8Array[], { offset, length }: InSegment): Buffer {
  let at = 0;
  for (const part of parts) {
    if (at === offset && part.length === length) return Buffer.from(part.buffer, part.byteOffset, part.length);
    at += part.length;
  }
  throw journalFault('journal.corrupt', 'no such part');
}

const segmentContext = (id: number) => `segment/${id}`;
const payloadContext = (id: number) => `payload/${id}`;
export const sealSegment = (keys: KeyRing, id: number, plain: Uint8Array): Buffer => seal(keys.sealing, segmentContext(id), compressed(plain));

/** A payload on its own: compressed when that saves a tenth (a PDF does not), which the first byte tells. */
export function sealPayload(keys: KeyRing, id: number, plain: Uint8Array): Buffer {
  const small = compressed(plain);
  const worth = small.length < plain.length * 0.9;
  return seal(keys.sealing, payloadContext(id), Buffer.concat([Buffer.of(worth ? 1 : 0), worth ? small : plain]));
}

/** Reads sealed bytes, and keeps the last ones read or written in clear: a delivery usually follows its message. */
export interface Storage {
  /** Views of cached bytes: not to be written to. */
  open(ref: Ref): Buffer;
  /** As `open`, remembering nothing: for what is not committed yet, whose number may be given again. */
  openUncommitted(ref: Ref): Buffer;
  column(ref: Uint8Array | null): Buffer | null;
  /** A segment just written, as the parts it was made of. */
  remember(segment: number, parts: readonly Uint8Array[], length: number): void;
}

/** The last values by name, up to so many bytes. */
function latest<T>(most: number): { get(name: string): T | undefined; keep(name: string, value: T, sizeOf: (value: T) => number): T } {
  const all = new Map<string, { readonly value: T; readonly size: number }>();
  let held = 0;
  return {
    get: (name) => {
      const found = all.get(name);
      if (found === undefined) return undefined;
      all.delete(name);
      all.set(name, found);
      return found.value;
    },
    keep: (name, value, sizeOf) => {
      const size = sizeOf(value);
      all.set(name, { value, size });
      held += size;
      for (const [oldest, one] of all) {
        if (held <= most) break;
        all.delete(oldest);
        held -= one.size;
      }
      return value;
    },
  };
}

export function openStorage(db: Database, keys: KeyRing): Storage {
  const segment = db.statement<{ sealed: Uint8Array }>('SELECT sealed FROM segment WHERE id = ?');
  const payload = db.statement<{ sealed: Uint8Array }>('SELECT sealed FROM payload WHERE id = ?');
  const opened = latest<Buffer>(openedBytes);
  const written = latest<readonly Uint8Array[]>(writtenBytes);
  const nameOf = (ref: Ref) => 'payload' in ref ? payloadContext(ref.payload) : segmentContext(ref.segment);
  const read = (ref: Ref, name: string) => {
    const sealed = 'payload' in ref ? payload.get(ref.payload)?.sealed : segment.get(ref.segment)?.sealed;
    if (sealed === undefined) throw journalFault('journal.corrupt', `${name} is missing`);
    const plain = unseal(keys.sealing, name, sealed);
    if (!('payload' in ref)) return decompressed(plain);
    return plain[0] === 1 ? decompressed(plain.subarray(1)) : plain.subarray(1);
  };
  const open = (ref: Ref): Buffer => {
    const name = nameOf(ref);
    const parts = written.get(name);
    if (parts !== undefined && 'segment' in ref) return partAt(parts, ref);
    const whole = opened.get(name) ?? opened.keep(name, read(ref, name), (plain) => plain.length);
    if ('payload' in ref) return whole;
    if (ref.offset + ref.length > whole.length) throw journalFault('journal.corrupt', `${name} is short`);
    return whole.subarray(ref.offset, ref.offset + ref.length);
  };
  return {
    open,
    openUncommitted: (ref) => read(ref, nameOf(ref)),
    column: (ref) => ref === null ? null : open(decodeRef(ref)),
    remember: (segment, parts, length) => { written.keep(segmentContext(segment), parts, () => length); },
  };
}
