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
import { controlKinds } from './repeats.ts';
import { openStorage } from './storage.ts';
import { indexed, type Store } from './store.ts';
import { openStories } from './stories.ts';
import { openWaitingPages } from './waiting-pages.ts';

/** A journal read beside the gateway that writes it, on a connection of its own that cannot write. Each question sees one moment. */
export function openSqliteReader({ folder, keys, now = performance.now.bind(performance) }: { readonly folder: string; readonly keys: KeyRing; readonly now?: () => number }): JournalReader {
  const db = openDatabase(join(folder, 'journal.sqlite'), { readOnly: true, timeoutMs: 5000 });
  db.exec('PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY');
  const storage = openStorage(db, keys);
  const store: Store = { db, keys, storage, index: blindIndex(keys.index, indexedSince(db)), clock: () => 0, counters: new Map(), repeatWindowMs: 0, crashesBeforeQuarantine: 0 };
  const documents = openDocuments(store);
  const reading = openReading(store, documents, openQueues(store));
  const pages = openPages(db, now);
  const stories = openStories(store, pages);
  const waiting = openWaitingPages(db, pages);
  const finals = openFinals(db, now);
  const found = db.statement<{ seq: number }>('SELECT seq FROM search WHERE hash = ? AND seq < ? ORDER BY seq DESC LIMIT ?');
  const visible = (id: number, seen: Seen): boolean => stories.brief(id, seen) !== null;

  const moment = <A extends readonly unknown[], T>(read: (...asked: A) => T) => (...asked: A): T => {
    db.exec('BEGIN');
    try { return read(...asked); } finally { db.exec('COMMIT'); }
  };
  return {
    page: moment((filter, seen, limit) => pages.page(filter, seen, limit)),
    search: moment(({ kind, value }, seen, before, limit) => {
      const kinds = kind === 'control' ? controlKinds : [kind];
      const seqs = kinds.flatMap((one) => store.index.all(indexed.search(one, value))).flatMap((hash) => found.all(hash, before ?? Number.MAX_SAFE_INTEGER, limit)).map(({ seq }) => seq);
      return pages.ofSeqs([...new Set(seqs)].sort((a, b) => b - a).slice(0, limit), seen);
    }),
    held: moment(waiting.held), heldGroups: moment(waiting.heldGroups), quarantined: moment(waiting.quarantined), late: moment(waiting.late), causes: moment(waiting.causes),
    story: moment(stories.story), brief: moment(stories.brief),
    content: moment((trace, seen) => (stories.story(trace, seen) === null ? null : reading.message({ trace }))),
    delivery: moment((id, seen) => (visible(id, seen) ? reading.delivery(id) : null)),
    body: moment((seq, parts) => documents.body(seq, parts)), finals: moment(finals.finals), finalsOf: moment(finals.finalsOf), kin: moment(openKin(db)), since: moment(finals.since), lastOf: moment(finals.lastOf),
    close: () => { db.close(); },
  };
}
