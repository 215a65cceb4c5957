import { readHl7 } from '../../src/formats/hl7v2/read.ts';
import { withMsh } from './envelope.ts';

/**
 * How a message sent again says so. HL7 v2 has no flag for it: what a receiver goes by is MSH-10, which is the same. MSH-13
 * would start the sequence number protocol, MSH-14 a continuation, and a Z segment is refused by strict receivers; MSH-8 is
 * a text without rules in every version, so it says it to who reads logs. One that is filled, or absent, is left alone.
 */
const duplicateFlag = 'POSSIBLE_DUPLICATE';

export function flagged(bytes: Uint8Array): Uint8Array {
  const msh = readHl7(bytes).first('MSH');
  return msh.size >= 8 && msh.field(8).isEmpty ? withMsh(bytes, { 8: duplicateFlag }) : bytes;
}
