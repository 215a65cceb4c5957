import { Worker } from 'node:worker_threads';
import { Stopping } from '../domain/stopping.ts';
import { idle, starting, type WorkerStart } from './running.ts';

/** One piece of work for the pure stages; opaque to the pool. Its answer is bytes. */
export interface Job { readonly kind: 'plan' | 'prepare' | 'vendor' | 'read'; readonly payload: unknown }
interface Waiting { readonly id: number; readonly job: Job; readonly resolve: (bytes: Uint8Array) => void; readonly reject: (error: Error) => void }

/** The job that was running when its worker died, or that ran past the hard limit. Its message is then quarantined. */
export class StageCrashed extends Error { override readonly name = 'StageCrashed' }
/** The stages threw on this input: a bug of ours; the worker lives on. */
export class StageFailed extends Error { override readonly name = 'StageFailed' }

/** A worker that dies without running anything is started again after this, doubled each time, until one answers. */
const firstWaitMs = 100;
const longestWaitMs = 10_000;
/** Of a worker's heap: left to itself it grows to 96 MB, for nothing that could be measured. */
const youngMb = 24;
/** Job numbers are 32-bit: the shared word holds one. */
const mostJobs = 0x7fffffff;

export interface PoolSettings {
  readonly workers: number; readonly script: URL; readonly data: unknown; readonly hardLimitMs: number; readonly heapMb: number;
  /** Told of each worker that died: a kind of error or an exit code. */
  readonly died?: (why: string) => void;
}
/** `run` rejects with StageFailed, StageCrashed, or Stopping when the pool closed first. */
export interface Pool { run(job: Job): Promise<Uint8Array>; close(): Promise<void>; readonly waiting: number }

/**
 * Worker threads for the pure stages (design.md §4 Process shape). Jobs of one turn of the event loop go to a worker in one
 * message, results come back in small chunks. A worker that dies takes only the job it was running with it: the others are
 * given to its successor.
 */
export function createPool(settings: PoolSettings): Pool {
  let nextId = 0;
  let closed = false;
  const lanes = Array.from({ length: settings.workers }, () => new Lane(settings, () => closed));
  return {
    run: (job) => new Promise((resolve, reject) => {
      const lane = lanes.reduce((best, one) => (one.load < best.load ? one : best));
      nextId = (nextId + 1) % mostJobs;
      lane.take({ id: nextId, job, resolve, reject });
    }),
    close: async () => { closed = true; await Promise.all(lanes.map((lane) => lane.close())); },
    get waiting() { return lanes.reduce((sum, lane) => sum + lane.load, 0); },
  };
}

/** One worker and the jobs given to it, in order. */
class Lane {
  readonly #settings: PoolSettings;
  readonly #closed: () => boolean;
  readonly #running = new SharedArrayBuffer(4);
  readonly #word = new Int32Array(this.#running);
  readonly #watch: NodeJS.Timeout;
  /** Null while the wait after a worker that died idle lasts. */
  #worker: Worker | null;
  #unsent: Waiting[] = [];
  #sent = new Map<number, Waiting>();
  #scheduled = false;
  /** What the watch saw running, and since when. */
  #seen = { job: idle, since: 0 };
  #waitMs = firstWaitMs;
  #again: NodeJS.Timeout | undefined;

  constructor(settings: PoolSettings, closed: () => boolean) {
    this.#settings = settings;
    this.#closed = closed;
    this.#worker = this.#start();
    this.#watch = setInterval(() => { this.#checkHardLimit(); }, Math.max(250, settings.hardLimitMs / 4));
    this.#watch.unref();
  }

  get load(): number { return this.#unsent.length + this.#sent.size; }

  take(job: Waiting): void {
    if (this.#closed()) { job.reject(new Stopping('the gateway stops')); return; }
    this.#unsent.push(job);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => { this.#flush(); });
  }

  #flush(): void {
    this.#scheduled = false;
    if (this.#worker === null || this.#unsent.length === 0) return;
    const batch = this.#unsent;
    this.#unsent = [];
    for (const job of batch) this.#sent.set(job.id, job);
    this.#worker.postMessage(batch.map(({ id, job }) => ({ id, kind: job.kind, payload: job.payload })));
  }

  #start(): Worker {
    Atomics.store(this.#word, 0, starting);
    const workerData: WorkerStart = { data: this.#settings.data, running: this.#running };
    const worker = new Worker(this.#settings.script, { workerData, resourceLimits: { maxOldGenerationSizeMb: this.#settings.heapMb, maxYoungGenerationSizeMb: youngMb } });
    worker.on('message', (results: readonly { id: number; bytes?: Uint8Array; error?: string }[]) => {
      this.#waitMs = firstWaitMs;
      for (const { id, bytes, error } of results) {
        const job = this.#sent.get(id);
        this.#sent.delete(id);
        if (bytes !== undefined) job?.resolve(bytes); else job?.reject(new StageFailed(error ?? 'no result'));
      }
    });
    let why = '';
    // Only the kind: the text may quote a message. Without a listener the process would end.
    worker.on('error', (error: unknown) => { why = error instanceof Error ? error.name : 'unknown'; });
    worker.on('exit', (code) => { if (!this.#closed()) this.#died(why === '' ? `exit ${String(code)}` : why); });
    return worker;
  }

  /** The job it ran fails, the others run again in order. One that ran none is not started again at once: it may die so again. */
  #died(why: string): void {
    const running = this.#sent.get(Atomics.load(this.#word, 0));
    if (running !== undefined) this.#sent.delete(running.id);
    this.#unsent = [...this.#sent.values(), ...this.#unsent];
    this.#sent = new Map();
    this.#worker = null;
    this.#settings.died?.(why);
    running?.reject(new StageCrashed('the worker died while it ran this message'));
    const wait = running === undefined ? this.#waitMs : 0;
    if (running === undefined) this.#waitMs = Math.min(this.#waitMs * 2, longestWaitMs);
    const start = () => { this.#worker = this.#start(); this.#flush(); };
    if (wait === 0) start(); else this.#again = setTimeout(start, wait).unref();
  }

  /** The limit counts for each job from when it began, however many were given with it. */
  #checkHardLimit(): void {
    const job = Atomics.load(this.#word, 0);
    const now = Date.now();
    if (this.#sent.size === 0 || job !== this.#seen.job) this.#seen = { job, since: now };
    else if (now - this.#seen.since > this.#settings.hardLimitMs) { this.#seen = { job: idle, since: now }; void this.#worker?.terminate(); }
  }

  async close(): Promise<void> {
    clearInterval(this.#watch);
    clearTimeout(this.#again);
    await this.#worker?.terminate();
    for (const job of [...this.#sent.values(), ...this.#unsent]) job.reject(new Stopping('the gateway stops'));
  }
}
