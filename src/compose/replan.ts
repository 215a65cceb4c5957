import type { SourceSettings } from '../config/model.ts';
import { ActRefused } from '../deliver/acts.ts';
import type { Clock } from '../domain/clock.ts';
import { isMailbox } from '../domain/message.ts';
import { Stopping } from '../domain/stopping.ts';
import { identifyFrom } from '../formats/identify.ts';
import { JournalFault, type Journal, type NewPlan, type Planned } from '../journal/journal.ts';
import type { By, Replanned } from '../operate/control/control.ts';
import { isCorrected } from '../operate/reading/spent.ts';
import type { Pool } from '../workers/pool.ts';
import { completePlan } from './acceptance.ts';
import { lateStages } from './late-stages.ts';

export interface ReplanPorts {
  readonly journal: Journal;
  readonly pool: Pool;
  readonly sources: ReadonlyMap<string, SourceSettings>;
  readonly clock: Clock;
  readonly planned: (planned: Planned, plan: Pick<NewPlan, 'deliveries' | 'facts' | 'notice'>) => void;
}

/** Facts taught meanwhile make a plan stale; so often it is made again. */
const most = 3;

/**
 * Plans a quarantined message again with today's version and configuration, by a person who gives a reason. Its sender was
 * told that it failed: it is told nothing more, and what it sends again gets the new answer.
 * @param ref a sequence number or a trace
 * @throws ActRefused, JournalFault (`journal.repeat`: its sender sent it again meanwhile, and that one was taken)
 */
export async function replan({ journal, pool, sources, clock, planned }: ReplanPorts, ref: { seq: number } | { trace: string }, { by, why }: By): Promise<Replanned> {
  const message = await journal.message(ref);
  if (message === null) throw new ActRefused('journal.unknown', `message ${'seq' in ref ? ref.seq : ref.trace}`);
  const { seq, trace, source: id, receivedAt, bytes, disposition } = message;
  if (disposition !== 'quarantined' || bytes === null) throw new ActRefused('journal.not-quarantined', String(seq));
  if (isCorrected(await journal.events(seq))) throw new ActRefused('operate.replay-corrected');
  const source = sources.get(id);
  if (source === undefined) throw new ActRefused('intake.replan-unknown-source', String(seq), id);
  for (let left = most; ; left -= 1) {
    const staged = await lateStages(pool, message, bytes).catch(async (error: unknown) => {
      if (error instanceof Stopping) throw error;
      await journal.note({ seq, delivery: null, at: clock(), stage: 'operate', kind: 'replan-failed', detail: JSON.stringify({ by, text: why }) });
      throw new ActRefused('intake.replan-failed', String(seq));
    });
    const plan = await completePlan(journal, staged, { source, receivedAt }, { ...identifyFrom(bytes, isMailbox(source)), enhanced: false }, trace);
    try {
      const done = await journal.plan(seq, plan, { code: 'intake.replanned', by, text: why, at: clock() });
      planned(done, plan);
      return { seq, disposition: plan.disposition, ack: plan.ack?.code ?? null, deliveries: done.deliveries.length };
    } catch (error) {
      if (!(error instanceof JournalFault) || error.code !== 'journal.stale-plan' || left <= 1) throw error;
    }
  }
}
