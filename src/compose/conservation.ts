import { Worker } from 'node:worker_threads';

const script = new URL('../workers/conservation.worker.ts', import.meta.url);

/** The journal's counts against its rows, in a thread of its own. Null when it could not be verified. */
export function verifyConservation(folder: string, signal: AbortSignal): Promise<readonly string[] | null> {
  return new Promise((resolve) => {
    if (signal.aborted) { resolve(null); return; }
    const worker = new Worker(script, { workerData: { folder }, resourceLimits: { maxOldGenerationSizeMb: 256 } });
    const stop = (): void => { void worker.terminate(); };
    signal.addEventListener('abort', stop, { once: true });
    let found: readonly string[] | null = null;
    worker.on('message', (problems: readonly string[]) => { found = problems; });
    worker.on('error', () => { found = null; });
    worker.on('exit', () => { signal.removeEventListener('abort', stop); resolve(found); });
  });
}
