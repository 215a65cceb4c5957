import { Worker } from 'node:worker_threads';
import type { DigestDone, DigestJob } from './digest.worker.ts';
import type { Digest } from './signer.ts';

/** Canonical digests of documents, made on a thread of their own: a large CDA takes tens of milliseconds, which nobody else waits for. */
export interface Digests {
  /** Null when the bytes are no XML. Rejects when the thread died, or was closed. */
  of(bytes: Uint8Array, digest: Digest): Promise<string | null>;
  close(): Promise<void>;
}

interface Waiting { resolve(value: string | null): void; reject(error: Error): void }

/** The thread is started by the first document, and anew after it died. */
export function openDigests(): Digests {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let last = 0;

  const started = (): Worker => {
    const thread = new Worker(new URL('digest.worker.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 256 } });
    thread.unref();
    const gone = (): void => {
      if (worker === thread) worker = null;
      for (const one of waiting.values()) one.reject(new Error('the digest thread ended'));
      waiting.clear();
    };
    thread.on('message', ({ id, value }: DigestDone) => { waiting.get(id)?.resolve(value); waiting.delete(id); if (waiting.size === 0) thread.unref(); });
    thread.on('error', gone);
    thread.on('exit', gone);
    return thread;
  };

  return {
    of: (bytes, digest) => new Promise((resolve, reject) => {
      worker ??= started();
      worker.ref();
      last += 1;
      waiting.set(last, { resolve, reject });
      worker.postMessage({ id: last, bytes, digest } satisfies DigestJob);
    }),
    close: async () => { await worker?.terminate(); },
  };
}
