import type { Encounter } from '@medplum/fhirtypes';
import type { Building } from '../building.ts';
import { concept } from '../datatypes/cwe.ts';
import { practitionerUrls } from '../datatypes/xcn-to-practitioner.ts';
import { push, put } from '../put.ts';
import { extensions, v2, v3 } from '../tables/urls.ts';
import type { Tracked } from '../tracked.ts';

/** What PV2 adds to the stay: reason, expected dates, priority, way of arrival, who referred the patient. */
export function pv2Into(building: Building, encounter: Encounter, pv2: Tracked): void {
  const local = building.facility, zone = building.settings.source.timeZone;
  for (const part of pv2.parts(3)) { const reason = concept(part, local); if (reason) push(encounter, 'reasonCode', reason); }
  const expected = pv2.time(zone, 8), discharge = pv2.date(9);
  if (expected !== '') push(encounter, 'extension', { url: extensions.plannedStart, valueDateTime: expected });
  if (discharge !== '') push(encounter, 'extension', { url: extensions.estimatedDischarge, valueDate: discharge });
  const days = pv2.peek(11);
  if (/^\d+$/.test(days)) encounter.length = { value: Number(pv2.text(11)), unit: 'd', system: 'http://unitsofmeasure.org', code: 'd' };
  for (const url of practitionerUrls(building, pv2, 13)) {
    push(encounter, 'participant', { type: [{ coding: [{ system: v3('ParticipationType'), code: 'REF' }] }], individual: { reference: url } });
  }
  put(encounter, 'priority', concept(pv2.part(25), local, v2('0217')));
  const arrival = concept(pv2.part(38), local, v2('0430'))?.coding?.[0];
  if (arrival) push(encounter, 'extension', { url: extensions.arrival, valueCoding: arrival });
}
