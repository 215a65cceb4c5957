import { catalogue, type FaultCode } from '../domain/catalogue.ts';
import type { PlannedDelivery, Receipt } from '../domain/delivery.ts';
import { finding } from '../domain/finding.ts';
import { businessAcknowledgement, type Asker, type BusinessError, type BusinessEvent } from './business.ts';
import { controlIdOf } from './header.ts';

/** A delivery before its envelope is made. */
export type Row = Omit<PlannedDelivery, 'envelope'>;

/** What route keeps in `content.answer` when the sender asked for business acknowledgements. */
interface AnswerTo extends Asker { readonly destination: string; readonly reception: boolean; readonly reading: boolean }

/** What the hl7v2 connector sends: the whole message, base64 of its bytes in the charset it declares. */
export interface AcknowledgementContent { readonly kind: 'acknowledgement'; readonly message: string; readonly controlId: string }

const events: Partial<Record<PlannedDelivery['system'], BusinessEvent>> = { dmp: 'Z01', mssante: 'Z02' };

function errorOf(code: FaultCode, args: readonly string[]): BusinessError {
  const { hl7 } = catalogue[code];
  return { fault: code, text: finding(code, '', ...args).text, ...(hl7?.err5 === undefined ? {} : { err5: hl7.err5 }) };
}

/** A ZAM goes back to who sent the message, and names the patient nowhere: nothing of the person gates it. */
const ungated = { identities: [], birthDate: null, sex: null, qualified: false, messageQualified: false, dmpConsentOf: null, test: false, after: [] } as const;

function rowOf(row: Row, error: BusinessError | null, key: string, at: number): Row[] {
  const { answer: asker = null } = row.content as { readonly answer?: AnswerTo | null };
  const event = events[row.system];
  if (asker === null || !asker.reception || event === undefined) return [];
  const controlId = controlIdOf(key, event);
  const message = businessAcknowledgement(asker, { event, error, ...(row.recipient === null ? {} : { address: row.recipient }) }, { controlId, at });
  const content: AcknowledgementContent = { kind: 'acknowledgement', message: Buffer.from(message).toString('base64'), controlId };
  return [{
    destination: asker.destination, system: 'hl7v2', action: 'notify', state: 'planned', reason: { code: 'route.flag', args: ['ACK_RECEPTION'] }, recipient: null,
    headers: { 'MSH-9': `ZAM^${event}^ZAM_Z01`, 'MSH-10': controlId, 'OBX-4': asker.controlId, 'OBX-5': error === null ? 'Y' : 'N' },
    series: null, gate: ungated, content: { ...content }, deadline: null,
  }];
}

/** Business acknowledgements of a delivery that the plan itself refuses, so that the sender need not wait for nothing. */
export function refusedAtOnce(row: Row, { trace, receivedAt }: { readonly trace: string; readonly receivedAt: number }): Row[] {
  const key = `${trace}|${row.destination}|${row.recipient ?? ''}`;
  return rowOf(row, errorOf(row.reason.code, row.reason.args ?? []), key, receivedAt);
}

/**
 * Business acknowledgements of a delivery's final outcome. A delivery still on its way causes none. Pure: the same outcome
 * gives the same message, under the same MSH-10.
 */
export function outcomeAcknowledgements(delivery: { readonly id: number; readonly trace: string; readonly planned: Row }, receipt: Receipt, at: number): PlannedDelivery[] {
  if (receipt.kind !== 'delivered' && receipt.kind !== 'refused') return [];
  const error = receipt.kind === 'refused' ? errorOf(receipt.fault, receipt.args ?? []) : null;
  return rowOf(delivery.planned, error, `${delivery.trace}/${delivery.id}`, at).map((row) => ({ ...row, envelope: null }));
}
