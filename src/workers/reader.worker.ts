import { parentPort } from 'node:worker_threads';
import { isAcknowledgement } from '../domain/delivery.ts';
import { doneAwayWith } from '../facts/series.ts';
import { openSqliteFacts } from '../journal/sqlite/facts-reader.ts';
import type { Seen } from '../journal/reader.ts';
import { openSqliteReader } from '../journal/sqlite/reader.ts';
import type { KeyRing } from '../journal/keys.ts';
import { maskedOf } from '../operate/reading/masked.ts';
import { partnerText, unquoted } from '../operate/reading/partner-text.ts';
import { spentOf } from '../operate/reading/spent.ts';
import type { ReadJob, Reads } from '../operate/reading/reader.ts';
import { idle, workerStart } from './running.ts';
import { contentOf } from './shown.ts';

/** What it is started with: the journal's folder and its keys. */
export interface ReaderSettings { readonly folder: string; readonly keys: KeyRing }

// What people look at is read in a thread of its own, on a connection that cannot write: nothing on a screen slows a feed.
const { data, runs } = workerStart();
const reader = openSqliteReader(data as ReaderSettings);
const facts = openSqliteFacts(data as ReaderSettings);
const everything: Seen = { sources: null, destinations: null };
const reads: Reads = {
  ...reader,
  withdrawn: (ids) => ids.filter((id) => {
    const one = reader.delivery(id, everything);
    if (one === null || one.action === 'delete' || one.planned.series.length === 0) return false;
    return doneAwayWith(facts.facts(one.planned.series), one.planned.series, one.seq).length > 0;
  }),
  spent: (ids) => {
    const asked = new Set(ids);
    const answers = new Set(ids.filter((id) => {
      // Only what goes back by HL7 v2 can be one: the others need not be unsealed.
      const one = reader.brief(id, everything)?.system === 'hl7v2' ? reader.delivery(id, everything) : null;
      return one !== null && isAcknowledgement(one.planned);
    }));
    const spent = reader.kin(ids).flatMap(({ deliveries, events }) => [...spentOf(deliveries, events)].flatMap(([id, why]) => (asked.has(id) && !answers.has(id) ? [{ id, why }] : [])));
    return [...[...answers].map((id) => ({ id, why: 'acknowledgement' as const })), ...spent];
  },
  story: (trace, seen) => {
    const found = reader.story(trace, seen);
    if (found === null) return null;
    const { bundle, ...story } = found;
    const partners = partnerText(bundle);
    return { ...story, deliveries: story.deliveries.map((one) => unquoted(one, partners)), patient: maskedOf(bundle, story.documents) };
  },
  content: (trace, seen, parts) => {
    const message = reader.content(trace, seen);
    if (message === null) return null;
    const wanted = parts.includes('sent') || parts.includes('answers') ? message.deliveries : [];
    const deliveries = wanted.flatMap(({ id }) => reader.delivery(id, seen) ?? []);
    return contentOf(message, deliveries, parts, (seq, { envelope }, step) => reader.body(seq, envelope?.steps[step]?.body ?? []));
  },
};
const utf8 = new TextEncoder();
const answer = ({ method, asked }: ReadJob): Uint8Array => utf8.encode(JSON.stringify((reads[method] as (...given: readonly unknown[]) => unknown)(...asked)));
/** Kind of error and where it was thrown: its text may quote what it read (invariant 10). */
const placeOf = (error: unknown): string => (error instanceof Error ? `${error.name} ${error.stack?.split('\n').find((line) => line.trimStart().startsWith('at '))?.trim() ?? ''}` : 'unknown');

parentPort?.on('message', (jobs: readonly { id: number; payload: ReadJob }[]) => {
  for (const { id, payload } of jobs) {
    runs(id);
    try {
      const bytes = answer(payload);
      parentPort?.postMessage([{ id, bytes }], [bytes.buffer as ArrayBuffer]);
    } catch (error) { parentPort?.postMessage([{ id, error: placeOf(error) }]); }
  }
  runs(idle);
});
runs(idle);
