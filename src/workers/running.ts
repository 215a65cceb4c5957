import { workerData } from 'node:worker_threads';

/**
 * What a worker is doing, in memory it shares with its pool: the pool reads it when the worker has died, and so knows which
 * job was running, whatever results were made and not sent yet.
 */
export interface WorkerStart { readonly data: unknown; readonly running: SharedArrayBuffer }

/** Not a job's number: the worker is still starting, or it waits. */
export const starting = -2;
export const idle = -1;

/** A worker's settings, and how it says what it runs: a job's number, or `idle`. The first word says that it has started. */
export function workerStart(): { readonly data: unknown; readonly runs: (what: number) => void } {
  const { data, running } = workerData as WorkerStart;
  const word = new Int32Array(running);
  return { data, runs: (what) => { Atomics.store(word, 0, what); } };
}
