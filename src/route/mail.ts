import type { Participant, TransmissionOrder } from '../normalize/volet/order.ts';
import { answerTo } from './answer-to.ts';
import { carriedCda } from './documents.ts';
import { deadlineOf, needs, seriesKey, stateNow } from './needs.ts';
import type { RouteDestination, RouteInput, Row } from './route.ts';

/** Mon espace santé's mailbox of a citizen is the matricule INS itself (mss.md; inbound.md §2.4). */
const patientAddress = (matricule: string): string => `${matricule}@patient.mssante.fr`;

function mailRow(input: RouteInput, order: TransmissionOrder, destination: RouteDestination, to: { address: string | null; flag: string; audience: 'professional' | 'patient'; place: string }): Row {
  const patient = to.audience === 'patient';
  const gated = needs(input, { qualified: patient, dmp: false });
  return {
    destination: destination.id, system: 'mssante', action: order.action, ...stateNow(input, destination, { code: 'route.flag', args: [to.flag] }, gated),
    recipient: to.address,
    headers: {
      ...(to.address === null ? {} : { To: to.address }), ...(order.replyTo === '' || patient ? {} : { 'Reply-To': order.replyTo }), ...(patient && order.patientCannotReply ? { 'X-MSS-MES': 'FIN' } : {}),
      attachments: ['IHE_XDM.zip'],
    },
    series: seriesKey(input), gate: gated, deadline: deadlineOf(input, destination),
    content: {
      audience: to.audience, place: to.place, action: order.action, replyTo: order.replyTo, patientCannotReply: order.patientCannotReply,
      body: patient ? order.mailBody.patient : order.mailBody.professionals,
      documents: carriedCda(input.reading.documents).map((one) => one.name), sender: order.sender, answer: answerTo(input, order),
    },
  };
}

const toProfessional = (participant: Participant): boolean => participant.kind !== 'patient' && participant.address !== '';

/** One mail per recipient named by a PRT RCT, the patient's own address never among them. */
export function professionalMails(input: RouteInput, order: TransmissionOrder, destination: RouteDestination): Row[] {
  return order.recipients.filter(toProfessional).map(({ address, place }) => mailRow(input, order, destination, { address, flag: 'DESTMSSANTEPS', audience: 'professional', place }));
}

/** The patient's mail goes to the address computed from the INS, whatever address the message gives; without an INS it is held by the gate. */
export function patientMail(input: RouteInput, order: TransmissionOrder, destination: RouteDestination): Row[] {
  const ins = input.normalized.identity?.ins ?? null;
  return [mailRow(input, order, destination, { address: ins === null ? null : patientAddress(ins.matricule), flag: 'DESTMSSANTEPAT', audience: 'patient', place: ins?.place ?? 'PID-3' })];
}
