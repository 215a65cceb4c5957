import type { Identifier, Specimen, SpecimenCollection } from '@medplum/fhirtypes';
import type { Building } from '../building.ts';
import { concept } from '../datatypes/cwe.ts';
import { dateTime } from '../datatypes/date-time.ts';
import { authoritySystem, cx, identifierType } from '../datatypes/identifier.ts';
import { quantity } from '../datatypes/quantity.ts';
import { practitionerUrls } from '../datatypes/xcn-to-practitioner.ts';
import { codeSystem, tableSystem } from '../tables/code-systems.ts';
import { push, put } from '../put.ts';
import { extensions, v2 } from '../tables/urls.ts';
import type { Part, Tracked } from '../tracked.ts';
import { businessKey } from './order-numbers.ts';

/** One half of an EIP (placer 1, filler 2): an EI in subcomponents. */
function half(part: Part, c: number, type: string): Identifier | null {
  const value = part.text(c), system = value === '' ? '' : authoritySystem(part.text(c, 2), part.text(c, 3), part.text(c, 4));
  return value === '' ? null : { type: identifierType(type), ...(system === '' ? {} : { system }), value };
}

const eip = (part: Part | null): Identifier[] => part ? [half(part, 2, 'FILL'), half(part, 1, 'PLAC')].filter(one => one !== null) : [];

/** CQ: a number and a unit. */
function amount(part: Part | null): NonNullable<SpecimenCollection['quantity']> | null {
  if (!part) return null;
  const unit = part.peek(2);
  const made = quantity(part.peek(1), unit === '' ? {} : { unit });
  if (made) { part.text(1); part.text(2); }
  return made;
}

/** The specimen's name, with its rank among those that say the same. */
function unnumbered(name: string, seen: Map<string, number>): string {
  const rank = (seen.get(name) ?? 0) + 1;
  seen.set(name, rank);
  return rank === 1 ? name : `${name}|${rank}`;
}

/**
 * SPM (v2-to-fhir segment-spm-to-specimen). A specimen without number of its own is told by its order (number and service), what
 * it is, where and when it was taken: the urine of a request must not be taken for the blood that came before under the same
 * number. `seen`: how many of its order are alike.
 */
export function spmToSpecimen(building: Building, spm: Tracked, subject: string, order: string, seen: Map<string, number>): Specimen {
  const zone = building.settings.source.timeZone, local = building.facility, numbers = eip(spm.part(2));
  const key = numbers[0] ? `${numbers[0].system ?? ''}|${numbers[0].value ?? ''}` : unnumbered([order, spm.peek(4) || spm.peek(4, 2), spm.peek(8), spm.peek(17)].join('|'), seen);
  const specimen: Specimen = { resourceType: 'Specimen', identifier: [businessKey(building, 'specimen', key), ...numbers], subject: { reference: subject } };
  put(specimen, 'type', concept(spm.part(4), local, v2('0487')));
  put(specimen, 'accessionIdentifier', cx(spm.part(30), zone));
  for (const parent of spm.parts(3)) for (const identifier of eip(parent)) push(specimen, 'parent', { type: 'Specimen', identifier });
  const collection: SpecimenCollection = {};
  put(collection, 'method', concept(spm.part(7), local, v2('0488')));
  put(collection, 'bodySite', concept(spm.part(8), local));
  put(collection, 'quantity', amount(spm.part(12)));
  const when = spm.part(17), start = (when?.time(zone, 1) ?? ''), end = (when?.time(zone, 2) ?? '');
  if (end !== '') collection.collectedPeriod = { ...(start === '' ? {} : { start }), end };
  else put(collection, 'collectedDateTime', start);
  if (Object.keys(collection).length > 0) specimen.collection = collection;
  put(specimen, 'receivedTime', spm.time(zone, 18));
  const available = spm.peek(20);
  if (available === 'Y' || available === 'N') { specimen.status = available === 'Y' ? 'available' : 'unavailable'; spm.text(20); }
  for (const part of spm.parts(21)) { const reason = concept(part, local, v2('0490')); if (reason) push(specimen, 'extension', { url: extensions.rejectReason, valueCodeableConcept: reason }); }
  for (const part of spm.parts(24)) { const condition = concept(part, local, v2('0493')); if (condition) push(specimen, 'condition', condition); }
  const container = concept(spm.part(27), local), additive = concept(spm.part(6), local, v2('0371'));
  if (container ?? additive) specimen.container = [{ ...(container ? { type: container } : {}), ...(additive ? { additiveCodeableConcept: additive } : {}) }];
  for (const part of spm.parts(14)) push(specimen, 'note', { text: part.all() });
  return specimen;
}

/** OBR-15 and the fields around it, for senders without SPM: SPS.1 is the type in subcomponents, SPS.3 and 4 how and where. */
export function obrToSpecimen(building: Building, obr: Tracked, subject: string, order: string): Specimen | null {
  if ([9, 10, 14, 15].every(n => obr.isEmpty(n))) return null;
  const zone = building.settings.source.timeZone, source = obr.part(15);
  const specimen: Specimen = { resourceType: 'Specimen', identifier: [businessKey(building, 'specimen', order, source === null ? '' : source.peek(1) || source.peek(1, 2))], subject: { reference: subject } };
  const code = source?.text(1) ?? '', text = source?.text(1, 2) ?? '', system = codeSystem(source?.text(1, 3) ?? '', building.facility);
  if (code !== '' || text !== '') specimen.type = code === '' ? { text } : { coding: [{ system: tableSystem(system === '' ? v2('0070') : system, code, building.facility), code, ...(text === '' ? {} : { display: text }) }] };
  const collection: SpecimenCollection = {}, method = source?.line(3) ?? '', site = source?.line(4) ?? '';
  if (method !== '') collection.method = { text: method };
  if (site !== '') collection.bodySite = { text: site };
  put(collection, 'quantity', amount(obr.part(9)));
  const [collector] = practitionerUrls(building, obr, 10);
  if (collector !== undefined) collection.collector = { reference: collector };
  put(collection, 'collectedDateTime', dateTime(obr.peek(7), zone));
  if (Object.keys(collection).length > 0) specimen.collection = collection;
  put(specimen, 'receivedTime', obr.time(zone, 14));
  return specimen;
}
