import type { KeyRing } from '../keys.ts';
import { hmac } from '../seal.ts';
import type { Database } from './database.ts';
import { decodeRef, encodeRef, type Ref } from './ref.ts';
import { partAt, sealPayload, sealSegment, type Storage } from './storage.ts';

/** Larger bytes are stored on their own, content-addressed and shared. */
export const largeFrom = 64 * 1024;
/** A segment is closed beyond this, so that reading one message never opens much more than it. */
const segmentFull = 512 * 1024;

/** What the operations of one transaction share. Nothing of it outlives a rollback. */
export interface Batch {
  /** The next id of a kind: `seq`, `delivery`, `fact`, `lane`, `segment`, `payload`, `identity`, `event`. Never given twice, even after deletions. */
  next(kind: string): number;
  value(counter: string): number;
  add(counter: string, by: number): void;
  /** Seals bytes with the batch; gives the column that finds them. Each `put` is one use, taken back by `release`. */
  put(bytes: Uint8Array): Uint8Array;
  open(ref: Uint8Array): Buffer;
  release(ref: Uint8Array | null): void;
  /** Segments that the releases of this batch emptied and removed. */
  readonly emptied: number;
  /** Writes segments and counters: the last thing before COMMIT. */
  finish(): void;
  /** Has something done once this is committed. */
  after(act: () => void): void;
  /** After COMMIT: what was committed becomes the process's memory too. */
  committed(): void;
}

interface OpenSegment { readonly id: number; readonly parts: Uint8Array[]; length: number; users: number }

/** The parts one after the other, in memory of this thread that the next call writes again: a buffer of its own for each segment would make the collector run several times a second. */
let joined = Buffer.alloc(0);
function join({ parts, length }: OpenSegment): Uint8Array {
  if (joined.length < length) joined = Buffer.allocUnsafeSlow(Math.max(length, segmentFull + largeFrom));
  let at = 0;
  for (const part of parts) { joined.set(part, at); at += part.length; }
  return joined.subarray(0, length);
}

/** Makes the batches of one journal. `counters` is the committed state and is only changed by `committed`. */
export function batches(db: Database, keys: KeyRing, storage: Storage, counters: Map<string, number>): () => Batch {
  const sql = {
    segment: db.statement('INSERT INTO segment(id, users, sealed) VALUES(?, ?, ?)'),
    leaveSegment: db.statement('UPDATE segment SET users = users - 1 WHERE id = ?'),
    dropSegment: db.statement('DELETE FROM segment WHERE id = ? AND users = 0'),
    samePayload: db.statement<{ id: number }>('SELECT id FROM payload WHERE hash = ? AND size = ?'),
    payload: db.statement('INSERT INTO payload(id, hash, size, users, sealed) VALUES(?, ?, ?, 1, ?)'),
    joinPayload: db.statement('UPDATE payload SET users = users + 1 WHERE id = ?'),
    leavePayload: db.statement('UPDATE payload SET users = users - 1 WHERE id = ?'),
    dropPayload: db.statement('DELETE FROM payload WHERE id = ? AND users = 0'),
    counter: db.statement('INSERT INTO counter(name, value) VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value'),
  };
  const address = hmac(keys.index.byVersion[keys.index.current] ?? new Uint8Array(0));

  return () => {
    const changed = new Map<string, number>();
    const segments = new Map<number, OpenSegment>();
    const acts: (() => void)[] = [];
    let filling: OpenSegment | null = null;
    let emptied = 0;
    const value = (counter: string) => changed.get(counter) ?? counters.get(counter) ?? 0;
    const next = (kind: string) => { const id = value(kind) + 1; changed.set(kind, id); return id; };

    const small = (bytes: Uint8Array): Ref => {
      if (filling === null || filling.length + bytes.length > segmentFull) {
        filling = { id: next('segment'), parts: [], length: 0, users: 0 };
        segments.set(filling.id, filling);
      }
      const ref = { segment: filling.id, offset: filling.length, length: bytes.length };
      filling.parts.push(bytes);
      filling.length += bytes.length;
      filling.users += 1;
      return ref;
    };
    const large = (bytes: Uint8Array): Ref => {
      const hash = address(bytes);
      const same = sql.samePayload.get(hash, bytes.length);
      if (same !== undefined) { sql.joinPayload.run(same.id); return { payload: same.id }; }
      const id = next('payload');
      sql.payload.run(id, hash, bytes.length, sealPayload(keys, id, bytes));
      return { payload: id };
    };

    return {
      next, value,
      get emptied() { return emptied; },
      add: (counter, by) => { if (by !== 0) changed.set(counter, value(counter) + by); },
      put: (bytes) => encodeRef(bytes.length > largeFrom ? large(bytes) : small(bytes)),
      open: (column) => {
        const ref = decodeRef(column);
        const mine = 'segment' in ref ? segments.get(ref.segment) : undefined;
        if (mine !== undefined && 'segment' in ref) return partAt(mine.parts, ref);
        return 'payload' in ref && ref.payload > (counters.get('payload') ?? 0) ? storage.openUncommitted(ref) : storage.open(ref);
      },
      release: (column) => {
        if (column === null) return;
        const ref = decodeRef(column);
        if ('payload' in ref) { sql.leavePayload.run(ref.payload); sql.dropPayload.run(ref.payload); return; }
        const mine = segments.get(ref.segment);
        if (mine !== undefined) { mine.users -= 1; return; }
        sql.leaveSegment.run(ref.segment);
        emptied += sql.dropSegment.run(ref.segment);
      },
      finish: () => {
        for (const segment of segments.values()) {
          if (segment.users === 0) continue;
          sql.segment.run(segment.id, segment.users, sealSegment(keys, segment.id, join(segment)));
        }
        for (const [name, now] of changed) sql.counter.run(name, now);
      },
      after: (act) => { acts.push(act); },
      committed: () => {
        for (const [name, now] of changed) counters.set(name, now);
        for (const { id, parts, length, users } of segments.values()) if (users > 0) storage.remember(id, parts, length);
        for (const act of acts) act();
      },
    };
  };
}
