import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Stopping } from '../domain/stopping.ts';
import { createPool, StageCrashed, StageFailed, type Pool } from './pool.ts';

const script = new URL('../../test/workers/faulty.worker.ts', import.meta.url);
let pool: Pool | null = null;
let starts: Int32Array;
let deaths: string[];
const open = (workers = 1, hardLimitMs = 60_000, { chunk = 1, dieAtStart = 0 } = {}): Pool => {
  starts = new Int32Array(new SharedArrayBuffer(4));
  deaths = [];
  return (pool = createPool({ workers, script, data: { chunk, dieAtStart, starts: starts.buffer }, hardLimitMs, heapMb: 64, died: (why) => { deaths.push(why); } }));
};
const ask = async (payload: string): Promise<string> => Buffer.from(await (pool ?? open()).run({ kind: 'plan', payload })).toString();
afterEach(async () => { await pool?.close(); pool = null; });

describe('worker pool', () => {
  it('answers every job', async () => {
    open(2);
    expect(await Promise.all(Array.from({ length: 50 }, (_, i) => ask(`job ${i}`)))).toEqual(Array.from({ length: 50 }, (_, i) => `job ${i}`));
  });
  it('fails the job that killed its worker, and only that one', async () => {
    open(1);
    const all = await Promise.allSettled(['a', 'b', 'die', 'c', 'd'].map(ask));
    expect(all.map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Error).name))).toEqual(['a', 'b', 'StageCrashed', 'c', 'd']);
  });
  it('blames the job that ran, not those whose results had not left yet', async () => {
    open(1, 60_000, { chunk: 4 });
    const all = await Promise.allSettled(['a', 'b', 'c', 'die', 'd'].map(ask));
    expect(all.map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Error).name))).toEqual(['a', 'b', 'c', 'StageCrashed', 'd']);
    expect(deaths).toEqual(['exit 1']);
  });
  it('blames no job when a worker dies at its start, and starts no other before a wait', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'setInterval', 'performance', 'Date', 'nextTick', 'queueMicrotask', 'clearInterval', 'clearImmediate'] });
    try {
      open(1, 60_000, { dieAtStart: 2 });
      const answers = Promise.all(['a', 'b'].map(ask));
      for (const died of [1, 2]) {
        while (deaths.length < died) await new Promise((wake) => { setImmediate(wake); });
        jest.advanceTimersByTime(99 * died);
        expect([starts[0], jest.getTimerCount()]).toEqual([died, 1]);
        jest.advanceTimersByTime(101);
      }
      expect(await answers).toEqual(['a', 'b']);
      expect(deaths).toEqual(['exit 1', 'exit 1']);
    } finally { jest.useRealTimers(); }
  });
  it('ends a worker that hangs past the hard limit, and goes on', async () => {
    open(1, 1000);
    const [hung, next] = await Promise.allSettled([ask('hang'), ask('after')]);
    expect(hung.status === 'rejected' && hung.reason instanceof StageCrashed).toBe(true);
    expect(next).toEqual({ status: 'fulfilled', value: 'after' });
  });
  it('keeps the worker when the stages throw', async () => {
    open(1);
    await expect(ask('throw')).rejects.toBeInstanceOf(StageFailed);
    expect(await ask('still here')).toBe('still here');
  });
  it('rejects what is left when it closes, as stopped and not as failed', async () => {
    open(1);
    const hung = ask('hang');
    await pool?.close();
    await expect(hung).rejects.toBeInstanceOf(Stopping);
    await expect(ask('too late')).rejects.toBeInstanceOf(Stopping);
  });
});
