import { isInsOid } from '../../domain/identity.ts';
import type { Hl7Message, Segment } from '../../formats/hl7v2/model.ts';
import type { Participant } from './order.ts';

/** PRT roles by PRT-4.1 alone: texts and coding systems vary (`HL70912`, `participation`, nothing). */
export interface Participants { readonly senders: readonly Participant[]; readonly recipients: readonly Participant[]; readonly replies: readonly Participant[] }

/** The OID of an HD (`name&OID&ISO`), or the bare text some senders put instead. */
const authority = (segment: Segment, field: number, component: number): string => {
  const repetition = segment.field(field).repetition(1);
  return (repetition.text(component, 2) || repetition.text(component)).trim();
};

function personOf(segment: Segment): Participant['person'] {
  if (segment.field(5).isEmpty) return null;
  const part = (component: number): string => segment.text(5, component).trim();
  return { id: part(1), family: part(2), given: part(3), authority: authority(segment, 5, 9), type: part(13) };
}

function organizationOf(segment: Segment): Participant['organization'] {
  if (segment.field(8).isEmpty) return null;
  const part = (component: number): string => segment.text(8, component).trim();
  return { name: part(1), id: part(10), type: part(7), authority: authority(segment, 8, 6) };
}

function kindOf({ person, organization, device, address }: Omit<Participant, 'kind'>): Participant['kind'] {
  // Any sign of the patient counts: a professional's mail must never go to the patient, nor the reverse.
  if (person?.type === 'INS' || (person !== null && isInsOid(person.authority)) || /@patient\./iu.test(address)) return 'patient';
  if (person !== null && person.id !== '') return 'professional';
  if (organization !== null) return 'organization';
  return device === '' ? 'unknown' : 'application';
}

function participant(segment: Segment): Participant {
  const parts = {
    place: segment.place, person: personOf(segment), organization: organizationOf(segment),
    device: segment.text(10).trim(), address: segment.text(15, 4).trim(),
  };
  return { ...parts, kind: kindOf(parts) };
}

export function readParticipants(message: Hl7Message): Participants {
  const role = (code: string): Participant[] => message.all('PRT').filter(segment => segment.text(4).trim().toUpperCase() === code).map(participant);
  return { senders: role('SB'), recipients: role('RCT'), replies: role('REPLY') };
}
