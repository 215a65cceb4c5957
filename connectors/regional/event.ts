import type { Bundle, CommunicationRequest, Encounter, Identifier, Organization, Patient, Resource } from '@medplum/fhirtypes';
import { emitPatient } from '../../src/emit/patient.ts';
import { emitResource, type Emission } from '../../src/emit/resource.ts';
import { profile } from '../../src/emit/generation.ts';
import { uuid5 } from '../../src/emit/uuid.ts';
import type { Declarant } from './config.ts';
import type { Index, RegionalContent } from './content.ts';
import { uriSystem, type Token } from './transaction.ts';

const nde = 'https://interop.esante.gouv.fr/ig/fhir/nde/StructureDefinition';
const eventTypes = 'https://mos.esante.gouv.fr/NOS/TRE_R254-TypeEvenement/FHIR/TRE-R254-TypeEvenement';
const idNatSt = 'urn:oid:1.2.250.1.71.4.2.2';

/** JDV_J46, the codes this gateway declares (ASS_A13: A01 → ADM, A03 → SOR, a deposit → DOC). */
const labels = { ADM: 'Admission d\'un patient dans un établissement de santé', SOR: 'Sortie d\'un patient de l\'établissement de santé', DOC: 'Dépôt de document pour un patient' } as const;

const find = <R extends Resource>(index: Index, type: R['resourceType']): R | undefined => [...index.values()].find((one) => one.resourceType === type) as R | undefined;

/** The structure that declares: the one in charge of the stay or the document when the message names it with an identifier. */
function declaring(index: Index, declarant: Declarant, emission: Emission): Organization & { id: string } {
  const encounter = find<Encounter>(index, 'Encounter');
  const named = index.get(encounter?.serviceProvider?.reference ?? '');
  if (named?.resourceType === 'Organization' && (named.identifier ?? []).some((one) => one.system === idNatSt)) {
    const { partOf: _, endpoint: __, ...organization } = emitResource(named, emission);
    return { ...organization, id: 'organization' };
  }
  const type = { coding: [{ system: 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203', code: 'IDNST' }] };
  return {
    resourceType: 'Organization', id: 'organization', meta: { profile: [profile(emission.generation, 'organization')] },
    identifier: [{ type, system: idNatSt, value: declarant.idNatSt }], name: declarant.name,
  };
}

/** Only who it is about: identifiers and names (regional.md §5.2.11, minimal). */
function about(patient: Patient, emission: Emission): Patient & { id: string } {
  const { meta, identifier, name, extension } = emitPatient(patient, emission.generation, emission.qualified);
  const reliability = extension?.filter((one) => one.url.endsWith('fr-core-identity-reliability')) ?? [];
  // The INS profile asks for birth date and place, which an event need not tell.
  const claimed = { ...meta, profile: [profile(emission.generation, 'patient')] };
  return {
    resourceType: 'Patient', id: 'patient', meta: claimed, ...(reliability.length === 0 ? {} : { extension: reliability }),
    ...(identifier === undefined ? {} : { identifier }), ...(name === undefined ? {} : { name }),
  };
}

/** When it happened: the stay's start or end, the deposit's moment; else when the message was received. */
function timeOf(index: Index, event: keyof typeof labels, bundle: Bundle): string {
  const period = find<Encounter>(index, 'Encounter')?.period;
  const told = event === 'ADM' ? period?.start : event === 'SOR' ? period?.end : undefined;
  return told ?? bundle.timestamp ?? '';
}

export interface Declared { readonly resource: CommunicationRequest; readonly token: Token }

/**
 * An event declaration (NdE 3.0.0, flow 3; regional.md §5.3 T1). Its identifier is made of trace and event: a replay declares
 * nothing twice, and two messages of one sender and control id, which intake did not take for the same, are two events. A
 * document is named by its identifier and never carried.
 */
export function eventOf(bundle: Bundle, index: Index, event: NonNullable<RegionalContent['event']>, declarant: Declarant, emission: Emission, trace: string, document: Token | null): Declared | null {
  const patient = find<Patient>(index, 'Patient');
  if (patient === undefined) return null;
  const token: Token = { system: uriSystem, value: `urn:uuid:${uuid5(`${trace}|${event}`)}` };
  const reference: Identifier | null = document;
  const resource: CommunicationRequest = {
    resourceType: 'CommunicationRequest', meta: { profile: [`${nde}/nde-eventdeclaration`] },
    contained: [about(patient, emission), declaring(index, declarant, emission)],
    extension: [
      { url: `${nde}/event-type`, valueCodeableConcept: { coding: [{ system: eventTypes, code: event, display: labels[event] }] } },
      { url: `${nde}/event-time`, valueDateTime: timeOf(index, event, bundle) },
    ],
    identifier: [token], status: 'active', subject: { reference: '#patient' }, requester: { reference: '#organization' },
    payload: [reference === null ? { contentString: labels[event] } : { contentReference: { type: 'DocumentReference', identifier: reference } }],
  };
  return { resource, token };
}
