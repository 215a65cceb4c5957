import type { TransmissionOrder } from '../normalize/volet/order.ts';
import type { RouteInput } from './route.ts';

/**
 * Who gets the business acknowledgements of a delivery, and which were asked for (ACK_RECEPTION: Z01 and Z02; ACK_LECTURE: Z03).
 * Null when the sender asked for none or takes none back. Kept in the delivery, so that settling it needs nothing else.
 */
export interface AnswerTo {
  readonly destination: string;
  /** MSH-10 of the original message: OBX-4 of the ZAM. */
  readonly controlId: string;
  readonly reception: boolean;
  readonly reading: boolean;
  /** MSH-3..6 of the original, to be swapped. */
  readonly from: readonly [string, string, string, string];
  readonly processing: string;
  readonly charset: string;
}

export function answerTo({ reading, source }: RouteInput, order: TransmissionOrder): AnswerTo | null {
  if (reading.format !== 'hl7v2' || source.answersTo === null) return null;
  const asked = { reception: order.flags.ackReception === true, reading: order.flags.ackReading === true };
  if (!asked.reception && !asked.reading) return null;
  const msh = reading.message.first('MSH');
  return {
    destination: source.answersTo, controlId: reading.identified.controlId, ...asked,
    from: [msh.text(3), msh.text(4), msh.text(5), msh.text(6)], processing: msh.text(11), charset: reading.identified.charset,
  };
}
