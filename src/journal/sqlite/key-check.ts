import { journalFault } from '../fault.ts';
import type { KeyKind, KeyRing } from '../keys.ts';
import { hmac } from '../seal.ts';
import type { Database } from './database.ts';

/**
 * Refuses (`journal.wrong-key`) a ring that lacks a key this journal was written with, or holds another key under its
 * version; takes note of versions it sees for the first time.
 */
export function checkKeys(db: Database, ring: KeyRing): void {
  const known = db.statement<{ kind: KeyKind; version: number; proof: Uint8Array }>('SELECT kind, version, proof FROM key_check').all();
  const proofOf = (kind: KeyKind, version: number) => {
    const key = ring[kind].byVersion[version];
    if (key === undefined) throw journalFault('journal.wrong-key', `${kind} ${version}`);
    return hmac(key)(Buffer.from(`passerelle ${kind} key ${version}`));
  };
  for (const { kind, version, proof } of known) {
    if (!proofOf(kind, version).equals(proof)) throw journalFault('journal.wrong-key', `${kind} ${version}`);
  }
  if (known.length === 0) db.statement("INSERT INTO counter(name, value) VALUES('index.version', ?)").run(ring.index.current);
  const add = db.statement('INSERT INTO key_check(kind, version, proof) VALUES(?, ?, ?)');
  for (const kind of ['sealing', 'index'] as const) {
    for (const version of Object.keys(ring[kind].byVersion).map(Number)) {
      if (!known.some((row) => row.kind === kind && row.version === version)) add.run(kind, version, proofOf(kind, version));
    }
  }
}
