import type { Location } from '@medplum/fhirtypes';
import type { Building } from '../building.ts';
import { push } from '../put.ts';
import { frCodes, v2 } from '../tables/urls.ts';
import type { Part } from '../tracked.ts';
import { tableSystem } from '../tables/code-systems.ts';
import { authoritySystem, identifierType } from './identifier.ts';

/** Table 0305, PL.6: what kind of place, by the letters of v2-to-fhir. */
const personLocation = v2('0305');

/**
 * PL as one Location: the most precise of unit (UF d'hébergement), room and bed, numbered inside its facility by the path to
 * it, named as people say it, inside (`partOf`) the rest of the path. PL.5 is the bed's state (table 0116).
 */
export function location(part: Part, sender: string): Location | null {
  const [unit, room, bed] = [part.text(1), part.text(2), part.text(3)];
  const path = [unit, room, bed].filter(text => text !== '');
  const [name, id] = [part.text(4), part.text(4, 2)], facility = authoritySystem(name, id, part.text(4, 3));
  if (path.length === 0 && facility === '') return null;
  const made: Location = { resourceType: 'Location', mode: 'instance' };
  if (path.length > 0) {
    // A room without its unit is another room than the same number in a unit: the empty places stay in the path.
    made.identifier = [{ type: { coding: [{ system: frCodes('location-identifier-type'), code: 'INTRN' }] }, ...(facility === '' ? {} : { system: facility }), value: [unit, room, bed].join('/').replace(/\/+$/, '') }];
    made.name = path.join(' ');
  }
  if (bed !== '' || room !== '') made.physicalType = { coding: [{ system: frCodes('location-physical-type'), code: bed === '' ? 'R' : 'B' }] };
  if (path.length > 1 && unit !== '') made.partOf = { identifier: { type: identifierType('INTRN'), ...(facility === '' ? {} : { system: facility }), value: unit }, display: unit };
  if (facility !== '') made.managingOrganization = { identifier: { ...(id === '' ? {} : { system: facility }), value: id === '' ? name : id }, ...(name === '' ? {} : { display: name }) };
  const state = part.size > 4 ? part.text(5) : '', kind = part.size > 5 ? part.text(6) : '';
  if (state !== '') made.operationalStatus = { system: tableSystem(v2('0116'), state, sender), code: state };
  if (kind !== '') push(made, 'type', { coding: [{ system: tableSystem(personLocation, kind, sender), code: kind }] });
  const places = part.size > 6 ? [part.text(7), part.text(8), part.text(9)].filter(text => text !== '') : [];
  if (places.length > 0) made.description = places.join(' ');
  return made;
}

/** fullUrl of the place of a repetition; '' when there is none. */
export function locationUrl(building: Building, part: Part | null): string {
  const made = part ? location(part, building.facility) : null;
  if (!part || !made) return '';
  return building.once(`PL|${JSON.stringify(made)}`, () => building.add(made, part.place));
}
