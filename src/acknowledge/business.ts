import { segment, writeHl7, type FieldValue, type NewSegment } from '../formats/hl7v2/write.ts';
import { applicationError, applicationErrorCondition, messageErrorCondition, otherApplicationError } from './conditions.ts';
import { answerCharset, hl7Time, type Stamp } from './header.ts';

/** Who asked for business acknowledgements, as the plan keeps it with the delivery. */
export interface Asker {
  /** MSH-10 of the original message. */
  readonly controlId: string;
  /** MSH-3 to MSH-6 of the original message. */
  readonly from: readonly [string, string, string, string];
  readonly processing: string;
  /** MSH-18 of the original message. */
  readonly charset: string;
}

/** Z01: the DMP answered; Z02: the mail was delivered or not (one per recipient); Z03: it was read or processed. */
export type BusinessEvent = 'Z01' | 'Z02' | 'Z03';

/** Why it failed. `remote` is the partner's own code; without it the fault is said with a 90x code of the volet. */
export interface BusinessError {
  readonly remote?: { readonly code: string; readonly label: string };
  readonly err5?: number;
  /** Our fault code and its French text: ERR-7 and ERR-8. */
  readonly fault: string;
  readonly text: string;
}

export interface BusinessAnswer {
  readonly event: BusinessEvent;
  readonly error: BusinessError | null;
  /** Mailbox of the recipient (Z02) or the reader (Z03). */
  readonly address?: string;
}

/** OBX-3 of the answer and of the address, and the table of remote codes, by event (volet 2.1, AckMetierZAM). */
const words = {
  Z01: { answer: ['ACK_RECEPTION_DMP', 'Accusé de réception DMP'], address: null, errors: 'DMP_ERROR_CODE' },
  Z02: { answer: ['ACK_RECEPTION_MSS', 'Accusé de réception MSSanté'], address: ['DESTINATAIRE_MSS', 'Destinataire MSSanté'], errors: 'SMTPERRORCODE' },
  Z03: { answer: ['ACK_LECTURE_MSS', 'Accusé de lecture'], address: ['LECTEUR_MSS', 'Lecteur du courriel MSSanté'], errors: 'applicationErrorCondition' },
} as const;

function errorSegment(error: BusinessError, table: string): NewSegment {
  const err5: FieldValue = error.remote === undefined
    ? applicationErrorCondition(error.err5 ?? otherApplicationError)
    : [error.remote.code, error.remote.label, table];
  return segment('ERR', { 3: messageErrorCondition(applicationError), 4: 'E', 5: err5, 7: error.fault, 8: error.text.slice(0, 250) });
}

/** A ZAM to the sender of the original message (CI-SIS Transmission CDA-R2 HL7 v2 2.1, ZAM_Z01): MSH, EVN, OBX, [OBX], [ERR]. */
export function businessAcknowledgement(asker: Asker, { event, error, address }: BusinessAnswer, { controlId, at }: Stamp): Uint8Array {
  const { used, msh18 } = answerCharset(asker.charset, 'utf-8');
  const [application, facility, ownApplication, ownFacility] = asker.from;
  const word = words[event];
  const segments = [
    segment('MSH', {
      3: ownApplication === '' ? 'PASSERELLE' : ownApplication, 4: ownFacility, 5: application, 6: facility, 7: hl7Time(at), 9: ['ZAM', event, 'ZAM_Z01'],
      10: controlId, 11: asker.processing === '' ? 'P' : asker.processing, 12: '2.6', 17: 'FRA', 18: msh18, 21: ['2.1', 'CISIS_CDA_HL7_V2'],
    }),
    segment('EVN', { 2: hl7Time(at) }),
    segment('OBX', { 1: '1', 2: 'CWE', 3: [...word.answer, 'AckMetierZAM'], 4: asker.controlId, 5: [error === null ? 'Y' : 'N', '', 'expandedYes-NoIndicator'], 11: 'F' }),
  ];
  if (word.address !== null && address !== undefined) {
    segments.push(segment('OBX', { 1: '2', 2: 'XTN', 3: [...word.address, 'AckMetierZAM'], 5: ['', '', 'X.400', address], 11: 'F' }));
  }
  if (error !== null) segments.push(errorSegment(error, word.errors));
  return writeHl7(segments, used);
}
