import type { Hl7Message, Segment } from './model.ts';

/** One ERR segment of an answer. `place` is our own form of ERR-2 (`PID-3(2)-4`), '' when it names none. */
export interface AnswerError {
  readonly place: string;
  /** ERR-3, table 0357. */
  readonly code: string;
  /** ERR-4: E, F, W, I. */
  readonly severity: string;
  /** ERR-5: code and the table it is from. */
  readonly application: { readonly code: string; readonly system: string } | null;
}

/** A technical acknowledgement. `code` is MSA-1 (AA, AE, AR, CA, CE, CR, or whatever stands there), `controlId` MSA-2. */
export interface ReadAck { readonly code: string; readonly controlId: string; readonly errors: readonly AnswerError[] }

function errorOf(err: Segment): AnswerError {
  const [segment = '', sequence = '', field = '', repetition = '', component = '', sub = ''] = [1, 2, 3, 4, 5, 6].map((c) => err.text(2, c));
  const rank = sequence === '' || sequence === '1' ? '' : `[${sequence}]`;
  const deeper = [component, sub].filter((part) => part !== '').map((part) => `-${part}`).join('');
  const place = segment === '' ? '' : `${segment}${rank}${field === '' ? '' : `-${field}`}${repetition === '' || repetition === '1' ? '' : `(${repetition})`}${deeper}`;
  const application = err.text(5) === '' ? null : { code: err.text(5), system: err.text(5, 3) };
  return { place, code: err.text(3), severity: err.text(4), application };
}

/** What an acknowledgement says; null when the message has no MSA, so that it can be no answer to anything. */
export function readAck(message: Hl7Message): ReadAck | null {
  if (!message.has('MSA')) return null;
  const msa = message.first('MSA');
  return { code: msa.text(1).trim(), controlId: msa.text(2).trim(), errors: message.all('ERR').map(errorOf) };
}

export interface ReadBusinessAcknowledgement {
  readonly event: 'Z01' | 'Z02' | 'Z03';
  /** Z01: answer of the DMP; Z02: the mail reached its mailbox (DSN); Z03: it was read or processed (MDN). */
  readonly kind: 'dmp' | 'reception' | 'reading';
  /** OBX-4: MSH-10 of the message that asked. */
  readonly controlId: string;
  /** OBX-5; null when it is neither Y nor N. */
  readonly positive: boolean | null;
  readonly errors: readonly AnswerError[];
  /** Where the recipient's or reader's mailbox stands; null when it is not given. */
  readonly addressPlace: string | null;
}

const kinds = { Z01: 'dmp', Z02: 'reception', Z03: 'reading' } as const;
const isEvent = (event: string): event is keyof typeof kinds => event in kinds;
/** OBX-3 of the first OBX (volet 2.1, AckMetierZAM). Matched by code: labels vary. */
const observations: readonly string[] = ['ACK_RECEPTION_DMP', 'ACK_RECEPTION_MSS', 'ACK_LECTURE_MSS', 'ACK_LECTURE'];
const addresses: readonly string[] = ['DESTINATAIRE_MSS', 'LECTEUR_MSS'];

/** What a ZAM says (CI-SIS Transmission CDA-R2 HL7 v2 2.1, ZAM_Z01); null when the message is none. */
export function readBusinessAcknowledgement(message: Hl7Message): ReadBusinessAcknowledgement | null {
  const msh = message.first('MSH');
  const event = msh.text(9, 2);
  if (msh.text(9) !== 'ZAM' || !isEvent(event)) return null;
  const all = message.all('OBX');
  const answer = all.find((obx) => observations.includes(obx.text(3))) ?? message.first('OBX');
  const address = all.find((obx) => addresses.includes(obx.text(3)))?.field(5).repetition(1).component(4);
  const said = answer.text(5).toUpperCase();
  return {
    event, kind: kinds[event], controlId: answer.text(4), positive: said === 'Y' ? true : said === 'N' ? false : null,
    errors: message.all('ERR').map(errorOf), addressPlace: address === undefined || address.isEmpty ? null : address.place,
  };
}
