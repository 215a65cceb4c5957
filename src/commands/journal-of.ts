import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/model.ts';
import { keyRingOf } from '../compose/keys.ts';
import type { Journal } from '../journal/journal.ts';
import { openSqliteJournal } from '../journal/sqlite/open.ts';

/** The journal of a configuration, for a command. A gateway that runs on the same folder makes this refuse (`journal.locked`). */
export async function withJournal<T>(file: string | null, work: (journal: Journal, config: Config) => Promise<T>): Promise<T> {
  const config = loadConfig(file);
  const journal = await openSqliteJournal({
    folder: config.data, keys: keyRingOf(config), clock: Date.now, repeatWindowMs: config.repeatWindowDays * 86_400_000, crashesBeforeQuarantine: config.crashesBeforeQuarantine,
  });
  try { return await work(journal, config); } finally { await journal.close(); }
}
