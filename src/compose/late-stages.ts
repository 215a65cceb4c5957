import type { Staged } from '../intake/acceptance.ts';
import type { MessageHead } from '../journal/journal.ts';
import type { PlanJob } from '../workers/jobs.ts';
import { decodePlan } from '../workers/plan-codec.ts';
import type { Pool } from '../workers/pool.ts';

/**
 * The stages of a stored message that gets its plan late, by the facts of its own sequence number (src/facts/as-of.ts).
 * @throws StageFailed, StageCrashed, Stopping
 */
export async function lateStages(pool: Pick<Pool, 'run'>, { seq, trace, source, receivedAt }: Pick<MessageHead, 'seq' | 'trace' | 'source' | 'receivedAt'>, bytes: Uint8Array): Promise<Staged> {
  // A copy: what the journal gives is a view of a whole segment, all of which would cross to the worker.
  const payload: PlanJob = { bytes: Uint8Array.from(bytes), source, trace, receivedAt, factsBefore: seq };
  return decodePlan(await pool.run({ kind: 'plan', payload }));
}
