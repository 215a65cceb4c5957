import { workerData } from 'node:worker_threads';
import { pruneInto, type PruneJob } from '../packages/core.ts';

const { names, cacheFolder, done } = workerData as PruneJob;
try {
  for (const name of names) pruneInto(name, cacheFolder);
} finally {
  Atomics.store(done, 0, 1);
  Atomics.notify(done, 0);
}
