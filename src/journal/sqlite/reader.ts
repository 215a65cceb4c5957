import { join } from 'node:path';
import type { KeyRing } from '../keys.ts';
import type { JournalReader, Seen } from '../reader.ts';
import { blindIndex } from '../seal.ts';
import { openDatabase } from './database.ts';
import { openDocuments } from './documents.ts';
import { openFinals } from './finals.ts';
import { openKin } from './kin.ts';
import { indexedSince } from './known-facts.ts';
import { openPages } from './pages.ts';
import { openQueues } from './queues.ts';
import { openReading } from './reading.ts';
import { searcher } from './search-reader.ts';
import { openStorage } from './storage.ts';
import type { Store } from './store.ts';
import { openStories } from './stories.ts';
import { openUnsent } from './unsent.ts';
import { openWaitingPages } from './waiting-pages.ts';

/** A journal read beside the gateway that writes it, on a connection of its own that cannot write. Each question sees one moment. */
export function openSqliteReader({ folder, keys, now = performance.now.bind(performance) }: { readonly folder: string; readonly keys: KeyRing; readonly now?: () => number }): JournalReader {
  const db = openDatabase(join(folder, 'journal.sqlite'), { readOnly: true, timeoutMs: 5000 });
  db.exec('PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY');
  const storage = openStorage(db, keys);
  const store: Store = { db, keys, storage, unsent: openUnsent(() => 0), index: blindIndex(keys.index, indexedSince(db)), clock: () => 0, counters: new Map(), repeatWindowMs: 0, crashesBeforeQuarantine: 0 };
  const documents = openDocuments(store);
  const reading = openReading(store, documents, openQueues(store));
  const pages = openPages(db, now);
  const stories = openStories(store, pages);
  const waiting = openWaitingPages(db, pages);
  const finals = openFinals(db, now);
  const search = searcher(store);
  // The scope before the limit: a page that others fill would be the end of one's own.
  const inScope = db.statement(
    `SELECT 1 FROM message WHERE seq = ? AND (? IS NULL OR source IN (SELECT value FROM json_each(?)))
       AND (? IS NULL OR EXISTS (SELECT 1 FROM delivery WHERE delivery.id >= message.seq * 4096 AND delivery.id < (message.seq + 1) * 4096 AND +delivery.destination IN (SELECT value FROM json_each(?))))`);
  const list = (ids: readonly string[] | null): string | null => (ids === null ? null : JSON.stringify(ids));
  const scoped = ({ sources, destinations }: Seen): ((seq: number) => boolean) | undefined => {
    const [ofSources, ofDestinations] = [list(sources), list(destinations)];
    return sources === null && destinations === null ? undefined : (seq) => inScope.get(seq, ofSources, ofSources, ofDestinations, ofDestinations) !== undefined;
  };
  const visible = (id: number, seen: Seen): boolean => stories.brief(id, seen) !== null;

  const moment = <A extends readonly unknown[], T>(read: (...asked: A) => T) => (...asked: A): T => {
    db.exec('BEGIN');
    try { return read(...asked); } finally { db.exec('COMMIT'); }
  };
  return {
    page: moment((filter, seen, limit) => pages.page(filter, seen, limit)),
    search: moment((key, seen, before, limit) => pages.ofSeqs(search(key, before ?? Number.MAX_SAFE_INTEGER, limit, scoped(seen)), seen)),
    held: moment(waiting.held), heldGroups: moment(waiting.heldGroups), quarantined: moment(waiting.quarantined), late: moment(waiting.late), causes: moment(waiting.causes),
    story: moment(stories.story), brief: moment(stories.brief),
    content: moment((trace, seen) => (stories.story(trace, seen) === null ? null : reading.message({ trace }))),
    delivery: moment((id, seen) => (visible(id, seen) ? reading.delivery(id) : null)),
    body: moment((seq, parts) => documents.body(seq, parts)), finals: moment(finals.finals), finalsOf: moment(finals.finalsOf), kin: moment(openKin(db)), since: moment(finals.since), lastOf: moment(finals.lastOf), traffic: moment(finals.traffic),
    close: () => { db.close(); },
  };
}
