import type { Extension, Identifier, Patient } from '@medplum/fhirtypes';
import { hasInsType, insUse, isInsOf, isInsSystem, nssSystem, profile, type Generation } from './generation.ts';

const reliability = 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-identity-reliability';
const birthPlace = 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace';
const insee = 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-address-insee-code';
const birthGivenNames = 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-patient-birth-list-given-name';

const typed = (identifier: Identifier, code: string): boolean => identifier.type?.coding?.some((one) => one.code === code) === true;
const has = (extensions: readonly Extension[] | undefined, url: string): boolean => extensions?.some((one) => one.url === url) === true;

/** Does the resource itself say VALI and nothing else of its identity (table 0445)? */
export function saysValidated(patient: Patient): boolean {
  const statuses = (patient.extension ?? []).filter((one) => one.url === reliability)
    .flatMap((one) => (one.extension ?? []).filter((part) => part.url === 'identityStatus').map((part) => part.valueCoding?.code));
  return statuses.includes('VALI');
}

/** fr-core-patient-ins asks for these beside the INS itself; without them only fr-core-patient can be claimed. */
const meetsIns = (patient: Patient): boolean =>
  patient.birthDate !== undefined && ['male', 'female', 'unknown'].includes(patient.gender ?? '')
  && patient.extension?.some((one) => one.url === birthPlace && has(one.valueAddress?.extension, insee)) === true
  && patient.name?.filter((one) => one.use === 'official' && one.given?.length === 1 && has(one.extension, birthGivenNames)).length === 1;

function identifierIn(generation: Generation, identifier: Identifier): Identifier {
  if (isInsSystem(identifier.system) && !typed(identifier, 'NH')) {
    const { system = '', type: _, ...untyped } = identifier;
    const known = hasInsType(generation, system) ? identifier : { ...untyped, system };
    return known.use === 'old' ? known : { ...known, use: insUse(generation, system) };
  }
  if (!typed(identifier, 'NH')) return identifier;
  const { system: _, ...rest } = identifier;
  const system = nssSystem(generation, identifier.system);
  return system === undefined ? rest : { ...rest, system };
}

/** 2.0.1 takes one PI: the others keep their system and value without the type. */
function onePi(identifiers: Identifier[]): Identifier[] {
  let seen = false;
  return identifiers.map((one) => {
    if (!typed(one, 'PI')) return one;
    if (!seen) { seen = true; return one; }
    const { type: _, ...rest } = one;
    return { ...rest, use: 'secondary' as const };
  });
}

/**
 * A Patient in a destination's FR Core generation. `qualified` says that the identity is INS and VALI to the gateway's
 * knowledge; unless the resource agrees, no identifier leaves under an INS authority (invariant 9, regional.md §5.2.5).
 */
export function emitPatient(patient: Patient, generation: Generation, qualified: boolean): Patient {
  const withIns = qualified && saysValidated(patient);
  const mayLeave = (one: Identifier): boolean => withIns || !isInsSystem(one.system);
  // Asked again once mapped: up to 2.1.0 the NSS goes under the OID of the INS-NIR, where it reads as one.
  let identifier = (patient.identifier ?? []).filter(mayLeave).map((one) => identifierIn(generation, one)).filter(mayLeave);
  if (generation === '2.0.1') identifier = onePi(identifier);
  const current = identifier.filter((one) => isInsSystem(one.system) && one.use !== 'old');
  const official = current.length > 0;
  // fr-core-2 of 2.2.0: a validated identity has exactly one official identifier, and the INS is it.
  if (generation === '2.2.0' && withIns && official) identifier = identifier.filter((one) => !typed(one, 'NH'));
  const { identifier: _, meta: __, ...rest } = patient;
  const claimed = profile(generation, withIns && current.some((one) => isInsOf(generation, one.system ?? '')) && meetsIns(patient) ? 'patient-ins' : 'patient');
  return { ...rest, meta: { profile: [claimed] }, ...(identifier.length === 0 ? {} : { identifier }) };
}
