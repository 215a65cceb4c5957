import { createHash } from 'node:crypto';
import { acknowledgementAtOnce } from '../acknowledge/plan.ts';
import type { Clock } from '../domain/clock.ts';
import type { PlannedDelivery } from '../domain/delivery.ts';
import type { StageTimes } from '../domain/stage.ts';
import { contentDigest } from '../formats/hl7v2/identify.ts';
import { identifyFrom } from '../formats/identify.ts';
import type { Accept, Received } from '../intake/accept.ts';
import { createAcceptance, type AcceptanceEvent, type Staged } from '../intake/acceptance.ts';
import type { Unplanned } from '../intake/unplanned.ts';
import { isMailbox, type Identified } from '../domain/message.ts';
import type { Journal, NewPlan, Planned } from '../journal/journal.ts';
import type { Pool } from '../workers/pool.ts';
import type { PlanJob } from '../workers/jobs.ts';
import { decodePlan } from '../workers/plan-codec.ts';
import { withNotice } from './notices.ts';
import { withoutRepeats } from './repeated.ts';
import { traceIds } from './trace.ts';

export interface AcceptParts {
  readonly journal: Journal;
  readonly pool: Pool;
  readonly clock: Clock;
  readonly unplanned: Unplanned;
  readonly stageBudgetMs: number;
  readonly planned: (planned: Planned, plan: Pick<NewPlan, 'deliveries' | 'facts' | 'notice'>) => void;
  readonly crashPoint: (name: string) => void;
  readonly log: (event: AcceptanceEvent) => void;
  /** Told of each message's stages where workers measure them. */
  readonly timed?: ((trace: string, times: StageTimes) => void) | undefined;
}

const voletMark = Buffer.from('CISIS_CDA_HL7');
/** MSH-21 stands in the first line of a message. */
const headBytes = 1024;

/** An answer to the sender that is a delivery of its own: same message, nothing of the person gates it. */
const answerRow = (destination: string, message: Uint8Array, controlId: string): PlannedDelivery => ({
  destination, system: 'hl7v2', action: 'notify', state: 'planned', reason: { code: 'route.application-acknowledgement' }, recipient: null, headers: { 'MSH-10': controlId },
  series: [], content: { kind: 'acknowledgement', message: Buffer.from(message).toString('base64'), controlId }, envelope: null, deadline: null,
  gate: { identities: [], birthDate: null, sex: null, qualified: false, messageQualified: false, dmpConsentOf: null, test: false, after: [] },
});

/** The application acknowledgement of enhanced mode: a delivery, journaled with what it tells. None in original mode. */
export const laterAnswers = (ack: Uint8Array, { answersTo }: Pick<Received['source'], 'answersTo'>, { enhanced }: Identified, trace: string): readonly PlannedDelivery[] =>
  (enhanced && answersTo !== null ? [answerRow(answersTo, ack, trace)] : []);

/** The plan completed with what only the journal's past can tell: what of it already went, what a notice is about, and the application acknowledgement. */
export async function completePlan(journal: Journal, { plan, repeats, notice = null }: Staged, received: Pick<Received, 'source' | 'receivedAt'>, identified: Identified, trace: string): Promise<NewPlan> {
  if (notice !== null) return withNotice(journal, plan, notice, { ...received, trace });
  const application = plan.ack === null ? [] : laterAnswers(plan.ack.bytes, received.source, identified, trace);
  const due = repeats === null ? plan : await withoutRepeats(journal, plan, repeats, { trace, receivedAt: received.receivedAt });
  return application.length === 0 ? due : { ...due, deliveries: [...due.deliveries, ...application] };
}

/** The way in, wired to the journal and the worker pool. */
export function composeAcceptance(parts: AcceptParts): Accept {
  const { journal, pool, clock } = parts;
  return createAcceptance({
    journal, clock, ids: traceIds(clock), unplanned: parts.unplanned, stageBudgetMs: parts.stageBudgetMs,
    identify: (bytes, source) => identifyFrom(bytes, isMailbox(source)),
    digest: (bytes, source) => (isMailbox(source) ? createHash('sha256').update(bytes).digest() : contentDigest(bytes)),
    isVolet: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, headBytes)).includes(voletMark),
    stages: async ({ bytes, source, receivedAt }, trace) => {
      const staged = decodePlan(await pool.run({ kind: 'plan', payload: { bytes, source: source.id, trace, receivedAt } satisfies PlanJob }));
      if (staged.times !== undefined) parts.timed?.(trace, staged.times);
      return staged;
    },
    acknowledge: ({ bytes, source, receivedAt }, code, findings, trace) => acknowledgementAtOnce(identifyFrom(bytes, isMailbox(source)), code, findings, { bytes, trace, receivedAt }),
    complete: (staged, received, identified, trace) => completePlan(journal, staged, received, identified, trace),
    answers: (ack, { source }, identified, trace) => laterAnswers(ack, source, identified, trace),
    planned: parts.planned, crashPoint: parts.crashPoint, log: parts.log,
  });
}
