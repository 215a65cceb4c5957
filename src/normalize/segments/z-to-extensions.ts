import type { Extension } from '@medplum/fhirtypes';
import type { Building } from '../building.ts';
import { xad } from '../datatypes/address.ts';
import { concept } from '../datatypes/cwe.ts';
import { cx } from '../datatypes/identifier.ts';
import { organizationUrl } from '../datatypes/xon-to-organization.ts';
import { stayFields } from '../tables/encounter.ts';
import { extensions, own } from '../tables/urls.ts';
import type { Part, Tracked } from '../tracked.ts';

const table = (name: string, n: number): string => `${own}/CodeSystem/pam-${name.toLowerCase()}-${n}`;

function stayField(building: Building, segment: Tracked, n: number, kind: string, part: Part): Extension | null {
  const url = `${segment.name}-${n}`, zone = building.settings.source.timeZone;
  switch (kind) {
    case 'code': { const code = part.text(1); return code === '' ? null : { url, valueCoding: { system: table(segment.name, n), code } }; }
    case 'time': { const at = part.time(zone, 1); return at === '' ? null : { url, valueDateTime: at }; }
    case 'address': {
      const address = xad(part, zone), use = part.text(7);
      return address ? { url, valueAddress: use === '' ? address : { ...address, text: use } } : null;
    }
    case 'identifier': { const identifier = cx(part, zone); return identifier ? { url, valueIdentifier: identifier } : null; }
    case 'concept': { const value = concept(part, building.facility, table(segment.name, n)); return value ? { url, valueCodeableConcept: value } : null; }
    default: return { url, valueString: part.all() };
  }
}

/** ZFP, ZFV, ZFM and each ZFS as one `pam-stay` extension a segment. */
export function staySegments(building: Building, segments: readonly Tracked[]): Extension[] {
  return segments.flatMap(segment => {
    const extension = Object.entries(stayFields[segment.name] ?? {}).flatMap(([n, kind]) =>
      segment.parts(Number(n)).flatMap(part => stayField(building, segment, Number(n), kind, part) ?? []));
    return extension.length > 0 ? [{ url: extensions.stay, extension }] : [];
  });
}

/**
 * ZBE as the `pam-movement` extension: what was done to which movement, when, and who answers for the patient from then on.
 * Its number is an identifier of the Encounter (type MN) as FR Core has it.
 */
export function movement(building: Building, zbe: Tracked): Extension | null {
  const zone = building.settings.source.timeZone, extension: Extension[] = [];
  const start = zbe.time(zone, 2), action = zbe.text(4), historical = zbe.text(5), origin = zbe.text(6);
  if (start !== '') extension.push({ url: 'start', valueDateTime: start });
  if (action !== '') extension.push({ url: 'action', valueCode: action });
  if (historical !== '') extension.push({ url: 'historical', valueBoolean: historical === 'Y' });
  if (origin !== '') extension.push({ url: 'originalEvent', valueCode: origin });
  for (const [n, url] of [[7, 'medicalUnit'], [8, 'careUnit']] as const) {
    const unit = organizationUrl(building, zbe.part(n));
    if (unit !== '') extension.push({ url, valueReference: { reference: unit } });
  }
  const nature = zbe.text(9);
  if (nature !== '') extension.push({ url: 'nature', valueCode: nature });
  return extension.length > 0 ? { url: extensions.movement, extension } : null;
}
