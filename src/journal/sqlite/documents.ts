import type { BodyPart, Envelope } from '../../domain/delivery.ts';
import { decodeEnvelope, encodeEnvelope, encodingOf } from '../envelope-codec.ts';
import { journalFault } from '../fault.ts';
import { assemble, recipeOf } from '../recipe.ts';
import { largeFrom, type Batch } from './batch.ts';
import type { Store } from './store.ts';

/** The documents of messages, and what is written with references to them: envelopes, and messages that carry them. */
export interface Documents {
  add(batch: Batch, seq: number, documents: ReadonlyMap<string, Uint8Array>): void;
  /** The columns `bytes_ref` and `recipe` of a received message. */
  putReceived(batch: Batch, bytes: Uint8Array, documents: ReadonlyMap<string, Uint8Array>): { ref: Uint8Array; recipe: number };
  openReceived(seq: number, ref: Uint8Array, recipe: number, open: (ref: Uint8Array) => Buffer): Buffer;
  putEnvelope(batch: Batch, seq: number, envelope: Envelope): Uint8Array;
  openEnvelope(seq: number, ref: Uint8Array): Envelope;
  /** All documents of a message that have a name of their own. */
  all(seq: number): Map<string, Uint8Array>;
  body(seq: number, parts: readonly BodyPart[]): Uint8Array;
}

/** Names of large parts of envelopes, kept beside the documents: never a document's own name. */
const kept = '#';

export function openDocuments(store: Store): Documents {
  const { db, storage } = store;
  const sql = {
    add: db.statement('INSERT INTO document(seq, name, ref) VALUES(?, ?, ?) ON CONFLICT(seq, name) DO NOTHING'),
    one: db.statement<{ ref: Uint8Array }>('SELECT ref FROM document WHERE seq = ? AND name = ?'),
    all: db.statement<{ name: string; ref: Uint8Array }>('SELECT name, ref FROM document WHERE seq = ?'),
  };
  const reader = (seq: number, open: (ref: Uint8Array) => Buffer) => (name: string): Uint8Array => {
    const row = sql.one.get(seq, name);
    if (row === undefined) throw journalFault('journal.unknown', `document of message ${seq}`);
    return open(row.ref);
  };
  const committed = (ref: Uint8Array) => storage.column(ref) ?? Buffer.alloc(0);

  return {
    add: (batch, seq, documents) => { for (const [name, bytes] of documents) sql.add.run(seq, name, batch.put(bytes)); },
    putReceived: (batch, bytes, documents) => {
      const body = recipeOf(bytes, documents);
      if (body === null) return { ref: batch.put(bytes), recipe: 0 };
      return { ref: batch.put(encodeEnvelope({ steps: [{ name: 'received', meta: {}, body }] }, () => null)), recipe: 1 };
    },
    openReceived: (seq, ref, recipe, open) => {
      const read = reader(seq, open);
      return recipe === 0 ? open(ref) : assemble(decodeEnvelope(open(ref), read).steps.flatMap((step) => step.body), read);
    },
    putEnvelope: (batch, seq, envelope) => {
      const ready = encodingOf(envelope);
      return batch.put(ready !== null && ready.length <= largeFrom ? ready : encodeEnvelope(envelope, (bytes) => {
        if (bytes.length <= largeFrom) return null;
        const ref = batch.put(bytes);
        const name = kept + Buffer.from(ref).toString('hex');
        if (sql.add.run(seq, name, ref) === 0) batch.release(ref);
        return name;
      }));
    },
    openEnvelope: (seq, ref) => decodeEnvelope(committed(ref), reader(seq, committed)),
    all: (seq) => new Map(sql.all.all(seq).filter(({ name }) => !name.startsWith(kept)).map(({ name, ref }) => [name, committed(ref)])),
    body: (seq, parts) => assemble(parts, reader(seq, committed)),
  };
}
