import type { Receipt } from '../../src/domain/delivery.ts';
import type { ReadAck } from '../../src/formats/hl7v2/answers.ts';

/** ERR as codes and places: ERR-7 and ERR-8 are free texts that may quote the patient (invariant 10). */
const said = ({ code, errors }: ReadAck): string =>
  [code, ...errors.map((error) => [error.place, error.code, error.severity, error.application === null ? '' : `${error.application.code}^${error.application.system}`].join('|'))].join(' ; ');
const codesOf = ({ code, errors }: ReadAck): string => [code, ...errors.map((error) => [error.code, error.application?.code ?? ''].filter((part) => part !== '').join('/'))].join(' ');

/** Table 0357: what is wrong is the kind of message, so that sending it again helps nothing. */
const unsupported: ReadonlySet<string> = new Set(['200', '201', '202', '203']);

/**
 * MSA-1 (table 0008) to a receipt. In enhanced mode the commit acknowledgement settles: the receiver has taken the message
 * over (HL7 v2.5 2.9.3.2).
 * @param remoteId MSH-10 of the acknowledgement
 */
export function receiptOf(ack: ReadAck, remoteId: string): Receipt {
  const raw = said(ack);
  switch (ack.code) {
    case 'AA': case 'CA': return { kind: 'delivered', ...(remoteId === '' ? {} : { remoteId }), ...(ack.errors.length > 0 ? { warnings: [codesOf(ack)] } : {}) };
    case 'AE': case 'CE': return { kind: 'refused', fault: 'hl7v2out.refused', args: [codesOf(ack)], raw };
    case 'AR': case 'CR':
      if (ack.errors.some((error) => unsupported.has(error.code))) return { kind: 'refused', fault: 'hl7v2out.unsupported', args: [codesOf(ack)], raw };
      return { kind: 'busy', fault: 'hl7v2out.rejected', raw };
    default: return { kind: 'unknown', fault: 'hl7v2out.unreadable', raw: 'MSA-1' };
  }
}

/** Node's and OpenSSL's codes that tell a certificate problem from a network one. */
const certificateCodes = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/;

/** Why a connection could not be made: nothing was sent. */
export const unreachable = (error: unknown): Extract<Receipt, { kind: 'refused' | 'busy' }> => {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return certificateCodes.test(code) ? { kind: 'refused', fault: 'hl7v2out.certificate', raw: code } : { kind: 'busy', fault: 'hl7v2out.unreachable', raw: code };
};
