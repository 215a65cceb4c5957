import type { KeyRing } from '../journal/keys.ts';
import { readerOver, type Reader } from '../operate/reading/reader.ts';
import { createPool } from '../workers/pool.ts';

const script = new URL('../workers/reader.worker.ts', import.meta.url);
/** A page is made in a quarter of a second; what takes so long will not come back. */
const hardLimitMs = 20_000;

/** The thread that reads the journal for the API. It starts at the first question, so that a gateway nobody looks at has none. */
export function openReader(settings: { readonly folder: string; readonly keys: KeyRing }, died: (why: string) => void): { readonly reader: Reader; close(): Promise<void> } {
  let pool: ReturnType<typeof createPool> | null = null;
  const reader = readerOver((payload) => (pool ??= createPool({ workers: 1, script, data: settings, hardLimitMs, heapMb: 512, died })).run({ kind: 'read', payload }));
  return { reader, close: async () => { await pool?.close(); } };
}
