import type { Encounter, MessageHeader } from '@medplum/fhirtypes';
import type { ReadDocument } from '../../formats/reading.ts';
import type { CdaHeader } from '../../formats/cda/header.ts';
import type { Building } from '../building.ts';
import { ii, organizationOf } from '../cda/header-to-people.ts';
import { headerToPatient } from '../cda/header-to-patient.ts';
import { put } from '../put.ts';
import { frCodes, own, v3 } from '../tables/urls.ts';
import { addDocument } from './documents.ts';

/** A CDA that came alone has no message around it: its header says what it is, its custodian who sent it. */
export function cdaHeaderMessage(header: CdaHeader | null): MessageHeader {
  const name = header?.custodian?.name ?? '';
  return {
    resourceType: 'MessageHeader', eventCoding: { system: `${own}/CodeSystem/passerelle-message-event`, code: 'document' },
    source: { ...(name === '' ? {} : { name }), endpoint: `${own}/authority/cda` },
  };
}

/** componentOf/encompassingEncounter; '' when there is none with a number. */
function addEncounter(building: Building, header: CdaHeader, place: string, subject: string): string {
  const { encounter } = header;
  if (!encounter) return '';
  const made: Encounter = { resourceType: 'Encounter', status: encounter.high.iso === '' ? 'unknown' : 'finished', class: { system: v3('NullFlavor'), code: 'UNK' }, subject: { reference: subject } };
  if (encounter.code && encounter.code.code !== '') made.class = { system: v3('ActCode'), code: encounter.code.code, ...(encounter.code.display === '' ? {} : { display: encounter.code.display }) };
  put(made, 'identifier', encounter.ids.flatMap(id => ii(id) ?? []).map(id => ({ ...id, type: { coding: [{ system: frCodes('identifier-type'), code: 'VN' }] } })));
  const { low, high } = encounter;
  if (low.iso !== '' || high.iso !== '') made.period = { ...(low.iso === '' ? {} : { start: low.iso }), ...(high.iso === '' ? {} : { end: high.iso }) };
  const facility = organizationOf(building, encounter.facility, place);
  if (facility !== '') made.serviceProvider = { reference: facility };
  return building.add(made, place);
}

/** Bundle content of a lone CDA, from its header only: the body stays in the document. */
export function cda(building: Building, document: ReadDocument): string[] {
  const { header, place } = document;
  if (!header) return [];
  const subject = building.add(headerToPatient(header), place), encounter = addEncounter(building, header, place, subject);
  return [addDocument(building, document, null, null, { subject, encounter, request: '', sent: '' }).reference];
}
