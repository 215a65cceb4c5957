/** Names of what Passerelle itself defines (profiles/sushi-config.yaml). */
export const own = 'https://passerelle.test/fhir';

const hl7 = 'http://terminology.hl7.org/CodeSystem';
const frCore = 'https://hl7.fr/ig/fhir/core';

/** An HL7 v2 table as a code system. */
export const v2 = (table: string): string => `${hl7}/v2-${table}`;
export const v3 = (name: string): string => `${hl7}/v3-${name}`;

/** FR Core 2.1.0. */
export const frCodes = (name: string): string => `${frCore}/CodeSystem/fr-core-cs-${name}`;
export const frExtension = (name: string): string => `${frCore}/StructureDefinition/fr-core-${name}`;

export const extensions = {
  dataAbsent: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
  birthPlace: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace',
  motherName: 'http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName',
  event: 'http://hl7.org/fhir/StructureDefinition/event-performerFunction',
  statusReason: 'http://hl7.org/fhir/StructureDefinition/request-statusReason',
  callback: 'http://hl7.org/fhir/StructureDefinition/servicerequest-order-callback-phone-number',
  abnormalNature: 'http://hl7.org/fhir/StructureDefinition/observation-nature-of-abnormal-test',
  arrival: 'http://hl7.org/fhir/StructureDefinition/encounter-modeOfArrival',
  plannedStart: 'http://hl7.org/fhir/5.0/StructureDefinition/extension-Encounter.plannedStartDate',
  subId: 'http://hl7.org/fhir/StructureDefinition/observation-v2-subid',
  precision: 'http://hl7.org/fhir/StructureDefinition/quantity-precision',
  rejectReason: 'http://hl7.org/fhir/StructureDefinition/specimen-reject-reason',
  reliability: frExtension('identity-reliability'),
  birthGivenNames: frExtension('patient-birth-list-given-name'),
  insee: frExtension('address-insee-code'),
  lunarDate: frExtension('lunar-date'),
  birthDateCorrected: frExtension('patient-birthdate-update-indicator'),
  contactIdentifier: frExtension('patient-contact-identifier'),
  estimatedDischarge: frExtension('estimated-discharge-date'),
  /** Ours: what FHIR and FR Core have no place for; each is described in src/normalize/README.md. */
  movement: `${own}/StructureDefinition/pam-movement`,
  stay: `${own}/StructureDefinition/pam-stay`,
  analysed: 'http://hl7.org/fhir/StructureDefinition/observation-analysis-date-time',
  identityUnknown: `${own}/StructureDefinition/identity-unknown`,
  dmp: `${own}/StructureDefinition/dmp-status`,
} as const;

/** Code officiel géographique of a birth place or address: communes and, for births abroad, countries 99xxx. */
export const inseeCode = (code: string) =>
  ({ url: extensions.insee, valueCoding: { system: 'https://mos.esante.gouv.fr/NOS/TRE_R13-CommuneOM/FHIR/TRE-R13-CommuneOM', code } });
