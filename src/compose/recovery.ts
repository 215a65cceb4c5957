import type { SourceSettings } from '../config/model.ts';
import type { PlannedDelivery } from '../domain/delivery.ts';
import { acknowledgementAtOnce } from '../acknowledge/plan.ts';
import { finding } from '../domain/finding.ts';
import { Stopping } from '../domain/stopping.ts';
import { isMailbox } from '../domain/message.ts';
import { identifyFrom } from '../formats/identify.ts';
import type { Journal, MessageFull, Recovery } from '../journal/journal.ts';
import type { EventLog } from '../operate/log/log.ts';
import type { Pool } from '../workers/pool.ts';
import { completePlan, laterAnswers } from './acceptance.ts';
import { lateStages } from './late-stages.ts';

export interface RecoveryPorts {
  readonly journal: Journal;
  readonly pool: Pool;
  readonly sources: ReadonlyMap<string, SourceSettings>;
  readonly log: EventLog;
}

/** The sender has its CA and nothing else: that the message is set aside must reach it too. */
function toldOfQuarantine({ bytes, source: id, trace, receivedAt }: MessageFull, { sources }: RecoveryPorts): readonly PlannedDelivery[] {
  const source = sources.get(id);
  if (source === undefined || bytes === null) return [];
  const identified = identifyFrom(bytes, isMailbox(source));
  const ack = acknowledgementAtOnce(identified, 'AE', [finding('intake.stages-failed', '')], { bytes, trace, receivedAt });
  return ack === null ? [] : laterAnswers(ack, source, identified, trace);
}

async function resume(message: MessageFull, ports: RecoveryPorts): Promise<void> {
  const { seq, bytes, source: id, trace, receivedAt } = message;
  const { journal, pool, sources, log } = ports;
  const quarantine = async (reason: string): Promise<void> => {
    await journal.quarantine(seq, reason, toldOfQuarantine(message, ports));
    log.event('journal', 'quarantined', { trace, seq }, 'error');
  };
  const source = sources.get(id);
  if (source === undefined || bytes === null) { await quarantine('intake.unknown-source'); return; }
  const staged = await lateStages(pool, message, bytes).catch((error: unknown) => { if (error instanceof Stopping) throw error; return null; });
  if (staged === null) { await quarantine('intake.stages-failed'); return; }
  // The sender has its CA: its application acknowledgement is due now as it was then.
  const plan = await completePlan(journal, staged, { source, receivedAt }, identifyFrom(bytes, isMailbox(source)), trace);
  await journal.plan(seq, plan);
  log.event('journal', 'resumed', { trace, seq, outcome: plan.disposition });
}

/**
 * Completes what a stop left without a plan, oldest first: enhanced-mode messages (CA was given) and those over their budget.
 * The plan uses the facts of the original sequence number (design.md §1). A message the stages fail on is quarantined. Runs
 * before anything is taken or delivered: the dispatcher reads all of it from the journal when it starts.
 * @throws JournalFault the gateway does not start then, and nothing is lost
 */
export async function resumeUnplanned(first: Recovery, ports: RecoveryPorts): Promise<void> {
  for (const seq of first.quarantined) {
    const message = await ports.journal.message({ seq });
    const answers = message === null ? [] : toldOfQuarantine(message, ports);
    if (answers.length > 0) await ports.journal.quarantine(seq, 'intake.stages-failed', answers);
    ports.log.event('journal', 'quarantined', { seq }, 'error');
  }
  for (let part = first; part.unplanned.length > 0; part = await ports.journal.recover()) {
    for (const message of part.unplanned) await resume(message, ports);
  }
}
