import { counterNames, deliveryCounters, dispositionOf, stateOf } from './counters.ts';
import { factContext } from './known-facts.ts';
import { identityContext } from './lanes.ts';
import { decodeRef } from './ref.ts';
import { keptContext } from './repeats.ts';
import { dispositionNumbers } from './schema.ts';
import { openStorage } from './storage.ts';
import type { Store } from './store.ts';
import { unseal } from '../seal.ts';

/** Every column that holds a place of sealed bytes. */
const refColumns = [
  ['message', 'bytes_ref'], ['message', 'head_ref'], ['message', 'ack_ref'], ['message', 'bundle_ref'], ['message', 'record_ref'], ['message', 'keys_ref'],
  ['delivery', 'planned_ref'], ['delivery', 'envelope_ref'], ['delivery', 'answers_ref'], ['attempt', 'raw_ref'], ['attempt', 'said_ref'], ['document', 'ref'], ['asker', 'asker_ref'],
] as const;

/**
 * Reads the whole journal: the file's structure, the counts against the rows, the references against what they name, every
 * seal. Gives problems in words, none when it is sound. Scans everything: for `doctor` and after a restore, not for serving.
 */
export function verify(store: Store): string[] {
  return [...structure(store), ...counts(store), ...references(store), ...orphans(store), ...seals(store)];
}

function* structure({ db }: Store): Generator<string> {
  for (const row of db.statement<{ integrity_check: string }>('PRAGMA integrity_check').all()) if (row.integrity_check !== 'ok') yield `file: ${row.integrity_check}`;
}

/** The counts kept against the rows they count. Scans the tables' headers, opens nothing. */
export function* counts({ db, counters }: Pick<Store, 'db' | 'counters'>): Generator<string> {
  const of = (name: string) => counters.get(name) ?? 0;
  const differs = (what: string, counted: number, kept: number) => counted === kept ? [] : [`count of ${what}: ${kept} kept, ${counted} found`];
  const rows = new Map(db.statement<{ disposition: number; n: number }>('SELECT disposition, count(*) AS n FROM message GROUP BY disposition').all()
    .map((row) => [dispositionOf(row.disposition), row.n]));
  const dispositions = Object.keys(dispositionNumbers).map((_, stored) => dispositionOf(stored));
  for (const disposition of dispositions) {
    yield* differs(`messages ${disposition}`, (rows.get(disposition) ?? 0) + of(counterNames.forgottenMessage(disposition)), of(counterNames.message(disposition)));
  }
  const repeats = db.statement<{ n: number }>('SELECT coalesce(sum(repeats), 0) AS n FROM message').get()?.n ?? 0;
  yield* differs('repeats', repeats + of(counterNames.forgottenRepeats), of(counterNames.repeated));
  const classes = dispositions.reduce((sum, disposition) => sum + of(counterNames.message(disposition)), of(counterNames.repeated));
  yield* differs('messages received', classes, of(counterNames.received));

  const found = new Map(db.statement<{ destination: string; state: number; n: number }>('SELECT destination, state, count(*) AS n FROM delivery GROUP BY destination, state').all()
    .map((row) => [counterNames.delivery(stateOf(row.state), row.destination), row.n]));
  const known = new Set([...deliveryCounters(counters)].map(({ state, destination }) => counterNames.delivery(state, destination)));
  for (const { state, destination, count } of deliveryCounters(counters)) {
    yield* differs(`deliveries ${state}`, (found.get(counterNames.delivery(state, destination)) ?? 0) + of(counterNames.forgottenDelivery(state, destination)), count);
  }
  for (const [name, n] of found) if (!known.has(name)) yield* differs('deliveries of a destination without counter', n, 0);
}

function* references({ db }: Store): Generator<string> {
  const users = new Map<string, number>();
  const nameOf = (ref: ReturnType<typeof decodeRef>) => 'payload' in ref ? `payload ${ref.payload}` : `segment ${ref.segment}`;
  for (const [table, column] of refColumns) {
    for (const { ref } of db.statement<{ ref: Uint8Array }>(`SELECT ${column} AS ref FROM ${table} WHERE ${column} IS NOT NULL`).iterate()) {
      const name = nameOf(decodeRef(ref));
      users.set(name, (users.get(name) ?? 0) + 1);
    }
  }
  for (const kind of ['segment', 'payload'] as const) {
    for (const row of db.statement<{ id: number; users: number }>(`SELECT id, users FROM ${kind}`).iterate()) {
      const name = `${kind} ${row.id}`;
      if (row.users !== (users.get(name) ?? 0)) yield `${name}: ${row.users} users kept, ${users.get(name) ?? 0} found`;
      users.delete(name);
    }
  }
  for (const name of users.keys()) yield `${name} is missing`;
}

function* orphans({ db }: Store): Generator<string> {
  const { n } = db.statement<{ n: number }>('SELECT count(*) AS n FROM delivery_document WHERE NOT EXISTS (SELECT 1 FROM delivery WHERE id = delivery_document.delivery)').get() ?? { n: 0 };
  if (n > 0) yield `documents of deliveries that are gone: ${n}`;
}

function* seals({ db, keys }: Store): Generator<string> {
  // Not the journal's own reader: what it remembers in clear would hide damage on the disk.
  const storage = openStorage(db, keys);
  const tried = (what: string, open: () => unknown): string[] => {
    try { open(); return []; } catch (error) { return [`${what} does not open: ${error instanceof Error ? error.message : 'unknown'}`]; }
  };
  for (const [table, column] of refColumns) {
    for (const { ref } of db.statement<{ ref: Uint8Array }>(`SELECT ${column} AS ref FROM ${table} WHERE ${column} IS NOT NULL`).iterate()) {
      yield* tried(`${table}.${column}`, () => storage.open(decodeRef(ref)));
    }
  }
  const sealed = [
    ['SELECT id, sealed FROM fact', factContext], ['SELECT id, sealed FROM identity', identityContext],
    ['SELECT seq AS id, kept AS sealed FROM message WHERE kept IS NOT NULL', keptContext],
  ] as const;
  for (const [text, context] of sealed) {
    for (const row of db.statement<{ id: number; sealed: Uint8Array }>(text).iterate()) yield* tried(context(row.id), () => unseal(keys.sealing, context(row.id), row.sealed));
  }
}
