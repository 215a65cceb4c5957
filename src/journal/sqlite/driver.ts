import type { Clock } from '../../domain/clock.ts';
import type { Journal } from '../journal.ts';
import type { KeyRing } from '../keys.ts';
import { blindIndex } from '../seal.ts';
import { batches } from './batch.ts';
import type { Database } from './database.ts';
import { openDocuments } from './documents.ts';
import { groupCommit, type Operation } from './group-commit.ts';
import { openIntake } from './intake.ts';
import { backupTo } from './backup.ts';
import { checkKeys } from './key-check.ts';
import { indexedSince, knownFacts } from './known-facts.ts';
import { openLanes } from './lanes.ts';
import { openOutcomes } from './outcomes.ts';
import { answersWriter, planWriter } from './plans.ts';
import { openQueues } from './queues.ts';
import { openReading } from './reading.ts';
import { countsReader, openRecovery, recovered } from './recovery.ts';
import { keepReindexing } from './reindex.ts';
import { repeatFinder } from './repeats.ts';
import { openRetention, retained, returnPages, walkAll } from './retention.ts';
import { migrate } from './schema.ts';
import { openSearchRows } from './search-rows.ts';
import { openStorage } from './storage.ts';
import type { Store } from './store.ts';
import { openSwitches } from './switches.ts';
import { openUnsent } from './unsent.ts';
import { verify } from './verify.ts';
import { walDisk } from './wal-disk.ts';

export interface SqliteSettings {
  /** Holds `journal.sqlite`, its WAL, and the lock. */
  readonly folder: string;
  readonly keys: KeyRing;
  readonly clock: Clock;
  /** How long an acknowledged control id of a source is remembered (design.md §2: 30 days). */
  readonly repeatWindowMs: number;
  /** A message found in the pipeline at this many starts is quarantined (invariant 7). */
  readonly crashesBeforeQuarantine: number;
}

/** Reads are synchronous inside: what they throw becomes a rejection. */
export const now = <T>(work: () => T): Promise<T> => new Promise((resolve) => { resolve(work()); });

