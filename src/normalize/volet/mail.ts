import { finding, type Finding } from '../../domain/finding.ts';
import { decodeBase64 } from './base64.ts';
import { flagName } from './flag-names.ts';
import type { Observation } from './observations.ts';
import type { TransmissionOrder } from './order.ts';

/** The text of a mail body: UTF-8, else the Latin of old senders. Null when its base64 lost or mixed digits. */
function textOf({ segment }: Observation): string | null {
  const decoded = decodeBase64(segment.field(5).repetition(1).component(5).slice);
  if (decoded === null) return null;
  try { return new TextDecoder('utf-8', { fatal: true }).decode(decoded.bytes); } catch { return new TextDecoder('windows-1252').decode(decoded.bytes); }
}

/** CORPSMAIL_*, or the received mail of the LPS volet. A damaged body is dropped: it must not stop the document. */
export function readMailBodies(found: readonly Observation[]): { mailBody: TransmissionOrder['mailBody']; findings: readonly Finding[] } {
  const mailBody: { professionals: string | null; patient: string | null } = { professionals: null, patient: null };
  const findings: Finding[] = [];
  for (const observation of found.filter(({ role }) => role === 'mail-body')) {
    const place = observation.segment.field(5).place;
    const text = textOf(observation);
    if (text === null) findings.push(finding('volet.mail-body-dropped', place, place));
    else if (text !== '') mailBody[observation.code.toUpperCase() === 'CORPSMAIL_PATIENT' ? 'patient' : 'professionals'] = text;
  }
  return { mailBody, findings };
}

/** NTE-4 = FIN after DESTMSSANTEPAT: the patient cannot answer the mail. Anywhere else it orders nothing. */
export function readReplyMark(found: readonly Observation[]): { patientCannotReply: boolean; findings: readonly Finding[] } {
  const marks = found.flatMap(({ code, notes }) => notes.filter(note => note.text(4).trim().toUpperCase() === 'FIN').map(note => ({ note, placed: flagName(code) === 'DESTMSSANTEPAT' })));
  return {
    patientCannotReply: marks.some(({ placed }) => placed),
    findings: marks.filter(({ placed }) => !placed).map(({ note }) => finding('volet.reply-mark-misplaced', `${note.place}-4`, `${note.place}-4`)),
  };
}
