import { parentPort, workerData } from 'node:worker_threads';
import { verifyCounts } from '../journal/sqlite/conservation.ts';

// One verification of the journal's counts, off the main thread: it reads every row's header.
parentPort?.postMessage(verifyCounts((workerData as { folder: string }).folder));
