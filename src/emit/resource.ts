import type { Encounter, Identifier, Resource } from '@medplum/fhirtypes';
import { profile, type Generation } from './generation.ts';
import { emitPatient } from './patient.ts';

/** What decides how a resource leaves. `qualified`: the patient's identity is INS and VALI to the gateway's knowledge. */
export interface Emission { readonly generation: Generation; readonly qualified: boolean }

const named = (identifiers: readonly Identifier[] | undefined): boolean =>
  identifiers !== undefined && identifiers.length > 0 && identifiers.every((one) => one.system !== undefined && one.value !== undefined);

/** FR Core 2.1.0 and 2.2.0 fix the system of a pre-admission number (PV1-5) to `1.2.250.1.71.4.2.2+.n°FINESS`, an example that no number has. */
const preAdmitted = ({ hospitalization }: Encounter): boolean => hospitalization?.preAdmissionIdentifier !== undefined;

const meetsEncounter = (encounter: Encounter): boolean =>
  named(encounter.identifier) && encounter.period !== undefined && !preAdmitted(encounter)
  && encounter.identifier?.every((one) => one.type?.coding?.some((coding) => coding.code === 'VN' || coding.code === 'MN')) === true;

/** A profile is claimed only where the resource meets what it asks of its identifiers; else it stays plain R4. */
function claims(resource: Resource): string | null {
  switch (resource.resourceType) {
    case 'Practitioner': return named(resource.identifier) ? 'practitioner' : null;
    case 'Organization': return named(resource.identifier) ? 'organization' : null;
    case 'Encounter': return meetsEncounter(resource) ? 'encounter' : null;
    default: return null;
  }
}

/** A resource as it leaves: the destination's profile, and none of the gateway's own marks (`meta.source` names the trace). */
export function emitResource<R extends Resource>(resource: R, { generation, qualified }: Emission): R {
  if (resource.resourceType === 'Patient') return emitPatient(resource, generation, qualified) as R;
  const claimed = claims(resource);
  const { meta: _, ...rest } = resource as Resource;
  return (claimed === null ? rest : { ...rest, meta: { profile: [profile(generation, claimed)] } }) as R;
}
