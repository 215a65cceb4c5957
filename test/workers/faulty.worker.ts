import { parentPort } from 'node:worker_threads';
import { idle, workerStart } from '../../src/workers/running.ts';

// Does what its payload says: `die` ends the thread, `hang` never returns, `throw` fails; anything else is echoed. Results
// leave `chunk` at a time, as those of the stages do. `starts` counts the starts; with `dieAtStart` the first ones die.
const { data, runs } = workerStart();
const { chunk, starts, dieAtStart } = data as { chunk: number; starts: SharedArrayBuffer; dieAtStart: number };
if (Atomics.add(new Int32Array(starts), 0, 1) < dieAtStart) process.exit(1);
parentPort?.on('message', (jobs: readonly { id: number; payload: string }[]) => {
  let results: { id: number; bytes?: Uint8Array; error?: string }[] = [];
  const send = (): void => { if (results.length > 0) parentPort?.postMessage(results); results = []; };
  for (const { id, payload } of jobs) {
    runs(id);
    if (payload === 'die') process.exit(1);
    if (payload === 'hang') for (;;) { /* until the pool ends this thread */ }
    results.push(payload === 'throw' ? { id, error: 'TypeError' } : { id, bytes: Buffer.from(payload) });
    if (results.length >= chunk) send();
  }
  runs(idle);
  send();
});
runs(idle);
