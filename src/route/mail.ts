import type { Finding } from '../domain/finding.ts';
import type { Participant, TransmissionOrder } from '../normalize/volet/order.ts';
import { answerTo } from './answer-to.ts';
import { usualDocuments } from './document-rules.ts';
import { carriedCda, replacedBy, uniqueIdOf } from './documents.ts';
import { mailedDocuments, mailedPatient } from './mail-documents.ts';
import { deadlineOf, needs, seriesKeys, stateNow } from './needs.ts';
import type { RouteDestination, RouteInput, Row } from './route.ts';

/** Mon espace santé's mailbox of a citizen is the matricule INS itself (mss.md; inbound.md §2.4). */
const patientAddress = (matricule: string): string => `${matricule}@patient.mssante.fr`;

/** Named without an address, a recipient is looked for in the directory before the mail is made. */
interface Wanted { /** A person, whatever number it has. */ readonly person: boolean; /** Software (PRT-10), of that structure. */ readonly application: boolean; readonly rpps: string; readonly structure: string; readonly name: string }
interface Recipient { readonly wanted?: Wanted; readonly address: string | null; readonly flag: string; readonly audience: 'professional' | 'patient'; readonly place: string }

/** What is the same in every mail of a message. */
function common(input: RouteInput, order: TransmissionOrder): { content: Record<string, unknown>; findings: readonly Finding[] } {
  const carried = carriedCda(input.reading.documents);
  const { documents, findings } = mailedDocuments(carried, order.flags, input.settings.documents ?? usualDocuments);
  const [first] = carried;
  const earlier = order.action === 'submit' ? [] : carried.map(({ header }) => (order.action === 'delete' ? uniqueIdOf(header) : replacedBy(header))).filter((one) => one !== '');
  return {
    findings,
    content: {
      action: order.action, receivedAt: input.receivedAt, replyTo: order.replyTo, patientCannotReply: order.patientCannotReply, reading: order.flags.ackReading === true,
      patient: first === undefined ? { family: '', given: '', birthDate: '' } : mailedPatient(first.header), documents, earlier,
      patientClass: order.patientClass, sender: order.sender, answer: answerTo(input, order),
    },
  };
}

/** Without a PDF a mail is of no use to who has no software for it: shown on the sandbox, held for people in production. */
function state(input: RouteInput, destination: RouteDestination, flag: string, gated: Row['gate'], unreadable: readonly Finding[], replyTo: string): Pick<Row, 'state' | 'reason'> {
  const now = stateNow(input, destination, { code: 'route.flag', args: [flag] }, gated);
  // A professional's answer must not go to a citizen's mailbox; the connector looks at every other reply address.
  if (now.state === 'planned' && replyTo.toLowerCase().endsWith('@patient.mssante.fr')) return { state: 'held', reason: { code: 'recipients.reply-to-patient' } };
  const [first] = unreadable;
  if (now.state !== 'planned' || !destination.production || first === undefined) return now;
  return { state: 'held', reason: { code: 'mss.pdf-missing', args: [first.location] } };
}

export interface Mails { readonly rows: readonly Row[]; readonly findings: readonly Finding[] }

function mails(input: RouteInput, order: TransmissionOrder, destination: RouteDestination, recipients: readonly Recipient[]): Mails {
  const { content, findings } = common(input, order);
  const rows = recipients.map(({ address, flag, audience, place, wanted }): Row => {
    const gated = needs(input, { qualified: audience === 'patient', dmp: false });
    return {
      destination: destination.id, system: 'mssante', action: order.action, ...state(input, destination, flag, gated, findings, audience === 'patient' && order.patientCannotReply ? '' : order.replyTo), recipient: address,
      headers: address === null ? {} : { To: address }, series: seriesKeys(input), gate: gated, deadline: deadlineOf(input, destination),
      content: { ...content, audience, place, to: address, ...(wanted === undefined ? {} : { wanted }), body: audience === 'patient' ? order.mailBody.patient : order.mailBody.professionals },
    };
  });
  return { rows, findings: rows.length === 0 ? [] : findings };
}

const toProfessional = (participant: Participant): boolean => participant.kind !== 'patient' && (participant.address !== '' || participant.person !== null || participant.organization !== null);
const wantedOf = ({ person, organization, device }: Participant): Wanted => ({ person: person !== null, application: person === null && device !== '', rpps: person?.id ?? '', structure: organization?.id ?? '', name: organization?.name ?? '' });
/** One mailbox, or one person at one structure. */
const nameOf = (one: Participant): string => (one.address === '' ? JSON.stringify(wantedOf(one)) : one.address.toLowerCase());

/** One mail per mailbox named by a PRT RCT, named twice or not; the patient's own address never among them. */
export function professionalMails(input: RouteInput, order: TransmissionOrder, destination: RouteDestination): Mails {
  const mailboxes = new Map(order.recipients.filter(toProfessional).toReversed().map((one) => [nameOf(one), one]));
  const once = order.recipients.filter((one) => mailboxes.get(nameOf(one)) === one);
  return mails(input, order, destination, once.map((one) => (one.address === ''
    ? { address: null, wanted: wantedOf(one), flag: 'DESTMSSANTEPS', audience: 'professional', place: one.place } : { address: one.address, flag: 'DESTMSSANTEPS', audience: 'professional', place: one.place })));
}

/** The patient's mail goes to the address computed from the INS, whatever address the message gives; without an INS it is held by the gate. */
export function patientMail(input: RouteInput, order: TransmissionOrder, destination: RouteDestination): Mails {
  const ins = input.normalized.identity?.ins ?? null;
  return mails(input, order, destination, [{ address: ins === null ? null : patientAddress(ins.matricule), flag: 'DESTMSSANTEPAT', audience: 'patient', place: ins?.place ?? 'PID-3' }]);
}
