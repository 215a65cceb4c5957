import type { Encounter, EncounterHospitalization, EncounterLocation } from '@medplum/fhirtypes';
import type { Building } from '../building.ts';
import { concept } from '../datatypes/cwe.ts';
import { dateTime } from '../datatypes/date-time.ts';
import { cx, ei } from '../datatypes/identifier.ts';
import { locationUrl } from '../datatypes/pl-to-location.ts';
import { practitionerUrls } from '../datatypes/xcn-to-practitioner.ts';
import { push, put } from '../put.ts';
import { businessKey } from './order-numbers.ts';
import { localAuthority, tableSystem } from '../tables/code-systems.ts';
import { beginsStay, classes, participants, places, statusByEvent } from '../tables/encounter.ts';
import { frCodes, v2, v3 } from '../tables/urls.ts';
import type { Ledger, Tracked } from '../tracked.ts';
import { pv2Into } from './pv2-to-encounter.ts';
import { movement, staySegments } from './z-to-extensions.ts';

function putClass(encounter: Encounter, pv1: Tracked, facility: string): void {
  const code = pv1.text(2), known = classes[code];
  encounter.class = known && code !== 'R' ? { system: v3('ActCode'), ...known } : code === '' ? { system: v3('NullFlavor'), code: 'UNK' }
    // A recurring patient is ambulatory too, but is not said so: the letter stays.
    : { system: tableSystem(v2('0004'), code, facility), code };
}

/** The event the movement is about: Z99 and cancels name it in ZBE-6. */
const eventOf = (event: string, zbe: Tracked | null): string => event === 'Z99' ? zbe?.peek(6) ?? '' : event;

function statusOf(event: string, zbe: Tracked | null, ended: boolean): Encounter['status'] {
  if (event === 'Z99' && zbe?.peek(4) === 'CANCEL') return 'unknown';
  // A past movement says nothing of where the stay is now.
  if (zbe?.peek(5) === 'Y') return ended ? 'finished' : 'unknown';
  return statusByEvent[eventOf(event, zbe)] ?? (ended ? 'finished' : 'unknown');
}

function putPeriod(encounter: Encounter, pv1: Tracked, zbe: Tracked | null, event: string, zone: string): void {
  const moved = dateTime(zbe?.peek(2) ?? '', zone);
  const start = pv1.time(zone, 44) || (beginsStay.has(event) ? moved : '');
  const end = pv1.time(zone, 45) || (event === 'A03' ? moved : '');
  if (start !== '' || end !== '') encounter.period = { ...(start === '' ? {} : { start }), ...(end === '' ? {} : { end }) };
}

function putPeople(building: Building, encounter: Encounter, pv1: Tracked): void {
  for (const [n, code] of participants) {
    for (const url of practitionerUrls(building, pv1, n)) {
      push(encounter, 'participant', { type: [{ coding: [{ system: v3('ParticipationType'), code }] }], individual: { reference: url } });
    }
  }
}

function putPlaces(building: Building, encounter: Encounter, pv1: Tracked): void {
  const over = encounter.status === 'finished' || encounter.status === 'cancelled';
  const here = (n: number, status: NonNullable<EncounterLocation['status']>) => {
    const url = locationUrl(building, pv1.part(n));
    if (url !== '') push(encounter, 'location', { location: { reference: url }, status });
  };
  here(3, over ? 'completed' : 'active');
  for (const [n, status] of places) here(n, status);
}

function putHospitalization(building: Building, encounter: Encounter, pv1: Tracked): void {
  const stay: EncounterHospitalization = {}, zone = building.settings.source.timeZone, local = building.facility;
  put(stay, 'preAdmissionIdentifier', cx(pv1.part(5), zone));
  put(stay, 'reAdmission', concept(pv1.part(13), local, v2('0092')));
  put(stay, 'admitSource', concept(pv1.part(14), local, v2('0023')));
  put(stay, 'specialArrangement', pv1.parts(15).flatMap(part => concept(part, local, v2('0009')) ?? []));
  put(stay, 'specialCourtesy', pv1.parts(16).flatMap(part => concept(part, local, v2('0099')) ?? []));
  put(stay, 'dischargeDisposition', concept(pv1.part(36), local, frCodes('circonstances-sortie')));
  const destination = pv1.part(37)?.all() ?? '';
  if (destination !== '') stay.destination = { display: destination };
  put(stay, 'dietPreference', pv1.parts(38).flatMap(part => concept(part, local, v2('0114')) ?? []));
  if (Object.keys(stay).length > 0) encounter.hospitalization = stay;
}

/** No stay: PV1-2 is N (not applicable) and nothing numbers a visit, as in identity messages. */
export const isNoVisit = (pv1: Tracked): boolean => pv1.segment.index < 0 || (pv1.peek(2) === 'N' && pv1.peek(19) === '');

/**
 * PV1, PV2 and the French segments of the stay as an Encounter (v2-to-fhir segment-pv1-to-encounter; PAM France ITI-31).
 * `event` is MSH-9-2; a message that tells no movement leaves the status to the dates.
 */
export function pv1ToEncounter(building: Building, ledger: Ledger, event: string, subject: string): Encounter {
  const pv1 = ledger.first('PV1'), zone = building.settings.source.timeZone;
  const zbe = ledger.message.has('ZBE') ? ledger.first('ZBE') : null;
  const encounter: Encounter = { resourceType: 'Encounter', status: statusOf(event, zbe, pv1.peek(45) !== ''), class: {}, subject: { reference: subject } };
  putClass(encounter, pv1, building.facility);
  const visit = cx(pv1.part(19), zone, 'VN');
  // A visit numbered by nobody named counts at the facility that sent it.
  if (visit) {
    const system = visit.system ?? localAuthority(building.facility);
    // First, as receivers keep it by: a visit number used again, or sent for another patient, must not take over a stay.
    const type = { coding: [{ system: frCodes('identifier-type'), code: 'VN' }] };
    push(encounter, 'identifier', { type, ...businessKey(building, 'encounter', system, visit.value ?? '') });
    push(encounter, 'identifier', { ...visit, system, type });
  }
  for (const part of pv1.parts(50)) { const other = cx(part, zone); if (other) push(encounter, 'identifier', other); }
  for (const part of zbe?.parts(1) ?? []) {
    const number = ei(part, 'MN');
    if (number) push(encounter, 'identifier', { ...number, type: { coding: [{ system: frCodes('identifier-type'), code: 'MN' }] } });
  }
  const account = cx(ledger.first('PID').part(18), zone, 'AN');
  if (account) encounter.account = [{ identifier: account }];
  const type = concept(pv1.part(4), building.facility, v2('0007'));
  if (type) encounter.type = [type];
  put(encounter, 'serviceType', concept(pv1.part(10), building.facility, v2('0069')));
  putPeriod(encounter, pv1, zbe, eventOf(event, zbe), zone);
  putPeople(building, encounter, pv1);
  putPlaces(building, encounter, pv1);
  putHospitalization(building, encounter, pv1);
  if (ledger.message.has('PV2')) pv2Into(building, encounter, ledger.first('PV2'));
  const moved = zbe && movement(building, zbe);
  if (moved) push(encounter, 'extension', moved);
  const unit = moved?.extension?.find(one => one.url === 'medicalUnit')?.valueReference?.reference;
  if (unit !== undefined) encounter.serviceProvider = { reference: unit };
  push(encounter, 'extension', ...staySegments(building, ['ZFP', 'ZFV', 'ZFM', 'ZFS'].flatMap(name => ledger.all(name))));
  return encounter;
}