/** The journal on an open database of its own; `release` runs when it closes. */
export function journalOn(db: Database, settings: Omit<SqliteSettings, 'folder'>, release: () => void): Journal {
  db.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -6000; PRAGMA wal_autocheckpoint = 4000');
  migrate(db);
  checkKeys(db, settings.keys);
  const { keys, clock } = settings;
  const counters = new Map(db.statement<{ name: string; value: number }>('SELECT name, value FROM counter').all().map(({ name, value }) => [name, value]));
  const storage = openStorage(db, keys);
  const store: Store = {
    db, keys, clock, counters, storage, unsent: openUnsent(clock), index: blindIndex(keys.index, indexedSince(db)),
    repeatWindowMs: settings.repeatWindowMs, crashesBeforeQuarantine: settings.crashesBeforeQuarantine,
  };
  const documents = openDocuments(store);
  const lanes = openLanes(store);
  const searchRows = openSearchRows(store);
  const intake = openIntake(store, documents, searchRows, planWriter(store, lanes, documents, searchRows), answersWriter(store, lanes, documents));
  const outcomes = openOutcomes(store, documents);
  const queues = openQueues(store);
  const reading = openReading(store, documents, queues);
  const retention = openRetention(store, searchRows);
  const recovery = openRecovery(store, intake, reading);
  const repeatOf = repeatFinder(store);
  const facts = knownFacts(db, keys, store.index);
  const switches = openSwitches(store);
  const counts = countsReader(store);
  const event = db.statement('INSERT INTO event(id, seq, delivery, at, stage, kind, detail) VALUES(?, ?, ?, ?, ?, ?, ?)');
  const group = groupCommit(db, batches(db, keys, storage, counters), walDisk(db));
  const write = <T>(operation: Operation<T>): Promise<T> => group.write(operation);
  const soon = <T>(operation: Operation<T>): Promise<T> => group.soon(operation);
  const reindexing = keepReindexing(store, searchRows, write);
  let recovering: Promise<{ quarantined: number[]; inDoubt: number }> | null = null;

  return {
    answerOf: (source, controlId, digest) => now(() => repeatOf(source, controlId, digest, (ref) => storage.column(ref) ?? Buffer.alloc(0))),
    append: (message, stored) => write((batch) => { const appended = intake.append(batch, message); batch.after(() => { stored?.(appended.seq); }); return appended; }),
    plan: (seq, plan, again) => write((batch) => intake.plan(batch, seq, plan, again ?? null)),
    accept: (message, plan) => write((batch) => intake.accept(batch, message, plan)),
    repeated: (original, receivedAt) => write((batch) => { intake.repeated(batch, original, receivedAt); }),
    quarantine: (message, reason, answers = []) => write((batch) => intake.quarantine(batch, message, reason, answers, clock())),

    waiting: (destination, after, limit) => now(() => queues.waiting(destination, after, limit)),
    firstWaiting: (destination, of, recipient) => now(() => queues.firstWaiting(destination, of, recipient)),
    begin: (ids, at) => soon((batch) => { outcomes.begin(batch, ids, at); }),
    freeze: (id, envelope, answers) => write((batch) => { outcomes.freeze(batch, id, envelope, answers); }),
    renew: (id, answers) => write((batch) => { outcomes.renew(batch, id, answers); }),
    settle: (id, outcome, followUps) => write((batch) => outcomes.settle(batch, id, outcome, followUps)),

    move: (id, to, reason, followUps) => write((batch) => outcomes.move(batch, id, to, reason, followUps)),
    replay: (id, reason, again) => write((batch) => outcomes.replay(batch, id, reason, again)),
    delivery: (id) => now(() => reading.delivery(id)),
    body: (seq, parts) => now(() => documents.body(seq, parts)),
    overdue: (at, limit) => now(() => queues.overdue(at, limit)),
    held: (filter, limit) => now(() => queues.held(filter, limit)),
    unfinished: (destination, recipient, series, before) => now(() => queues.unfinished(destination, recipient, series, before)),
    correlated: (correlation, except) => now(() => queues.correlated(correlation, except)),

    facts: (asked, before) => now(() => facts(asked, before)),
    lane: (id) => now(() => lanes.lane(id)),

    message: (ref) => now(() => reading.message(ref)),
    messages: (filter, limit) => now(() => reading.messages(filter, limit)),
    search: (key, limit) => now(() => reading.search(key, limit)),
    events: (seq) => now(() => reading.events(seq)),
    note: (noted) => write((batch) => { event.run(batch.next('event'), noted.seq, noted.delivery, noted.at, noted.stage, noted.kind, noted.detail); }),
    switchDestination: (act) => write((batch) => { switches.add(batch, act); }),
    switches: () => now(() => switches.all()),
    keep: (name, value) => write(() => { db.statement('INSERT INTO kept(name, value) VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value').run(name, value); }),
    kept: (name) => now(() => db.statement<{ value: string }>('SELECT value FROM kept WHERE name = ?').get(name)?.value ?? null),
    counts: () => now(counts),
    recover: async () => {
      const isFirst = recovering === null;
      const first = await (recovering ??= write((batch) => recovery.first(batch)).catch((error: unknown) => { recovering = null; throw error; }));
      return recovered(recovery.next(), isFirst ? first : null);
    },
    retain: async ({ payloadsBefore, messagesBefore }) => {
      const dropped = await walkAll((from) => write((batch) => retention.messages(batch, messagesBefore, from)));
      const emptied = await walkAll((from) => write((batch) => retention.payloads(batch, payloadsBefore, from)));
      while (await write(() => returnPages(db))) { /* a step at a time, so that intake goes on between them */ }
      return retained(dropped, emptied);
    },
    backup: (file) => backupTo(db, file),
    verify: () => now(() => verify(store)),
    close: async () => { reindexing.stop(); await group.close(); db.close(); release(); },
  };
}
