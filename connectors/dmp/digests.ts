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

/** A thread and what it was given: one that ends takes nobody else's documents with it. */
interface Running { readonly thread: Worker; readonly waiting: Map<number, Waiting> }

/** The thread is started by the first document, and anew after it died. */
export function openDigests(): Digests {
  let running: Running | null = null;
  let last = 0;

  const started = (): Running => {
    const thread = new Worker(new URL('digest.worker.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 256 } });
    const waiting = new Map<number, Waiting>();
    thread.unref();
    const gone = (): void => {
      if (running?.thread === thread) running = null;
      for (const one of waiting.values()) one.reject(new Error('the digest thread ended'));
      waiting.clear();
    };
    thread.on('message', ({ id, value }: DigestDone) => { waiting.get(id)?.resolve(value); waiting.delete(id); if (waiting.size === 0) thread.unref(); });
    thread.on('error', gone);
    thread.on('exit', gone);
    return { thread, waiting };
  };

  return {
    of: (bytes, digest) => new Promise((resolve, reject) => {
      running ??= started();
      const { thread, waiting } = running;
      thread.ref();
      last += 1;
      waiting.set(last, { resolve, reject });
      thread.postMessage({ id: last, bytes, digest } satisfies DigestJob);
    }),
    close: async () => { await running?.thread.terminate(); },
  };
}
