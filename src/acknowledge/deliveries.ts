import { catalogue, type FaultCode } from '../domain/catalogue.ts';
import type { PlannedDelivery, Receipt } from '../domain/delivery.ts';
import { finding } from '../domain/finding.ts';
import type { Report } from '../formats/notice/notice.ts';
import { businessAcknowledgement, type Asker, type BusinessError, type BusinessEvent } from './business.ts';
import { readingOf, reasonOf, type Evidence } from './evidence.ts';
import { controlIdOf } from './header.ts';
import { smtpCodeIn, smtpCodeOf } from './smtp-codes.ts';

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

const askerOf = (row: Row): AnswerTo | null => (row.content as { readonly answer?: AnswerTo | null }).answer ?? null;

function acknowledgementRow(asker: AnswerTo, event: BusinessEvent, error: BusinessError | null, address: string | null, key: string, at: number): Row {
  const controlId = controlIdOf(key, event);
  const message = businessAcknowledgement(asker, { event, error, ...(address === null ? {} : { address }) }, { controlId, at });
  const content: AcknowledgementContent = { kind: 'acknowledgement', message: Buffer.from(message).toString('base64'), controlId };
  return {
    destination: asker.destination, system: 'hl7v2', action: 'notify', state: 'planned', reason: { code: 'route.flag', args: [event === 'Z03' ? 'ACK_LECTURE' : 'ACK_RECEPTION'] }, recipient: null,
    headers: { 'MSH-9': `ZAM^${event}^ZAM_Z01`, 'MSH-10': controlId, 'OBX-4': asker.controlId, 'OBX-5': error === null ? 'Y' : 'N' },
    series: [], gate: ungated, content: { ...content }, deadline: null,
  };
}

function rowOf(row: Row, error: BusinessError | null, key: string, at: number, address = row.recipient): Row[] {
  const asker = askerOf(row);
  const event = events[row.system];
  return asker === null || !asker.reception || event === undefined ? [] : [acknowledgementRow(asker, event, error, address, key, at)];
}

/** Business acknowledgements of a delivery that the plan itself refuses, so that the sender need not wait for nothing. */
export function refusedAtOnce(row: Row, { trace, receivedAt }: { readonly trace: string; readonly receivedAt: number }): Row[] {
  const key = `${trace}|${row.destination}|${row.recipient ?? ''}`;
  return rowOf(row, errorOf(row.reason.code, row.reason.args ?? []), key, receivedAt);
}

/** A mailbox found in the directory stands in what the connector was answered before its first attempt. */
export function mailboxOf({ planned, answers }: { readonly planned: Row; readonly answers?: Uint8Array | null }): string | null {
  if (planned.recipient !== null || answers === null || answers === undefined) return planned.recipient;
  const { to } = JSON.parse(Buffer.from(answers).toString()) as { readonly to?: unknown };
  return typeof to === 'string' ? to : null;
}

/** The partner's own code; an operator that refuses a recipient in the dialogue itself says why with an SMTP code. */
function refusalOf(row: Row, { fault, args = [], raw = '', remote }: Extract<Receipt, { kind: 'refused' }>): BusinessError {
  const told = remote ?? (row.system === 'mssante' ? smtpCodeIn(raw) : null);
  return { ...errorOf(fault, args), ...(told === null ? {} : { remote: told }) };
}

/**
 * Business acknowledgements of a delivery's final outcome. A delivery still on its way causes none, nor does a mail of which
 * no notice came: nobody knows whether it was received. Pure: the same outcome gives the same message, under the same MSH-10.
 */
export function outcomeAcknowledgements(delivery: { readonly id: number; readonly trace: string; readonly planned: Row; readonly answers?: Uint8Array | null }, receipt: Receipt, at: number): PlannedDelivery[] {
  if (receipt.kind !== 'delivered' && receipt.kind !== 'refused') return [];
  const { planned } = delivery;
  if (planned.system === 'mssante' && receipt.kind === 'delivered' && receipt.warnings?.includes('deliver.no-notice') === true) return [];
  const error = receipt.kind === 'refused' ? refusalOf(planned, receipt) : null;
  return rowOf(planned, error, `${delivery.trace}/${delivery.id}`, at, mailboxOf(delivery)).map((row) => ({ ...row, envelope: null }));
}

