import type { Fact } from '../../domain/fact.ts';
import type { SearchKey } from '../../domain/message.ts';
import { unseal } from '../seal.ts';
import type { Batch } from './batch.ts';
import { dispositionOf } from './counters.ts';
import type { Operation } from './group-commit.ts';
import { firstDeliveryOf, openPlanned, seriesWriter } from './deliveries.ts';
import { factContext } from './known-facts.ts';
import { identityContext } from './lanes.ts';
import { controlHashes, hashesIn, openKept, type Head } from './repeats.ts';
import { hashesOf } from './search-index.ts';
import type { SearchRows } from './search-rows.ts';
import { indexed, mailboxName, type Store } from './store.ts';

/** Rows hashed anew in one transaction, and the pause between two. */
const chunk = 64;
const pauseMs = 20;

/** Hashes the next rows of one table, after an id and up to another; gives the last id done, null at the end. */
type Phase = (batch: Batch, after: number, upTo: number) => number | null;

/**
 * After a rotation of the index key: every blind index is made again under the new key, in the background, from what is
 * sealed. Until it ends, lookups ask under all keys. Survives restarts: where it stands is kept among the counters.
 */
export function keepReindexing(store: Store, searchRows: SearchRows, write: <T>(operation: Operation<T>) => Promise<T>): { stop(): void } {
  const { counters, index, db } = store;
  // What comes in from now on is hashed under the new key already: the walks have an end, whatever the traffic.
  const last = (kind: string) => counters.get(kind) ?? 0;
  const phases = [
    { walk: messages(store, searchRows), upTo: last('seq') }, { walk: facts(store), upTo: last('fact') }, { walk: identities(store), upTo: last('identity') },
    { walk: deliveries(store), upTo: firstDeliveryOf(last('seq') + 1) },
  ];
  let timer: NodeJS.Timeout | undefined;
  const step = (batch: Batch): boolean => {
    const phase = phases[batch.value('index.phase')];
    if (phase === undefined) {
      for (const name of ['index.phase', 'index.at']) batch.add(name, -batch.value(name));
      batch.add('index.version', index.version - batch.value('index.version'));
      db.statement("DELETE FROM key_check WHERE kind = 'index' AND version < ?").run(index.version);
      return false;
    }
    const at = phase.walk(batch, batch.value('index.at'), phase.upTo);
    if (at === null) batch.add('index.phase', 1);
    batch.add('index.at', (at ?? 0) - batch.value('index.at'));
    return true;
  };
  const later = () => {
    timer = setTimeout(() => { write(step).then((more) => { if (more) later(); }, later); }, pauseMs);
    timer.unref();
  };
  if ((counters.get('index.version') ?? 0) !== index.version) later();
  return { stop: () => { clearTimeout(timer); } };
}

function messages(store: Store, searchRows: SearchRows): Phase {
  const { db, keys } = store;
  const next = db.statement<{ seq: number; type: string; disposition: number; ack: string | null; hashes: Uint8Array; head_ref: Uint8Array | null; keys_ref: Uint8Array | null; kept: Uint8Array | null }>(
    'SELECT seq, type, disposition, ack, hashes, head_ref, keys_ref, kept FROM message WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?');
  const note = db.statement('UPDATE message SET hashes = ? WHERE seq = ?');
  return (batch, after, upTo) => {
    const rows = next.all(after, upTo, chunk);
    for (const { seq, type, disposition, ack, hashes, head_ref: headRef, keys_ref: keysRef, kept } of rows) {
      const whole = kept === null ? null : openKept(keys, seq, kept);
      const controlId = whole?.controlId ?? (headRef === null ? '' : (JSON.parse(batch.open(headRef).toString()) as Head).controlId);
      const others = whole?.keys ?? (keysRef === null ? [] : JSON.parse(batch.open(keysRef).toString()) as SearchKey[]);
      const made = [controlHashes(store, controlId, { type, disposition: dispositionOf(disposition), ack }), hashesOf(store, others)] as const;
      searchRows.drop(batch, seq, hashesIn(hashes));
      searchRows.add(batch, seq, ...made);
      note.run(Buffer.concat(made.flat()), seq);
    }
    return rows.at(-1)?.seq ?? null;
  };
}

function facts({ db, keys, index }: Store): Phase {
  const next = db.statement<{ id: number; sealed: Uint8Array }>('SELECT id, sealed FROM fact WHERE id > ? AND id <= ? ORDER BY id LIMIT ?');
  const drop = db.statement('DELETE FROM fact_key WHERE hash = ? AND fact = ?');
  const add = db.statement('INSERT INTO fact_key(hash, fact) VALUES(?, ?) ON CONFLICT DO NOTHING');
  return (_, after, upTo) => {
    const rows = next.all(after, upTo, chunk);
    for (const { id, sealed } of rows) {
      const fact = JSON.parse(unseal(keys.sealing, factContext(id), sealed).toString()) as Fact;
      for (const key of fact.keys) {
        const [now, ...before] = index.all(indexed.fact(key));
        if (now !== undefined) add.run(now, id);
        for (const hash of before) drop.run(hash, id);
      }
    }
    return rows.at(-1)?.id ?? null;
  };
}

function identities({ db, keys, index }: Store): Phase {
  const next = db.statement<{ id: number; sealed: Uint8Array }>('SELECT id, sealed FROM identity WHERE id > ? AND id <= ? ORDER BY id LIMIT ?');
  const note = db.statement('UPDATE identity SET hash = ? WHERE id = ?');
  return (_, after, upTo) => {
    const rows = next.all(after, upTo, chunk);
    for (const { id, sealed } of rows) note.run(index.hash(indexed.identity(unseal(keys.sealing, identityContext(id), sealed).toString())), id);
    return rows.at(-1)?.id ?? null;
  };
}

/** Series and mailboxes of deliveries that are not final: nobody asks for the others'. */
function deliveries({ db, index }: Store): Phase {
  const next = db.statement<{ id: number; destination: string; state: number; planned_ref: Uint8Array | null }>('SELECT id, destination, state, planned_ref FROM delivery WHERE id > ? AND id <= ? ORDER BY id LIMIT ?');
  const note = db.statement('UPDATE delivery SET series = ?, recipient = ? WHERE id = ?');
  const drop = db.statement('DELETE FROM delivery_document WHERE delivery = ?');
  const addSeries = seriesWriter({ db, index });
  return (batch, after, upTo) => {
    const rows = next.all(after, upTo, chunk);
    for (const { id, destination, state, planned_ref: ref } of rows) {
      if (state >= 4 || ref === null) continue;
      const { series, recipient } = openPlanned(batch.open(ref));
      if (series.length > 1) drop.run(id);
      note.run(addSeries(id, destination, series), recipient === null ? null : mailboxName(index, recipient), id);
    }
    return rows.at(-1)?.id ?? null;
  };
}
