import { outcomeAcknowledgements } from '../acknowledge/deliveries.ts';
import { acknowledgementAtOnce } from '../acknowledge/plan.ts';
import type { Clock } from '../domain/clock.ts';
import type { PlannedDelivery, Receipt } from '../domain/delivery.ts';
import type { FaultCode } from '../domain/catalogue.ts';
import { contentDigest } from '../formats/hl7v2/identify.ts';
import { identify } from '../formats/identify.ts';
import type { Accept, Received } from '../intake/accept.ts';
import { createAcceptance, type AcceptanceEvent, type Staged } from '../intake/acceptance.ts';
import type { Unplanned } from '../intake/unplanned.ts';
import type { Identified } from '../domain/message.ts';
import type { Journal, NewPlan, Planned } from '../journal/journal.ts';
import type { Pool } from '../workers/pool.ts';
import { decodePlan } from '../workers/plan-codec.ts';
import { traceIds } from './trace.ts';

export interface AcceptParts {
  readonly journal: Journal;
  readonly pool: Pool;
  readonly clock: Clock;
  readonly unplanned: Unplanned;
  readonly stageBudgetMs: number;
  readonly planned: (planned: Planned, plan: NewPlan) => void;
  readonly crashPoint: (name: string) => void;
  readonly log: (event: AcceptanceEvent) => void;
}

const voletMark = Buffer.from('CISIS_CDA_HL7');
/** MSH-21 stands in the first line of a message. */
const headBytes = 1024;

/** An answer to the sender that is a delivery of its own: same message, nothing of the person gates it. */
const answerRow = (destination: string, message: Uint8Array, controlId: string): PlannedDelivery => ({
  destination, system: 'hl7v2', action: 'notify', state: 'planned', reason: { code: 'route.application-acknowledgement' }, recipient: null, headers: { 'MSH-10': controlId },
  series: null, content: { kind: 'acknowledgement', message: Buffer.from(message).toString('base64'), controlId }, envelope: null, deadline: null,
  gate: { identities: [], birthDate: null, sex: null, qualified: false, messageQualified: false, dmpConsentOf: null, test: false, after: [] },
});

/** What the final deliveries of an earlier message already told its sender, to be told again under the new message. */
async function toldBefore(journal: Journal, seq: number, at: number): Promise<PlannedDelivery[]> {
  const message = await journal.message({ seq });
  const rows: PlannedDelivery[] = [];
  for (const head of message?.deliveries ?? []) {
    if (head.state !== 'delivered' && head.state !== 'refused') continue;
    const delivery = await journal.delivery(head.id);
    if (delivery === null) continue;
    const receipt: Receipt = head.state === 'delivered' ? { kind: 'delivered' } : { kind: 'refused', fault: delivery.reason as FaultCode };
    rows.push(...outcomeAcknowledgements(delivery, receipt, at));
  }
  return rows;
}

/** The plan completed with what only the journal's past can tell: application and repeated business acknowledgements. */
export async function completePlan(journal: Journal, { plan, repeats }: Staged, received: Pick<Received, 'source' | 'receivedAt'>, identified: Identified, trace: string): Promise<NewPlan> {
  const application = identified.enhanced && plan.ack !== null && received.source.answersTo !== null ? [answerRow(received.source.answersTo, plan.ack.bytes, trace)] : [];
  const again = repeats === null ? [] : await toldBefore(journal, repeats, received.receivedAt);
  return application.length + again.length === 0 ? plan : { ...plan, deliveries: [...plan.deliveries, ...application, ...again] };
}

/** The way in, wired to the journal and the worker pool. */
export function composeAcceptance(parts: AcceptParts): Accept {
  const { journal, pool, clock } = parts;
  return createAcceptance({
    journal, clock, ids: traceIds(clock), unplanned: parts.unplanned, stageBudgetMs: parts.stageBudgetMs,
    identify, digest: contentDigest,
    isVolet: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, headBytes)).includes(voletMark),
    stages: async ({ bytes, source, receivedAt }, trace) => decodePlan(await pool.run({ kind: 'plan', payload: { bytes, source, trace, receivedAt } })),
    acknowledge: ({ bytes, receivedAt }, code, findings, trace) => acknowledgementAtOnce(identify(bytes), code, findings, { bytes, trace, receivedAt }),
    complete: (staged, received, identified, trace) => completePlan(journal, staged, received, identified, trace),
    planned: parts.planned, crashPoint: parts.crashPoint, log: parts.log,
  });
}
