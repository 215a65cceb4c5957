import { codes, list, object, patients, text, type Json, type Rule } from './simulator-rule.ts';

const frCore = (version: string): string => `FR Core ${version} fr-core-patient`;
const oids: Readonly<Record<string, string>> = {
  'urn:oid:1.2.250.1.213.1.4.8': 'INS-NIR', 'urn:oid:1.2.250.1.213.1.4.9': 'INS-NIA', 'urn:oid:1.2.250.1.213.1.4.10': 'INS-NIR-TEST', 'urn:oid:1.2.250.1.213.1.4.11': 'INS-NIR-DEMO',
};
const identifiers = (patient: Json): Json[] => list(patient.identifier);
const isNss = (identifier: Json): boolean => codes(identifier.type).includes('NH');
const isIns = (identifier: Json): boolean => text(identifier.system) in oids && !isNss(identifier);
const statuses = (patient: Json): string[] => list(patient.extension).filter((one) => text(one.url).endsWith('/fr-core-identity-reliability'))
  .flatMap((one) => list(one.extension).filter((part) => part.url === 'identityStatus').map((part) => text(object(part.valueCoding).code)));

/** 97 minus the number modulo 97; Corsica 2A and 2B read as 19 and 18 (ANS, référentiel INS). */
function keyIsRight(matricule: string): boolean {
  if (!/^\d{5}(\d{2}|2[AB])\d{6}\d{2}$/.test(matricule) && !/^\d{6}[AB\d]\d{8}$/.test(matricule)) return false;
  const digits = matricule.slice(0, 13).replace('2A', '19').replace('2B', '18');
  return 97 - Number(BigInt(digits) % 97n) === Number(matricule.slice(13));
}

const each = (name: string, source: string, test: (patient: Json, version: string) => string | null): Rule => ({
  name, source, on: ['transaction', 'event'],
  check: (arrived) => patients(arrived).flatMap(({ at, patient }) => { const said = test(patient, arrived.frCore); return said === null ? [] : [{ at, text: said }]; }),
});

/** What the platform checks of every patient it is told of. */
export const patientRules: Rule[] = [
  each('no-ins-unless-validated', 'regional.md §5.2.5; référentiel INS', (patient) =>
    (identifiers(patient).some((one) => text(one.system) in oids) && !statuses(patient).includes('VALI') ? 'an INS leaves for an identity that is not VALI' : null)),
  each('ins-type-fits-its-oid', `${frCore('2.1.0')}, identifier slices`, (patient) =>
    (identifiers(patient).some((one) => isIns(one) && !codes(one.type).includes(oids[text(one.system)] ?? '')) ? 'the type of an INS is not that of its OID' : null)),
  each('ins-use-fits-the-version', 'FR Core 2.1.0 INS-NIA.use temp; 2.2.0 official or old', (patient, version) => {
    const wrong = identifiers(patient).filter(isIns).some((one) => {
      const use = text(one.use);
      if (version === '2.2.0') return use !== 'official' && use !== 'old';
      return text(one.system).endsWith('.9') ? use !== 'temp' && use !== 'old' : use !== 'official' && use !== 'old';
    });
    return wrong ? 'the use of an INS is not the one of this FR Core version' : null;
  }),
  each('ins-key', 'référentiel INS, clé 97 − n mod 97', (patient) =>
    (identifiers(patient).some((one) => isIns(one) && !keyIsRight(text(one.value))) ? 'the key of a matricule is wrong' : null)),
  each('nss-oid-fits-the-version', 'FR Core 2.2.0 slices NSS-NIR .13, NSS-NIA .14', (patient, version) => {
    const wrong = identifiers(patient).filter(isNss).some((one) => /\.(13|14)$/.test(text(one.system)) !== (version === '2.2.0'));
    return wrong ? 'the OID of the social security number is not the one of this FR Core version' : null;
  }),
  each('one-official-identifier', 'FR Core 2.2.0 fr-core-2', (patient, version) =>
    (version === '2.2.0' && statuses(patient).includes('VALI') && identifiers(patient).some(isIns) && identifiers(patient).filter((one) => one.use === 'official').length !== 1
      ? 'a validated identity has exactly one official identifier' : null)),
  each('one-pi', 'FR Core 2.0.1 slice PI 0..1', (patient, version) =>
    (version === '2.0.1' && identifiers(patient).filter((one) => codes(one.type).includes('PI')).length > 1 ? 'more than one identifier of type PI' : null)),
  each('pi-has-authority', `${frCore('2.1.0')} slice PI; regional.md §5.2.5`, (patient) =>
    (identifiers(patient).some((one) => codes(one.type).includes('PI') && (text(one.system) === '' || text(one.value) === '' || text(one.system) in oids)) ? 'an IPP without authority, or a matricule given as IPP' : null)),
  each('patient-profile', 'FR Core meta.profile fr-canonical; 2.2.0 pins |2.2.0', (patient, version) => {
    const profiles = (object(patient.meta).profile ?? []) as unknown[];
    const suffix = version === '2.2.0' ? '\\|2\\.2\\.0' : '';
    const wanted = new RegExp(`^https://hl7\\.fr/ig/fhir/core/StructureDefinition/fr-core-patient(-ins)?${suffix}$`);
    return profiles.some((one) => wanted.test(text(one))) ? null : 'the patient claims no FR Core profile of this version';
  }),
];
