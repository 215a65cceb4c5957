import type { Finding } from '../domain/finding.ts';
import type { Identified } from '../domain/message.ts';
import type { Reading } from '../formats/reading.ts';
import { readHl7 } from '../formats/hl7v2/read.ts';
import { controlIdOf } from './header.ts';
import { outcome } from './outcome.ts';
import { acknowledgement, type AckCode } from './technical.ts';

/** The message that is answered: its bytes, its trace, and the moment of the answer (epoch ms). */
export interface Answered { readonly bytes: Uint8Array; readonly trace: string; readonly receivedAt: number }

/** Answer to a message that was read. Null when none is due: an acknowledgement is never acknowledged. */
export function acknowledgementFor(reading: Reading, code: AckCode | null, findings: readonly Finding[], { bytes, trace, receivedAt }: Answered): { code: AckCode; bytes: Uint8Array } | null {
  if (code === null) return null;
  const stamp = { controlId: controlIdOf(trace, code), at: receivedAt };
  if (reading.format === 'cda') return { code, bytes: outcome(findings) };
  return { code, bytes: acknowledgement(reading.format === 'hl7v2' ? reading.message : readHl7(bytes), code, findings, stamp) };
}

/** Answer to bytes that were identified only: a refusal at the door, or CA. Null for an acknowledgement. */
export function acknowledgementAtOnce(identified: Identified, code: AckCode, findings: readonly Finding[], { bytes, trace, receivedAt }: Answered): Uint8Array | null {
  if (identified.type === 'ACK' || identified.format === 'mail') return null;
  if (identified.format === 'cda') return outcome(findings);
  return acknowledgement(readHl7(bytes), code, findings, { controlId: controlIdOf(trace, code), at: receivedAt });
}

