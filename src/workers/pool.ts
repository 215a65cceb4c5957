import { Worker } from 'node:worker_threads';

/** One piece of work for the pure stages; opaque to the pool. Its answer is bytes. */
export interface Job { readonly kind: 'plan' | 'prepare' | 'vendor'; readonly payload: unknown }
interface Waiting { readonly id: number; readonly job: Job; readonly resolve: (bytes: Uint8Array) => void; readonly reject: (error: Error) => void; started: number }

/** The job that was running when its worker died, or that ran past the hard limit. Its message is then quarantined. */
export class StageCrashed extends Error { override readonly name = 'StageCrashed' }
/** The stages threw on this input: a bug of ours; the worker lives on. */
export class StageFailed extends Error { override readonly name = 'StageFailed' }

export interface PoolSettings { readonly workers: number; readonly script: URL; readonly data: unknown; readonly hardLimitMs: number; readonly heapMb: number }
export interface Pool { run(job: Job): Promise<Uint8Array>; close(): Promise<void>; readonly waiting: number }

/**
 * Worker threads for the pure stages (design.md §4 Process shape). Jobs of one turn of the event loop go to a worker in one
 * message, results come back in small chunks. A worker that dies takes only the job it was running with it: the ones behind
 * it are given to its successor.
 */
export function createPool(settings: PoolSettings): Pool {
  let nextId = 0;
  let closed = false;
  const lanes = Array.from({ length: settings.workers }, () => new Lane(settings, () => closed));
  return {
    run: (job) => new Promise((resolve, reject) => {
      const lane = lanes.reduce((best, one) => (one.load < best.load ? one : best));
      lane.take({ id: nextId++, job, resolve, reject, started: 0 });
    }),
    close: async () => { closed = true; await Promise.all(lanes.map((lane) => lane.close())); },
    get waiting() { return lanes.reduce((sum, lane) => sum + lane.load, 0); },
  };
}

/** One worker and the jobs given to it, in order. */
class Lane {
  readonly #settings: PoolSettings;
  readonly #closed: () => boolean;
  #worker: Worker;
  #unsent: Waiting[] = [];
  #sent = new Map<number, Waiting>();
  #scheduled = false;
  readonly #watch: NodeJS.Timeout;

  constructor(settings: PoolSettings, closed: () => boolean) {
    this.#settings = settings;
    this.#closed = closed;
    this.#worker = this.#start();
    this.#watch = setInterval(() => this.#checkHardLimit(), Math.max(250, settings.hardLimitMs / 4));
    this.#watch.unref();
  }

  get load(): number { return this.#unsent.length + this.#sent.size; }

  take(job: Waiting): void {
    this.#unsent.push(job);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    this.#scheduled = false;
    const batch = this.#unsent;
    this.#unsent = [];
    const now = Date.now();
    for (const job of batch) { job.started = now; this.#sent.set(job.id, job); }
    if (batch.length > 0) this.#worker.postMessage(batch.map(({ id, job }) => ({ id, kind: job.kind, payload: job.payload })));
  }

  #start(): Worker {
    const worker = new Worker(this.#settings.script, { workerData: this.#settings.data, resourceLimits: { maxOldGenerationSizeMb: this.#settings.heapMb } });
    worker.on('message', (results: readonly { id: number; bytes?: Uint8Array; error?: string }[]) => {
      const now = Date.now();
      for (const { id, bytes, error } of results) {
        const job = this.#sent.get(id);
        this.#sent.delete(id);
        if (bytes !== undefined) job?.resolve(bytes); else job?.reject(new StageFailed(error ?? 'no result'));
      }
      // What comes next starts to run now: the hard limit counts from here, not from when it was queued.
      for (const job of this.#sent.values()) job.started = now;
    });
    worker.on('error', () => { /* the exit that follows does the work; without a listener the process would end */ });
    worker.on('exit', () => { if (!this.#closed() && worker === this.#worker) this.#replace(); });
    return worker;
  }

  /** The oldest unanswered job was the one running: it fails, the others run again in order. */
  #replace(): void {
    const [running, ...behind] = this.#sent.values();
    this.#sent = new Map();
    this.#worker = this.#start();
    this.#unsent = [...behind, ...this.#unsent];
    running?.reject(new StageCrashed('the worker died while it ran this message'));
    this.#flush();
  }

  #checkHardLimit(): void {
    const [running] = this.#sent.values();
    if (running !== undefined && Date.now() - running.started > this.#settings.hardLimitMs) void this.#worker.terminate();
  }

  async close(): Promise<void> {
    clearInterval(this.#watch);
    await this.#worker.terminate();
    for (const job of [...this.#sent.values(), ...this.#unsent]) job.reject(new StageCrashed('the gateway stops'));
  }
}
