import type { XdsCode } from '../document-entry.ts';

const scheme = '1.2.250.1.213.2.2';
const code = (value: string, display: string): XdsCode => ({ code: value, scheme, display });
const undifferentiated = code('97', 'Type d’activité indifférencié');

/** PV1-2 to contentTypeCode: CI-SIS Transmission CDA-R2 HL7 v2 2.1, mapping; codes of TRE_R209-TypeActivite (JDV_J59). */
const byPatientClass: ReadonlyMap<string, XdsCode> = new Map([
  ['I', code('03', 'Hospitalisation complète (non compris hospitalisation de semaine)')], ['O', code('07', 'Consultation Soins Externes')],
  ['E', code('07', 'Consultation Soins Externes')], ['R', code('19', 'Traitement et Cure Ambulatoire')], ['N', undifferentiated],
]);

/** A class the volet does not map (P, B, U…) says nothing of the activity: undifferentiated. */
export const contentTypeOf = (patientClass: string): XdsCode => byPatientClass.get(patientClass) ?? undifferentiated;
