import { isAcknowledgement, type SearchKey } from '../../domain/message.ts';
import type { Repeat } from '../journal.ts';
import type { KeyRing } from '../keys.ts';
import { unseal } from '../seal.ts';
import { dispositionOf, type Disposed } from './counters.ts';
import { indexed, type Store } from './store.ts';

/** What identifies a message's content, sealed beside its bytes. */
export interface Head { readonly controlId: string; readonly digest: string }
/** What stays of a message whose payloads were forgotten: enough to answer a repeat and to find it again. */
export interface Kept extends Head { readonly ack: string | null; readonly keys: readonly SearchKey[] }
export const keptContext = (seq: number): string => `kept/${seq}`;
export const openKept = (keys: KeyRing, seq: number, kept: Uint8Array): Kept => JSON.parse(unseal(keys.sealing, keptContext(seq), kept).toString()) as Kept;
export const digestText = (digest: Uint8Array): string => Buffer.from(digest).toString('hex');

/** AA, CA, or nothing due on what was taken: an ACK is never acknowledged. */
export const isPositive = (disposition: string, ack: string | null): boolean =>
  (disposition === 'planned' || disposition === 'consumed') && (ack === null || ack.endsWith('A'));

/** Two kinds of index for control ids: those that a repeat is compared with, and those that are only searched by. */
export const controlKinds = ['control', 'control-unclaimed'] as const;
/**
 * The blind index of a message's control id; none when it has none. What was refused or set aside claims no id, nor does an answer to us.
 * They are kept apart so that a sender that uses one id for ever costs no more than another: each repeat reads the claims only.
 */
export function controlHashes({ index }: Store, controlId: string, { type, disposition, ack }: { type: string; disposition: Disposed; ack: string | null }): Uint8Array[] {
  if (controlId === '') return [];
  const claims = !isAcknowledgement(type) && (disposition === 'pipeline' || isPositive(disposition, ack));
  return [index.hash(indexed.search(controlKinds[claims ? 0 : 1], controlId))];
}

/** The blind indexes that a message's row keeps, one after the other. */
export const hashesIn = (hashes: Uint8Array): Buffer[] =>
  Array.from({ length: hashes.length / 16 }, (_, i) => Buffer.from(hashes.buffer, hashes.byteOffset + i * 16, 16));

/**
 * Exactly-once intake (design.md §2): only positively acknowledged ids count, within the source's window; one still in the
 * pipeline is `pending`; one set aside was delivered nowhere, and may be sent again as new. Answers `new` for a message without control id.
 */
export function repeatFinder(store: Store): (source: string, controlId: string, digest: Uint8Array, open: (ref: Uint8Array) => Buffer) => Repeat {
  const { db, index, keys, clock, repeatWindowMs } = store;
  const candidates = db.statement<{ seq: number; disposition: number; ack: string | null; head_ref: Uint8Array | null; ack_ref: Uint8Array | null; kept: Uint8Array | null }>(
    `SELECT message.seq, disposition, ack, head_ref, ack_ref, kept FROM search JOIN message ON message.seq = search.seq
     WHERE search.hash = ? AND source = ? AND received_at >= ? ORDER BY search.seq DESC`);
  return (source, controlId, digest, open) => {
    if (controlId === '') return { kind: 'new' };
    const since = clock() - repeatWindowMs;
    const rows = index.all(indexed.search(controlKinds[0], controlId)).flatMap((hash) => candidates.all(hash, source, since));
    const taken = rows.find((row) => isPositive(dispositionOf(row.disposition), row.ack));
    if (taken !== undefined) {
      const kept = taken.kept === null ? null : openKept(keys, taken.seq, taken.kept);
      const head = taken.head_ref === null ? kept : JSON.parse(open(taken.head_ref).toString()) as Head;
      if (head?.digest !== digestText(digest)) return { kind: 'other', seq: taken.seq };
      if (taken.ack_ref !== null) return { kind: 'same', seq: taken.seq, ack: open(taken.ack_ref) };
      return { kind: 'same', seq: taken.seq, ack: typeof kept?.ack === 'string' ? Buffer.from(kept.ack, 'base64') : null };
    }
    const pending = rows.find((row) => dispositionOf(row.disposition) === 'pipeline');
    return pending === undefined ? { kind: 'new' } : { kind: 'pending', seq: pending.seq };
  };
}