/** Another message whose sender is told how a delivery ends: it came with the same, under its own MSH-10. `answer` as in the content of its own plan. */
export interface AlsoAsked { readonly seq: number; readonly trace: string; readonly answer: unknown }
/** `seq`: the message that is answered, where it is another than the delivery's own. */
export interface Told { readonly delivery: PlannedDelivery; readonly seq?: number }
interface Ended { readonly id: number; readonly trace: string; readonly planned: Row; readonly answers?: Uint8Array | null; readonly askers: readonly AlsoAsked[] }

/** What a sender of the delivery is told, and each that asked for it since: to each as if it were its own. */
export const toEach = (delivery: Ended, tell: (delivery: Ended) => readonly PlannedDelivery[]): Told[] => [
  ...tell(delivery).map((one) => ({ delivery: one })),
  ...delivery.askers.flatMap(({ seq, trace, answer }) =>
    tell({ ...delivery, trace, planned: { ...delivery.planned, content: { ...delivery.planned.content, answer } } }).map((one) => ({ delivery: one, seq }))),
];
export const outcomeTold = (delivery: Ended, receipt: Receipt, at: number): Told[] => toEach(delivery, (one) => outcomeAcknowledgements(one, receipt, at));

/** The error of a reading: the receiver's own code of the volet's table, when it is one. */
function readingError(code: FaultCode, errors: Report['errors']): BusinessError {
  const told = errors.map((one) => Number(one.code)).find((one) => one >= 900 && one <= 906);
  return { ...errorOf(code, []), ...(told === undefined ? {} : { err5: told }) };
}

/**
 * What the sender is told of a notice: ZAM^Z02 when ACK_RECEPTION asked for it, ZAM^Z03 when ACK_LECTURE did. Its LECTEUR_MSS
 * is who read, which a mailbox of several readers or one that is forwarded says itself (Final-Recipient).
 * @param key tells notices on one delivery apart: the trace of the notice
 */
export function noticeAcknowledgements(delivery: { readonly id: number; readonly trace: string; readonly planned: Row; readonly answers?: Uint8Array | null }, report: Report, { reception, reading }: Pick<Evidence, 'reception' | 'reading'>, key: string, at: number): PlannedDelivery[] {
  const asker = askerOf(delivery.planned);
  if (asker === null) return [];
  const code = reasonOf[report.action];
  const address = mailboxOf(delivery);
  const unique = `${delivery.trace}/${delivery.id}/${key}`;
  const rows: Row[] = [];
  if (reception !== null && asker.reception) {
    const error = reception === 'Y' ? null : { ...errorOf(code, []), remote: smtpCodeOf(report) };
    rows.push(acknowledgementRow(asker, 'Z02', error, address, unique, at));
  }
  if (reading !== null && asker.reading) rows.push(acknowledgementRow(asker, 'Z03', reading === 'Y' ? null : readingError(code, report.errors), report.finalRecipient || address, unique, at));
  return rows.map((row) => ({ ...row, envelope: null }));
}

/** ZAM^Z03 of a mail that was read, or could not be, before its sender asked for it once more. Pure, as outcomeAcknowledgements. */
export function readingAcknowledgements(delivery: { readonly id: number; readonly trace: string; readonly planned: Row; readonly answers?: Uint8Array | null }, found: { readonly reason: string }, at: number): PlannedDelivery[] {
  const asker = askerOf(delivery.planned);
  const known = readingOf(found.reason);
  if (asker === null || !asker.reading || known === null) return [];
  const error = known.said === 'Y' ? null : readingError(known.reason, []);
  return [{ ...acknowledgementRow(asker, 'Z03', error, mailboxOf(delivery), `${delivery.trace}/${delivery.id}`, at), envelope: null }];
}
