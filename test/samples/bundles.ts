import type { Bundle, BundleEntry, Patient, Resource } from '@medplum/fhirtypes';
import { hash } from 'node:crypto';

/** Message Bundles as normalize gives them, with the glossary's fictive identities. `n` tells deliveries and patients apart. */
const uuid = (name: string): string => {
  const hex = hash('sha1', name, 'hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
const v2 = (code: string) => ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code }] });
const fr = (code: string) => ({ coding: [{ system: 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203', code }] });
const core = 'https://hl7.fr/ig/fhir/core';

export const ippSystem = 'urn:oid:1.2.250.1.999.1';
export const ins = (type: string, value = '279035121518989') => {
  const oid = { 'INS-NIR': '8', 'INS-NIA': '9', 'INS-NIR-TEST': '10', 'INS-NIR-DEMO': '11' }[type] ?? '10';
  return { use: 'official' as const, type: fr(type), system: `urn:oid:1.2.250.1.213.1.4.${oid}`, value };
};

export function patient(n: number, options: { readonly status?: string; readonly ins?: string | null; readonly more?: NonNullable<Patient['identifier']> } = {}): Patient {
  const { status = 'VALI', ins: type = 'INS-NIR-TEST', more = [] } = options;
  return {
    resourceType: 'Patient',
    extension: [
      { url: `${core}/StructureDefinition/fr-core-identity-reliability`, extension: [{ url: 'identityStatus', valueCoding: { system: `${core}/CodeSystem/fr-core-cs-v2-0445`, code: status } }] },
      { url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace', valueAddress: { extension: [{ url: `${core}/StructureDefinition/fr-core-address-insee-code`, valueCoding: { system: 'https://mos.esante.gouv.fr/NOS/TRE_R13-Commune/FHIR/TRE-R13-Commune', code: '63220' } }] } },
    ],
    identifier: [{ use: 'usual', type: v2('PI'), system: ippSystem, value: `IPP${String(n)}` }, ...(type === null ? [] : [ins(type)]), ...more],
    name: [{ use: 'official', family: 'PAT-TROIS', given: ['DOMINIQUE'], extension: [{ url: `${core}/StructureDefinition/fr-core-patient-birth-list-given-name`, valueString: 'DOMINIQUE' }] }],
    gender: 'female', birthDate: '1979-03-28',
  };
}

function bundle(n: number | string, resources: readonly (readonly [string, Resource])[]): Bundle {
  const entry: BundleEntry[] = resources.map(([place, resource]) => ({
    fullUrl: uuid(`${String(n)}|${place}`), resource: { ...resource, meta: { ...resource.meta, source: `urn:uuid:trace#${place}` } },
  }));
  return { resourceType: 'Bundle', type: 'message', timestamp: '2026-03-01T10:15:00+01:00', identifier: { system: 'urn:labo', value: `M${String(n)}` }, entry };
}
const ref = (n: number | string, place: string) => ({ reference: uuid(`${String(n)}|${place}`) });

const header = (n: number | string): Resource => ({ resourceType: 'MessageHeader', eventCoding: { code: 'R01' }, source: { endpoint: 'urn:labo' }, focus: [ref(n, 'PID')] });
const professional: Resource = { resourceType: 'Practitioner', identifier: [{ type: fr('RPPS'), system: 'https://rpps.esante.gouv.fr', value: '99700218896' }], name: [{ family: 'DIAZ', given: ['Thierry'] }] };
const structure: Resource = { resourceType: 'Organization', identifier: [{ type: fr('IDNST'), system: 'urn:oid:1.2.250.1.71.4.2.2', value: '1990000001' }], name: 'Laboratoire fictif' };

/** ORU^R01: report, `count` observations, specimen, order, prescriber, structure. */
export function resultsBundle(n: number, options: { readonly who?: Patient; readonly count?: number; readonly value?: number; readonly status?: 'final' | 'corrected' | 'preliminary'; readonly filler?: string; readonly message?: string } = {}): Bundle {
  const { who = patient(n), count = 3, value = 13.2, status = 'final', filler = `F${String(n)}`, message = String(n) } = options;
  const observations = Array.from({ length: count }, (_, i) => i + 1);
  const observationStatus = status === 'corrected' ? 'corrected' as const : status;
  return bundle(message, [
    ['MSH', header(message)], ['PID', who],
    ['OBR-16', professional], ['MSH-4', structure],
    ['ORC', { resourceType: 'ServiceRequest', identifier: [{ type: v2('PLAC'), system: 'urn:dpi', value: `P${String(n)}` }], status: 'completed', intent: 'order', subject: ref(message, 'PID'), requester: ref(message, 'OBR-16') }],
    ['SPM', { resourceType: 'Specimen', type: { coding: [{ system: 'http://snomed.info/sct', code: '119297000' }] }, subject: ref(message, 'PID') }],
    ...observations.map((i): [string, Resource] => [`OBX[${String(i)}]`, {
      resourceType: 'Observation', status: observationStatus, code: { coding: [{ system: 'http://loinc.org', code: `71${String(i)}-7` }] }, subject: ref(message, 'PID'), effectiveDateTime: '2026-03-01T08:00:00+01:00',
      specimen: ref(message, 'SPM'), valueQuantity: { value: value + i - 1, unit: 'g/dL', system: 'http://unitsofmeasure.org', code: 'g/dL' },
    }]),
    ['OBR', {
      resourceType: 'DiagnosticReport', identifier: [{ type: v2('FILL'), system: 'urn:labo', value: filler }], status: status, code: { coding: [{ system: 'http://loinc.org', code: '11502-2' }] }, subject: ref(message, 'PID'),
      basedOn: [ref(message, 'ORC')], performer: [ref(message, 'MSH-4')], specimen: [ref(message, 'SPM')], result: observations.map((i) => ref(message, `OBX[${String(i)}]`)),
    }],
  ]);
}

export const binaryUrl = (n: number | string): string => uuid(`${String(n)}|OBX-5`);

/** MDM/ORU of the volet: one document with its author's role, its structure and the stay. */
export function documentBundle(n: number, options: { readonly who?: Patient; readonly oid?: string; readonly message?: string } = {}): Bundle {
  const { who = patient(n), oid = `1.2.250.1.999.7.${String(n)}`, message = String(n) } = options;
  return bundle(message, [
    ['MSH', header(message)], ['PID', who],
    ['PV1', { resourceType: 'Encounter', status: 'finished', class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' }, subject: ref(message, 'PID'), identifier: [{ type: v2('VN'), system: ippSystem, value: `V${String(n)}` }] }],
    ['PRT-5', professional], ['PRT-8', structure],
    ['PRT', { resourceType: 'PractitionerRole', practitioner: ref(message, 'PRT-5'), organization: ref(message, 'PRT-8') }],
    ['OBX-5', { resourceType: 'Binary', contentType: 'text/xml' }],
    ['OBX', {
      resourceType: 'DocumentReference', masterIdentifier: { system: 'urn:ietf:rfc:3986', value: `urn:oid:${oid}` }, status: 'current', type: { coding: [{ system: 'http://loinc.org', code: '11502-2' }] },
      subject: ref(message, 'PID'), date: '2026-03-01T10:00:00+01:00', author: [ref(message, 'PRT')], custodian: ref(message, 'PRT-8'),
      content: [{ attachment: { contentType: 'text/xml', title: 'CR de biologie', url: binaryUrl(message) } }],
      context: { encounter: [ref(message, 'PV1')], period: { start: '2026-03-01T08:00:00+01:00' } },
    }],
  ]);
}

/** ADT: the patient and the stay. */
export function stayBundle(n: number, options: { readonly who?: Patient; readonly message?: string } = {}): Bundle {
  const { who = patient(n), message = String(n) } = options;
  return bundle(message, [
    ['MSH', header(message)], ['PID', who], ['PV1-3', structure],
    ['PV1', {
      resourceType: 'Encounter', status: 'in-progress', class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' }, subject: ref(message, 'PID'), serviceProvider: ref(message, 'PV1-3'),
      identifier: [{ type: v2('VN'), system: ippSystem, value: `V${String(n)}` }], period: { start: '2026-03-01T09:00:00+01:00', end: '2026-03-02T09:00:00+01:00' },
    }],
  ]);
}

/** A40: the surviving patient, and the retired one that points to it. */
export function mergeBundle(n: number): Bundle {
  return bundle(n, [['MSH', header(n)],
    ['MRG', { resourceType: 'Patient', active: false, identifier: [{ use: 'usual', type: v2('PI'), system: ippSystem, value: `OLD${String(n)}` }], link: [{ other: ref(n, 'PID'), type: 'replaced-by' }] }],
    ['PID', patient(n)]]);
}
