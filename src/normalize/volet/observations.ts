import type { Hl7Message, Segment } from '../../formats/hl7v2/model.ts';
import { flagName } from './flag-names.ts';
import type { Profile } from './version.ts';

/** An OBX with what it is in the volet, and the NTE that follow it (an NTE speaks of the OBX before it). */
export interface Observation { readonly segment: Segment; readonly role: 'document' | 'flag' | 'mail-body' | 'unknown'; readonly code: string; readonly notes: readonly Segment[] }

const isData = (segment: Segment): boolean => segment.text(2).trim().toUpperCase() === 'ED';

function roleOf(segment: Segment, code: string, volet: Profile['volet'] | null, documents: number): Observation['role'] {
  if (volet === null) return isData(segment) ? 'document' : 'unknown';
  if (code.toUpperCase().startsWith('CORPSMAIL_')) return 'mail-body';
  // LPS: the second data OBX is the mail it came in (OBX-3.1 Message-ID, OBX-3.2 subject), without a subtype.
  if (isData(segment)) return volet === 'lps' && documents > 0 && segment.text(5, 3) === '' ? 'mail-body' : 'document';
  return flagName(code) === null ? 'unknown' : 'flag';
}

/** Every OBX of the message, in order. Outside the volets (`null`) each data OBX (ED) is a document. */
export function observations(message: Hl7Message, volet: Profile['volet'] | null): Observation[] {
  const found: (Observation & { notes: Segment[] })[] = [];
  let documents = 0;
  for (const segment of message.segments) {
    if (segment.name === 'NTE') { found.at(-1)?.notes.push(segment); continue; }
    if (segment.name !== 'OBX') continue;
    const code = segment.text(3).trim();
    const role = roleOf(segment, code, volet, documents);
    if (role === 'document') documents += 1;
    found.push({ segment, role, code, notes: [] });
  }
  return found;
}
