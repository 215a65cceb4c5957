import type { Finding } from '../domain/finding.ts';
import type { Hl7Message } from '../formats/hl7v2/model.ts';
import { segment, writeHl7, type NewSegment } from '../formats/hl7v2/write.ts';
import { errSegment } from './err.ts';
import { answerCharset, answerHeader, type Stamp } from './header.ts';

/** AA, AE, AR: original mode, or the application acknowledgement of enhanced mode; CA, CE, CR: its commit acknowledgement. */
export type AckCode = 'AA' | 'AE' | 'AR' | 'CA' | 'CE' | 'CR';

const positive = (code: AckCode): boolean => code === 'AA' || code === 'CA';

/**
 * The technical acknowledgement of a message (CI-SIS Transmission CDA-R2 HL7 v2 2.1, ACK): MSH, MSA, and with a refusal one
 * ERR for each finding of severity error. A message without MSH or MSH-10 gets an empty MSA-2; its ERR says why.
 */
export function acknowledgement(message: Hl7Message, code: AckCode, findings: readonly Finding[], stamp: Stamp): Uint8Array {
  const { used, msh18 } = answerCharset(message.charset.declared, message.charset.used);
  const errors: NewSegment[] = positive(code) ? [] : findings.filter((one) => one.severity === 'error').map(errSegment);
  const msa = segment('MSA', { 1: code, 2: message.first('MSH').text(10) });
  return writeHl7([answerHeader(message, stamp, msh18), msa, ...errors], used);
}
