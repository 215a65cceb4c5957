import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Journal } from '../../journal/journal.ts';
import type { Head } from './chain.ts';
import type { Anchor } from './open.ts';

const name = 'audit-head';
const sealOf = (secret: Uint8Array, { seq, hash }: Head): string => createHmac('sha256', secret).update(`${seq} ${hash}`).digest('hex');

/**
 * The head of the audit chain, kept in the journal and sealed by a key outside the data folder: who can write both files still
 * cannot make a head that stands. One that does not is taken as a head that no chain reaches.
 */
export function journalAnchor(journal: Pick<Journal, 'keep' | 'kept'>, secret: Uint8Array): Anchor {
  return {
    write: (head) => journal.keep(name, JSON.stringify({ ...head, seal: sealOf(secret, head) })),
    read: async () => {
      const text = await journal.kept(name);
      if (text === null) return null;
      const { seq, hash, seal } = JSON.parse(text) as Head & { readonly seal: string };
      const [given, wanted] = [Buffer.from(seal), Buffer.from(sealOf(secret, { seq, hash }))];
      return given.length === wanted.length && timingSafeEqual(given, wanted) ? { seq, hash } : { seq: Number.MAX_SAFE_INTEGER, hash: '' };
    },
  };
}
