import type { KeyRing } from '../journal/keys.ts';
import { readerOver, type Reader } from '../operate/reading/reader.ts';
import { createPool } from '../workers/pool.ts';

const script = new URL('../workers/reader.worker.ts', import.meta.url);
/** A page is made in a quarter of a second; what takes so long will not come back. */
const hardLimitMs = 20_000;

/** The thread that reads the journal for the API. It starts with `start` or the first question, so that a gateway nobody may look at has none. */
export function openReader(settings: { readonly folder: string; readonly keys: KeyRing }, died: (why: string) => void): { readonly reader: Reader; start(): void; close(): Promise<void> } {
  let pool: ReturnType<typeof createPool> | null = null;
  const running = (): ReturnType<typeof createPool> => (pool ??= createPool({ workers: 1, script, data: settings, hardLimitMs, heapMb: 512, died }));
  const reader = readerOver((payload) => running().run({ kind: 'read', payload }));
  return { reader, start: () => { running(); }, close: async () => { await pool?.close(); } };
}
