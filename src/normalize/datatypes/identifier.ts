import type { Identifier } from '@medplum/fhirtypes';
import { put } from '../put.ts';
import { isOid } from '../../domain/identity.ts';
import { localAuthority } from '../tables/code-systems.ts';
import { hl7Tables } from '../tables/hl7-tables.ts';
import { frCodes, own, v2 } from '../tables/urls.ts';
import type { Part } from '../tracked.ts';

const typeSystem = v2('0203');
/** Types that FR Core defines itself, table 0203 having no such code. */
const frenchTypes = new Set(['ADELI', 'RPPS', 'IDNPS', 'NNFRA', 'NDP', 'INS-C', 'INS-NIA', 'INS-NIR', 'INS-NIR-TEST', 'INS-NIR-DEMO', 'FINEJ', 'FINEG', 'SIREN', 'SIRET', 'IDNST', 'INTRN', 'EXTRN']);

/** Types that only PAM France has (CodeSystem pam-0203 of our profiles). */
const pamTypes = new Set(['INS', 'UF', 'SRV']);

/** Identifier.type of a table 0203 code, HL7's, FR Core's or PAM's; of any other, its letters as text. */
export function identifierType(code: string): NonNullable<Identifier['type']> {
  if (frenchTypes.has(code)) return { coding: [{ system: frCodes('v2-0203'), code }] };
  if (pamTypes.has(code)) return { coding: [{ system: `${own}/CodeSystem/pam-0203`, code }] };
  return hl7Tables['0203']?.has(code) === true ? { coding: [{ system: typeSystem, code }] } : { text: code };
}

/**
 * System of an authority (HD: name, universal id, its type). An OID wins, written alone or as ISO; a UUID or a URI is taken
 * as it is; else the name is made a URL of ours, with its universal id when it has one (a FINESS number, often), so that two
 * authorities of the same name stay two.
 */
export function authoritySystem(named: string, universal: string, type: string): string {
  const name = named.trim(), id = universal.trim();
  if (isOid(id)) return `urn:oid:${id}`;
  if (type === 'UUID') return `urn:uuid:${id.toLowerCase()}`;
  if (type === 'URI') return id;
  if (id === '' && isOid(name)) return `urn:oid:${name}`;
  const known = [name, id].filter(text => text !== '').join(' ');
  return known === '' ? '' : localAuthority(known);
}

/** Names the authority of component c (an HD): its system, and its name as the assigner when the system does not tell it. */
export function putAuthority(made: Identifier, part: Part, c: number): void {
  const name = part.text(c), id = part.text(c, 2), system = authoritySystem(name, id, id === '' ? '' : part.text(c, 3));
  if (system !== '') made.system = system;
  if (name !== '' && id !== '' && !system.startsWith(own)) made.assigner = { display: name };
}

/** Validity CX-7/CX-8 as a period. */
export function periodIn(part: Part, from: number, zone: string): Identifier['period'] | null {
  const start = part.time(zone, from), end = part.time(zone, from + 1);
  if (start === '' && end === '') return null;
  return { ...(start === '' ? {} : { start }), ...(end === '' ? {} : { end }) };
}

/** CX as an Identifier, without the blanks around it (HL7 v2.5 §2.A.74: trailing blanks are optional); `fallback` is its type when CX-5 is empty. Null without a value. */
export function cx(part: Part | null, zone: string, fallback = ''): Identifier | null {
  if (!part || part.peek(1).trim() === '') return null;
  const made: Identifier = {};
  const type = part.text(5).trim() || fallback;
  if (type !== '') made.type = identifierType(type);
  made.value = part.text(1).trim();
  putAuthority(made, part, 4);
  if (part.size > 6) put(made, 'period', periodIn(part, 7, zone));
  if (part.size > 5 && made.assigner === undefined && part.peek(6) !== '') made.assigner = { display: part.text(6) };
  return made;
}

/** EI as an Identifier of the given type (`PLAC`, `FILL`, `MN`…). Null without a value. */
export function ei(part: Part | null, type: string): Identifier | null {
  if (!part || part.peek(1).trim() === '') return null;
  const made: Identifier = { type: identifierType(type) };
  made.value = part.text(1).trim();
  const name = part.text(2), id = part.text(3), system = authoritySystem(name, id, id === '' ? '' : part.text(4));
  if (system !== '') made.system = system;
  if (name !== '' && id !== '' && !system.startsWith(own)) made.assigner = { display: name };
  return made;
}
