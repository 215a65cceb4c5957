import { parentPort } from 'node:worker_threads';

// Does what its payload says: `die` ends the thread, `hang` never returns, `throw` fails; anything else is echoed.
parentPort?.on('message', (jobs: readonly { id: number; payload: string }[]) => {
  for (const { id, payload } of jobs) {
    if (payload === 'die') process.exit(1);
    if (payload === 'hang') for (;;) { /* until the pool ends this thread */ }
    parentPort?.postMessage([payload === 'throw' ? { id, error: 'TypeError' } : { id, bytes: Buffer.from(payload) }]);
  }
});
