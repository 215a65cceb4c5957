import type { SearchKey } from '../../domain/message.ts';
import type { Repeat } from '../journal.ts';
import type { KeyRing } from '../keys.ts';
import { unseal } from '../seal.ts';
import { dispositionOf } from './counters.ts';
import { indexed, type Store } from './store.ts';

/** What identifies a message's content, sealed beside its bytes. */
export interface Head { readonly controlId: string; readonly digest: string }
/** What stays of a message whose payloads were forgotten: enough to answer a repeat and to find it again. */
export interface Kept extends Head { readonly ack: string | null; readonly keys: readonly SearchKey[] }
export const keptContext = (seq: number): string => `kept/${seq}`;
export const openKept = (keys: KeyRing, seq: number, kept: Uint8Array): Kept => JSON.parse(unseal(keys.sealing, keptContext(seq), kept).toString()) as Kept;
export const digestText = (digest: Uint8Array): string => Buffer.from(digest).toString('hex');

/**
 * Exactly-once intake (design.md §2): only positively acknowledged ids count, within the source's window; one still in the
 * pipeline or quarantined is `pending`. Answers `new` for a message without control id.
 */
export function repeatFinder(store: Store): (source: string, controlId: string, digest: Uint8Array, open: (ref: Uint8Array) => Buffer) => Repeat {
  const { db, index, keys, clock, repeatWindowMs } = store;
  const candidates = db.statement<{ seq: number; disposition: number; ack: string | null; head_ref: Uint8Array | null; ack_ref: Uint8Array | null; kept: Uint8Array | null }>(
    `SELECT message.seq, disposition, ack, head_ref, ack_ref, kept FROM search JOIN message ON message.seq = search.seq
     WHERE search.hash = ? AND source = ? AND received_at >= ? ORDER BY search.seq DESC`);
  return (source, controlId, digest, open) => {
    if (controlId === '') return { kind: 'new' };
    const since = clock() - repeatWindowMs;
    const rows = index.all(indexed.search('control', controlId)).flatMap((hash) => candidates.all(hash, source, since));
    const taken = rows.find((row) => isPositive(dispositionOf(row.disposition), row.ack));
    if (taken !== undefined) {
      const kept = taken.kept === null ? null : openKept(keys, taken.seq, taken.kept);
      const head = taken.head_ref === null ? kept : JSON.parse(open(taken.head_ref).toString()) as Head;
      if (head?.digest !== digestText(digest)) return { kind: 'other', seq: taken.seq };
      if (taken.ack_ref !== null) return { kind: 'same', seq: taken.seq, ack: open(taken.ack_ref) };
      return { kind: 'same', seq: taken.seq, ack: typeof kept?.ack === 'string' ? Buffer.from(kept.ack, 'base64') : null };
    }
    const pending = rows.find((row) => ['pipeline', 'quarantined'].includes(dispositionOf(row.disposition)));
    return pending === undefined ? { kind: 'new' } : { kind: 'pending', seq: pending.seq };
  };
}

/** AA, CA, or nothing due on what was taken: an ACK is never acknowledged. */
export const isPositive = (disposition: string, ack: string | null): boolean =>
  (disposition === 'planned' || disposition === 'consumed') && (ack === null || ack.endsWith('A'));
