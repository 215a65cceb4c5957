/** JDV_J08 XdsConfidentialityCode CI-SIS (1.2.250.1.213.1.1.5.463, revision of 2020-04-24): codes by code system. */
export const confidentiality: Readonly<Record<string, ReadonlySet<string>>> = {
  '2.16.840.1.113883.5.25': new Set([
    'N', 'R', 'V',
  ]),
  '1.2.250.1.213.1.1.4.13': new Set([
    'INVISIBLE_PATIENT', 'INVISIBLE_REPRESENTANTS_LEGAUX', 'MASQUE_PS',
  ]),
};
