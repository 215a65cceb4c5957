import { isOid } from '../../domain/identity.ts';
import { hl7Tables } from './hl7-tables.ts';
import { own, v2 } from './urls.ts';

/** CWE-3 (table 0396, and what French senders write) → FHIR code system. */
const named: Readonly<Record<string, string>> = {
  LN: 'http://loinc.org', LOINC: 'http://loinc.org', UCUM: 'http://unitsofmeasure.org',
  SCT: 'http://snomed.info/sct', SNM: 'http://snomed.info/sct', 'SNOMED CT': 'http://snomed.info/sct',
  I10: 'http://hl7.org/fhir/sid/icd-10', CIM10: 'http://hl7.org/fhir/sid/icd-10', 'CIM-10': 'http://hl7.org/fhir/sid/icd-10',
  ATC: 'http://www.whocc.no/atc', WC: 'http://www.whocc.no/atc', DCM: 'http://dicom.nema.org/resources/ontology/DCM',
  ISO639: 'urn:ietf:bcp:47', 'ISO3166-1': 'urn:iso:std:iso:3166', ISO3166: 'urn:iso:std:iso:3166',
  // OIDs of inbound.md §11.3, as senders shorten them.
  NABM: 'urn:oid:1.2.250.1.213.2.7', CCAM: 'urn:oid:1.2.250.1.215.300.1', TRE_A05: 'https://mos.esante.gouv.fr/NOS/TRE_A05-TypeDocComplementaire/FHIR/TRE-A05-TypeDocComplementaire',
};

/** OIDs that have a FHIR name of their own. */
const byOid: Readonly<Record<string, string>> = {
  '2.16.840.1.113883.6.1': 'http://loinc.org', '2.16.840.1.113883.6.96': 'http://snomed.info/sct', '2.16.840.1.113883.6.3': 'http://hl7.org/fhir/sid/icd-10',
  '2.16.840.1.113883.6.8': 'http://unitsofmeasure.org', '2.16.840.1.113883.6.73': 'http://www.whocc.no/atc', '1.2.840.10008.2.16.4': 'http://dicom.nema.org/resources/ontology/DCM',
  '2.16.840.1.113883.5.25': 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', '2.16.840.1.113883.5.4': 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  '2.16.840.1.113883.5.1': 'http://terminology.hl7.org/CodeSystem/v3-AdministrativeGender', '2.16.840.1.113883.5.83': 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation',
  '2.16.840.1.113883.5.111': 'http://terminology.hl7.org/CodeSystem/v3-RoleCode',
  '1.2.250.1.213.1.1.4.5': 'https://mos.esante.gouv.fr/NOS/TRE_A02-ProfessionSavFaire-CISIS/FHIR/TRE-A02-ProfessionSavFaire-CISIS',
  '1.2.250.1.213.1.1.4.9': 'https://mos.esante.gouv.fr/NOS/TRE_A01-CadreExercice/FHIR/TRE-A01-CadreExercice',
  '1.2.250.1.71.4.2.4': 'https://mos.esante.gouv.fr/NOS/TRE_R02-SecteurActivite/FHIR/TRE-R02-SecteurActivite',
};

export const systemOfOid = (oid: string): string => byOid[oid] ?? `urn:oid:${oid}`;

const encoded = new Map<string, string>();
const segment = (text: string): string => {
  let known = encoded.get(text);
  if (known === undefined) {
    if (encoded.size > 1000) encoded.clear();
    encoded.set(text, known = encodeURIComponent(text));
  }
  return known;
};

const local = (facility: string, name: string): string => `${own}/local/${segment(facility)}/${segment(name)}`;

/**
 * Code system of CWE-3. A local one (`L`, `99…`, or any name we do not know) is local to the facility that sent it: the same
 * letters from two laboratories are two systems.
 */
export function codeSystem(name: string, facility: string): string {
  if (name === '') return '';
  const known = named[name];
  if (known) return known;
  if (isOid(name)) return systemOfOid(name);
  const table = /^HL7(\d{4})$/.exec(name);
  return table ? v2(table[1] ?? '') : local(facility, name);
}

const tables = v2('');
/**
 * The system of a code that stands under an HL7 table: the table's, or a local one when the table has no such code. Sites add
 * to most tables (0069, hospital services), and what they add is theirs.
 */
export function tableSystem(system: string, code: string, facility: string): string {
  if (!system.startsWith(tables)) return system;
  const number = system.slice(tables.length), table = hl7Tables[number];
  return table === undefined || table.has(code) ? system : local(facility, `HL7${number}`);
}

/** System of an identifier from its authority's name when it has no OID. */
export const localAuthority = (name: string): string => `${own}/authority/${segment(name)}`;
