import type { Provenance } from '@medplum/fhirtypes';
import type { Building } from '../building.ts';
import { concept } from '../datatypes/cwe.ts';
import { practitionerUrls } from '../datatypes/xcn-to-practitioner.ts';
import { localAuthority } from '../tables/code-systems.ts';
import { v2 } from '../tables/urls.ts';
import type { Tracked } from '../tracked.ts';

const agentType = (code: string) => ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code }] });

/**
 * Where the Bundle comes from: the message (MSH-10) by its sender, received now. EVN-6 is when the event occurred and EVN-2
 * when the sender recorded it; with both, the period between them. Which segment each resource comes from is in its
 * meta.source.
 */
export function toProvenance(building: Building, controlId: string, sender: string, targets: readonly string[], evn: Tracked | null): Provenance {
  const zone = building.settings.source.timeZone;
  const made: Provenance = {
    resourceType: 'Provenance', target: targets.map(reference => ({ reference })), recorded: new Date(building.settings.receivedAt).toISOString(),
    agent: [{ type: agentType('author'), who: { type: 'Device', identifier: { system: localAuthority('sender'), value: sender }, display: sender } }],
    entity: [{ role: 'source', what: { identifier: { system: localAuthority(building.facility), value: controlId } } }],
  };
  if (!evn) return made;
  const occurred = evn.time(zone, 6), recorded = evn.time(zone, 2);
  if (occurred !== '' && recorded !== '') made.occurredPeriod = { start: occurred, end: recorded };
  else if (occurred !== '' || recorded !== '') made.occurredDateTime = occurred || recorded;
  const reason = concept(evn.part(4), building.facility, v2('0062'));
  if (reason) made.reason = [reason];
  const place = evn.part(7)?.all() ?? '';
  for (const url of practitionerUrls(building, evn, 5)) made.agent.push({ type: agentType('enterer'), who: { reference: url }, ...(place === '' ? {} : { onBehalfOf: { display: place } }) });
  if (place !== '' && made.agent.length === 1) made.agent.push({ type: agentType('enterer'), who: { identifier: { system: localAuthority(building.facility), value: place }, display: place } });
  return made;
}
