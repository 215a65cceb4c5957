import type { Journal } from '../journal/journal.ts';
import { weeksKept } from '../operate/alerts/traffic.ts';
import type { Alerts, Heard } from '../operate/alerts/alerts.ts';
import type { EventLog } from '../operate/log/log.ts';
import type { Reader } from '../operate/reading/reader.ts';

const day = 86_400_000;
/** The start has enough to do. */
const firstMs = 10_000;

export interface Learning { readonly alerts: Pick<Alerts, 'unlearnt' | 'learn'>; readonly reader: Pick<Reader, 'traffic'>; readonly journal: Pick<Journal, 'counts'>; readonly log: EventLog }

/** The past weeks of sources of which nothing was learnt yet (an installation from before, a source that got its name): a day at a time, by the thread that reads, and all at once to the alerts. */
export async function learnt({ alerts, reader, journal }: Omit<Learning, 'log'>, isOver: () => boolean): Promise<void> {
  const { sources, since } = alerts.unlearnt();
  // Nothing to read, and so no need of the thread.
  if (sources.length === 0 || (await journal.counts()).messages.received === 0) return;
  const heard: Heard[] = [];
  for (let from = since - weeksKept * 7 * day; from < since; from += day) {
    if (isOver()) return;
    heard.push(...await reader.traffic(from, Math.min(from + day, since)));
  }
  alerts.learn(heard);
}

/** Once, a little after the start. @returns what ends it */
export function learnFromJournal({ log, ...parts }: Learning, afterMs = firstMs): () => void {
  let over = false;
  const timer = setTimeout(() => {
    void learnt(parts, () => over).catch((error: unknown) => { if (!over) log.event('operate', 'learning-failed', { what: error instanceof Error ? error.name : 'unknown' }, 'error'); });
  }, afterMs).unref();
  return () => { over = true; clearTimeout(timer); };
}
