import type { Identifier, Organization } from '@medplum/fhirtypes';
import type { Building } from '../building.ts';
import { put } from '../put.ts';
import { frCodes } from '../tables/urls.ts';
import type { Part } from '../tracked.ts';
import { identifierType, putAuthority } from './identifier.ts';

/** Authority of the national structure numbers (ANS): IDNST = `1` + FINESS, `2` + SIREN, `3` + SIRET. */
const structureOid = '1.2.250.1.71.4.2.2';
const registers: Readonly<Record<string, { system: string; prefix: string; length: number }>> = {
  FINEJ: { system: 'https://finess.esante.gouv.fr', prefix: '1', length: 9 },
  FINEG: { system: 'https://finess.esante.gouv.fr', prefix: '1', length: 9 },
  SIREN: { system: 'https://sirene.fr', prefix: '2', length: 9 },
  SIRET: { system: 'https://sirene.fr', prefix: '3', length: 14 },
};

function structureIdentifiers(part: Part): Identifier[] {
  const at = part.peek(10) === '' ? 3 : 10, value = part.text(at), type = part.text(7);
  if (value === '') return [];
  const register = registers[type];
  const own: Identifier = { ...(type === '' ? {} : { type: identifierType(type) }), value };
  putAuthority(own, part, 6);
  if (own.system !== `urn:oid:${structureOid}`) return [register ? { ...own, system: own.system ?? register.system } : own];
  const bare = register?.length === value.length ? value : register?.length === value.length - 1 ? value.slice(1) : null;
  const national: Identifier = { ...own, type: identifierType('IDNST'), value: register && bare === value ? register.prefix + value : value };
  return register && bare !== null ? [national, { type: identifierType(type), system: register.system, value: bare }] : [national];
}

/** XON as an Organization; a functional unit (UF) or ward says so in its type. Null when there is nothing in it. */
export function organization(part: Part): Organization | null {
  const made: Organization = { resourceType: 'Organization' };
  put(made, 'identifier', structureIdentifiers(part));
  put(made, 'name', part.text(1));
  if (part.peek(7) === 'UF') made.type = [{ coding: [{ system: frCodes('v2-3307'), code: 'UF' }] }];
  return made.identifier ?? made.name ? made : null;
}

/** fullUrl of the organization of a repetition; '' when there is none. */
export function organizationUrl(building: Building, part: Part | null): string {
  const made = part ? organization(part) : null;
  if (!part || !made) return '';
  return building.once(`XON|${JSON.stringify(made)}`, () => building.add(made, part.place));
}
