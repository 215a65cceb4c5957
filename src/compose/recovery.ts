import type { SourceSettings } from '../config/model.ts';
import type { Journal, NewPlan, Planned, Recovery } from '../journal/journal.ts';
import type { EventLog } from '../operate/log/log.ts';
import { decodePlan } from '../workers/plan-codec.ts';
import type { Pool } from '../workers/pool.ts';

export interface RecoveryPorts {
  readonly journal: Journal;
  readonly pool: Pool;
  readonly sources: ReadonlyMap<string, SourceSettings>;
  readonly log: EventLog;
  planned(planned: Planned, plan: NewPlan): void;
  done(source: string, seq: number): void;
}

/**
 * Completes what a stop left without a plan, oldest first: enhanced-mode messages (CA was given) and those over their budget.
 * The plan uses the facts of the original sequence number (design.md §1). A message the stages fail on is quarantined.
 */
export async function resumeUnplanned(recovery: Recovery, ports: RecoveryPorts): Promise<void> {
  const { journal, pool, log } = ports;
  for (const { seq, bytes, source: id, trace, receivedAt } of recovery.unplanned) {
    const source = ports.sources.get(id);
    if (bytes === null) continue;
    if (source === undefined) { await journal.quarantine(seq, 'intake.unknown-source'); ports.done(id, seq); continue; }
    try {
      const { plan } = decodePlan(await pool.run({ kind: 'plan', payload: { bytes, source, trace, receivedAt } }));
      ports.planned(await journal.plan(seq, plan), plan);
      log.event('journal', 'resumed', { trace, seq, outcome: plan.disposition });
    } catch {
      await journal.quarantine(seq, 'intake.stages-failed');
      log.event('journal', 'quarantined', { trace, seq }, 'error');
    }
    ports.done(id, seq);
  }
  for (const seq of recovery.quarantined) log.event('journal', 'quarantined', { seq }, 'error');
}
