import { afterEach, describe, expect, it } from '@jest/globals';
import { createPool, StageCrashed, StageFailed, type Pool } from './pool.ts';

const script = new URL('../../test/workers/faulty.worker.ts', import.meta.url);
let pool: Pool | null = null;
const open = (workers = 1, hardLimitMs = 60_000): Pool => (pool = createPool({ workers, script, data: null, hardLimitMs, heapMb: 64 }));
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
  it('rejects what is left when it closes', async () => {
    open(1);
    const hung = ask('hang');
    await pool?.close();
    await expect(hung).rejects.toBeInstanceOf(StageCrashed);
  });
});
