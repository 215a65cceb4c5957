import type { Identifier, Practitioner } from '@medplum/fhirtypes';
import { isInsOid } from '../../domain/identity.ts';
import type { Building } from '../building.ts';
import { put } from '../put.ts';
import { insTypes } from '../tables/patient.ts';
import type { Part, Tracked } from '../tracked.ts';
import { identifierType, putAuthority } from './identifier.ts';

/** Authority of the national professional numbers (ANS, identification nationale des professionnels). */
const psOid = '1.2.250.1.71.4.2.1';
const registers: Readonly<Record<string, { system: string; prefix: string; length: number }>> = {
  RPPS: { system: 'https://rpps.esante.gouv.fr', prefix: '8', length: 11 },
  ADELI: { system: 'https://adeli.esante.gouv.fr', prefix: '0', length: 9 },
};

/**
 * A professional's numbers as FR Core wants them: the national form (IDNPS: `8` + RPPS, `0` + ADELI) under the national OID,
 * and the register's own number when the message says which register it is. Senders write either form under either type.
 */
function professionalIdentifiers(part: Part): Identifier[] {
  const value = part.text(1), type = part.text(13);
  if (value === '') return [];
  const register = registers[type];
  const own: Identifier = { ...(type === '' ? {} : { type: identifierType(type) }), value };
  putAuthority(own, part, 9);
  // A patient among the recipients of a volet is named by the INS, whose type is that of its authority.
  const oid = own.system?.slice('urn:oid:'.length) ?? '';
  if (isInsOid(oid)) own.type = identifierType(insTypes[oid]);
  if (own.system !== `urn:oid:${psOid}`) return [register && own.system === undefined ? { ...own, system: register.system } : own];
  const bare = register?.length === value.length ? value : register?.length === value.length - 1 ? value.slice(1) : null;
  const national: Identifier = { ...own, type: identifierType('IDNPS'), value: register && bare === value ? register.prefix + value : value };
  return register && bare !== null ? [national, { type: identifierType(type), system: register.system, value: bare }] : [national];
}

/** XCN as a Practitioner (v2-to-fhir datatype-xcn-to-practitioner, with the French numbers). Null when there is nobody in it. */
export function practitioner(part: Part): Practitioner | null {
  const made: Practitioner = { resourceType: 'Practitioner' };
  put(made, 'identifier', professionalIdentifiers(part));
  const family = part.line(2), given = [part.text(3), part.text(4)].filter(text => text !== '');
  if (family !== '' || given.length > 0) {
    const name: NonNullable<Practitioner['name']>[number] = {};
    const type = part.text(10);
    if (type === 'L') name.use = 'official';
    else if (type === 'D') name.use = 'usual';
    put(name, 'family', family);
    put(name, 'given', given);
    const prefix = part.text(6), suffix = [part.text(5), part.text(7)].filter(text => text !== '');
    if (prefix !== '') name.prefix = [prefix];
    put(name, 'suffix', suffix);
    made.name = [name];
  }
  return made.identifier ?? made.name ? made : null;
}

/** fullUrl of the professional of one repetition; '' when there is nobody. The same words give the same entry. */
export function practitionerUrl(building: Building, part: Part): string {
  const made = practitioner(part);
  if (!made) return '';
  return building.once(`XCN|${part.words}`, () => building.add(made, part.place));
}

const nobody: readonly string[] = [];

/** fullUrls of the professionals in field n. A field met before word for word is not read again. */
export function practitionerUrls(building: Building, segment: Tracked, n: number): readonly string[] {
  const raw = segment.raw(n);
  if (raw === '' || raw === '""') return nobody;
  const known = building.professionals.get(raw);
  if (known !== undefined) { segment.carry(n); return known; }
  const parts = segment.parts(n), urls = parts.map(part => practitionerUrl(building, part)).filter(url => url !== '');
  const carried = parts.every(part => part.isCarried);
  if (urls.length > 0 && carried) building.professionals.set(raw, urls);
  return urls;
}
